"""From glyphs to lines: what stands together, in one column or two, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from qualcase.readers.errors import UnsafeFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.readers.pdf_glyphs import Glyph, Page

SEGMENT_LIMIT = 5000
# Widths are in units of the letters' height; a blank between words seldom reaches one half of it.
_APART = 0.9
_COLUMN_APART = 1.4
_NEAR = 0.09  # Points, less than _APART of the least height.
_TOUCHING = 0.1
_OVERLAP = 0.5
_COLUMN_SHARE = 0.25
_COLUMN_LINES = 8
_FEW_CROSS = 0.15
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Segment:
    """Glyphs that stand side by side; places in points; `bold` counts the first characters in bold."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    bold: int = 0

    @property
    def height(self) -> float:
        """The height of its letters."""
        return max(self.top - self.bottom, 0.1)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page as it is read: segments from left to right; of two columns the 1st or the 2nd."""

    page: int
    segments: tuple[Segment, ...]
    column: int = 0

    @property
    def text(self) -> str:
        """The words; a tab stands where a wide gap parts them."""
        out = [self.segments[0].text]
        for before, after in pairwise(self.segments):
            out.append(_between(before, after))
            out.append(after.text)
        return "".join(out)

    @property
    def left(self) -> float:
        """Where the first segment begins."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Where the last segment ends."""
        return self.segments[-1].right

    @property
    def bottom(self) -> float:
        """The lowest edge of its letters."""
        return min(segment.bottom for segment in self.segments)

    @property
    def top(self) -> float:
        """The highest edge of its letters."""
        return max(segment.top for segment in self.segments)

    @property
    def height(self) -> float:
        """The height of its letters."""
        if len(self.segments) == 1:
            return self.segments[0].height
        return median(segment.height for segment in self.segments)


def read_rows(name: str, page: Page, number: int) -> list[Row]:
    """Return the rows of page `number` in reading order: two columns are read one after the other.

    Raise `UnsafeFileError` where a page is strewn with more than 5,000 pieces of text.
    """
    segments = find_segments(page.glyphs)
    if len(segments) > SEGMENT_LIMIT:
        raise UnsafeFileError(name, f"its page {number + 1} has more than {SEGMENT_LIMIT} pieces of text")
    rows: list[Row] = []
    for column, band in _bands(segments, page.width):
        rows.extend(Row(number, tuple(row), column) for row in _cluster(band))
    return rows


def find_segments(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Return runs of glyphs on one line without a wide gap, in the order in which they were written."""
    segments: list[Segment] = []
    run: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if glyph.sign == "\n":
            continue
        if glyph.sign == " ":
            if run:
                run.append(glyph)
            continue
        # Most letters stand on the line of the letter before them, right beside it; those of a ligature in
        # one place.
        beside = (
            last is not None
            and last[3:5] == glyph[3:5]
            and (-_NEAR < glyph[1] - last[2] < _NEAR or last[1:3] == glyph[1:3])
        )
        if last is not None and not beside and _breaks(last, glyph):
            segments.append(_to_segment(run))
            run = []
        run.append(glyph)
        last = glyph
    if run:
        segments.append(_to_segment(run))
    return segments


def _breaks(before: Glyph, after: Glyph) -> bool:
    gap = after.left - before.right
    if before.top == after.top and before.bottom == after.bottom:
        return abs(gap) > _APART * max(after.top - after.bottom, 0.1)
    height = max(min(before.top - before.bottom, after.top - after.bottom), 0.1)
    shared = min(before.top, after.top) - max(before.bottom, after.bottom)
    return shared < _OVERLAP * height or abs(gap) > _APART * height


def _to_segment(run: list[Glyph]) -> Segment:
    text = "".join([glyph.sign for glyph in run]).rstrip(" ")
    _, lefts, rights, bottoms, tops, _ = zip(*[glyph for glyph in run if glyph.sign != " "], strict=True)
    bold = next((place for place, glyph in enumerate(run) if not glyph.bold), len(text))
    return Segment(text, min(lefts), max(rights), min(bottoms), max(tops), min(bold, len(text)))


def _cluster(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Return segments as rows from top to bottom, each from left to right."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda one: -(one.top + one.bottom)):
        if rows and _shares_line(rows[-1], segment):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _shares_line(row: Sequence[Segment], segment: Segment) -> bool:
    first = row[0]
    shared = min(first.top, segment.top) - max(first.bottom, segment.bottom)
    if shared < _OVERLAP * min(first.height, segment.height):
        return False
    # Two texts in one place were laid over each other: they are lines of their own.
    return all(min(one.right, segment.right) - max(one.left, segment.left) <= segment.height for one in row)


def _between(before: Segment, after: Segment) -> str:
    gap = (after.left - before.right) / min(before.height, after.height)
    if gap > _COLUMN_APART:
        return "\t"
    return " " if gap > _TOUCHING else ""


def _bands(segments: Sequence[Segment], width: float) -> list[tuple[int, list[Segment]]]:
    """Return groups of segments to be read one after the other, each with the number of its column.

    It is one group of column 0 unless there are two columns.
    """
    gutter = _find_gutter(segments, width)
    if gutter is None:
        return [(0, list(segments))]
    bands: list[tuple[int, list[Segment]]] = []
    left: list[Segment] = []
    right: list[Segment] = []
    for segment in sorted(segments, key=lambda one: -(one.top + one.bottom)):
        if segment.left < gutter < segment.right:
            bands += [(1, left), (2, right), (0, [segment])]
            left, right = [], []
        elif segment.right <= gutter:
            left.append(segment)
        else:
            right.append(segment)
    return [(column, band) for column, band in (*bands, (1, left), (2, right)) if band]


def _find_gutter(segments: Sequence[Segment], width: float) -> float | None:
    """Return where a gap runs down a page between two columns of running text, None if there is none."""
    if len(segments) < 2 * _COLUMN_LINES:
        return None
    best: tuple[int, float] | None = None
    for step in range(_STEPS + 1):
        place = width * (0.3 + 0.4 * step / _STEPS)
        left = [one for one in segments if one.right <= place]
        right = [one for one in segments if one.left >= place]
        crossing = len(segments) - len(left) - len(right)
        if crossing > _FEW_CROSS * len(segments) or not (
            _is_column(left, width) and _is_column(right, width)
        ):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, place)
    return best[1] if best else None


def _is_column(segments: Sequence[Segment], width: float) -> bool:
    if len(segments) < _COLUMN_LINES:
        return False
    return median(one.right - one.left for one in segments) >= _COLUMN_SHARE * width
