"""A hybrid logical clock: wall time that never runs backwards, so that order of meaning is total."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from functools import lru_cache

COUNTER_BITS = 16


def tick(last: int) -> int:
    """Return a reading later than `last`: milliseconds since 1970 above 16 bits of counter.

    Kulkarni et al. 2014: where the wall clock has not moved on, or stands behind, the counter does.
    """
    return max(time.time_ns() // 1_000_000 << COUNTER_BITS, last + 1)


def clock_text(clock: int) -> str:
    """Return a reading as ISO 8601 in UTC, to the millisecond."""
    minute, milliseconds = divmod(clock >> COUNTER_BITS, 60_000)
    return f"{_minute_text(minute)}:{milliseconds // 1000:02}.{milliseconds % 1000:03}Z"


@lru_cache  # One act after the other falls into the same minute.
def _minute_text(minute: int) -> str:
    return datetime.fromtimestamp(minute * 60, tz=UTC).isoformat(timespec="minutes")[:16]
