"""Dimensions of time: phase and year, with a column for what cannot be put into one without inventing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.dimensions import DATED, Dimension, DimensionSpec, Member, by_source
from qualcase.analysis.relations import pairs_where
from qualcase.text.bounds import in_one_year
from qualcase.text.edtf import Bounds, read_edtf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.analysis.units import Units
    from qualcase.coding.frame import CodedData
    from qualcase.model.event import Phase
    from qualcase.model.source import Source

OUTSIDE = "outside"
SPANS_OPEN = "spans/open"
_MOST_YEARS = 60


def phase_bounds(data: CodedData, phase: Phase) -> Bounds:
    """Return the days between which a phase lies: its own date, else from its first event to its last."""
    if phase.edtf:
        return read_edtf(phase.edtf)
    dates = {event.id: event.date for event in data.chronology.events}
    opens = dates.get(phase.opens_with or "")
    closes = dates.get(phase.closes_with or "")
    return Bounds(opens.earliest if opens else None, closes.latest if closes else None)


def phases_of(data: CodedData, source: Source) -> list[str]:
    """Return the phases inside which a source's date lies wholly; they may overlap.

    A phase that is open at one end has no bound there; one without any date holds nothing.
    """
    if source.earliest is None or source.latest is None:
        return []
    within = []
    for phase in data.chronology.phases:
        bounds = phase_bounds(data, phase)
        if bounds.earliest is None and bounds.latest is None:
            continue
        begun = bounds.earliest is None or bounds.earliest <= source.earliest
        if begun and (bounds.latest is None or source.latest <= bounds.latest):
            within.append(phase.id)
    return within


def phase_members(data: CodedData) -> tuple[Member, ...]:
    """Return the phases in their order, and `outside`."""
    phases = (Member(phase.id, phase.name) for phase in data.chronology.phases)
    return (*phases, Member(OUTSIDE, "outside the phases"))


def _phase(data: CodedData, units: Units) -> Dimension:
    members = phase_members(data)
    if units.kind == "events":
        place = {member.id: position for position, member in enumerate(members)}
        outside = place[OUTSIDE]
        column = [place.get(event.phase or OUTSIDE, outside) for event in data.chronology.events]
        note = "An event's phase is the one it was assigned to; it is not computed from dates."
        items = pairs_where(np.array(column, dtype=np.int64))
        return Dimension("phase", "phase", members, items, DATED, notes=(note,))
    values = [phases_of(data, source) or [OUTSIDE] for source in data.sources]
    note = (
        "A passage is in a phase where its source's date lies wholly inside the phase's bounds; "
        "it counts in both of two phases that overlap there, and outside where the source has no such date."
    )
    return by_source(data, units, "phase", "phase", values, members=members, rank=DATED, notes=(note,))


def _year(data: CodedData, units: Units) -> Dimension:
    if units.kind == "events":
        years = [in_one_year(event.date) for event in data.chronology.events]
    else:
        years = [in_one_year(source) for source in data.sources]
    columns = [SPANS_OPEN if year is None else f"{year:04d}" for year in years]
    members = (*year_members(years), Member(SPANS_OPEN, "spans years or open"))
    if units.kind == "codings":
        note = "A passage is in a year where its source's earliest and latest day are; else in spans/open."
        return by_source(data, units, "year", "year", columns, members=members, rank=DATED, notes=(note,))
    place = {member.id: position for position, member in enumerate(members)}
    items = pairs_where(np.array([place[column] for column in columns], dtype=np.int64))
    note = "An event is in a year where its earliest and latest day both are; else in spans/open."
    return Dimension("year", "year", members, items, DATED, notes=(note,))


def year_members(years: Iterable[int | None]) -> tuple[Member, ...]:
    """Return every year from the first to the last, so that gaps show; only those met where that is long."""
    known = sorted({year for year in years if year is not None})
    if known and known[-1] - known[0] < _MOST_YEARS:
        known = list(range(known[0], known[-1] + 1))
    return tuple(Member(f"{year:04d}", f"{year:04d}") for year in known)


DIMENSIONS = (DimensionSpec("phase", _phase), DimensionSpec("year", _year))
