"""Chat and minutes logs: `<nick>` lines are speech; joins, quits and actions are apparatus."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.structure import Structure, make_turn, times_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Turn
    from qualcase.readers.paragraphs import Line

_WHEN = r"(?:\d{4}-\d{2}-\d{2}[ T])?\d{1,2}:\d{2}(?::\d{2})?"
_STAMPED = re.compile(rf"[ \t]*\[?(?P<when>{_WHEN})\]?[ \t]+")
_SPEECH = re.compile(
    # <v Name> is the voice of a caption, whose name has blanks
    rf"[ \t]*(?:\[?(?P<when>{_WHEN})\]?[ \t]+)?<(?!v[ .])(?P<nick>[^\s<>][^<>\n]{{0,39}})>:?[ \t]?"
)
_EVENT = re.compile(r"has (?:joined|left|quit|changed the topic|set the topic)\b|has parted\b")
_ANY_DAY = "2000-01-01"
_REACH = 120
_FEWEST = 3
_SHARE = 0.5


def find_chat(text: str, lines: Sequence[Line]) -> Structure | None:
    """Return the turns of a chat log, None if most lines are not `<nick>` lines or stamped events."""
    full = [line for line in lines if not line.blank]
    spoken = [(line, _SPEECH.match(line.text, 0, _REACH)) for line in full]
    speeches = sum(found is not None for _, found in spoken)
    logged = sum(found is not None or bool(_STAMPED.match(line.text, 0, _REACH)) for line, found in spoken)
    if speeches < _FEWEST or logged < _SHARE * len(full) or speeches * 10 < len(full):
        return None
    return _build(text, spoken)


def _build(text: str, spoken: Sequence[tuple[Line, re.Match[str] | None]]) -> Structure:
    turns: list[Turn] = []
    blocks: list[Block] = []
    first: str | None = None
    for line, found in spoken:
        turn = _turn(text, line, found, first)
        if turn is None:
            _add_apparatus(blocks, line, text)
            continue
        first = first or turn.timestamp
        turns.append(turn)
    return Structure(tuple(turns), tuple(blocks), times_of(turns))


def _turn(text: str, line: Line, found: re.Match[str] | None, first: str | None) -> Turn | None:
    """Return the turn of a line of speech, None for anything else that a log holds."""
    if found is None:
        return None
    nick, speech = found["nick"].strip(), line.text[found.end() :].strip()
    if speech.startswith(nick) and _EVENT.match(speech[len(nick) :].strip()):
        return None
    seconds = _elapsed(first or found["when"], found["when"])
    return make_turn(text, line.start + found.end(), line.end, nick, found["when"], seconds)


def _add_apparatus(blocks: list[Block], line: Line, text: str) -> None:
    if blocks and text[blocks[-1].end : line.start] == "\n":
        blocks[-1] = Block(blocks[-1].start, line.end, "apparatus")
    else:
        blocks.append(Block(line.start, line.end, "apparatus"))


def _elapsed(first: str | None, when: str | None) -> float | None:
    """Return seconds from the first stamp of the log, which tells the time of day, to this one."""
    begin, end = _moment(first), _moment(when)
    return (end - begin).total_seconds() if begin and end else None


def _moment(when: str | None) -> datetime | None:
    if not when:
        return None
    day, _, clock = when.replace("T", " ").rpartition(" ")
    hours, _, rest = clock.partition(":")
    try:
        return datetime.fromisoformat(f"{day or _ANY_DAY}T{hours:0>2}:{rest}")
    except ValueError:
        return None
