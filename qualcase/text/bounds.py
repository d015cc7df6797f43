"""What can be said of dates that are known only within bounds: their order, year and English name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from qualcase.text.edtf import read_edtf
from qualcase.text.edtf_parts import EdtfDate, EdtfInterval, parse_edtf

if TYPE_CHECKING:
    from typing import Protocol

    from qualcase.text.edtf_parts import EdtfSet

    class Bounded(Protocol):
        """Anything with a first and a last possible day: `Bounds`, `EventDate`, `Source`."""

        @property
        def earliest(self) -> str | None:
            """The first possible day, ISO 8601."""

        @property
        def latest(self) -> str | None:
            """The last possible day, ISO 8601."""


# English whatever the locale of the machine: reports must not differ from desk to desk.
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
Order = Literal["before", "after", "undecidable"]


def order(first: Bounded, second: Bounded) -> Order:
    """Say whether `first` lies before or after `second`, or that their bounds do not decide it.

    Bounds that share a day are undecidable, and so is an open end towards the other date.
    """
    if first.latest and second.earliest and first.latest < second.earliest:
        return "before"
    if first.earliest and second.latest and first.earliest > second.latest:
        return "after"
    return "undecidable"


def in_one_year(bounds: Bounded) -> int | None:
    """Return the calendar year that holds both bounds, None if they span several or one is open."""
    if not bounds.earliest or not bounds.latest or bounds.earliest[:4] != bounds.latest[:4]:
        return None
    return int(bounds.earliest[:4])


def display_date(edtf: str | None, *, undated: str = "undated") -> str:
    """Return an EDTF date in plain English, never more precise than it is written.

    `2009-06` is June 2009, `2008-23` autumn 2008, `2006/2007` 2006–2007, `../2010-10` until October 2010.
    Raise `BadDateError` for what is not EDTF.
    """
    if edtf is None or not edtf.strip():
        return undated
    read_edtf(edtf)  # refuses a 31 June before it is named
    return _display(parse_edtf(edtf))


def _display(parsed: EdtfDate | EdtfInterval | EdtfSet) -> str:
    if isinstance(parsed, EdtfDate):
        return _display_one(parsed)
    if isinstance(parsed, EdtfInterval):
        return _display_interval(parsed)
    names = [_display(member) for member in parsed.members]
    if not parsed.every and len(names) == 1:
        return f"some time in {names[0]}"
    word = "and" if parsed.every else "or"
    return f" {word} ".join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0]


def _display_interval(interval: EdtfInterval) -> str:
    if interval.first is None:
        return f"until {_display_one(interval.last)}" if interval.last else ""
    first = _display_one(interval.first)
    if interval.last is None:
        return f"from {first} on"
    last = _display_one(interval.last)
    return f"{first} – {last}" if " " in first + last else f"{first}–{last}"


def _display_one(date: EdtfDate) -> str:
    about = "about " if date.approximate else ""
    return f"{about}{_bare(date)}{' (uncertain)' if date.uncertain else ''}"


def _bare(date: EdtfDate) -> str:
    year = _year(date.year)
    if date.season:
        return f"{date.season} {year}"
    if date.month is None or "X" in date.month:
        return year
    month = f"{_MONTHS[int(date.month) - 1]} {year}"
    return month if date.day is None or "X" in date.day else f"{int(date.day)} {month}"


def _year(year: str) -> str:
    if "X" not in year:
        return str(int(year))
    if year.endswith("X") and year[:3].isdigit():
        return f"the {year[:3]}0s"
    return f"{year.replace('X', '0')}–{year.replace('X', '9')}"
