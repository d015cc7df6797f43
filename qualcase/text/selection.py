"""Selecting passages by word, sentence and turn: moving from one to the next, and reaching further."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.text.wrapping import cell_width, clusters

if TYPE_CHECKING:
    from collections.abc import Callable

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Units:
    """Stretches of one kind, such as words: in order, none empty, none overlapping."""

    spans: tuple[Span, ...]

    def position(self, offset: int) -> int:
        """Return which unit holds an offset, else the next one, else the last."""
        return min(bisect_right(self.spans, offset, key=_end), len(self.spans) - 1)

    def step(self, position: int, by: int) -> Span:
        """Return the unit so many further on, stopping at either end."""
        return self.spans[max(0, min(position + by, len(self.spans) - 1))]


@dataclass(frozen=True, slots=True)
class Selection:
    """The passage between the unit where it was begun and the one that it was drawn to."""

    anchor: Span
    head: Span

    @property
    def start(self) -> int:
        """Where the passage begins, in code points."""
        return min(self.anchor[0], self.head[0])

    @property
    def end(self) -> int:
        """Where it ends (half-open)."""
        return max(self.anchor[1], self.head[1])

    @property
    def span(self) -> Span:
        """The passage `[start, end)`."""
        return self.start, self.end


def as_units(spans: tuple[Span, ...], length: int) -> Units:
    """Return the units of a text: the spans that are not empty, or the whole of it where there are none."""
    kept = tuple(span for span in spans if span[0] < span[1])
    return Units(kept or ((0, length),))


def select(span: Span) -> Selection:
    """Return a selection of just this passage."""
    return Selection(span, span)


def select_at(units: Units, offset: int) -> Selection:
    """Return the unit at an offset as a selection."""
    return select(units.spans[units.position(offset)])


def take(units: Units, selection: Selection) -> Selection:
    """Select the unit where the selection ends, or the next one where that is what is selected already."""
    position = units.position(selection.head[0])
    here = units.spans[position]
    return select(units.step(position, 1) if selection.span == here else here)


def move(units: Units, selection: Selection, by: int) -> Selection:
    """Select the unit so many after the end of the selection's head or, below 0, before its beginning."""
    position = _edge(units, selection.head, by)
    beyond = by > 0 and units.spans[position][0] >= selection.head[1]
    return select(units.step(position, by - beyond))


def extend(units: Units, selection: Selection, by: int = 1) -> Selection:
    """Draw the selection on to the end of its unit, or by so many units where it covers that already."""
    position = _edge(units, selection.head, by)
    here = units.spans[position]
    covered = selection.start <= here[0] and here[1] <= selection.end
    if covered:
        return Selection(selection.anchor, units.step(position, by))
    # A unit that holds the whole selection becomes its new beginning: reaching on must not let go of it.
    holds_anchor = here[0] <= selection.anchor[0] and selection.anchor[1] <= here[1]
    return Selection(here if holds_anchor else selection.anchor, here)


def _edge(units: Units, head: Span, by: int) -> int:
    # Forwards from the last unit that begins inside the head, backwards from the first.
    first = units.position(head[0])
    return first if by < 0 else max(first, bisect_left(units.spans, head[1], key=_start) - 1)


def _start(span: Span) -> int:
    return span[0]


def _end(span: Span) -> int:
    return span[1]


def shift_end(units: Units, span: Span, by: int) -> Span:
    """Move the end of a passage to the next end of a unit or, below 0, to the one before it.

    The passage keeps its beginning and is never emptied.
    """
    start, end = span
    place = (
        bisect_right(units.spans, end, key=_end) if by > 0 else bisect_left(units.spans, end, key=_end) - 1
    )
    if not 0 <= place < len(units.spans) or units.spans[place][1] <= start:
        return span
    return start, units.spans[place][1]


def shift_start(units: Units, span: Span, by: int) -> Span:
    """Move the beginning of a passage to the next beginning of a unit or, below 0, to the one before it.

    The passage keeps its end and is never emptied.
    """
    start, end = span
    if by > 0:
        place = bisect_right(units.spans, start, key=_start)
    else:
        place = bisect_left(units.spans, start, key=_start) - 1
    if not 0 <= place < len(units.spans) or units.spans[place][0] >= end:
        return span
    return units.spans[place][0], end


def characters_beside(text: str, offset: int, measure: Callable[[str], int] = cell_width) -> Units:
    """Return the characters around an offset, each with what combines with it: two on either side.

    `measure` gives the cells of a piece of `text`, which is the text as it is drawn.
    """
    first = last = min(offset, len(text))
    for _ in range(2):
        first = max(0, first - 1)
        while first > 0 and not _surely_begins(text, first, measure):
            first -= 1
        last = min(len(text), last + 1)
        while last < len(text) and not _surely_begins(text, last, measure):
            last += 1
    return Units(tuple(clusters(text, first, last, measure)) or ((0, 0),))


def _surely_begins(text: str, place: int, measure: Callable[[str], int]) -> bool:
    # A flag is two letters and a tone follows its hand: only from before them can their pairs be told.
    character = text[place]
    if "\U0001f1e6" <= character <= "\U0001f1ff" or "\U0001f3fb" <= character <= "\U0001f3ff":
        return False
    return measure(character) > 0 and text[place - 1] != "\u200d"
