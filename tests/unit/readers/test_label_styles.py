"""Every style of label that people write, in every format that people write it in."""

from __future__ import annotations

import html
import io
import json
import re
from typing import TYPE_CHECKING, NamedTuple

import docx
import pytest

from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qualcase.model.source import DocumentText

SPEECHES = (
    "How did you come to work in the valley?",
    "It was my aunt who asked me; that was in the spring of 2009.",
    "And what did the others say?",
    "Not much: they had seen lamps come and go. I was new, you know.",
    "Would you do it again?",
    "Oh yes. I would.",
)
STAMPS = ("00:10", "00:15", "01:02", "01:40", "02:05", "02:30")


class Style(NamedTuple):
    """How a turn is written; in a template `**` marks what a word processor sets in bold."""

    template: str
    names: tuple[str, str]
    timed: bool = False
    told: bool = False
    bold: bool = False


STYLES = {
    "Interviewer:": Style("{name}: {speech}", ("Interviewer", "Anna")),
    "I:": Style("{name}: {speech}", ("I", "P")),
    "P1 [00:03:12]:": Style("{name} [{stamp}]: {speech}", ("I", "P1"), timed=True),
    "[00:10] RESEARCHER: alone": Style("[{stamp}] {name}:\n{speech}", ("RESEARCHER", "ANNA"), timed=True),
    "Anna: alone": Style("{name}:\n{speech}", ("Anna", "Ben")),
    "NAME  00:00": Style("{name}  {stamp}\n{speech}", ("Anna Berg", "Ole Lie"), timed=True),
    "**Name:**": Style("**{name}:** {speech}", ("Anna", "Ben"), bold=True),
    "**Name**:": Style("**{name}**: {speech}", ("Anna Berg", "Ben"), bold=True),
    "Name (handle):": Style("{name}: {speech}", ("Waxwing (Adam Gibson)", "Anna (AB)")),
    "<nick>": Style("<{name}> {speech}", ("anna", "ole_b")),
    "<v Name>": Style("<v {name}>{speech}</v>", ("Anna Berg", "Ole Lie")),
    "SPEAKER_00": Style("{name}: {speech}", ("SPEAKER_00", "SPEAKER_01")),
    "Speaker 1": Style("{name}: {speech}", ("Speaker 1", "Speaker 2")),
    "Q: A:": Style("{name}: {speech}", ("Q", "A")),
    "Q. A.": Style("{name}. {speech}", ("Q", "A"), told=True),
    "Q - A -": Style("{name} - {speech}", ("Q", "A"), told=True),
    ">> NAME:": Style(">> {name}: {speech}", ("ANNA BERG", "OLE LIE")),
    "INT>>": Style("{name}>> {speech}", ("INT", "ANNA"), told=True),
    "INT>": Style("{name}> {speech}", ("Int", "P1"), told=True),
    "Anna –": Style("{name} – {speech}", ("Anna", "Ben"), told=True),
    "Anna —": Style("{name} — {speech}", ("Anna", "Ben"), told=True),
    "Anna—": Style("{name}—{speech}", ("Anna Berg", "Ben"), told=True),
    "Anna -": Style("{name} - {speech}", ("Interviewer", "Anna Berg"), told=True),
    "stamp above Anna:": Style("{stamp}\n{name}: {speech}", ("Anna", "Ben"), timed=True),
    "Anna (00:10):": Style("{name} ({stamp}): {speech}", ("Anna", "Ben"), timed=True),
    "00:10 From Anna to All :": Style(
        "{stamp} From {name} to All : {speech}", ("Anna", "Ole Lie"), timed=True
    ),
    "[Anna Berg] 00:10": Style("[{name}] {stamp}\n{speech}", ("Anna Berg", "Ben"), timed=True),
    "**Anna** –": Style("**{name}** – {speech}", ("Anna", "Ben"), told=True, bold=True),
    "**Anna** alone": Style("**{name}**\n{speech}", ("Anna", "Ben"), told=True, bold=True),
    "Anna alone": Style("{name}\n{speech}", ("Anna", "Ben"), told=True),
    "Full Name alone": Style("{name}\n{speech}", ("Anna Berg", "Interviewer"), told=True),
    "ANNA<TAB>": Style("{name}\t{speech}", ("INT", "ANNA"), told=True),
    "[id1]": Style("[{name}] {speech}", ("id1", "id2"), told=True),
}


def turns_of(style: Style) -> list[str]:
    return [
        style.template.format(name=style.names[place % 2], stamp=stamp, speech=speech)
        for place, (speech, stamp) in enumerate(zip(SPEECHES, STAMPS, strict=True))
    ]


def as_text(turns: list[str]) -> bytes:
    return ("Talk with Anna Berg\n\n" + "\n\n".join(turns)).encode()


def as_close_text(turns: list[str]) -> bytes:
    return "\n".join(turns).encode()


def as_docx(turns: list[str]) -> bytes:
    document = docx.Document()
    document.add_heading("Talk with Anna Berg")
    for line in "\n".join(turns).split("\n"):
        paragraph = document.add_paragraph()
        for place, piece in enumerate(line.split("**")):
            paragraph.add_run(piece).bold = bool(place % 2)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_html(turns: list[str]) -> bytes:
    lines = (html.escape(turn).replace("\n", "<br>") for turn in turns)
    paragraphs = (re.sub(r"[*]{2}(.*?)[*]{2}", r"<b>\1</b>", line) for line in lines)
    body = "".join(f"<p>{line}</p>\n" for line in paragraphs)
    return f"<html><body><h1>Talk with Anna Berg</h1>{body}</body></html>".encode()


FORMATS: dict[str, Callable[[list[str]], bytes]] = {
    "talk.txt": as_text,
    "close.txt": as_close_text,
    "talk.md": as_text,
    "talk.docx": as_docx,
    "talk.html": as_html,
}


def said(document: DocumentText) -> list[tuple[str | None, str]]:
    return [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.turns]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("style", STYLES)
def test_each_style_is_known_in_each_format(style: str, name: str) -> None:
    wanted = STYLES[style]
    if "\t" in wanted.template and name.endswith(".html"):
        pytest.skip("to HTML a tab is a blank")
    document = read_document(name, FORMATS[name](turns_of(wanted)))
    assert said(document) == [(wanted.names[place % 2], speech) for place, speech in enumerate(SPEECHES)]
    if wanted.timed:
        assert [turn.timestamp for turn in document.turns] == list(STAMPS)
        assert (document.first_timestamp, document.last_timestamp) == (STAMPS[0], STAMPS[-1])


@pytest.mark.parametrize("style", STYLES)
def test_an_uncertain_style_is_told_with_how_sure_it_is_and_a_plain_one_is_not(style: str) -> None:
    wanted = STYLES[style]
    warnings = read_document("talk.txt", as_text(turns_of(wanted))).warnings
    told = [warning for warning in warnings if "Took as labels" in warning]
    assert bool(told) == wanted.told
    for warning in told:
        assert f"“{wanted.names[0]}”" in warning
        assert "6 labels" in warning
        assert re.search(r"; (fairly |not )?sure\. ", warning)
        assert "--speakers PATTERN" in warning


@pytest.mark.parametrize("name", FORMATS)
def test_a_time_stamp_above_a_label_is_neither_speech_nor_a_paragraph(name: str) -> None:
    document = read_document(name, FORMATS[name](turns_of(STYLES["stamp above Anna:"])))
    assert all("00:" not in document.text[block.start : block.end] for block in document.blocks)
    assert [block.kind for block in document.blocks] in ([], ["paragraph"], ["heading"])


def test_the_voice_of_a_caption_that_stands_in_a_page_as_it_was_is_a_label() -> None:
    page = b"<p><v Anna Berg>How?</v></p><p><v Ole Lie>Well.</v></p><p><v Anna Berg>So.</v></p>"
    assert said(read_document("a.html", page)) == [
        ("Anna Berg", "How?"), ("Ole Lie", "Well."), ("Anna Berg", "So."),
    ]  # fmt: skip


def test_bold_names_without_a_colon_and_a_table_of_speakers_are_labels() -> None:
    bold = as_docx(
        [f"**{name}** {speech}" for name, speech in zip(("Anna", "Ben") * 3, SPEECHES, strict=True)]
    )
    assert [name for name, _ in said(read_document("a.docx", bold))] == ["Anna", "Ben"] * 3
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for name, speech in zip(("Anna", "Ben") * 3, SPEECHES, strict=True):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, speech
    buffer = io.BytesIO()
    document.save(buffer)
    assert [name for name, _ in said(read_document("a.docx", buffer.getvalue()))] == ["Anna", "Ben"] * 3


def test_a_speech_of_several_paragraphs_goes_on_below_a_name_alone() -> None:
    text = (
        "Anna\nSo it began. We met\n\nand then, I think,\nwe met again.\n\nBen\nYes.\n\nAnna\nAnd on.\n\n"
        "It was late.\n\nBen\nVery."
    )
    assert [name for name, _ in said(read_document("a.txt", text.encode()))] == ["Anna", "Ben"] * 2
    assert said(read_document("a.txt", text.encode()))[2][1] == "And on.\n\nIt was late."


PROSE = {
    "diary": "Monday\nWe drove out.\n\nTuesday\nRain.\n\nMonday\nAgain.\n\nTuesday\nRain.\n\nMonday\nSo.",
    "days": "Day 1: we drove.\nDay 2: we met.\nDay 3: we wrote.\nDay 4: we left.",
    "tables": "Table 3: lamps\nFigure 4: more lamps\nTable 5: fewer\nChapter 2: none",
    "dashes in prose": (
        "Anna – who was late – sat down.\nThe lamp — a new one — was lit.\nThen Ben – tired – left.\n"
        "Nobody – not even Anna – spoke.\nIt rained — again."
    ),
    "a list": "Lamps - six of them\nChairs - none\nTables - two\nBeds - forty\nNurses - five",
    "headings": "Background\nIt began.\n\nMethod\nWe met.\n\nFindings\nIt held.\n\nBackground\nAgain.",
    "comparison": "A > B in the first round.\nC > D in the second.\nA > D in the third.\nIt ended so.",
    "backchannels": "Yes\nwe said.\n\nNo\nthey said.\n\nYes\nwe said.\n\nNo\nthey said.",
}


@pytest.mark.parametrize("kind", PROSE)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_prose_has_no_turns(kind: str, name: str) -> None:
    assert read_document(name, PROSE[kind].encode()).turns == ()


def test_what_looks_like_talk_in_no_known_style_is_told() -> None:
    lines = [f"{name} / {speech}" for name, speech in zip(("Anna", "Ben") * 3, SPEECHES, strict=True)]
    document = read_document("a.txt", "\n\n".join(lines).encode())
    assert document.turns == ()
    assert "Looks like talk" in document.warnings[0]
    assert "--speakers PATTERN" in document.warnings[0]
    bare = read_document("a.txt", "\n\n".join(SPEECHES).encode())
    assert bare.turns == ()
    assert "questions and answers" in bare.warnings[0]


NAMES = "Anna|Ben"
_WORDS = "Ben / Well.\nCarl / No."
TEXTS = {
    "a.txt": f"Anna / How?\n{_WORDS}",
    "a.md": "Anna / How?\n\nBen / Well.\n\nCarl / No.",
    "a.html": "<p>Anna / How?</p><p>Ben / Well.</p><p>Carl / No.</p>",
    "a.srt": f"1\n00:00:01,000 --> 00:00:02,000\nAnna / How?\n\n2\n00:00:03,000 --> 00:00:04,000\n{_WORDS}",
    "a.vtt": f"WEBVTT\n\n00:01.000 --> 00:02.000\nAnna / How?\n\n00:03.000 --> 00:04.000\n{_WORDS}",
    "a.json": json.dumps({"segments": [{"start": 1, "text": "Anna / How?"}, {"start": 3, "text": _WORDS}]}),
    "a.csv": f'start,text\n1.0,Anna / How?\n3.0,"{_WORDS}"\n',
    "b.csv": "x,y\nAnna / How?,\nBen / Well.,\nCarl / No.,\n",
    "a.docx": "",
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_users_pattern_is_honoured_in_every_format(name: str) -> None:
    data = TEXTS[name].encode() or as_docx(["Anna / How?", "Ben / Well.", "Carl / No."])
    document = read_document(name, data, speakers=rf"({NAMES}) /")
    assert [speaker for speaker, _ in said(document)] == ["Anna", "Ben"]
    assert said(document)[0][1] == "How?"
    assert said(document)[1][1].split() == ["Well.", "Carl", "/", "No."]
    assert read_document(name, data, speakers="none").turns == ()
    nobody = read_document(name, data, speakers="Zoe")
    assert not any(turn.speaker for turn in nobody.turns)
    assert any("matches the beginning of no line" in warning for warning in nobody.warnings)


def test_a_pattern_says_which_names_of_a_json_file_are_speakers() -> None:
    data = b'[{"speaker":"spk_0","text":"How?","start":"1.5"},{"speaker":"Music","text":"la","start":"2.5"}]'
    document = read_document("a.json", data, speakers=r"spk_\d")
    assert said(document) == [("spk_0", "How?"), (None, "Music: la")]
    assert [turn.timestamp for turn in document.turns] == ["1.5", "2.5"]
    assert said(read_document("a.json", data)) == [("spk_0", "How?"), ("Music", "la")]


def test_a_pattern_says_which_names_of_a_table_in_word_are_speakers() -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=3)
    rows = [("Start", "Speaker", "Text"), *zip(STAMPS, ("spk_0", "spk_1") * 3, SPEECHES, strict=True)]
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    buffer = io.BytesIO()
    document.save(buffer)
    named = read_document("a.docx", buffer.getvalue(), speakers="spk_0")
    assert [name for name, _ in said(named)] == ["spk_0", None] * 3
    assert [turn.timestamp for turn in named.turns] == list(STAMPS)
    assert read_document("a.docx", buffer.getvalue(), speakers="none").turns == ()


@pytest.mark.shared
def test_no_prose_of_the_corpora_gains_turns(shared: Path, repo: Path) -> None:
    here = repo / "corpora/healthinnovation"
    files = [
        *sorted((here / "field-notes").iterdir()),
        *sorted((here / "board").iterdir()),
        *sorted((here / "documents").glob("*.[tm]*")),
        *sorted((shared / "data/corpora/openjs-cpc").glob("*.md")),
        *sorted((shared / "design").glob("*.md")),
        shared / "data/corpora/real/md/bt_corallo.es.md",
        shared / "data/corpora/real/txt/fwp_alabama_1_LONG.txt",
    ]
    assert len(files) > 220
    assert [path.name for path in files if read_document(path.name, path.read_bytes()).turns] == []
