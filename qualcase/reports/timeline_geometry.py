"""Where everything on a timeline lies, in units of its own grid; drawing it is the template's work.

Bar = duration, whisker = window in which it happened once, left arrow = no later than, right arrow =
no earlier than (methods, D03 and G6). Hollow = expected, ring = turning point, minus = adverse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.reports.calendar_scale import Years, day, figure_years
from qualcase.reports.timeline_lanes import Extent, pack
from qualcase.reports.wording import MINUS, lane_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcase.model.display import Band, Figure, Mark

WIDTH, GUTTER, RIGHT = 1080.0, 138.0, 14.0
ROW, LANE_PADDING, FOOT = 17.0, 9.0, 24.0
RADIUS, ARROW = 4.2, 30.0
LETTER, SMALL_LETTER = 6.1, 5.5
LONGEST_TITLE = 34
LANE_LETTERS = 17


@dataclass(frozen=True, slots=True)
class Drawn:
    """One mark in one lane: the symbol at (x, y), its window from x1 to x2, and its label."""

    id: str
    title: str
    label: str
    shape: str
    x: float
    y: float
    x1: float
    x2: float
    label_x: float
    label_left: bool
    hollow: bool
    turning_point: bool
    adverse: bool
    first: bool


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane: the lines of its name, its upper edge and its height."""

    lines: tuple[str, ...]
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class DrawnBand:
    """A phase behind the marks: its edges, its name in lines, and the row of its heading."""

    id: str
    title: str
    lines: tuple[str, ...]
    x: float
    width: float
    top: float
    odd: bool


@dataclass(frozen=True, slots=True)
class DrawnLink:
    """A line between two marks; dashed where an analyst inferred it."""

    path: str
    dashed: bool
    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole timeline, ready to be drawn."""

    width: float
    height: float
    top: float
    bottom: float
    years: tuple[tuple[str, float, float], ...]
    lanes: tuple[DrawnLane, ...]
    bands: tuple[DrawnBand, ...]
    marks: tuple[Drawn, ...]
    links: tuple[DrawnLink, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    years: Years

    def x(self, ordinal: int) -> float:
        """Return the place of the morning of a day."""
        share = (ordinal - self.years.start) / (self.years.end + 1 - self.years.start)
        return round(GUTTER + share * (WIDTH - GUTTER - RIGHT), 1)


def lay_out(figure: Figure) -> Drawing | None:
    """Return where everything lies, or None for a figure without a single date."""
    years = figure_years(figure)
    if years is None:
        return None
    axis = _Axis(years)
    bands, top = _bands(figure.bands, axis)
    lanes, marks, bottom = _lanes(figure, axis, top)
    return Drawing(
        WIDTH, bottom + FOOT, top, bottom, _years(years, axis), lanes, bands, marks, _links(figure, marks)
    )


def _years(years: Years, axis: _Axis) -> tuple[tuple[str, float, float], ...]:
    """Return label, left edge and middle of each year, or of every few where they would run together."""
    step = max(1, -(-len(years) * 44 // int(WIDTH - GUTTER)))
    shown = range(years.first, years.last + 1, step)
    places = [(year, axis.x(Years(year, year).start), axis.x(Years(year, year).end)) for year in shown]
    return tuple((str(year), left, round((left + right) / 2, 1)) for year, left, right in places)


def _bands(bands: Sequence[Band], axis: _Axis) -> tuple[tuple[DrawnBand, ...], float]:
    edges = [
        (axis.x(day(band.earliest) if band.earliest else axis.years.start),
         axis.x((day(band.latest) if band.latest else axis.years.end) + 1))
        for band in bands
    ]  # fmt: skip
    rows = pack([Extent(*edge) for edge in edges], gap=-1.0)
    names = [_fit(band, right - left) for band, (left, right) in zip(bands, edges, strict=True)]
    line, head = 11.0, 6.0
    height = head + line * max(map(len, names), default=0)
    drawn = tuple(
        DrawnBand(
            band.id,
            f"{band.id} {band.label}",
            name,
            left,
            round(right - left, 1),
            row * height + head,
            number % 2 == 1,
        )
        for number, (band, name, (left, right), row) in enumerate(zip(bands, names, edges, rows, strict=True))
    )
    return drawn, (max(rows, default=-1) + 1) * height + 10


def _fit(band: Band, width: float) -> tuple[str, ...]:
    """Return the id and as much of the name as the band is wide enough for; the legend has all of it."""
    lines = _broken(band.label, max(1, int((width - 6) / SMALL_LETTER)))
    whole = len(lines) <= 4 and all(len(line) * SMALL_LETTER <= width - 4 for line in lines)  # noqa: PLR2004 -- lines of a heading
    return (band.id, *lines) if whole else (band.id,)


def _broken(text: str, letters: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _lanes(figure: Figure, axis: _Axis, top: float) -> tuple[tuple[DrawnLane, ...], tuple[Drawn, ...], float]:
    lanes, marks, seen = [], [], set[str]()
    for lane in figure.lanes:
        inside = sorted((mark for mark in figure.marks if lane[0] in mark.lanes), key=_when)
        spans = [_span(mark, axis) for mark in inside]
        rows = pack([_taken(mark, *span) for mark, span in zip(inside, spans, strict=True)], gap=5.0)
        lines = tuple(_broken(lane_name(lane), LANE_LETTERS))
        height = max((max(rows, default=0) + 1) * ROW, len(lines) * 14.0) + 2 * LANE_PADDING
        lanes.append(DrawnLane(lines, top, height))
        for mark, row, span in zip(inside, rows, spans, strict=True):
            marks.append(
                (mark, _draw(mark, top + LANE_PADDING + (row + 0.5) * ROW, *span, first=mark.id not in seen))
            )
            seen.add(mark.id)
        top += height
    # In the page, and so for the keyboard, marks follow time and not the lanes.
    return tuple(lanes), tuple(drawn for _, drawn in sorted(marks, key=lambda pair: _when(pair[0]))), top


def _when(mark: Mark) -> tuple[str, str, str]:
    return (mark.earliest or mark.latest or "9999", mark.latest or "9999", mark.id)


def _span(mark: Mark, axis: _Axis) -> tuple[float, float, float]:
    """Return where the symbol stands and the ends of its window; an open end is as long as an arrow."""
    if mark.earliest and mark.latest:
        left, right = axis.x(day(mark.earliest)), axis.x(day(mark.latest) + 1)
        return (left + right) / 2, left, right
    if mark.latest:
        right = axis.x(day(mark.latest) + 1)
        return right, max(right - ARROW, GUTTER), right
    left = axis.x(day(mark.earliest)) if mark.earliest else GUTTER + 8
    return left, left, left + (ARROW if mark.earliest else 0)


def _taken(mark: Mark, x: float, left: float, right: float) -> Extent:
    size = len(_label(mark)) * LETTER + 4
    edge = max(right, x + RADIUS + 3)
    if _turns_left(edge, size):
        return Extent(min(left, x - RADIUS) - 6 - size, edge)
    return Extent(min(left, x - RADIUS), edge + 6 + size)


def _turns_left(edge: float, size: float) -> bool:
    return edge + 6 + size > WIDTH


def _label(mark: Mark) -> str:
    label = f"{mark.id} {_shortened(mark.label)}" if mark.turning_point else mark.id
    return f"{label} {MINUS}" if mark.adverse else label


def _shortened(title: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def _draw(mark: Mark, y: float, x: float, left: float, right: float, *, first: bool) -> Drawn:
    edge = max(right, x + RADIUS + 3)
    turned = _turns_left(edge, len(_label(mark)) * LETTER + 4)
    place = min(left, x - RADIUS) - 6 if turned else edge + 4
    return Drawn(
        mark.id, _spoken(mark), _label(mark), mark.shape,
        round(x, 1), round(y, 1), left, right, round(place, 1), turned,
        mark.hollow, mark.turning_point, mark.adverse, first,
    )  # fmt: skip


def _spoken(mark: Mark) -> str:
    """Return what the mark says in words, for a pointer that rests on it and for a screen reader."""
    said = [f"{mark.id} {mark.label} ({mark.date_text})"]
    said += ["turning point"] if mark.turning_point else []
    said += ["adverse"] if mark.adverse else []
    said += ["expected, not observed"] if mark.hollow else []
    return ", ".join(said)


def _links(figure: Figure, marks: Sequence[Drawn]) -> tuple[DrawnLink, ...]:
    places: Mapping[str, Drawn] = {mark.id: mark for mark in marks if mark.first}
    return tuple(
        DrawnLink(_curve(places[one], places[other]), basis != "stated", f"{one} → {other}, {basis}")
        for one, other, basis in figure.links
        if one in places and other in places
    )


def _curve(one: Drawn, other: Drawn) -> str:
    bend = max(18.0, abs(other.x - one.x) / 2)
    return (
        f"M{one.x:.1f} {one.y:.1f}C{one.x + bend:.1f} {one.y:.1f} "
        f"{other.x - bend:.1f} {other.y:.1f} {other.x:.1f} {other.y:.1f}"
    )
