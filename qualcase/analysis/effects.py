"""The effects matrix: what came of it and for whom, favourable or adverse, with the explicit none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.tables import TOTAL, cross_table

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Cell, Display


def effects(data: CodedData, of: str = "events", columns: str = "valence") -> Display:
    """Return each outcome code against valence, or against actor, phase or case, with what it rests on.

    An outcome that nothing was found for keeps its row: that absence is a finding. Events are named by
    title; of codings, passages, sources and voices are counted.
    """
    cell = "count" if of == "events" else "summary"
    table = cross_table(data, "outcome", columns, cell, of, name="effects", title="Effects")
    # The last row of a table counts everything, and here most of that is no effect.
    rows = [row for row in table.rows if row.id != TOTAL]
    if of == "events":
        titles = {event.id: event.title for event in data.chronology.events}
        rows = [replace(row, cells=tuple(_named(cell, titles) for cell in row.cells)) for row in rows]
    notes = tuple(note for note in table.notes if "without outcome" not in note)
    return replace(table, rows=tuple(rows), notes=notes)


def _named(cell: Cell, titles: dict[str, str]) -> Cell:
    """Return a cell that names its events."""
    if not cell.evidence:
        return cell
    return replace(cell, text="; ".join(f"{titles[event]} ({event})" for event in cell.evidence))


DISPLAY = DisplaySpec(
    name="effects",
    title="Effects",
    question="What came of it, for whom, for good or ill, and for whom did nothing come of it?",
    build=effects,
)
