"""Time stamps as transcripts write them, and as seconds."""

from __future__ import annotations

import re

_HALF_DAY = r"(?:[AP]\.?M\.?|[ap]\.?m\.?)(?![^\W_])"
# 03:47, 00:03:12, 02:23:52.02, 1:02:03,500, 01:00:03:12 with frames, 9:41 AM
TIME = rf"\d{{1,3}}:\d{{2}}(?::\d{{2}}){{0,2}}(?:[.,]\d{{1,3}})?(?:[ \u00a0\u202f]?{_HALF_DAY})?"
# 12.03.24, 3/12/2024, 2024-03-12, 12-Mar-24
DAY = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\.?|\d{1,2}[- ][^\W\d_]{3,9}\.?[- ]\d{2,4})"
# [00:01 - 00:07]: from when to when; the first of them is the stamp.
_SPAN = rf"{TIME}(?:[ ]?(?:--?>|[-–—]|to)[ ]?{TIME})?"
# #00:00:07-3#, as f4 and MAXQDA write it, with tenths of a second.
_HASHED = rf"#{TIME}(?:-\d{{1,3}})?#"
# In round or square brackets or bare; Markdown writes \[00:10\].
STAMP = rf"(?:{_HASHED}|(?:\\?[\[(])?{_SPAN}(?:\\?[\])])?)"
BRACKETED_STAMP = rf"(?:\\?\[{_SPAN}\\?\]|\({_SPAN}\)|{_HASHED})"
_IN_BRACKETS = re.compile(
    rf"\\?\[({TIME})(?:[ ]?(?:--?>|[-–—]|to)[ ]?{TIME})?\\?\]|#({TIME}(?:-\d{{1,3}})?)#"
)
_TIME = re.compile(rf"#({TIME}-\d{{1,3}})#|({TIME})")
# Some recorders write 0:0:3.54 and count meetings in hundreds of minutes.
_ANY_TIME = re.compile(
    r"(?P<clock>\d{1,4}(?::\d{1,2}){1,2}(?:[.,-]\d{1,3}(?!\d))?)"
    rf"(?:[ \u00a0\u202f]?(?P<half>{_HALF_DAY}))?"
)
_HOURS_A_HALF_DAY = 12


def bare_time(stamp: str | None) -> str | None:
    """Return a time stamp without its brackets."""
    found = _TIME.search(stamp or "")
    return found[1] or found[2] if found else None


def to_seconds(time: str | None) -> float | None:
    """Return minutes:seconds or hours:minutes:seconds as seconds, None where there is no time.

    With a.m. or p.m. it is hours:minutes since midnight. Frames are left out: how long one is is not told.
    """
    found = _ANY_TIME.search(time or "")
    if not found:
        return None
    parts = [float(part) for part in re.sub("[,-]", ".", found["clock"]).split(":")]
    if found["half"]:
        later = _HOURS_A_HALF_DAY if found["half"].casefold().startswith("p") else 0
        parts = [parts[0] % _HOURS_A_HALF_DAY + later, *parts[1:], 0.0][:3]
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + part
    return round(seconds, 3)


def bracketed_times(text: str) -> list[tuple[int, str]]:
    """Return (offset, time) of the times that stand in square brackets or #…# anywhere, in order."""
    return [(found.start(), found[1] or found[2]) for found in _IN_BRACKETS.finditer(text)]
