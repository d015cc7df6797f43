"""Events, phases, links and actors as values."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from qualcase.model.event import Actor, Chronology, Event, EventDate, Link, Phase
from qualcase.storage.schema import chronology, codes, codings, material

if TYPE_CHECKING:
    from sqlalchemy import Connection

_event, _phase = chronology.event, chronology.phase


def read_chronology(connection: Connection) -> Chronology:
    """Return all that is dated in a project."""
    return Chronology(
        _events(connection),
        _phases(connection),
        _links(connection),
        _actors(connection),
        _tensions(connection),
    )


def _events(connection: Connection) -> tuple[Event, ...]:
    actors = _lists(connection, chronology.event_actor, "actor_id", material.actor)
    coded = _lists(connection, chronology.event_code, "code_id", codes.code)
    query = (
        select(_event, material.source.c.handle.label("source"), _phase.c.handle.label("phase"))
        .outerjoin(material.source, material.source.c.id == _event.c.source_id)
        .outerjoin(_phase, _phase.c.id == _event.c.phase_id)
        .where(_event.c.deleted == 0)
        .order_by(_event.c.position, _event.c.uid)
    )
    rows = connection.execute(query).mappings()
    return tuple(_event_of(row, tuple(actors[row["id"]]), tuple(coded[row["id"]])) for row in rows)


def _lists(connection: Connection, pairs: Any, member: str, target: Any) -> dict[int, list[str]]:  # noqa: ANN401 - tables
    query = (
        select(pairs.c.event_id, target.c.handle)
        .join(target, target.c.id == pairs.c[member])
        .order_by(pairs.c.event_id, pairs.c.position)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for key, handle in connection.execute(query):
        found[key].append(handle)
    return found


def _event_of(row: Any, actors: tuple[str, ...], coded: tuple[str, ...]) -> Event:  # noqa: ANN401 - a row mapping
    date = EventDate(row["edtf"], row["earliest"], row["latest"], row["basis"], row["as_written"])
    return Event(
        id=row["handle"],
        title=row["title"],
        date=date,
        source=row["source"],
        start=row["start"],
        end=row["end"],
        quote=row["quote"],
        actors=actors,
        codes=coded,
        phase=row["phase"],
        kind=row["kind"],
        extent=row["extent"],
        duration=row["duration"],
        valence=row["valence"],
        voice=row["voice"],
        note=row["note"] or "",
        about_date=row["about_date"],
        turning_point=bool(row["turning_point"]),
        uid=row["uid"],
    )


def _phases(connection: Connection) -> tuple[Phase, ...]:
    handles = dict(connection.execute(select(_event.c.uid, _event.c.handle)).all())
    query = select(_phase).where(_phase.c.deleted == 0).order_by(_phase.c.position, _phase.c.uid)
    return tuple(
        Phase(
            id=row["handle"],
            name=row["name"],
            edtf=row["edtf"],
            opens_with=handles.get(row["opens_with_uid"] or ""),
            closes_with=handles.get(row["closes_with_uid"] or ""),
            discontinuity_open=row["discontinuity_open"] or "",
            discontinuity_close=row["discontinuity_close"] or "",
            basis=row["basis"],
        )
        for row in connection.execute(query).mappings()
    )


def _links(connection: Connection) -> tuple[Link, ...]:
    link, one, other = chronology.event_link, _event.alias("one"), _event.alias("other")
    query = (
        select(one.c.handle, other.c.handle, link.c.type, link.c.basis)
        .join(one, one.c.id == link.c.source_event_id)
        .join(other, other.c.id == link.c.target_event_id)
        .where(link.c.deleted == 0)
        .order_by(link.c.uid)
    )
    return tuple(Link(*row) for row in connection.execute(query))


def _actors(connection: Connection) -> tuple[Actor, ...]:
    actor = material.actor
    rows = connection.execute(select(actor).where(actor.c.deleted == 0).order_by(actor.c.uid)).mappings()
    return tuple(
        Actor(
            row["handle"],
            row["label"],
            row["type"],
            row["sector"],
            row["note"] or "",
            bool(row["interviewer"]),
        )
        for row in rows
    )


def _tensions(connection: Connection) -> tuple[str, ...]:
    memo = codings.memo
    query = select(memo.c.text).where(memo.c.deleted == 0, memo.c.kind == "tension").order_by(memo.c.uid)
    return tuple(connection.scalars(query))


def chronology_uids(connection: Connection) -> dict[str, dict[str, str]]:
    """Return the uids of live events, phases and actors by their ids, by kind of record."""
    found: dict[str, dict[str, str]] = {}
    for table in (_event, _phase, material.actor):
        query = select(table.c.handle, table.c.uid).where(table.c.deleted == 0)
        found[table.name] = dict(connection.execute(query).all())
    return found
