"""Segments that nobody's name opens: tape counters, time stamps and running numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcase.readers.structure import Structure, make_turn, times_of
from qualcase.readers.timestamps import STAMP, bare_time, to_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Turn
    from qualcase.readers.paragraphs import Line

# 0.39<TAB>, 0. 55; where a typescript was scanned also 13.0O, 0 05 and 1 1.31, for 13.00, 0.05 and 11.31
_COUNTER = re.compile(
    r"[ ]{0,4}(?P<minutes>\d{1,3}|\d \d(?=\.))(?P<point>\. ?| )(?P<seconds>[0-5O][0-9O])"
    r"(?P<gap>[ ]*\t[ \t]*|[ ]+(?=\S)|[ ]*\Z)"
)
_STAMPED = re.compile(rf"[ \t]*(?P<stamp>{STAMP})(?:[ \t]+(?=\S)|[ \t]*\Z)")
_NUMBERED = re.compile(
    r"[ \t]*(?:\[(?P<bracket>\d{1,5})\]|(?P<padded>0\d{1,4})|(?P<tab>\d{1,5})(?=\t))[:.]?[ \t]+(?=\S)"
)
# What a programme or a watch says: 09:00, 10:45. A recorder seldom stops on five minutes each time.
_ON_THE_CLOCK = re.compile(r"\d{1,2}:[0-5][05](?:[ ]?[AaPp]\.?[Mm]\.?)?")
_REACH = 60
_FEWEST = 5
_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class _Opening:
    start: int
    speech: int
    stamp: str | None
    seconds: float | None
    sure: bool = True
    alone: bool = False


def find_segments(text: str, lines: Sequence[Line]) -> Structure | None:
    """Return segments as turns whose speaker is None; None if the text has no segments."""
    for find in (_counters, _stamps, _numbers):
        openings = find(lines)
        if openings:
            turns = _turns(text, openings)
            return Structure(tuple(turns), times=times_of(turns))
    return None


def _turns(text: str, openings: Sequence[_Opening]) -> list[Turn]:
    ends = [opening.start for opening in openings[1:]] + [len(text)]
    made = (
        make_turn(text, opening.speech, end, None, opening.stamp, opening.seconds)
        for opening, end in zip(openings, ends, strict=True)
    )
    return [turn for turn in made if turn]


def _counters(lines: Sequence[Line]) -> list[_Opening]:
    """Return tape counters (minutes, seconds); one without a tab must fit between its neighbours."""
    found = [(line, _COUNTER.match(line.text, 0, _REACH)) for line in lines if not line.blank]
    openings = [_counter(line, match) for line, match in found if match]
    if sum(opening.sure for opening in openings) < _FEWEST:
        return []
    kept: list[_Opening] = []
    for opening, following in zip(openings, _next_sure(openings), strict=True):
        # A counter alone on its line may end a tape, after which the next begins at nought.
        upper = None if opening.alone else following
        if opening.sure or _fits(kept[-1].seconds if kept else None, opening.seconds, upper):
            kept.append(opening)
    return kept


def _next_sure(openings: Sequence[_Opening]) -> list[float | None]:
    """Return for each opening the time of the next sure one."""
    following: list[float | None] = []
    upcoming: float | None = None
    for opening in reversed(openings):
        following.append(upcoming)
        upcoming = opening.seconds if opening.sure else upcoming
    return following[::-1]


def _counter(line: Line, match: re.Match[str]) -> _Opening:
    minutes = int(match["minutes"].replace(" ", ""))
    seconds = minutes * 60 + int(match["seconds"].replace("O", "0"))
    sure = "\t" in match["gap"] and "." in match["point"] and " " not in match["minutes"]
    stamp = line.text[: match.end("seconds")].strip()
    return _Opening(
        line.start,
        line.start + match.end(),
        stamp,
        float(seconds),
        sure=sure,
        alone=match.end() == len(line.text),
    )


def _fits(before: float | None, seconds: float | None, after: float | None) -> bool:
    if seconds is None or before is None:
        return False
    return before <= seconds and (after is None or seconds <= after)


def _stamps(lines: Sequence[Line]) -> list[_Opening]:
    """Return time stamps that open a good share of all paragraphs, never going back, and no timetable's."""
    full = [line for line in lines if not line.blank]
    found = [(line, _STAMPED.match(line.text, 0, _REACH)) for line in full]
    openings = [
        _Opening(line.start, line.start + match.end(), bare_time(match["stamp"]), to_seconds(match["stamp"]))
        for line, match in found
        if match
    ]
    if all(_ON_THE_CLOCK.fullmatch(opening.stamp or "") for opening in openings):
        return []
    times = [opening.seconds or 0.0 for opening in openings]
    enough = len(openings) >= _FEWEST and len(openings) >= _SHARE * len(full)
    return openings if enough and times == sorted(times) else []


def _numbers(lines: Sequence[Line]) -> list[_Opening]:
    """Return running numbers that open most lines; the numbers of a mere list are none."""
    full = [line for line in lines if not line.blank]
    found = [(line, _NUMBERED.match(line.text, 0, _REACH)) for line in full]
    numbered = [(line, match) for line, match in found if match]
    numbers = [int(match["bracket"] or match["padded"] or match["tab"]) for _, match in numbered]
    running = all(after - before == 1 for before, after in pairwise(numbers))
    if len(numbers) < _FEWEST or not running or len(numbers) < 2 * _SHARE * len(full):
        return []
    return [_Opening(line.start, line.start + match.end(), None, None) for line, match in numbered]
