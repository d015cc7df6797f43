"""The grammar of the part of EDTF (ISO 8601-2) that qualcase reads, as values; what it means is in `edtf`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcase.text.errors import BadDateError

_QUALIFIER = r"[?~%]?"
_DATE = re.compile(
    rf"(?P<q1>{_QUALIFIER})(?P<year>[0-9X]{{4}})(?P<q2>{_QUALIFIER})"
    rf"(?:-(?P<q3>{_QUALIFIER})(?P<month>[0-9X]{{2}})(?P<q4>{_QUALIFIER})"
    rf"(?:-(?P<q5>{_QUALIFIER})(?P<day>[0-9X]{{2}})(?P<q6>{_QUALIFIER}))?)?"
    r"(?P<time>T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}(?::\d{2})?)?)?"
)
_LONGEST = 200
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
OPEN = ("", "..")


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """One date as written: year, month or season, and day keep their `X` for digits not known."""

    year: str
    month: str | None = None
    day: str | None = None
    approximate: bool = False
    uncertain: bool = False

    @property
    def season(self) -> str | None:
        """The English name of the season, if the date is one."""
        return SEASONS.get(self.month or "")


@dataclass(frozen=True, slots=True)
class EdtfInterval:
    """From one date to another; None where that end is open or unknown."""

    first: EdtfDate | None
    last: EdtfDate | None


@dataclass(frozen=True, slots=True)
class EdtfSet:
    """One of several dates (`[…]`) or all of them (`{…}`); ranges inside are intervals."""

    members: tuple[EdtfDate | EdtfInterval, ...]
    every: bool


def parse_edtf(text: str) -> EdtfDate | EdtfInterval | EdtfSet:
    """Parse an EDTF string; raise `BadDateError` where it is not in the declared subset."""
    written = text.strip()
    if not written or len(written) > _LONGEST:
        raise BadDateError(text[:40], "it is empty" if not written else "it is too long")
    if written[0] in "[{":
        return _parse_set(written)
    if "/" in written:
        return _parse_interval(written, "/")
    return _parse_date(written, written)


def _parse_set(written: str) -> EdtfSet:
    closing = {"[": "]", "{": "}"}[written[0]]
    if not written.endswith(closing):
        raise BadDateError(written, f"a “{closing}” is missing at its end")
    members = [part.strip() for part in written[1:-1].split(",")]
    parsed = tuple(
        _parse_interval(part, "..", whole=written) if ".." in part else _parse_date(part, written)
        for part in members
    )
    return EdtfSet(parsed, every=closing == "}")


def _parse_interval(written: str, divider: str, whole: str | None = None) -> EdtfInterval:
    whole = whole or written
    ends = [end.strip() for end in written.split(divider)]
    if len(ends) != 2:  # noqa: PLR2004 -- an interval has two ends
        raise BadDateError(whole, "an interval has two ends")
    first, last = (None if end in OPEN else _parse_date(end, whole) for end in ends)
    if first is None and last is None:
        raise BadDateError(whole, "both of its ends are open")
    return EdtfInterval(first, last)


def _parse_date(written: str, whole: str) -> EdtfDate:
    found = _DATE.fullmatch(written)
    if not found or (found["time"] and not found["day"]):
        raise BadDateError(
            whole,
            f"“{written}” is not a year, a month, a season or a day" if written else "a date is missing",
        )
    marks = {found[f"q{number}"] for number in range(1, 7)}
    return EdtfDate(
        found["year"],
        found["month"],
        found["day"],
        approximate=bool(marks & {"~", "%"}),
        uncertain=bool(marks & {"?", "%"}),
    )
