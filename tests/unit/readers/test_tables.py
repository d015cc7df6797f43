from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qualcase.readers.delimited import find_delimiter
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.registry import known_formats, read_document

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText


def read(text: str, name: str = "talk.csv", speakers: str | None = None) -> DocumentText:
    return read_document(name, text.encode(), speakers=speakers)


def said(document: DocumentText) -> list[tuple[str | None, str | None, str]]:
    return [(turn.speaker, turn.timestamp, document.text[turn.start : turn.end]) for turn in document.turns]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'Start,Speaker,Text\n00:01,Anna,"How, then?"\n00:09,Ole,"Well.\nYes."\n'),
        ("a.csv", 'Start;Speaker;Text\r\n00:01;Anna;"How, then?"\r\n00:09;Ole;"Well.\nYes."\r\n'),
        (
            "a.csv",
            'turn,words,speaker,start,text\n1,3,Anna,00:01,"How, then?"\n2,2,Ole,00:09,"Well.\nYes."\n',
        ),
        ("a.tsv", 'Start\tSpeaker\tText\n00:01\tAnna\tHow, then?\n00:09\tOle\t"Well.\nYes."\n'),
        (
            "a.csv",
            (
                "\ufeffparticipant|TIMESTAMP|Utterance\nAnna|00:01|How, then?\n\n"
                'Ole|00:09|"Well.\nYes."\nOle|00:10|\n'
            ),
        ),
    ],
)
def test_a_row_is_a_turn(name: str, text: str) -> None:
    document = read(text, name)
    assert document.text == "Anna: How, then?\nOle: Well.\nYes."
    assert said(document) == [("Anna", "00:01", "How, then?"), ("Ole", "00:09", "Well.\nYes.")]
    assert (document.turns[1].seconds, document.first_timestamp, document.last_timestamp) == (
        9,
        "00:01",
        "00:09",
    )


def test_without_a_column_of_speakers_nobody_is_invented() -> None:
    assert said(read("id,response\n1,We met.\n2,We left.\n")) == [
        (None, None, "We met."),
        (None, None, "We left."),
    ]


def test_columns_left_out_and_entities_are_told() -> None:
    warnings = read("speaker,text,mood\nA,Tom &amp; me,glad\n").warnings
    assert any("mood" in warning for warning in warnings)
    assert any("&amp;" in warning for warning in warnings)


@pytest.mark.parametrize("text", ["name,born\nAnna,1950\nOle,1960\n", "file,words\na.txt,100\nb.txt,200\n"])
def test_another_table_is_a_document_of_rows(text: str) -> None:
    document = read(text)
    assert document.turns == ()
    assert document.text == text.strip().replace(",", " | ")
    assert [document.text[block.start : block.end] for block in document.blocks] == document.text.split("\n")


def test_the_user_may_want_no_turns() -> None:
    assert read("speaker,text\nA,x\n", speakers="none").text == "speaker | text\nA | x"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\nc,d", ","),
        ("a;b,c\nd;e", ";"),
        ("a\tb\nc\td", "\t"),
        ("plain\nwords", ","),
        ("", ","),
        ('"a,b";c\nd;e', ";"),
    ],
)
def test_the_delimiter_is_what_divides_evenly(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


VTT = """WEBVTT - a talk
Kind: captions

NOTE not speech

STYLE
::cue { color: red }

1
00:00.500 --> 00:02.000 align:start
<v Anna Berg>How <i>then</i>?</v>

0:0:2.5 --> 0:0:3.0
<v.loud Ole>Well <00:00:02.700>&amp; <[?]>
yes</v>

00:05.000 --> 00:06.000
(noise)

00:07.000 --> 00:08.000
<v Anna Berg>Oh.</v> <v Ole>Yes.</v>
"""


def test_a_cue_is_a_turn() -> None:
    document = read(VTT, "talk.vtt")
    assert document.text == "Anna Berg: How then?\nOle: Well & <[?]>\nyes\n(noise)\nAnna Berg: Oh.\nOle: Yes."
    assert said(document) == [
        ("Anna Berg", "00:00.500", "How then?"),
        ("Ole", "0:0:2.5", "Well & <[?]>\nyes"),
        (None, "00:05.000", "(noise)"),
        ("Anna Berg", "00:07.000", "Oh."),
        ("Ole", "00:07.000", "Yes."),
    ]
    assert [turn.seconds for turn in document.turns] == [0.5, 2.5, 5, 7, 7]
    assert document.metadata == {"Kind": "captions"}


def test_words_without_a_time_are_told_of() -> None:
    document = read("WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\nTwo\n", "talk.vtt")
    assert "“Two”" in document.warnings[0]


@pytest.mark.parametrize("speakers", ["none", "None"])
def test_captions_without_turns_are_a_paragraph(speakers: str) -> None:
    document = read(VTT, "talk.vtt", speakers)
    assert (document.turns, len(document.blocks)) == ((), 1)


@pytest.mark.parametrize(
    "name", ["a.doc", "a.mp3", "a.zip", "a.xyz", "a", "a.xls", "a.eaf", "a.cha", "a.TextGrid", "a.tei.xml"]
)
def test_other_formats_are_refused_with_a_way_out(name: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read_document(name, b"x")
    assert refused.value.message.startswith(f"{name} cannot be read: ")
    assert refused.value.hint


def test_the_formats_of_this_version() -> None:
    assert {".txt", ".md", ".docx", ".vtt", ".csv", ".tsv"} <= set(known_formats())
    assert read_document("LOUD.TXT", b"x").format == "txt"
