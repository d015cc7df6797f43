from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qualcase.readers.errors import BadEncodingNameError, UnreadableFileError, UnsafeFileError
from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.source import DocumentText

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}{\f2\fcharset128 C;}}"


def read(body: str, encoding: str | None = None) -> DocumentText:
    return read_document("talk.rtf", (HEAD + body + "}").encode("latin-1"), encoding=encoding)


def said(document: DocumentText) -> list[tuple[str | None, str]]:
    return [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.turns]


def kinds(document: DocumentText) -> dict[str, str]:
    return {document.text[block.start : block.end]: block.kind for block in document.blocks}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Gr\'fc\'dfe", "Grüße"),
        ("Gr\xfc\xdfe", "Grüße"),
        (r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2} x", "Привет x"),
        (r"{\f2 \'83A\'83\'42}", "アィ"),
        (r"\u1055\'3f\u1088?", "Пр"),
        (r"\uc0\u1055 \u1088 x", "Прx"),
        (r"\uc2 10\u8216\'91\'92000", "10‘000"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"a\tab b\line c\~d\_e\-f\emdash g\{\\\}", "a\tb\nc\xa0d\u2011e\xadf—g{\\}"),
        ("one\r\n two", "one two"),
        (r"{\field{\*\fldinst{HYPERLINK http://x}}{\fldrslt here}} {\*\unknown gone}there", "here there"),
        (r"{\pict\wmetafile8 0102ab}{\v hidden}shown", "shown"),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt boxed}}{\shprslt boxed}}", "boxed"),
        (r"{\pict\bin4 {}\'}ok", "ok"),
        (r"{\upr{first}{\*\ud second}}", "first"),
    ],
)  # fmt: skip
def test_words_come_out_as_they_are_read(body: str, text: str) -> None:
    assert read(body).text == text


def test_paragraphs_headings_and_labels() -> None:
    styles = r"{\stylesheet{\s0 Normal;}{\s1\b heading 1;}}"
    body = styles + (
        r"\pard\s1 Board\par\pard\s0 {\b Anna:} How?\par {\b Ole}: Well.\par\par And more.\par"
        r"{\b Anna:} And?\par {\b Ole}: So.\par \pard\outlinelevel1 After\par\pard We had tea.\par"
    )
    document = read(body)
    assert said(document) == [
        ("Anna", "How?"),
        ("Ole", "Well.\n\nAnd more."),
        ("Anna", "And?"),
        ("Ole", "So."),
    ]
    assert kinds(document) == {"Board": "heading", "After": "heading", "We had tea.": "paragraph"}


def row(*cells: str) -> str:
    return r"\trowd\pard\intbl " + "".join(rf"{cell}\cell " for cell in cells) + r"\row "


def test_a_table_of_turns_gives_rows_as_turns() -> None:
    body = r"\pard Talk\par " + row("Start", "Speaker", "Text") + row("0:01", "Anna:", r"How?\par Then?")
    document = read(body + row("0:09", "Ole:", "Well | or not.") + r"\pard After\par")
    assert said(document) == [("Anna", "How?\nThen?"), ("Ole", "Well | or not.")]
    assert document.text.endswith("\n\nAfter")


def test_a_table_without_headings_is_talk_where_names_recur() -> None:
    body = "".join(row(name, f"And so we went on, {name}.") for name in ("Anna", "Ole", "Anna", "Ole"))
    assert [name for name, _ in said(read(body))] == ["Anna", "Ole", "Anna", "Ole"]


def test_of_another_table_no_cell_is_a_speaker() -> None:
    body = row("Name", "Transcript") + "".join(row(name, "42") for name in ("Corr", "Pike", "Corr", "Pike"))
    document = read(body)
    assert document.turns == ()
    assert document.text == "Name\tTranscript\nCorr\t42\nPike\t42\nCorr\t42\nPike\t42"


def test_a_nested_table_stands_in_its_cell() -> None:
    nested = (
        r"\pard\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
        r"\pard\intbl\itap1 c\cell\row"
    )
    assert read(r"\trowd" + nested).text == "a\tb\nc"


def test_notes_headers_and_deleted_text_are_no_speech() -> None:
    body = (
        r"{\header\pard Page head\par}I: How{\super\chftn{\*\footnote\pard A note.}}?\par "
        r"P1: Well{\deleted , gone}.\par I: And?\par P1: So.\par"
    )
    document = read(body)
    assert said(document) == [("I", "How?"), ("P1", "Well."), ("I", "And?"), ("P1", "So.")]
    assert kinds(document) == {"Page head": "apparatus", "A note.": "apparatus"}
    assert any("tracked change" in warning for warning in document.warnings)


def test_the_code_page_may_be_given_and_what_is_no_character_is_told() -> None:
    plain = r"{\rtf1\ansi\ansicpg1252 \'a3}"
    assert read_document("a.rtf", plain.encode(), encoding="cp1250").text == "Ł"
    assert read_document("a.rtf", plain.encode()).encoding == "cp1252"
    unsure = read_document("a.rtf", rb"{\rtf1\ansi\ansicpg1252 a\'81b}")
    assert unsure.text == "a\N{REPLACEMENT CHARACTER}b"
    assert "cp1252" in unsure.warnings[0]
    with pytest.raises(BadEncodingNameError):
        read("x", "klingon")


def test_properties() -> None:
    document = read(r"{\info{\title Board}{\author Anna}{\creatim\yr2019\mo2\dy4\hr9}}x")
    assert document.metadata == {"title": "Board", "author": "Anna", "created": "2019-02-04"}


def test_a_file_cut_short_says_so() -> None:
    document = read_document("a.rtf", rb"{\rtf1 one {\b two")
    assert document.text == "one two"
    assert "cut short" in document.warnings[0]


@pytest.mark.parametrize(
    "data",
    [b"", b"Plain text", b"\xd0\xcf\x11\xe0", b"{\\rtf1 a\0b}", b"{\\rtf1 \\u0 b}", b"{\\rtf1 \\u-10179?x}"],
)
def test_what_is_no_sound_rich_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"a\.rtf cannot be read: .*\.$"):
        read_document("a.rtf", data)


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(UnsafeFileError, match="nested"):
        read_document("a.rtf", b"{\\rtf1" + b"{" * 100_000)


# (file, words, a snippet, blocks): read in a word processor's source and counted by eye.
SEEN = [
    ("striprtf_ansicpg1250.rtf", 61, "Proszę o zapoznanie się z poniższą klauzulą informacyjną.", 3),
    ("striprtf_french.rtf", 13, "a 10‘000 b c!", 4),
    ("striprtf_unicode.rtf", 1, "柔道", 1),
    ("striprtf_mac_textedit_hyperlink.rtf", 14, "First one is: striprtf.dev (plain)", 3),
    ("ws_item_relationships.rtf", 330, "Lamrock\t507\t437\t356\t394\t-\t-\t461\t462", 36),
]


@pytest.mark.shared
@pytest.mark.parametrize(("name", "words", "snippet", "blocks"), SEEN)
def test_a_real_file_is_as_it_was_seen(
    shared: Path, name: str, words: int, snippet: str, blocks: int
) -> None:
    document = read_document(name, (shared / "data/corpora/real/rtf" / name).read_bytes())
    assert document.turns == ()
    assert len(document.text.split()) == words
    assert snippet in document.text
    assert len(document.blocks) == blocks


@pytest.mark.shared
def test_a_real_readme_keeps_its_heading_and_its_author(shared: Path) -> None:
    document = read_document("r.rtf", (shared / "data/corpora/real/rtf/ws_readMe.rtf").read_bytes())
    assert document.turns == ()
    assert kinds(document)["About the Project: From farms to freeways"] == "heading"
    assert document.metadata == {"author": "Katrina Trewin", "created": "2015-05-22"}
    assert "Two-hour taped discussions were held with 34 women, aged sixty and over" in document.text
    assert "\\" not in document.text
    assert "{" not in document.text
