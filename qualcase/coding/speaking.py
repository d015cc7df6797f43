"""Who speaks in a passage."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Turn


def speaker_of(turns: Sequence[Turn], start: int, end: int) -> str | None:
    """Return the one speaker heard in `[start, end)`, None where nobody is named or several are heard.

    `turns` are ordered and do not overlap.
    """
    first = bisect_right(turns, start, key=lambda turn: turn.end)
    last = bisect_left(turns, end, key=lambda turn: turn.start)
    heard = {turn.speaker for turn in turns[first:last]}
    return heard.pop() if len(heard) == 1 else None
