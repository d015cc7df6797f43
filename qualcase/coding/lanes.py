"""Lanes for the stripes in a margin, so that no two overlapping passages share one."""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def assign_lanes(spans: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Return a lane, from 0, for each named span `[start, end)`: the lowest one free where it begins.

    One sweep over the spans, longer before shorter where two begin together.
    """
    order = sorted(spans, key=lambda name: (spans[name][0], -spans[name][1], name))
    lanes: dict[str, int] = {}
    running: list[tuple[int, int]] = []
    free: list[int] = []
    opened = 0
    for name in order:
        start, end = spans[name]
        while running and running[0][0] <= start:
            heappush(free, heappop(running)[1])
        if free:
            lane = heappop(free)
        else:
            lane, opened = opened, opened + 1
        lanes[name] = lane
        heappush(running, (end, lane))
    return lanes


def free_lane(taken: Iterable[int]) -> int:
    """Return the lowest lane that none of these passages takes."""
    busy = set(taken)
    return next(lane for lane in count() if lane not in busy)
