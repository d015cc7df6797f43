"""The file format `case-events/1`: events with their actors, phases, turning points and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcase.model.coding import VALENCES
from qualcase.model.errors import InputError
from qualcase.model.event import BASES, EXTENTS, Actor, Event, EventDate, Link, Phase
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from qualcase.text.edtf import Bounds

SCHEMA = "case-events/1"


@dataclass(frozen=True, slots=True)
class SourceClue:
    """How a file names a source: by the SHA-256 of its bytes, or by its file name or path."""

    sha256: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class CaseEvents:
    """All that a file holds; `clues` has one entry an event, the file's own where an event has none."""

    events: tuple[Event, ...]
    clues: tuple[SourceClue, ...]
    phases: tuple[Phase, ...]
    links: tuple[Link, ...]
    actors: tuple[Actor, ...]
    tensions: tuple[tuple[str, tuple[str, ...]], ...]


def read_case_events(value: Any, name: str) -> CaseEvents:  # noqa: ANN401 - any JSON value
    """Return the events in a JSON value; InputError says what is missing or wrong, and where."""
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise InputError(f"{name} is not a file of the schema {SCHEMA}.")
    try:
        turning = set(value.get("turning_points", ()))
        items = _list(value, "events", name)
        events = tuple(_event(item, turning) for item in items)
        whole = _clue(value.get("source"))
        clues = tuple(_clue(item["source"]) if item.get("source") else whole for item in items)
        found = CaseEvents(
            events,
            clues,
            tuple(_phase(item) for item in value.get("phases", ())),
            tuple(
                Link(item["source"], item["target"], item["type"], item["basis"])
                for item in value.get("links", ())
            ),
            tuple(_actor(key, item) for key, item in value.get("actors", {}).items()),
            tuple((item["text"], tuple(item.get("about", ()))) for item in value.get("source_tensions", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{name} lacks {error} somewhere, or has it in another shape than {SCHEMA}."
        ) from None
    _check(found, turning, name)
    return found


def _list(value: dict[str, Any], key: str, name: str) -> list[dict[str, Any]]:
    items = value.get(key)
    if not isinstance(items, list) or not items:
        raise InputError(f"{name} has no {key}.")
    return items


def _clue(item: Any) -> SourceClue:  # noqa: ANN401 - any JSON value
    if isinstance(item, str):
        return SourceClue(file=item)
    return SourceClue(item.get("sha256"), item.get("file")) if item else SourceClue()


def _event(item: dict[str, Any], turning: set[str]) -> Event:
    date = item["date"]
    return Event(
        id=_text(item["id"]),
        title=_text(item["title"]),
        date=_date(date, item["id"]),
        quote=item.get("quote"),
        actors=tuple(item.get("actors", ())),
        codes=(*item.get("process_codes", ()), *item.get("other_codes", ())),
        phase=item.get("phase"),
        kind=item.get("kind") or "event",
        extent=item.get("extent") or "point_in_window",
        duration=item.get("duration"),
        valence=item.get("valence"),
        voice=item.get("voice"),
        note=item.get("note") or "",
        about_date=item.get("about_date"),
        turning_point=item["id"] in turning,
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError("an id or title")
    return value


def _date(date: dict[str, Any], event: str) -> EventDate:
    edtf = date.get("edtf")
    read = _bounds(edtf, event) if edtf else None
    earliest = date.get("earliest", read and read.earliest)
    latest = date.get("latest", read and read.latest)
    for day in (earliest, latest):
        if day is not None and (len(day) != 10 or _bounds(day, event).earliest != day):  # noqa: PLR2004 - YYYY-MM-DD
            raise InputError(f"Event {event}: “{day}” is not a day.")
    if earliest and latest and earliest > latest:
        raise InputError(f"Event {event} begins ({earliest}) after it ends ({latest}).")
    basis = date.get("basis")
    if basis is not None and basis not in BASES:
        raise InputError(f"Event {event}: “{basis}” is not a basis; use {', '.join(BASES)}.")
    return EventDate(edtf, earliest, latest, basis, date.get("as_written"))


def _bounds(edtf: str, event: str) -> Bounds:
    try:
        return read_edtf(edtf)
    except InputError as error:
        raise InputError(f"Event {event}: {error.message}", hint=error.hint) from None


def _phase(item: dict[str, Any]) -> Phase:
    return Phase(
        id=item["id"],
        name=item["name"],
        edtf=item.get("edtf"),
        opens_with=item.get("opens_with"),
        closes_with=item.get("closes_with"),
        discontinuity_open=item.get("discontinuity_open", ""),
        discontinuity_close=item.get("discontinuity_close", ""),
        basis=item.get("basis"),
    )


def _actor(key: str, item: dict[str, Any]) -> Actor:
    return Actor(
        key, item.get("label", key), item.get("type", "person"), item.get("sector"), item.get("note", "")
    )


def _check(found: CaseEvents, turning: set[str], name: str) -> None:
    ids = [event.id for event in found.events]
    phases = {phase.id for phase in found.phases}
    actors = {actor.id for actor in found.actors}
    if double := {one for one in ids if ids.count(one) > 1}:
        raise InputError(f"{name} has the event {min(double)} more than once.")
    named = {link.source for link in found.links} | {link.target for link in found.links} | turning
    named |= {end for phase in found.phases for end in (phase.opens_with, phase.closes_with) if end}
    if stray := named - set(ids):
        raise InputError(f"{name} speaks of the event {min(stray)}, which is not in it.")
    for event in found.events:
        _check_event(event, phases, actors, name)


def _check_event(event: Event, phases: AbstractSet[str], actors: AbstractSet[str], name: str) -> None:
    if event.phase is not None and event.phase not in phases:
        raise InputError(f"Event {event.id} is in the phase {event.phase}, which {name} does not describe.")
    if stray := set(event.actors) - actors:
        raise InputError(f"Event {event.id} names the actor {min(stray)}, whom {name} does not describe.")
    if event.extent not in EXTENTS:
        raise InputError(f"Event {event.id}: “{event.extent}” is not an extent; use {', '.join(EXTENTS)}.")
    if event.valence is not None and event.valence not in VALENCES:
        raise InputError(f"Event {event.id}: “{event.valence}” is not a valence; use {', '.join(VALENCES)}.")
