"""Saved chats: each message opens with its day and time, and goes on to the next such line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.structure import Structure, make_turn, times_of, trim
from qualcase.readers.timestamps import DAY, TIME, to_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Turn
    from qualcase.readers.paragraphs import Line

# Marks of direction, which telephones put before what may run from right to left.
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
_HEAD = re.compile(
    rf"[{_DIRECTIONS}]*\[?(?P<when>(?P<day>{DAY}),?[ T\u00a0\u202f]{{1,2}}{TIME})\]?[ ]{{0,2}}[-–:]?[ ]"
    rf"[{_DIRECTIONS}]*(?P<rest>(?P<name>[^:\n]{{1,60}}?)(?P<colon>:(?:[ ]|\Z))?)(?(colon)|\Z)"
)
_WHEN = re.compile(rf"[{_DIRECTIONS}]*\[?(?P<when>{DAY},?[ T\u00a0\u202f]{{1,2}}{TIME})\]?")
_REACH = 160
_FEWEST = 3
_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class _Message:
    """A dated line: `name` is None where it is no one's words, such as that somebody joined."""

    line: Line
    speech: int
    when: str
    day: str
    name: str | None


def find_messages(text: str, lines: Sequence[Line]) -> Structure | None:
    """Return the turns of a saved chat, None where too few lines open with a day, a time and a sender.

    A dated line without a sender is apparatus. The seconds of a turn count from the first message, as long as
    it is the same day: whether 3/4 is in March or April is not told.
    """
    full = [line for line in lines if not line.blank]
    dated = [line for line in full if _WHEN.match(line.text, 0, _REACH)]
    if len(dated) < _FEWEST or len(dated) < _SHARE * len(full):
        return None
    messages = _messages(text, dated)
    names = Counter(message.name for message in messages if message.name)
    if sum(names.values()) < _FEWEST or max(names.values()) == 1:
        return None
    return _build(text, full, messages)


def _messages(text: str, dated: Sequence[Line]) -> list[_Message]:
    found = [(line, _HEAD.match(line.text, 0, _REACH)) for line in dated]
    colons = sum(bool(match and match["colon"]) for _, match in found)
    return [_message(text, line, match, alone=not colons) for line, match in found]


def _message(text: str, line: Line, found: re.Match[str] | None, *, alone: bool) -> _Message:
    """Return a message; where no line has a colon, `alone`, a name stands by itself above the words."""
    if found and (found["colon"] or (alone and text[line.end : line.end + 2].strip())):
        name = found["name"].strip(f" ~{_DIRECTIONS}")
        return _Message(line, line.start + found.end(), found["when"], found["day"], name or None)
    when = _WHEN.match(line.text)
    return _Message(line, line.end, when["when"] if when else "", "", None)


def _build(text: str, full: Sequence[Line], messages: Sequence[_Message]) -> Structure:
    turns: list[Turn] = []
    blocks = [Block(line.start, line.end, "apparatus") for line in full if line.end < messages[0].line.start]
    first = next(message for message in messages if message.name)
    ends = [*(message.line.start for message in messages[1:]), len(text)]
    for message, end in zip(messages, ends, strict=True):
        turn = make_turn(text, message.speech, end, message.name, message.when, _elapsed(first, message))
        if message.name and turn:
            turns.append(turn)
        elif not message.name:
            blocks.append(Block(message.line.start, trim(text, message.line.start, end)[1], "apparatus"))
    return Structure(tuple(turns), tuple(blocks), times_of(turns))


def _elapsed(first: _Message, message: _Message) -> float | None:
    begin, now = (to_seconds(one.when.removeprefix(one.day)) for one in (first, message))
    return now - begin if message.day == first.day and begin is not None and now is not None else None
