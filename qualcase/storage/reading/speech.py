"""Whose words a passage is: turns as columns, and the speaker of any span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select

from qualcase.coding.frame import SpanColumns
from qualcase.storage.schema import material

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

    Whole = NDArray[np.int64]

_FAR = 1 << 40  # longer than any text: keeps the sources apart on one line of positions


@dataclass(frozen=True, slots=True)
class Speech:
    """Labels and voices, and the turns by which a span finds its own.

    `voice_of_label` is aligned with the turns: the position in `voices`, −1 where nobody is named.
    """

    labels: tuple[str, ...]
    voices: tuple[str, ...]
    interviewers: frozenset[str]
    turns: SpanColumns
    turn_voice: Whole
    asks: NDArray[np.bool_]

    def of_spans(self, source: Whole, start: Whole, end: Whole) -> tuple[Whole, Whole]:
        """Return the speaker and the voice of each span, −1 where it has none or more than one.

        The speaker is the one label heard in it. A question between two answers does not make a passage
        the interviewer's: the voice is that of whoever answers.
        """
        speaker, asker = self._one(np.ones(len(self.asks), dtype=np.bool_), source, start, end)
        _, voice = self._one(~self.asks, source, start, end)
        return np.maximum(speaker, -1), np.maximum(np.where(voice < -1, asker, voice), -1)

    def _one(self, keep: NDArray[np.bool_], source: Whole, start: Whole, end: Whole) -> tuple[Whole, Whole]:
        turns = self.turns
        if not keep.any():
            nobody = np.full(len(source), -2, dtype=np.int64)
            return nobody, nobody
        begins = (turns.source * _FAR + turns.start)[keep]
        ends = (turns.source * _FAR + turns.end)[keep]
        speaker, voice = turns.speaker[keep], self.turn_voice[keep]
        first = np.searchsorted(ends, source * _FAR + start, side="right")
        last = np.searchsorted(begins, source * _FAR + end, side="left") - 1
        inside = (first <= last) & (first < len(begins))
        first, last = np.minimum(first, len(begins) - 1), np.maximum(last, 0)
        changes = np.concatenate(([0], np.cumsum(speaker[1:] != speaker[:-1])))
        same = changes[first] == changes[last]
        return (
            np.where(inside, np.where(same, speaker[first], -1), -2),
            np.where(inside, np.where(same, voice[first], -1), -2),
        )


def find_speakers(connection: Connection, text_place: dict[int, int]) -> tuple[SpanColumns, Speech]:
    """Return all turns as columns, ordered by source and start, and who speaks in them."""
    rows = _rows(connection, text_place)
    labels = tuple(dict.fromkeys(row[3] for row in rows if row[3]))
    voices = tuple(dict.fromkeys(name for row in rows if (name := row[4] or row[3]) and not row[5]))
    label_number = {label: number for number, label in enumerate(labels)}
    voice_number = {voice: number for number, voice in enumerate(voices)}
    spans = np.array([row[:3] for row in rows], dtype=np.int64).reshape(-1, 3)
    speaker = np.array([label_number.get(row[3], -1) for row in rows], dtype=np.int64)
    voice = np.array(
        [-1 if row[5] else voice_number.get(row[4] or row[3], -1) for row in rows], dtype=np.int64
    )
    asks = np.array([bool(row[5]) for row in rows], dtype=np.bool_)
    turns = SpanColumns(spans[:, 0], spans[:, 1], spans[:, 2], speaker)
    interviewers = frozenset(row[3] for row in rows if row[5] and row[3])
    return turns, Speech(labels, voices, interviewers, turns, voice, asks)


def _rows(connection: Connection, text_place: dict[int, int]) -> list[tuple[int, int, int, str, str, int]]:
    turn, speaker, actor = material.turn, material.speaker, material.actor
    query = (
        select(turn.c.text_id, turn.c.start, turn.c.end, speaker.c.label, actor.c.label, actor.c.interviewer)
        .outerjoin(speaker, speaker.c.id == turn.c.speaker_id)
        .outerjoin(actor, actor.c.id == speaker.c.actor_id)
    )
    rows = [
        (text_place[text], start, end, label, name, asks or 0)
        for text, start, end, label, name, asks in connection.execute(query)
        if text in text_place
    ]
    return sorted(rows, key=lambda row: row[:3])
