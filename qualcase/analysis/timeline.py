"""The timeline: every event once as a row of a table, and drawn by what is known of its date."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from qualcase.analysis.dates import (
    ORDER_NOTE,
    date_cell,
    date_text,
    day_cell,
    in_time_order,
    is_expected,
    observed_until,
    tie_notes,
)  # fmt: skip
from qualcase.analysis.dimensions import dimension
from qualcase.analysis.errors import BadParameterError
from qualcase.analysis.event_cells import quote_cell, sources_by_event, text_cell, valence_cell
from qualcase.analysis.manifest import manifest_of
from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.time_dimensions import OUTSIDE, phase_bounds
from qualcase.analysis.units import units_of
from qualcase.model.display import Band, Column, Display, Figure, Mark, Row

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.event import Event, EventDate
    from qualcase.model.source import Source

LANES = ("actor", "process", "case", "source", "code")
COLUMNS = (
    Column("date", "date"), Column("earliest", "earliest"), Column("latest", "latest"),
    Column("basis", "basis"), Column("phase", "phase"), Column("lanes", "lanes"),
    Column("valence", "valence"), Column("codes", "codes"), Column("evidence", "evidence"),
)  # fmt: skip
_SPAN = "spans_window"
_DAYS = re.compile(r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?")
_SHAPE_NOTE = (
    "Drawn: bar = duration; point = one day; whisker = once, somewhere in the window; arrow = no later than, "
    "or no earlier than; hollow = expected, not observed."
)


def timeline(data: CodedData, lanes: str = "process") -> Display:
    """Return all events in time order, with a figure that draws them in lanes.

    Lanes are actor, process, case, source or code; an event without any lies in the lane `outside`.
    """
    if lanes not in LANES:
        message = f"A timeline has no lanes by “{lanes}”."
        raise BadParameterError(message, hint=f"Lanes: {', '.join(LANES)}.")
    ordered = in_time_order(data.chronology.events)
    in_lanes, known = _lanes(data, lanes)
    found_in = sources_by_event(data)
    until = observed_until(data)
    expected = {event.id for event in ordered if is_expected(event, until)}
    return Display(
        display="timeline",
        title=f"Timeline by {known['']}",
        manifest=manifest_of(data, lanes=lanes),
        columns=COLUMNS,
        rows=tuple(
            _row(event, found_in[event.id], in_lanes[event.id], expected=event.id in expected)
            for event in ordered
        ),
        notes=_notes(ordered, expected),
        figure=Figure(
            lanes=tuple((lane, label) for lane, label in known.items() if lane),
            marks=tuple(_mark(event, in_lanes[event.id], expected=event.id in expected) for event in ordered),
            bands=_bands(data),
            links=_links(data),
        ),
        row_label="event",
    )


def shape_of(event: Event) -> str:
    """Return how an event is drawn: bar, point, whisker, before, after or open.

    A bar stands for a duration alone: of what held through its window, or is known to have filled it.
    """
    window = event.date
    if window.earliest is None:
        return "open" if window.latest is None else "before"
    if window.latest is None:
        return "after"
    if window.earliest == window.latest:
        return "point"
    return "bar" if event.extent == _SPAN or _fills(event.duration, window) else "whisker"


def _fills(duration: str | None, window: EventDate) -> bool:
    """Say whether a duration in whole days or weeks is as long as the window."""
    found = _DAYS.fullmatch(duration or "")
    if not found or not window.earliest or not window.latest:
        return False
    days = 7 * int(found["weeks"] or 0) + int(found["days"] or 0)
    return days >= (date.fromisoformat(window.latest) - date.fromisoformat(window.earliest)).days + 1


def _lanes(data: CodedData, name: str) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Return each event's lanes, and the label of each lane in use (processes all), the dimension's at ""."""
    side = dimension(name, data, units_of(data, "events"))
    events = data.chronology.events
    found: dict[str, list[str]] = {event.id: [] for event in events}
    for event, member in zip(side.items.left.tolist(), side.items.right.tolist(), strict=True):
        found[events[event].id].append(side.members[member].id)
    in_lanes = {event: tuple(lanes) or (OUTSIDE,) for event, lanes in found.items()}
    used = {lane for lanes in in_lanes.values() for lane in lanes}
    known = {member.id: member.label for member in side.members if member.id in used or name == "process"}
    if OUTSIDE in used:
        known[OUTSIDE] = f"no {side.label}"
    return in_lanes, {"": side.label, **known}


def _label(event: Event, *, expected: bool) -> str:
    return f"{event.title} (expected)" if expected else event.title


def _mark(event: Event, lanes: tuple[str, ...], *, expected: bool) -> Mark:
    return Mark(
        id=event.id,
        lanes=lanes,
        label=_label(event, expected=expected),
        date_text=date_text(event.date),
        shape=shape_of(event),
        earliest=event.date.earliest,
        latest=event.date.latest,
        hollow=expected,
        turning_point=event.turning_point,
        adverse=event.valence == "-",
        evidence=(event.id,),
    )


def _row(event: Event, source: Source | None, lanes: tuple[str, ...], *, expected: bool) -> Row:
    own = (event.id,)
    cells = (
        date_cell(event.date, own),
        day_cell(event.date.earliest, own),
        day_cell(event.date.latest, own),
        text_cell(event.date.basis, own),
        text_cell(event.phase or OUTSIDE, own),
        text_cell(", ".join(lanes), own),
        valence_cell(event),
        text_cell(", ".join(event.codes), own, missing="none"),
        quote_cell(event, source),
    )
    return Row(event.id, _label(event, expected=expected), cells)


def _bands(data: CodedData) -> tuple[Band, ...]:
    bounds = ((phase, phase_bounds(data, phase)) for phase in data.chronology.phases)
    return tuple(Band(phase.id, phase.name, days.earliest, days.latest) for phase, days in bounds)


def _links(data: CodedData) -> tuple[tuple[str, str, str], ...]:
    known = {event.id for event in data.chronology.events}
    links = data.chronology.links
    return tuple((one.source, one.target, one.basis) for one in links if {one.source, one.target} <= known)


def _notes(ordered: list[Event], expected: set[str]) -> tuple[str, ...]:
    notes = [_SHAPE_NOTE, ORDER_NOTE, *tie_notes(ordered)]
    if expected:
        notes.append(f"Expected, not observed: {', '.join(e.id for e in ordered if e.id in expected)}.")
    return tuple(notes)


DISPLAY = DisplaySpec(
    name="timeline",
    title="Timeline",
    question="What happened when, as far as the material says, and in which strand of the case?",
    build=timeline,
)
