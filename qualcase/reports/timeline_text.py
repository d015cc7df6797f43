"""A timeline in text: a column a quarter, half-year or more; a row a lane."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcase.reports.calendar_scale import day, figure_years
from qualcase.reports.plain import indented, one_line, pad, wrap
from qualcase.reports.wording import lane_name
from qualcase.text.wrapping import cell_width

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualcase.model.display import Band, Figure, Mark
    from qualcase.reports.calendar_scale import Years

POSSIBLE, NOTHING, EXPECTED = "░", "·", "o"
MARGIN, WIDEST_LABEL, YEAR_LABEL = 12, 28, 4
MOST_IN_A_DIGIT = 9


@dataclass(frozen=True, slots=True)
class Period:
    """A column: its first and its last day as ordinals."""

    start: int
    end: int


def timeline_lines(figure: Figure, width: int) -> list[str]:
    """Return the figure in lines of at most `width` cells, with its legend."""
    years = figure_years(figure)
    if years is None:
        return ["No event has a date."]
    names = [one_line(lane_name(lane)) for lane in figure.lanes]
    side = min(WIDEST_LABEL, max(map(cell_width, ("phase", *names))), width // 3)
    months = _months_a_column(years, width - side - MARGIN)
    periods = _periods(years, months)
    lines = [" " * (side + 2) + _year_row(years, months)]
    for (lane, _), name in zip(figure.lanes, names, strict=True):
        marks = [mark for mark in figure.marks if lane in mark.lanes]
        row = "".join(_sign(marks, period) for period in periods)
        lines += _labelled(name, side, row + _open_ends(marks))
    if figure.bands:
        lines += _labelled("phase", side, "".join(_band_sign(figure.bands, period) for period in periods))
    return [*lines, "", *_legend(figure, years, months, width)]


def _labelled(label: str, side: int, row: str) -> list[str]:
    *above, last = wrap(label, side)
    return [*above, f"{pad(last, side)}  {row}"]


def _months_a_column(years: Years, room: int) -> int:
    for months in (3, 6, 12, 24, 60, 120, 600):
        if len(years) * 12 / months <= room:
            return months
    return 1200


def _periods(years: Years, months: int) -> list[Period]:
    count = -(-len(years) * 12 // months)
    starts = [_month_start(years.first, months * number) for number in range(count + 1)]
    return [Period(start, after - 1) for start, after in pairwise(starts)]


def _month_start(year: int, months: int) -> int:
    moved = year + months // 12
    return date(min(moved, date.max.year), months % 12 + 1, 1).toordinal()


def _year_row(years: Years, months: int) -> str:
    """Return the years over their columns, as many as there is room for."""
    columns = max(1, 12 // months)
    step = -(-YEAR_LABEL // columns) if months <= 12 else -(-YEAR_LABEL * months // 12)  # noqa: PLR2004 -- months of a year
    width = step * 12 // months
    # Four digits that fill four columns would run together; the legend names the century.
    shown = str if width > YEAR_LABEL else _short_year
    return "".join(pad(shown(year), width) for year in range(years.first, years.last + 1, step)).rstrip()


def _short_year(year: int) -> str:
    return f"’{year % 100:02d}"


def _sign(marks: Sequence[Mark], period: Period) -> str:
    observed = [mark for mark in marks if not mark.hollow and mark.earliest and mark.latest]
    certain = sum(_inside(mark, period) for mark in observed)
    if certain:
        return str(certain) if certain <= MOST_IN_A_DIGIT else "+"
    if any(_touches(mark, period) for mark in observed):
        return POSSIBLE
    expected = [mark for mark in marks if mark.hollow and mark.earliest and mark.latest]
    return EXPECTED if any(_touches(mark, period) for mark in expected) else NOTHING


def _inside(mark: Mark, period: Period) -> bool:
    return period.start <= day(mark.earliest or "") and day(mark.latest or "") <= period.end


def _touches(mark: Mark, period: Period) -> bool:
    return day(mark.earliest or "") <= period.end and period.start <= day(mark.latest or "")


def _open_ends(marks: Sequence[Mark]) -> str:
    """Return how many events have an open end: they belong to no column, so they stand beside the row."""
    before = sum(mark.earliest is None and mark.latest is not None for mark in marks)
    after = sum(mark.latest is None and mark.earliest is not None for mark in marks)
    undated = sum(mark.earliest is None and mark.latest is None for mark in marks)
    counted = ((before, f"←{before}"), (after, f"→{after}"), (undated, f"?{undated}"))
    return "".join(f" {text}" for count, text in counted if count)


def _band_sign(bands: Sequence[Band], period: Period) -> str:
    middle = (period.start + period.end) // 2
    inside = [band for band in bands if _covers(band, middle)]
    return one_line(inside[-1].id)[-1:] if inside else NOTHING


def _covers(band: Band, ordinal: int) -> bool:
    after = band.earliest is None or day(band.earliest) <= ordinal
    return after and (band.latest is None or ordinal <= day(band.latest))


def _legend(figure: Figure, years: Years, months: int, width: int) -> list[str]:
    names: dict[int, str] = {3: "quarter", 6: "half-year", 12: "year"}
    unit = names.get(months, f"{months // 12} years")
    has: Callable[[Callable[[Mark], bool]], bool] = lambda test: any(map(test, figure.marks))  # noqa: E731
    parts = [
        f"{years.first}–{years.last}, one column per {unit}",
        f"digit = events certain within that {unit} (+ is ten or more)",
        f"{POSSIBLE} possible or lasting",
        f"{NOTHING} none recorded (which is not: none happened)",
    ]
    if has(lambda mark: mark.hollow):
        parts.append(f"{EXPECTED} expected, not observed")
    if has(lambda mark: mark.earliest is None and mark.latest is not None):
        parts.append("←n events no later than a date, beginning open")
    if has(lambda mark: mark.latest is None and mark.earliest is not None):
        parts.append("→n events no earlier than a date, end open")
    if has(lambda mark: mark.earliest is None and mark.latest is None):
        parts.append("?n events without any date")
    lines = wrap("; ".join(parts) + ".", width)
    for band in figure.bands:
        lines += indented(f"phase {one_line(band.id)[-1:]} = ", one_line(f"{band.id} {band.label}"), width)
    turning = [one_line(mark.id) for mark in figure.marks if mark.turning_point]
    return lines + (indented("turning points: ", ", ".join(turning), width) if turning else [])
