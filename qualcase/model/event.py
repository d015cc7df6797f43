"""Dated events, the phases that bracket them, and the links between them."""

from __future__ import annotations

from dataclasses import dataclass, field

BASES = ("explicit", "derived", "inferred")
EXTENTS = ("point_in_window", "spans_window")


@dataclass(frozen=True, slots=True)
class EventDate:
    """A date no more exact than its source: EDTF as recorded, explicit day bounds, and the basis.

    `earliest` and `latest` are ISO days, None where that end is open; they win over any reading of
    `edtf`. `as_written` is the wording of the source.
    """

    edtf: str | None
    earliest: str | None
    latest: str | None
    basis: str | None
    as_written: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, was said or was judged, with its evidence.

    `extent` tells a state that lasted through its window (`spans_window`) from one happening
    somewhere inside it (`point_in_window`); `duration` is ISO 8601. `phase` is assigned, never computed.
    """

    id: str
    title: str
    date: EventDate
    source: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    actors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    phase: str | None = None
    kind: str = "event"
    extent: str = "point_in_window"
    duration: str | None = None
    valence: str | None = None
    voice: str | None = None
    note: str = ""
    about_date: str | None = None
    turning_point: bool = False
    line: int | None = None
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """A temporal bracket, with the events that open and close it and the ground for each break."""

    id: str
    name: str
    edtf: str | None = None
    opens_with: str | None = None
    closes_with: str | None = None
    discontinuity_open: str = ""
    discontinuity_close: str = ""
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """That one event bears on another: basis is `stated` by a source or `inferred` by an analyst."""

    source: str
    target: str
    type: str
    basis: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, group or role in the case."""

    id: str
    label: str
    type: str = "person"
    sector: str | None = None
    note: str = ""
    interviewer: bool = False


@dataclass(frozen=True, slots=True)
class Chronology:
    """All events of a project with what orders and joins them."""

    events: tuple[Event, ...] = ()
    phases: tuple[Phase, ...] = ()
    links: tuple[Link, ...] = ()
    actors: tuple[Actor, ...] = ()
    tensions: tuple[str, ...] = field(default=())
