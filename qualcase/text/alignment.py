"""Which words of one text are which of another: the difference between two versions of a transcript.

Words are compared, not characters, so that a changed word stays whole; white space counts for nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Span = tuple[int, int]

_TOKEN = re.compile(r"\w+|[^\w\s]")
# The comparison keeps a bit for every pair of words: beyond this the texts are divided first.
_MOST_PAIRS = 400_000_000
_SHINGLE = 5
# A few words alike by chance between two long passages that are not: they would tie strangers together.
_CHANCE_WORDS, _CHANCE_SHARE = 3, 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words `[old, old_end)` of the old text that stand where `[new, new_end)` stand in the new one."""

    old: int
    old_end: int
    new: int
    new_end: int
    same: bool


class Words:
    """A text's words and punctuation marks, in order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: tuple[Span, ...] = tuple(found.span() for found in _TOKEN.finditer(text))

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The words themselves, in lower case: a capital that comes or goes leaves a word what it is."""
        return tuple(self.text[start:end].casefold() for start, end in self.spans)

    @cached_property
    def line(self) -> str:
        """All words with one blank around each, in which a run of words can be counted."""
        return f" {' '.join(self.forms)} "

    def within(self, span: Span) -> Span:
        """Return the places `[first, last)` of the words that a stretch of the text touches."""
        first = bisect_right(self.spans, span[0], key=lambda word: word[1])
        last = first
        while last < len(self.spans) and self.spans[last][0] < span[1]:
            last += 1
        return first, last

    def count(self, first: int, last: int) -> int:
        """Return how often a run of this text's words stands in it, counted without overlaps."""
        return self.count_line(f" {' '.join(self.forms[first:last])} ")

    def count_line(self, line: str) -> int:
        """Return how often a line of words, blanks around it, stands in this text."""
        found, place = 0, self.line.find(line)
        while place >= 0:
            found += 1
            place = self.line.find(line, place + 1)
        return found


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts' words and the stretches that lead through both, same and changed in turn."""

    old: Words
    new: Words
    stretches: tuple[Stretch, ...]

    def stretch_of(self, word: int) -> Stretch:
        """Return the stretch that holds a word of the old text."""
        place = bisect_right(self.stretches, word, key=lambda stretch: stretch.old) - 1
        while self.stretches[place].old_end <= word:
            place -= 1
        return self.stretches[place]

    def image(self, word: int) -> int | None:
        """Return which word of the new text a word of the old one is, None where it is none."""
        stretch = self.stretch_of(word)
        return stretch.new + word - stretch.old if stretch.same else None


def align(old: str, new: str) -> Alignment:
    """Return which words of two texts are the same, in order.

    A longest common run of words by bit-parallel dynamic programming (Hyyrö 2004, as rapidfuzz has it);
    texts too long for that are divided at runs of words that stand once in each.
    """
    before, after = Words(old), Words(new)
    numbers: dict[str, int] = {}
    coded = [[numbers.setdefault(form, len(numbers)) for form in words.forms] for words in (before, after)]
    runs = _without_chance(list(_joined(_common_runs(coded[0], coded[1]))), len(coded[0]), len(coded[1]))
    return Alignment(before, after, tuple(_filled(runs, len(coded[0]), len(coded[1]))))


Run = tuple[int, int, int]


def _common_runs(old: Sequence[int], new: Sequence[int]) -> Iterator[Run]:
    """Yield (place in old, place in new, length) of what is common, in order."""
    if len(old) * len(new) <= _MOST_PAIRS:
        for op in Indel.opcodes(old, new):
            if op.tag == "equal":
                yield op.src_start, op.dest_start, op.src_end - op.src_start
        return
    place, other = 0, 0
    for left, right, length in [*_landmarks(old, new), (len(old), len(new), 0)]:
        gap, new_gap = old[place:left], new[other:right]
        # Without a landmark between them such long stretches have nothing worth finding in common.
        if len(gap) * len(new_gap) <= _MOST_PAIRS:
            yield from ((a + place, b + other, n) for a, b, n in _common_runs(gap, new_gap))
        if length:
            yield left, right, length
        place, other = left + length, right + length


def _landmarks(old: Sequence[int], new: Sequence[int]) -> list[Run]:
    """Return short runs that stand once in each text, the longest series of them that is in order."""
    once, other = _once(old), _once(new)
    pairs = sorted((place, other[shingle]) for shingle, place in once.items() if shingle in other)
    kept: list[Run] = []
    for left, right in _increasing(pairs):
        if not kept or (left >= kept[-1][0] + _SHINGLE and right >= kept[-1][1] + _SHINGLE):
            kept.append((left, right, _SHINGLE))
    return kept


def _once(words: Sequence[int]) -> dict[tuple[int, ...], int]:
    found: dict[tuple[int, ...], int] = {}
    for place in range(len(words) - _SHINGLE + 1):
        shingle = tuple(words[place : place + _SHINGLE])
        found[shingle] = -1 if shingle in found else place
    return {shingle: place for shingle, place in found.items() if place >= 0}


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest series of pairs, ordered by the first, in which the second rises too."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int | None] = []
    for index, (_, right) in enumerate(pairs):
        place = bisect_right(ends, right)
        ends[place : place + 1] = [right]
        before.append(tails[place - 1] if place else None)
        tails[place : place + 1] = [index]
    series: list[tuple[int, int]] = []
    step = tails[-1] if tails else None
    while step is not None:
        series.append(pairs[step])
        step = before[step]
    return series[::-1]


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    held: Run | None = None
    for run in runs:
        if held and (held[0] + held[2], held[1] + held[2]) == run[:2]:
            held = (held[0], held[1], held[2] + run[2])
            continue
        if held:
            yield held
        held = run
    if held:
        yield held


def _without_chance(runs: list[Run], old_length: int, new_length: int) -> list[Run]:
    """Leave out very short runs that have much that differs on both sides."""
    edges = [(0, 0, 0), *runs, (old_length, new_length, 0)]
    gaps = [
        max(right[0] - left[0] - left[2], right[1] - left[1] - left[2]) for left, right in pairwise(edges)
    ]
    return [
        run
        for run, before, after in zip(runs, gaps[:-1], gaps[1:], strict=True)
        if run[2] > _CHANCE_WORDS or min(before, after) < _CHANCE_SHARE * run[2]
    ]


def _filled(runs: list[Run], old_length: int, new_length: int) -> Iterator[Stretch]:
    old = new = 0
    for left, right, length in [*runs, (old_length, new_length, 0)]:
        if left > old or right > new:
            yield Stretch(old, left, new, right, same=False)
        if length:
            yield Stretch(left, left + length, right, right + length, same=True)
        old, new = left + length, right + length
