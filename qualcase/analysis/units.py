"""What is counted: the codings or the events, with what both have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.errors import BadParameterError
from qualcase.text.words import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.coding.frame import CodedData, Positions

KINDS = ("codings", "events")
STRONG_QUOTE_WORDS = 40
"""A quotation that long or longer is set apart as a block; below it fits into a cell."""

# No quotation of fewer than 40 words is expected to be longer than this many code points.
_LONGEST_SHORT_QUOTE = 600


@dataclass(frozen=True, slots=True)
class Units:
    """The things counted, one element each, by position.

    `source` points into the sources and `voice` into `voices`; −1 means that none is known.
    """

    kind: str
    ids: tuple[str, ...]
    source: Positions
    voice: Positions
    voices: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.ids)


def units_of(data: CodedData, kind: str) -> Units:
    """Return the codings or the events of the data as units.

    An interviewer's words are nobody's testimony: they count as passages, not as a voice.
    """
    if kind == "codings":
        spoken = data.codings.voice
        asking = [place for place, voice in enumerate(data.voices) if voice in data.interviewers]
        voice = np.where(np.isin(spoken, asking), -1, spoken) if asking else spoken
        return Units(kind, data.codings.uid, data.codings.source, voice, data.voices)
    if kind == "events":
        events = data.chronology.events
        voices = in_first_order(event.voice for event in events if event.voice)
        place = {voice: position for position, voice in enumerate(voices)}
        spoken = np.array([place.get(event.voice or "", -1) for event in events], dtype=np.int64)
        return Units(kind, tuple(event.id for event in events), event_sources(data), spoken, voices)
    message = f"A table counts codings or events, not “{kind}”."
    raise BadParameterError(message)


def event_sources(data: CodedData) -> Positions:
    """Return each event's source by position, −1 where it names none that the data holds."""
    place = source_places(data)
    sources = [place.get(event.source or "", -1) for event in data.chronology.events]
    return np.array(sources, dtype=np.int64)


def source_places(data: CodedData) -> dict[str, int]:
    """Return each source's position by every name that it answers to; ids win over file names."""
    place: dict[str, int] = {}
    for name in ("name", "handle", "uid"):
        place.update({getattr(source, name): position for position, source in enumerate(data.sources)})
    return place


def quote_of(data: CodedData, kind: str, position: int) -> str:
    """Return the words that a coding covers or an event rests on; an event without any gives its title."""
    if kind == "codings":
        return data.quote(position)
    event = data.chronology.events[position]
    return event.quote or event.title


def strongest(data: CodedData, kind: str, positions: Iterable[int]) -> list[int]:
    """Return positions with the strongest quotation first.

    A quotation marked as key comes before the rest; then the longest of fewer than 40 words, then what
    is longer than that, the shortest first; ties stay in the order given.
    """

    def rank(position: int) -> tuple[bool, bool, int]:
        length = _length(data, kind, position)
        block = length > _LONGEST_SHORT_QUOTE
        block = block or count_words(quote_of(data, kind, position)) >= STRONG_QUOTE_WORDS
        return not _is_key(data, kind, position), block, length if block else -length

    return sorted(positions, key=rank)


def in_first_order(values: Iterable[str]) -> tuple[str, ...]:
    """Return each value once, in the order in which it first came."""
    return tuple(dict.fromkeys(values))


def _is_key(data: CodedData, kind: str, position: int) -> bool:
    return kind == "codings" and bool(data.codings.key[position])


def _length(data: CodedData, kind: str, position: int) -> int:
    if kind == "codings":
        return int(data.codings.end[position] - data.codings.start[position])
    return len(quote_of(data, kind, position))
