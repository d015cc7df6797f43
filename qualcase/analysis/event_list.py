"""The list of events in time order, all of them or those of a code, a basis, a phase or an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.analysis.code_choice import codes_below
from qualcase.analysis.dates import (
    ORDER_NOTE,
    date_cell,
    in_time_order,
    is_expected,
    observed_until,
    tie_notes,
)
from qualcase.analysis.errors import BadParameterError
from qualcase.analysis.event_cells import quote_cell, sources_by_event, text_cell, valence_cell
from qualcase.analysis.manifest import manifest_of
from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.time_dimensions import OUTSIDE
from qualcase.model.display import Column, Display, Row
from qualcase.model.errors import UnknownNameError
from qualcase.model.event import BASES

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.coding.frame import CodedData
    from qualcase.model.event import Event
    from qualcase.model.source import Source

    Test = Callable[[Event], bool]

COLUMNS = (
    Column("date", "date"), Column("basis", "basis"), Column("phase", "phase"), Column("kind", "kind"),
    Column("actors", "actors"), Column("codes", "codes"), Column("valence", "valence"),
    Column("voice", "voice"), Column("quote", "quote"),
)  # fmt: skip


def event_list(data: CodedData, code: str = "", basis: str = "", phase: str = "", actor: str = "") -> Display:
    """Return events in time order; a code takes in the codes below it, and every filter is printed.

    Raises UnknownNameError for a code, phase or actor that the data does not hold, BadParameterError
    for an unknown basis.
    """
    tests = _tests(data, code, basis, phase, actor)
    given = {"code": code, "basis": basis, "phase": phase, "actor": actor}
    filters = tuple(f"{name} = {value}" for name, value in given.items() if value)
    kept = in_time_order(event for event in data.chronology.events if all(test(event) for test in tests))
    found_in = sources_by_event(data)
    until = observed_until(data)
    return Display(
        display="events",
        title="Events",
        manifest=manifest_of(data, filters=filters, **given),
        columns=COLUMNS,
        rows=tuple(_row(event, found_in[event.id], expected=is_expected(event, until)) for event in kept),
        notes=(_shown(len(kept), len(data.chronology.events), filters), ORDER_NOTE, *tie_notes(kept)),
        row_label="event",
    )


def _tests(data: CodedData, code: str, basis: str, phase: str, actor: str) -> list[Test]:
    chronology = data.chronology
    tests: list[Test] = []
    if code:
        wanted = codes_below(data, code)
        tests.append(lambda event: not wanted.isdisjoint(event.codes))
    if basis:
        if basis not in BASES:
            message = f"No date has the basis “{basis}”."
            raise BadParameterError(message, hint=f"Bases: {', '.join(BASES)}.")
        tests.append(lambda event: event.date.basis == basis)
    if phase:
        known = [one.id for one in chronology.phases]
        if phase not in (*known, OUTSIDE):
            raise UnknownNameError("phase", phase, hint=f"Phases: {', '.join((*known, OUTSIDE))}.")
        tests.append(lambda event: (event.phase if event.phase in known else OUTSIDE) == phase)
    if actor:
        if not any(actor in event.actors for event in chronology.events):
            raise UnknownNameError("actor", actor)
        tests.append(lambda event: actor in event.actors)
    return tests


def _row(event: Event, source: Source | None, *, expected: bool) -> Row:
    own = (event.id,)
    cells = (
        date_cell(event.date, own),
        text_cell(event.date.basis, own),
        text_cell(event.phase or OUTSIDE, own),
        text_cell("turning point" if event.turning_point else event.kind.replace("_", " "), own),
        text_cell(", ".join(event.actors), own, missing="none named"),
        text_cell(", ".join(event.codes), own, missing="none"),
        valence_cell(event),
        text_cell(event.voice, own),
        quote_cell(event, source),
    )
    return Row(event.id, f"{event.title} (expected)" if expected else event.title, cells)


def _shown(shown: int, all_: int, filters: tuple[str, ...]) -> str:
    if not filters:
        return f"All {all_} events."
    return f"{shown} of {all_} events, those with {', '.join(filters)}."


DISPLAY = DisplaySpec(
    name="events",
    title="Events",
    question="What happened, in what order, who took part, and on whose word?",
    build=event_list,
)
