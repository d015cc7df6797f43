"""How far some words reach from a passage, found by looking around it: long texts are not divided whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from qualcase.coding.queries.spans import FAR, Spans
from qualcase.text.words import word_spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Truth = NDArray[np.bool_]

_LETTER = re.compile(r"\w")
_WIDE = (
    8  # Code points that a word and what follows it need on the whole; where it is more, more is looked at.
)


def word_reach(texts: Mapping[int, str], spans: Spans, most: int, sources: Whole) -> Spans:
    """Return the stretch around each passage in which at most so many words lie between it and another.

    What shares a character with it, and touches a word, is near. Passages that touch no word, or lie in
    none of the sources, reach nothing: their stretches are empty.
    """
    found = np.repeat(spans.start // FAR * FAR, 2).reshape(-1, 2)
    for place, source, text in _in_sources(texts, spans, sources):
        start, end = int(spans.start[place]) - source * FAR, int(spans.end[place]) - source * FAR
        if _touches_word(text, start, end):
            found[place] += (_back(text, start, most), _forward(text, end, most))
    return Spans(found[:, 0], found[:, 1])


def touching_words(texts: Mapping[int, str], spans: Spans, sources: Whole) -> Truth:
    """Tell of each passage whether it lies in one of the sources and touches a word."""
    found = np.zeros(len(spans), dtype=np.bool_)
    for place, source, text in _in_sources(texts, spans, sources):
        start, end = int(spans.start[place]) - source * FAR, int(spans.end[place]) - source * FAR
        found[place] = _touches_word(text, start, end)
    return found


def _in_sources(texts: Mapping[int, str], spans: Spans, sources: Whole) -> list[tuple[int, int, str]]:
    own = spans.start // FAR
    places = np.flatnonzero(np.isin(own, sources)).tolist()
    return [(place, source, texts[source]) for place in places for source in (int(own[place]),)]


def _touches_word(text: str, start: int, end: int) -> bool:
    if _LETTER.search(text, start, end):
        return True
    # A mark or a hyphen alone belongs to a word where one goes on around it.
    begin, finish = _gap_before(text, start), _gap_after(text, end)
    inside = word_spans(text[begin:finish])
    return any(begin + first < end and begin + last > start for first, last in inside)


def _back(text: str, start: int, most: int) -> int:
    """Return where the word begins before which there are more than so many words up to `start`."""
    finish, width = _gap_after(text, start), _WIDE * (most + 2)
    while True:
        begin = _gap_before(text, max(0, start - width))
        whole = [first for first, last in word_spans(text[begin:finish]) if begin + last <= start]
        if len(whole) > most or not begin:
            return begin + whole[-most - 1] if len(whole) > most else 0
        width *= 4


def _forward(text: str, end: int, most: int) -> int:
    """Return where the word ends after which there are more than so many words from `end` on."""
    begin, width = _gap_before(text, end), _WIDE * (most + 2)
    while True:
        finish = _gap_after(text, min(len(text), end + width))
        whole = [last for first, last in word_spans(text[begin:finish]) if begin + first >= end]
        if len(whole) > most or finish == len(text):
            return begin + whole[most] if len(whole) > most else len(text)
        width *= 4


def _gap_before(text: str, place: int) -> int:
    # No word holds a blank or a line end, so that what is cut there is divided as in the whole.
    blank = max(0, text.rfind(" ", 0, place))
    return max(blank, text.rfind("\n", blank, place))


def _gap_after(text: str, place: int) -> int:
    blank = text.find(" ", place)
    line = text.find("\n", place, blank if blank >= 0 else len(text))
    return line if line >= 0 else blank if blank >= 0 else len(text)
