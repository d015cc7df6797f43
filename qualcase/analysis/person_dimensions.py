"""Dimensions by who acts, speaks or codes: actor, speaker and coder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.dimensions import COLLECTED, Dimension, DimensionSpec, Member, characters, reach_of
from qualcase.analysis.relations import Pairs, pairs_of, pairs_where
from qualcase.analysis.units import in_first_order

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcase.analysis.units import Units
    from qualcase.coding.frame import CodedData


def _actor(data: CodedData, units: Units) -> Dimension:
    if units.kind == "codings":
        return _actor_speaking(data)
    events = data.chronology.events
    labels = {actor.id: actor.label for actor in data.chronology.actors}
    ids = in_first_order([*labels, *(actor for event in events for actor in event.actors)])
    place = {actor: position for position, actor in enumerate(ids)}
    members = tuple(Member(actor, labels.get(actor, actor)) for actor in ids)
    items = pairs_of((event, place[a]) for event, one in enumerate(events) for a in dict.fromkeys(one.actors))
    return Dimension("actor", "actor", members, items)


def _actor_speaking(data: CodedData) -> Dimension:
    """Return whose words the passages are; actors who never speak stay, so that their silence shows."""
    labels = {actor.id: actor.label for actor in data.chronology.actors}
    heard = {voice.casefold() for voice in data.voices}
    silent = [a for a in labels if a.casefold() not in heard and labels[a].casefold() not in heard]
    names = (*data.voices, *silent)
    members = tuple(Member(name, labels.get(name, name)) for name in names)
    reach = np.zeros((len(names), len(data.sources)), dtype=np.int64)
    place = {voice: position for position, voice in enumerate(data.voices)}
    by_speaker = _speech(data)
    for speaker, label in enumerate(data.speakers):
        if label in place:
            reach[place[label]] += by_speaker[speaker]
    for source, one in enumerate(data.sources):
        if one.informant in place:
            reach[place[one.informant], source] = characters(data)[source]
    note = "An actor's passages are those in the actor's own words."
    return Dimension("actor", "actor", members, pairs_where(data.codings.voice), COLLECTED, reach, (note,))


def _speaker(data: CodedData, units: Units) -> Dimension:
    if units.kind == "events":
        members = tuple(Member(voice, voice) for voice in units.voices)
        note = "An event's speaker is the voice that it was recorded with."
        return Dimension("speaker", "speaker", members, pairs_where(units.voice), notes=(note,))
    members = tuple(
        Member(label, f"{label} (interviewer)" if label in data.interviewers else label)
        for label in data.speakers
    )
    return Dimension(
        "speaker", "speaker", members, pairs_where(data.codings.speaker), COLLECTED, _speech(data)
    )


def _speech(data: CodedData) -> NDArray[np.int64]:
    """Return the characters that each speaker says in each source."""
    reach = np.zeros((len(data.speakers), len(data.sources)), dtype=np.int64)
    turns = data.turns
    known = turns.speaker >= 0
    length = np.maximum(turns.end - turns.start, 1)
    np.add.at(reach, (turns.speaker[known], turns.source[known]), length[known])
    return reach


def _coder(data: CodedData, units: Units) -> Dimension:
    del units
    members = tuple(Member(coder, coder) for coder in data.coders)
    items = pairs_where(data.codings.coder)
    coded = Pairs(data.codings.source[items.left], items.right).distinct()
    place = {coder: position for position, coder in enumerate(data.coders)}
    done = pairs_of((s, place[c]) for s, one in enumerate(data.sources) for c in one.done if c in place)
    read = Pairs(np.concatenate([coded.left, done.left]), np.concatenate([coded.right, done.right]))
    note = "A coder has searched the sources that the coder coded or marked as done."
    return Dimension("coder", "coder", members, items, COLLECTED, reach_of(data, read, len(members)), (note,))


DIMENSIONS = (
    DimensionSpec("actor", _actor),
    DimensionSpec("speaker", _speaker),
    DimensionSpec("coder", _coder, of=("codings",)),
)
