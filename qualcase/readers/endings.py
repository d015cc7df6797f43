"""What stands behind speech without being said: a time stamp, the foot or head of a page."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.structure import trim
from qualcase.readers.timestamps import BRACKETED_STAMP, bare_time, to_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Turn
    from qualcase.readers.paragraphs import Line

_STAMP = re.compile(rf"\s*({BRACKETED_STAMP})\s*\Z")
_STAMP_REACH = 40
_NEARLY_ALL = 0.8
_AT_LEAST = 2
_LONGEST = 120
_FEWEST_PAGES = 3
_DIGITS = re.compile(r"\d+")


def without_endings(
    text: str, turns: Sequence[Turn], lines: Sequence[Line]
) -> tuple[list[Turn], list[Block]]:
    """Return the turns without what closes them, and that as apparatus.

    A line may only be taken from the end of a turn: a turn is one piece of its text.
    """
    feet = _feet(lines)
    kept: list[Turn] = []
    blocks: list[Block] = []
    for turn in turns:
        end, taken = _speech_end(text, turn, feet)
        blocks.extend(taken)
        if turn.start < end:
            kept.append(replace(turn, end=end))
    return _without_stamps(text, kept), blocks


def _speech_end(text: str, turn: Turn, feet: set[str]) -> tuple[int, list[Block]]:
    """Return where speech ends in a turn, before the feet of pages behind it."""
    end, taken = turn.end, list[Block]()
    while (begin := text.rfind("\n", turn.start, end) + 1) > turn.start:
        line = text[begin:end].strip()
        if line not in feet:
            break
        taken.append(Block(*trim(text, begin, end), "apparatus"))
        end = trim(text, turn.start, begin)[1]
    return end, taken[::-1]


def _feet(lines: Sequence[Line]) -> set[str]:
    """Return the lines that recur by themselves but for a number that counts on: those of pages."""
    alone = [
        line.text.strip()
        for above, line, below in zip((None, *lines), lines, (*lines[1:], None), strict=False)
        if not line.blank and (above is None or above.blank) and (below is None or below.blank)
    ]
    counted = [line for line in alone if len(line) <= _LONGEST and _DIGITS.search(line)]
    alike: dict[str, list[str]] = defaultdict(list)
    for line in counted:
        alike[_DIGITS.sub("#", line)].append(line)
    return {line for one in alike.values() if len(one) >= _FEWEST_PAGES for line in _if_counting(one)}


def _if_counting(alike: Sequence[str]) -> Sequence[str]:
    """Return lines that differ in numbers alone, if one of those is one more each time."""
    numbers = [[int(number[-9:]) for number in _DIGITS.findall(line)] for line in alike]
    steps = [
        tuple(two - one for one, two in zip(before, after, strict=True))
        for before, after in pairwise(numbers)
    ]
    return alike if any(all(step[place] == 1 for step in steps) for place in range(len(steps[0]))) else ()


def _without_stamps(text: str, turns: Sequence[Turn]) -> list[Turn]:
    """Take the time stamp from the end of each turn, where nearly all turns end with one."""
    found = [_STAMP.search(text, max(turn.start, turn.end - _STAMP_REACH), turn.end) for turn in turns]
    stamped = sum(match is not None for match in found)
    if stamped < _AT_LEAST or stamped < _NEARLY_ALL * len(turns):
        return list(turns)
    return [_stamped(turn, match) for turn, match in zip(turns, found, strict=True)]


def _stamped(turn: Turn, match: re.Match[str] | None) -> Turn:
    if match is None or match.start() <= turn.start:
        return turn
    stamp = turn.timestamp or bare_time(match[1])
    return replace(turn, end=match.start(), timestamp=stamp, seconds=to_seconds(stamp))
