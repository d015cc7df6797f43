"""Dates as recorded (EDTF) read to the first and the last day that they allow.

The string is the record of what a source says; the bounds are what it commits to. `~` and `?` do not widen
them, because no width is written: a researcher who knows one gives explicit bounds, and those win.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.text.edtf_parts import EdtfDate, EdtfInterval, parse_edtf
from qualcase.text.errors import BadDateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcase.text.edtf_parts import EdtfSet

NORTHERN: Mapping[str, tuple[int, int]] = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
SOUTHERN: Mapping[str, tuple[int, int]] = {"21": (9, 11), "22": (12, 2), "23": (3, 5), "24": (6, 8)}
_LAST_YEAR = 9999


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last possible day, ISO 8601 and inclusive; None where that end is open."""

    earliest: str | None
    latest: str | None


def read_edtf(text: str, *, seasons: Mapping[str, tuple[int, int]] = NORTHERN) -> Bounds:
    """Return the bounds of an EDTF date, interval or set.

    Seasons 21–24 are meteorological, three whole months; `seasons` gives first and last month of each and is
    `NORTHERN` or `SOUTHERN`. A season that passes New Year begins in the year named. Raise `BadDateError`.
    """
    try:
        bounds = _bounds(parse_edtf(text), seasons)
    except _ImpossibleError as impossible:
        raise BadDateError(text, str(impossible)) from None
    if bounds.earliest and bounds.latest and bounds.earliest > bounds.latest:
        raise BadDateError(text, "it ends before it begins")
    return bounds


class _ImpossibleError(ValueError):
    """A part of a date that no calendar has; the message says which."""


def _bounds(parsed: EdtfDate | EdtfInterval | EdtfSet, seasons: Mapping[str, tuple[int, int]]) -> Bounds:
    if isinstance(parsed, EdtfDate):
        return _date_bounds(parsed, seasons)
    if isinstance(parsed, EdtfInterval):
        return Bounds(
            _date_bounds(parsed.first, seasons).earliest if parsed.first else None,
            _date_bounds(parsed.last, seasons).latest if parsed.last else None,
        )
    members = [_bounds(member, seasons) for member in parsed.members]
    starts, ends = [one.earliest for one in members], [one.latest for one in members]
    return Bounds(
        None if None in starts else min(start for start in starts if start),
        None if None in ends else max(end for end in ends if end),
    )


def _date_bounds(date: EdtfDate, seasons: Mapping[str, tuple[int, int]]) -> Bounds:
    years = _candidates(date.year, range(1, _LAST_YEAR + 1), "year")
    if date.season:
        return _season_bounds(date, years, seasons[date.month or ""])
    months = _candidates(date.month or "XX", range(1, 13), "month")
    if date.day is None or date.day == "XX":
        return Bounds(_day(years[0], months[0], 1), _month_end(years[-1], months[-1]))
    possible = [
        (year, month, day)
        for year in {years[0], years[-1], *_leap_years(years)}
        for month in months
        for day in range(1, calendar.monthrange(year, month)[1] + 1)
        if _fits(date.day, day, 2)
    ]
    if not possible:
        raise _ImpossibleError(f"there is no day {date.day} in that month")
    return Bounds(_day(*min(possible)), _day(*max(possible)))


def _season_bounds(date: EdtfDate, years: list[int], months: tuple[int, int]) -> Bounds:
    if date.day is not None:
        raise _ImpossibleError("a season has no day")
    first, last = months
    ends_in = years[-1] + (1 if last < first else 0)
    if ends_in > _LAST_YEAR:
        raise _ImpossibleError("its year is too late")
    return Bounds(_day(years[0], first, 1), _month_end(ends_in, last))


def _candidates(pattern: str, numbers: range, what: str) -> list[int]:
    """Return the numbers that a pattern of digits and `X` allows."""
    if pattern == "XXXX":
        raise _ImpossibleError("no digit of its year is known")
    width = len(pattern)
    found = [int(pattern)] if pattern.isdigit() else [one for one in numbers if _fits(pattern, one, width)]
    if not found or found[0] not in numbers:
        raise _ImpossibleError(f"there is no {what} {pattern}")
    return found


def _fits(pattern: str, number: int, width: int) -> bool:
    return all(mark in ("X", digit) for mark, digit in zip(pattern, f"{number:0{width}d}", strict=True))


def _leap_years(years: list[int]) -> list[int]:
    """Return the first and last leap year, which alone may hold a 29 February."""
    leap = [year for year in years if calendar.isleap(year)]
    return leap[:1] + leap[-1:]


def _day(year: int, month: int, day: int) -> str:
    return f"{year:04d}-{month:02d}-{day:02d}"


def _month_end(year: int, month: int) -> str:
    return _day(year, month, calendar.monthrange(year, month)[1])
