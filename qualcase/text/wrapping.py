"""A text broken into screen rows that keep its exact offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Measure = Callable[[str], int]

_JOINER = "\u200d"
# Characters that every terminal draws in one cell: nearly all Western prose is made of these alone.
_NARROW = re.compile(
    r"[ -~\u00a1-\u00ac\u00ae-\u02ff"
    r"\u0370-\u0373\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u2010-\u2027\u2030-\u205e]*"
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Where each row begins; rows are contiguous, and a line end belongs to the row it closes."""

    starts: tuple[int, ...]
    length: int

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, row: int) -> tuple[int, int]:
        """Return the code points `[start, end)` of a row."""
        after = row + 1
        return self.starts[row], self.starts[after] if after < len(self.starts) else self.length

    def row_of(self, offset: int) -> int:
        """Return the row that holds a code point; the last row beyond the end."""
        return max(0, bisect_right(self.starts, offset) - 1)


def cell_width(text: str) -> int:
    """Return how many terminal cells a text takes: wide characters two, combining marks none."""
    return sum(map(_character_width, text))


def clusters(text: str, start: int, end: int, measure: Measure = cell_width) -> Iterator[tuple[int, int]]:
    """Yield the spans in `[start, end)` that must stay together: a character and what combines with it."""
    left = start
    flag_open = False
    for place in range(start, end):
        character = text[place]
        is_flag = "\U0001f1e6" <= character <= "\U0001f1ff"
        joined = place > start and (
            text[place - 1] == _JOINER
            or measure(character) == 0
            or _is_tone(character)
            or (is_flag and flag_open)
        )
        flag_open = is_flag and not (joined and flag_open)
        if not joined and place > start:
            yield left, place
            left = place
    if left < end:
        yield left, end


def wrap_rows(text: str, width: int, measure: Measure = cell_width) -> Rows:
    """Return the rows of a text at a width in cells, broken after spaces where there are any.

    One space may hang beyond the width. `text` is the text as drawn; `measure` gives the cells of a
    piece of it. A line without spaces is cut at the width, never inside a character and its marks.
    """
    width = max(1, width)
    starts: list[int] = []
    start = 0
    while start < len(text) or not starts:
        newline = text.find("\n", start)
        end = len(text) if newline < 0 else newline
        starts.append(start)
        if end - start > width or not _NARROW.fullmatch(text, start, end):
            _wrap_line(text, start, end, width, measure, starts)
        start = end + 1
    return Rows(tuple(starts), len(text))


def _wrap_line(text: str, start: int, end: int, width: int, measure: Measure, starts: list[int]) -> None:
    if _NARROW.fullmatch(text, start, end):
        _wrap_narrow(text, start, end, width, starts)
    else:
        _wrap_wide(text, start, end, width, measure, starts)


def _wrap_narrow(text: str, start: int, end: int, width: int, starts: list[int]) -> None:
    while end - start > width:
        cut = text.rfind(" ", start + 1, start + width + 1) + 1 or start + width
        if cut >= end:
            return
        starts.append(cut)
        start = cut


def _wrap_wide(text: str, start: int, end: int, width: int, measure: Measure, starts: list[int]) -> None:
    row, column = start, 0
    space, column_after_space = start, 0
    for left, right in clusters(text, start, end, measure):
        cells = measure(text[left:right])
        is_space = text[left] == " "
        if column + cells > width + is_space and left > row:
            row, column = (space, column - column_after_space) if space > row else (left, 0)
            starts.append(row)
        column += cells
        if is_space and left > row:
            space, column_after_space = right, column


def _is_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _character_width(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
