"""Tables, captions and prose at random: each is read or refused, and loses no word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcase.model.errors import QualcaseError
from qualcase.readers.registry import read_document
from qualcase.readers.utterances import Utterance, lay_out

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText

SIGNS = st.text("speakr,;\t|\"'text\n 0:12#*[]()-&<>ÄIQ", max_size=200)


def is_sound(document: DocumentText) -> bool:
    """Turns and blocks lie within the text, in order, and never one in the other."""
    parts = sorted(
        [(turn.start, turn.end) for turn in document.turns] + [(b.start, b.end) for b in document.blocks]
    )
    ends = [0, *(end for _, end in parts)]
    inside = all(0 <= start <= end <= len(document.text) for start, end in parts)
    return inside and all(start >= before for (start, _), before in zip(parts, ends, strict=False))


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".vtt", ".txt", ".md", ".srt", ".sbv", ".json"])
@given(text=SIGNS)
def test_any_text_is_read_or_refused(suffix: str, text: str) -> None:
    head = "WEBVTT\n\n" if suffix == ".vtt" else ""
    try:
        document = read_document(f"a{suffix}", (head + text).encode())
    except QualcaseError:
        return
    assert is_sound(document)


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".vtt", ".txt", ".md"])
@given(data=st.binary(max_size=120))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes) -> None:
    try:
        document = read_document(f"a{suffix}", data)
    except QualcaseError:
        return
    assert is_sound(document)


UTTERANCES = st.lists(
    st.builds(
        Utterance,
        st.none() | st.text("AB :", min_size=1, max_size=5).map(str.strip),
        st.text("ab :\n", max_size=12),
        st.none() | st.just("0:01"),
    ),
    max_size=8,
)


@given(utterances=UTTERANCES)
def test_utterances_are_laid_out_whole_and_in_order(utterances: list[Utterance]) -> None:
    text, structure = lay_out(utterances, None)
    said = [(one.speaker, one.text.strip()) for one in utterances if one.text.strip()]
    assert [(turn.speaker, text[turn.start : turn.end]) for turn in structure.turns] == said
    paragraph, without = lay_out(utterances, "none")
    assert (paragraph, without.turns) == (text, ())
