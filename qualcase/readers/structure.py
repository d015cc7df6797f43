"""What is recognised in a text: the turns, the blocks between them, and what the user should be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcase.model.source import DocumentText, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Block
    from qualcase.readers.encodings import Decoded


@dataclass(frozen=True, slots=True)
class Structure:
    """Turns and blocks of one text, which never overlap; `times` are its time stamps as written, in order."""

    turns: tuple[Turn, ...] = ()
    blocks: tuple[Block, ...] = ()
    times: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return `[start, end)` without the white space at both of its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def make_turn(
    text: str,
    start: int,
    end: int,
    speaker: str | None,
    timestamp: str | None = None,
    seconds: float | None = None,
) -> Turn | None:
    """Return the turn over `[start, end)` without outer white space, None if nothing is said in it."""
    start, end = trim(text, start, end)
    return Turn(start, end, speaker, timestamp, seconds) if start < end else None


def move_turn(turn: Turn, by: int) -> Turn:
    """Return the turn `by` code points further on."""
    return replace(turn, start=turn.start + by, end=turn.end + by)


def times_of(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the time stamps of turns as written."""
    return tuple(turn.timestamp for turn in turns if turn.timestamp)


def to_document(
    decoded: Decoded, structure: Structure, format_name: str, metadata: dict[str, str] | None = None
) -> DocumentText:
    """Join a decoded text and what was recognised in it."""
    return DocumentText(
        text=decoded.text,
        format=format_name,
        encoding=decoded.encoding,
        turns=structure.turns,
        blocks=structure.blocks,
        offsets=decoded.offsets,
        metadata=metadata or {},
        first_timestamp=structure.times[0] if structure.times else None,
        last_timestamp=structure.times[-1] if structure.times else None,
        warnings=decoded.warnings + structure.warnings,
    )
