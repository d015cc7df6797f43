"""One row of the transcript: its number, its stripes and its text, with everything that lies on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.strip import Strip

from qualcase.text.wrapping import clusters
from qualcase.tui.glyphs import draw_line
from qualcase.tui.widgets.styles import COLOUR_NAMES

if TYPE_CHECKING:
    from qualcase.model.coding import Coding
    from qualcase.tui.codes import CodeList
    from qualcase.tui.document import OpenDocument
    from qualcase.tui.widgets.styles import StyleSheet

OVERFLOW = 4
# What the margin can say of a row, and how many cells that takes.
NUMBERINGS = {"numbers": 5, "lines": 6, "times": 8, "speakers": 12}
_FEWEST, _MOST = 4, 12
# Cells of text that stand against one more lane.
_TEXT_A_LANE = 6
_TEXT_AT_LEAST = 40
# Begin, middle and end of a stripe, and one of a single row: one's own, the chosen one, another coder's.
_OWN, _CHOSEN, _OTHER = tuple("╭│╰["), tuple("┏┃┗▐"), tuple("┌┊└{")


@dataclass(frozen=True, slots=True)
class Margin:
    """How the width of the pane is shared: numbers, lanes, what has no lane, text, one cell to hang in."""

    width: int
    numbering: str = "numbers"

    @property
    def number(self) -> int:
        """How many cells the number of a row has."""
        return NUMBERINGS[self.numbering]

    @property
    def lanes(self) -> int:
        """How many stripes fit."""
        return max(_FEWEST, min(_MOST, (self.width - _TEXT_AT_LEAST) // _TEXT_A_LANE))

    @property
    def stripes(self) -> int:
        """Where the stripes begin."""
        return self.number + 1

    @property
    def left(self) -> int:
        """Where the text begins."""
        return self.stripes + self.lanes + OVERFLOW

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
    segments = [_number(document, start, end, sheet, margin)]
    segments += _stripes(document, codes, codings, row, sheet, margin)
    own = tuple(coding for coding in codings if document.is_own(coding))
    segments += _text(document, codes, own, (start, end), chosen, sheet)
    return Strip(segments).simplify().crop_extend(0, margin.width, sheet["plain",])


def _number(document: OpenDocument, start: int, end: int, sheet: StyleSheet, margin: Margin) -> Segment:
    proposed = any(start <= one.start < end for one in document.suggestions_at(start, end))
    shown = _cut(_said(document, start, end, margin.numbering), margin.number)
    return Segment(f"{shown}{'?' if proposed else ' '}", sheet["number",])


def _said(document: OpenDocument, start: int, end: int, numbering: str) -> str:
    if numbering == "lines":
        number = document.line_begins_in(start, end)
        return "" if number is None else str(number)
    if numbering == "numbers":
        number = document.number_at(start, end)
        return "" if number is None else str(number)
    turn = document.begins_in(start, end)
    said = (turn.timestamp if numbering == "times" else turn.speaker) if turn else None
    return draw_line((said or "").strip("[]() "))


def _cut(text: str, width: int) -> str:
    if cell_len(text) > width:
        text = set_cell_size(text, width - 1) + "…"
    return " " * (width - cell_len(text)) + text


def _stripes(
    document: OpenDocument,
    codes: CodeList,
    codings: tuple[Coding, ...],
    row: int,
    sheet: StyleSheet,
    margin: Margin,
) -> list[Segment]:
    cells = [(" ", "plain")] * margin.lanes
    beyond = 0
    for coding in codings:
        lane = document.lanes[coding.uid]
        if lane < margin.lanes:
            cells[lane] = _glyph(document, coding, row), COLOUR_NAMES[codes.colour(coding.code)]
        else:
            beyond += 1
    counted = f"+{min(beyond, 99)}" if beyond else ""
    segments = [Segment(glyph, sheet[name,]) for glyph, name in cells]
    return [*segments, Segment(counted.ljust(OVERFLOW), sheet["dim",])]


def _glyph(document: OpenDocument, coding: Coding, row: int) -> str:
    if document.is_pending(coding):
        return "┆"
    own = _CHOSEN if coding.uid == document.chosen else _OWN
    begin, middle, end, single = own if document.is_own(coding) else _OTHER
    rows = document.rows_of(coding.start, coding.end)
    if len(rows) == 1:
        return single
    return begin if row == rows[0] else end if row == rows[-1] else middle


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
        names = _names(document, [one for one in codings if one.start < right and left < one.end], codes)
        names += ("speaker",) if _inside(left, speakers) else ()
        names += ("hit",) if _inside(left, hits) else ()
        names += ("selected",) if chosen[0] <= left < chosen[1] else ()
        drawn = document.drawn[left:right]
        # A line end is one blank cell, so that a selection that reaches over it can be seen.
        segments.append(Segment(drawn.replace("\n", " "), sheet["plain", *names]))
    return [segment for segment in segments if segment.text]


def _names(document: OpenDocument, codings: list[Coding], codes: CodeList) -> tuple[str, ...]:
    if not codings:
        return ()
    shortest = min(codings, key=lambda one: one.end - one.start)
    overlap = ("overlap",) if len(codings) > 1 else ()
    pending = ("pending",) if any(document.is_pending(one) for one in codings) else ()
    return (COLOUR_NAMES[codes.colour(shortest.code)], "coded", *overlap, *pending)


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
