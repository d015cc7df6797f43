"""One row of the transcript: its number, its stripes and its text, with everything that lies on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from qualcase.text.wrapping import clusters
from qualcase.tui.document import PENDING
from qualcase.tui.widgets.styles import COLOUR_NAMES

if TYPE_CHECKING:
    from qualcase.model.coding import Coding
    from qualcase.tui.codes import CodeList
    from qualcase.tui.document import OpenDocument
    from qualcase.tui.widgets.styles import StyleSheet

NUMBER = 5
OVERFLOW = 4
_WIDE_PANE = 72


@dataclass(frozen=True, slots=True)
class Margin:
    """How the width of the pane is shared: numbers, lanes, what has no lane, text, one cell to hang in."""

    width: int

    @property
    def lanes(self) -> int:
        """How many stripes fit."""
        return 8 if self.width >= _WIDE_PANE else 4

    @property
    def left(self) -> int:
        """Where the text begins."""
        return NUMBER + 1 + self.lanes + OVERFLOW

    @property
    def text(self) -> int:
        """How many cells a row of text has."""
        return max(1, self.width - self.left - 1)


def paint_row(
    document: OpenDocument,
    codes: CodeList,
    row: int,
    chosen: tuple[int, int],
    sheet: StyleSheet,
    margin: Margin,
) -> Strip:
    """Return the strip of one row; `chosen` is the part of it that is selected (empty for none)."""
    start, end = document.rows.span(row)
    codings = document.codings_at(start, end)
    segments = [_number(document, start, end, sheet), *_stripes(document, codes, codings, row, sheet, margin)]
    segments += _text(document, codes, codings, (start, end), chosen, sheet)
    return Strip(segments).simplify().crop_extend(0, margin.width, sheet["draw--plain",])


def _number(document: OpenDocument, start: int, end: int, sheet: StyleSheet) -> Segment:
    number = document.number_at(start, end)
    proposed = any(start <= one.start < end for one in document.suggestions_at(start, end))
    shown = "" if number is None else str(number)
    return Segment(f"{shown:>{NUMBER}}{'?' if proposed else ' '}", sheet["draw--number",])


def _stripes(
    document: OpenDocument,
    codes: CodeList,
    codings: tuple[Coding, ...],
    row: int,
    sheet: StyleSheet,
    margin: Margin,
) -> list[Segment]:
    cells = [(" ", "draw--plain")] * margin.lanes
    beyond = 0
    for coding in codings:
        lane = document.lanes[coding.uid]
        if lane < margin.lanes:
            cells[lane] = _glyph(document, coding, row), COLOUR_NAMES[codes.colour(coding.code)]
        else:
            beyond += 1
    counted = f"+{min(beyond, 99)}" if beyond else ""
    segments = [Segment(glyph, sheet[name,]) for glyph, name in cells]
    return [*segments, Segment(counted.ljust(OVERFLOW), sheet["draw--dim",])]


def _glyph(document: OpenDocument, coding: Coding, row: int) -> str:
    if coding.uid.startswith(PENDING):
        return "┆"
    rows = document.rows_of(coding.start, coding.end)
    if len(rows) == 1:
        return "["
    return "╭" if row == rows[0] else "╰" if row == rows[-1] else "│"


def _text(
    document: OpenDocument,
    codes: CodeList,
    codings: tuple[Coding, ...],
    span: tuple[int, int],
    chosen: tuple[int, int],
    sheet: StyleSheet,
) -> list[Segment]:
    start, end = span
    speakers = _speakers(document, start, end)
    hits = document.hits_in(start, end)
    spans = [*((one.start, one.end) for one in codings), *speakers, *hits, chosen]
    cuts = _whole_characters(
        document, start, end, {place for pair in spans for place in pair if start < place < end}
    )
    segments = []
    for left, right in pairwise(cuts):
        names = _names([one for one in codings if one.start < right and left < one.end], codes)
        names += ("draw--speaker",) if _inside(left, speakers) else ()
        names += ("draw--hit",) if _inside(left, hits) else ()
        names += ("draw--selected",) if chosen[0] <= left < chosen[1] else ()
        drawn = document.drawn[left:right]
        # A line end is one blank cell, so that a selection that reaches over it can be seen.
        segments.append(Segment(drawn.replace("\n", " "), sheet["draw--plain", *names]))
    return [segment for segment in segments if segment.text]


def _names(codings: list[Coding], codes: CodeList) -> tuple[str, ...]:
    if not codings:
        return ()
    shortest = min(codings, key=lambda one: one.end - one.start)
    overlap = ("draw--overlap",) if len(codings) > 1 else ()
    pending = ("draw--pending",) if any(one.uid.startswith(PENDING) for one in codings) else ()
    return (COLOUR_NAMES[codes.colour(shortest.code)], "draw--coded", *overlap, *pending)


def _speakers(document: OpenDocument, start: int, end: int) -> list[tuple[int, int]]:
    if not document.turns:
        return []
    first = document.contributions.position(start)
    last = document.contributions.position(end)
    return [label for label in document.labels[first : last + 1] if label[0] < end and start < label[1]]


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _whole_characters(document: OpenDocument, start: int, end: int, cuts: set[int]) -> list[int]:
    # A passage may begin on a combining mark; the terminal can only colour the whole character.
    places = [start, *sorted(cuts), end]
    if document.drawn.isascii() or document.drawn[start:end].isascii():
        return places
    begins = {left for left, _ in clusters(document.drawn, start, end, cell_len)}
    return [place for place in places if place in begins or place == end]
