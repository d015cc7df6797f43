"""Utterances laid out as one text: for files that mark who said what without being a text themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.structure import Structure, make_turn, move_turn, times_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.model.source import Turn


@dataclass(frozen=True, slots=True)
class Utterance:
    """One contribution: who (None where nobody is named), what, and when, as written and in seconds."""

    speaker: str | None
    text: str
    timestamp: str | None = None
    seconds: float | None = None


def lay_out(
    utterances: Iterable[Utterance], speakers: str | None, warnings: Sequence[str] = ()
) -> tuple[str, Structure]:
    """Return utterances as lines "Speaker: words" and as turns; `speakers` "none" makes them one paragraph.

    An utterance without words is left out.
    """
    pieces: list[str] = []
    turns: list[Turn] = []
    length = 0
    for utterance in utterances:
        words = utterance.text.strip()
        if not words:
            continue
        label = f"{utterance.speaker}: " if utterance.speaker else ""
        turn = make_turn(words, 0, len(words), utterance.speaker, utterance.timestamp, utterance.seconds)
        if turn:
            turns.append(move_turn(turn, length + len(label)))
        pieces.append(label + words)
        length += len(label) + len(words) + 1
    text = "\n".join(pieces)
    if speakers and speakers.casefold() == "none":
        blocks = (Block(0, len(text)),) if text else ()
        return text, Structure((), blocks, times_of(turns), tuple(warnings))
    return text, Structure(tuple(turns), (), times_of(turns), tuple(warnings))
