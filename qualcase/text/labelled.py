"""Units with their labels: what stands before a sentence or a turn and belongs to nothing else."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def with_labels(
    text: str, spans: Sequence[tuple[int, int]], sentences: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return spans `[start, end)` reaching back over the label before them, blanks aside.

    A label is text in none of the spans and in no sentence. `spans` are ordered and do not overlap;
    white space between two units belongs to neither.
    """
    ends = sorted({0, *(end for _, end in sentences), *(end for _, end in spans)})
    found = []
    for start, end in spans:
        before = ends[bisect_right(ends, start) - 1]
        gap = text[before:start]
        label = start if not gap.strip() else before + len(gap) - len(gap.lstrip())
        found.append((label, end))
    return found
