"""Time stamps as transcripts write them, and as seconds."""

from __future__ import annotations

import re

# 03:47, 00:03:12, 02:23:52.02, 1:02:03,500
TIME = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
# In round or square brackets or bare; Markdown writes \[00:10\].
STAMP = rf"(?:\\?[\[(])?{TIME}(?:\\?[\])])?"
BRACKETED_STAMP = rf"(?:\\?\[{TIME}\\?\]|\({TIME}\))"
_IN_BRACKETS = re.compile(rf"\\?\[({TIME})\\?\]")
_TIME = re.compile(TIME)
# Some recorders write 0:0:3.54 and count meetings in hundreds of minutes.
_ANY_TIME = re.compile(r"\d{1,4}(?::\d{1,2}){1,2}(?:[.,]\d{1,3})?")


def bare_time(stamp: str | None) -> str | None:
    """Return a time stamp without its brackets."""
    found = _TIME.search(stamp or "")
    return found[0] if found else None


def to_seconds(time: str | None) -> float | None:
    """Return minutes:seconds or hours:minutes:seconds as seconds, None where there is no time."""
    found = _ANY_TIME.search(time or "")
    if not found:
        return None
    seconds = 0.0
    for part in found[0].replace(",", ".").split(":"):
        seconds = seconds * 60 + float(part)
    return round(seconds, 3)


def bracketed_times(text: str) -> list[tuple[int, str]]:
    """Return (offset, time) of the times that stand in square brackets anywhere in `text`, in order."""
    return [(found.start(), found[1]) for found in _IN_BRACKETS.finditer(text)]
