"""Whose words a passage is: turns as columns, and the speaker of any span."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select

from qualcase.coding.frame import SpanColumns
from qualcase.storage.reading.coding_columns import placed, places_of
from qualcase.storage.schema import material
from qualcase.storage.sqlite.columns import read_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from sqlalchemy import Connection

    Whole = NDArray[np.int64]
    Truth = NDArray[np.bool_]

TEXTS_AT_ONCE = ("text_id", 64)
_FAR = 1 << 40  # longer than any text: keeps the sources apart on one line of positions
_UNNAMED, _SEVERAL, _SILENT = -1, -2, -3  # In a span is heard somebody without a name; more than one; nobody.


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
    asks: Truth

    def of_spans(self, source: Whole, start: Whole, end: Whole) -> tuple[Whole, Whole, Truth]:
        """Return the speaker and the voice of each span, −1 where it has none or more than one, and a truth.

        The speaker is the one label heard in it. A question between two answers does not make a passage
        the interviewer's: the voice is that of whoever answers. The truth is whether no turn says who
        speaks, so that the words may be the informant's.
        """
        speaker = self._one(np.ones(len(self.asks), dtype=np.bool_), self.turns.speaker, source, start, end)
        voice = self._one(~self.asks, self.turn_voice, source, start, end)
        asked = (voice == _SILENT) & (speaker != _SILENT)
        untold = ~asked & ((voice == _SILENT) | (voice == _UNNAMED))
        return np.maximum(speaker, -1), np.maximum(voice, -1), untold

    def _one(self, keep: Truth, who: Whole, source: Whole, start: Whole, end: Whole) -> Whole:
        """Return who is heard in the turns kept that each span touches: their place, or which it is not."""
        turns = self.turns
        if not keep.any():
            return np.full(len(source), _SILENT, dtype=np.int64)
        begins = (turns.source * _FAR + turns.start)[keep]
        ends = (turns.source * _FAR + turns.end)[keep]
        speaker = turns.speaker[keep]
        first = np.searchsorted(ends, source * _FAR + start, side="right")
        last = np.searchsorted(begins, source * _FAR + end, side="left") - 1
        inside = (first <= last) & (first < len(begins))
        first, last = np.minimum(first, len(begins) - 1), np.maximum(last, 0)
        changes = np.concatenate(([0], np.cumsum(speaker[1:] != speaker[:-1])))
        same = changes[first] == changes[last]
        return np.where(inside, np.where(same, who[keep][first], _SEVERAL), _SILENT)


def find_speakers(connection: Connection, texts: Sequence[int]) -> tuple[SpanColumns, Speech]:
    """Return all turns as columns, ordered by source and start, and who speaks in them.

    `texts` are the keys of the sources' present texts, in the sources' order.
    """
    place, start, end, keys = _turns(connection, texts)
    heard, first = np.unique(keys, return_index=True)
    people = _people(connection)
    # Labels and voices come in the order in which they are first heard.
    order = [key for key in heard[np.argsort(first)].tolist() if key in people]
    labels = tuple(dict.fromkeys(label for key in order if (label := people[key].label)))
    voices = tuple(dict.fromkeys(name for key in order if (name := people[key].voice)))
    speaker = _numbers({key: people[key].label for key in order}, labels)
    voice = _numbers({key: people[key].voice for key in order}, voices)
    asking = [key for key in order if people[key].asks]
    turns = SpanColumns(place, start, end, placed(speaker, keys))
    interviewers = frozenset(people[key].label for key in asking if people[key].label)
    asks = np.isin(keys, asking)
    return turns, Speech(labels, voices, interviewers, turns, placed(voice, keys), asks)


def _turns(connection: Connection, texts: Sequence[int]) -> tuple[Whole, Whole, Whole, Whole]:
    wanted = ("text_id", "start", '"end"', "speaker_id")
    text, start, end, speaker = read_columns(connection, "turn", wanted, portion=TEXTS_AT_ONCE).numbers
    place = placed(places_of(texts), text)
    order = np.lexsort((end, start, place))[np.count_nonzero(place < 0) :]
    return place[order], start[order], end[order], speaker[order]


@dataclass(frozen=True, slots=True)
class _Person:
    """A speaker: the label, whose voice it is (nobody's where it asks), and whether it asks."""

    label: str
    voice: str
    asks: bool


def _people(connection: Connection) -> dict[int, _Person]:
    speaker, actor = material.speaker, material.actor
    query = select(speaker.c.id, speaker.c.label, actor.c.label, actor.c.interviewer).outerjoin(
        actor, actor.c.id == speaker.c.actor_id
    )
    return {
        key: _Person(label, "" if asks else name or label, bool(asks))
        for key, label, name, asks in connection.execute(query)
    }


def _numbers(names: Mapping[int, str], members: tuple[str, ...]) -> Whole:
    """Return by key the place of its name among the members, −1 where it has none."""
    place = {name: number for number, name in enumerate(members)}
    found = np.full(max(names, default=-1) + 2, -1, dtype=np.int64)
    for key, name in names.items():
        found[key] = place.get(name, -1)
    return found
