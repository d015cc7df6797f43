"""Actors: who speaks and acts, under which labels and in which sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.schema import material

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qualcase.model.operation import Fields


@dataclass(frozen=True, slots=True)
class StoredSpeaker:
    """A label in one source: the speaker's uid, the source's handle and uid, and how many turns it has."""

    uid: str
    source: str
    source_uid: str
    label: str
    turns: int


def list_actor_fields(connection: Connection) -> dict[str, Fields]:
    """Return the fields of all live actors by uid, in the order of their making."""
    return read_fields(connection, RECORDS["actor"], Names(connection))


def list_actor_speakers(connection: Connection) -> dict[str, list[StoredSpeaker]]:
    """Return the live speakers of each actor by the actor's uid, in the order of the sources."""
    speaker, source, turn, actor = material.speaker, material.source, material.turn, material.actor
    version = material.text_version
    query = (
        select(
            actor.c.uid, speaker.c.uid, source.c.handle, source.c.uid, speaker.c.label,
            func.count(turn.c.position),
        )
        .join(speaker, speaker.c.actor_id == actor.c.id)
        .join(source, source.c.id == speaker.c.source_id)
        .join(version, version.c.uid == source.c.text_uid)
        .outerjoin(turn, (turn.c.speaker_id == speaker.c.id) & (turn.c.text_id == version.c.id))
        .where(speaker.c.deleted == 0, source.c.deleted == 0)
        .group_by(
            actor.c.uid, speaker.c.id, speaker.c.uid, source.c.handle, source.c.uid, speaker.c.label,
            source.c.position,
        )
        .order_by(source.c.position, source.c.uid, speaker.c.uid)
    )  # fmt: skip
    found: dict[str, list[StoredSpeaker]] = defaultdict(list)
    for uid, *rest in connection.execute(query):
        found[uid].append(StoredSpeaker(*rest))
    return found


def list_event_actors(connection: Connection) -> dict[str, list[str]]:
    """Return the actors of each live event, as uids in order, by the event's uid."""
    fields = read_fields(connection, RECORDS["event"], Names(connection))
    return {uid: list(event.get("actors", [])) for uid, event in fields.items()}
