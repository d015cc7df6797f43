from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcase.model.errors import QualcaseError
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.registry import read_document

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.source import DocumentText

SRT = """1
00:00:01,500 --> 00:00:04,000
<i>How</i> did it begin?

2
00:00:04,000 --> 00:00:09,250 X1:10 X2:20
{\\an8}Slowly <[?]>, in
two lines.

3
00:00:10,000 --> 00:00:11,000

4
00:00:12,000 --> 00:00:13,000
1992

is the year.
"""


def said(document: DocumentText) -> list[tuple[str | None, str | None, str]]:
    return [(turn.speaker, turn.timestamp, document.text[turn.start : turn.end]) for turn in document.turns]


def test_a_cue_is_a_turn_without_a_speaker() -> None:
    document = read_document("talk.srt", SRT.encode())
    assert said(document) == [
        (None, "00:00:01,500", "How did it begin?"),
        (None, "00:00:04,000", "Slowly <[?]>, in\ntwo lines."),
        (None, "00:00:12,000", "1992\n\nis the year."),
    ]
    assert document.text == "How did it begin?\nSlowly <[?]>, in\ntwo lines.\n1992\n\nis the year."
    assert [turn.seconds for turn in document.turns] == [1.5, 4.0, 12.0]
    assert (document.first_timestamp, document.last_timestamp) == ("00:00:01,500", "00:00:12,000")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_and_line_end(encoding: str) -> None:
    text = (
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nMøtet – så\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nNå\r\n"
    )
    document = read_document("talk.srt", text.encode(encoding))
    assert document.text == "Møtet – så\nNå"
    assert bool(document.warnings) == (encoding == "cp1252")


def test_dots_missing_hours_and_missing_numbers_are_read() -> None:
    text = "00:01.000 --> 00:02.000\nOne\n\n00:03.000 --> 00:04.000\nTwo\n"
    assert said(read_document("talk.srt", text.encode())) == [
        (None, "00:01.000", "One"),
        (None, "00:03.000", "Two"),
    ]


def test_words_before_the_first_cue_are_told_of() -> None:
    document = read_document("talk.srt", b"Made by hand\n\n1\n00:00:01,000 --> 00:00:02,000\nOne\n")
    assert document.text == "One"
    assert "“Made by hand”" in document.warnings[0]


def test_labels_are_speakers_where_a_pattern_says_so() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nANNA: Well?\nOLE: Yes.\n\n2\n00:00:03,000 --> 00:00:04,000\nMore\n"
    )
    assert said(read_document("talk.srt", text.encode()))[0] == (
        None,
        "00:00:01,000",
        "ANNA: Well?\nOLE: Yes.",
    )
    document = read_document("talk.srt", text.encode(), speakers="ANNA|OLE")
    assert document.text == "ANNA: Well?\nOLE: Yes.\nMore"
    assert [turn.speaker for turn in document.turns] == ["ANNA", "OLE", None]


def test_none_makes_a_paragraph() -> None:
    document = read_document("talk.srt", SRT.encode(), speakers="none")
    assert (document.turns, len(document.blocks)) == ((), 1)


SBV = "0:00:00.378,0:00:11.378\nOne\n\n0:00:11.378,0:00:12.305\nTwo\nlines &amp; more\n"


def test_youtube_captions() -> None:
    document = read_document("talk.sbv", SBV.encode())
    assert said(document) == [(None, "0:00:00.378", "One"), (None, "0:00:11.378", "Two\nlines &amp; more")]
    assert [turn.seconds for turn in document.turns] == [0.378, 11.378]


@pytest.mark.parametrize("name", ["a.srt", "a.sbv"])
@pytest.mark.parametrize("data", [b"", b"no times here\n", b"0:00 -> 0:10", b"\0\0\0"])
def test_what_has_no_time_lines_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"^a\.s.v? ?.*cannot be read"):
        read_document(name, data)


@pytest.mark.parametrize("name", ["a.srt", "a.sbv"])
@given(data=st.binary(max_size=300) | st.text("0123456789:,.-> \nab<{\\}>/i").map(str.encode))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    try:
        document = read_document(name, data)
    except QualcaseError:
        return
    assert all(document.text[turn.start : turn.end].strip() for turn in document.turns)


@pytest.mark.shared
def test_the_real_subtitles(shared: Path) -> None:
    """Counted by eye: five cues each; the third caption of the .sbv has two lines."""
    folder = shared / "data/corpora/real/srt"
    srt = read_document("a.srt", (folder / "webvttpy_sample.srt").read_bytes())
    assert [turn.timestamp for turn in srt.turns] == [
        "00:00:00,500",
        "00:00:07,000",
        "00:00:11,890",
        "00:00:16,320",
        "00:00:21,580",
    ]
    assert srt.text.split("\n") == [f"Caption text #{number}" for number in range(1, 6)]
    sbv = read_document("a.sbv", (folder / "webvttpy_sample.sbv").read_bytes())
    assert len(sbv.turns) == 5
    assert said(sbv)[2] == (None, "0:00:13.489", "Caption text #3 (line 1)\nCaption text #3 (line 2)")
    assert (sbv.first_timestamp, sbv.last_timestamp) == ("0:00:00.378", "0:00:17.484")
