"""The general table: any dimension against any other, for codings or for events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.dimensions import dimension
from qualcase.analysis.errors import BadParameterError
from qualcase.analysis.grid import grid_of, search_of
from qualcase.analysis.manifest import manifest_of
from qualcase.analysis.measures import MEASURES, Table, counted
from qualcase.analysis.units import units_of
from qualcase.model.display import Column, Display, Row

if TYPE_CHECKING:
    from qualcase.analysis.dimensions import Dimension
    from qualcase.analysis.units import Units
    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Cell

TOTAL = "total"
_TEXT_CELLS = ("quotes", "summary")
NAMED = 12
"""So many ids a note spells out."""


def cross_table(
    data: CodedData, rows: str, columns: str, cell: str = "count", of: str = "codings",
    *, name: str = "table", title: str | None = None,
) -> Display:  # fmt: skip
    """Return one dimension against another; `cell` is count, sources, voices, coverage, quotes or summary.

    Counts are of distinct codings or events; totals are distinct units too, never sums. An empty cell
    says how much was searched, or that no source covers it. Raises UnknownDimensionError, BadParameterError.
    """
    if cell not in MEASURES:
        message = f"A cell cannot hold “{cell}”."
        raise BadParameterError(message, hint=f"Cells: {', '.join(MEASURES)}.")
    units = units_of(data, of)
    sides = dimension(rows, data, units), dimension(columns, data, units)
    grid = grid_of(units, *sides)
    table = Table(data, units, grid, search_of(data, units, *sides, grid))
    phrase, measure = MEASURES[cell]
    said = f"{sides[0].label} × {sides[1].label}: {phrase.format(units=of)}"
    return Display(
        display=name,
        title=title or said[0].upper() + said[1:],
        manifest=manifest_of(data, rows=rows, columns=columns, cell=cell, of=of),
        columns=_columns(sides[1], numeric=cell not in _TEXT_CELLS),
        rows=_rows(sides[0], measure(table), grid.width),
        notes=_notes(table, *sides),
        row_label=sides[0].label,
    )


def _columns(side: Dimension, *, numeric: bool) -> tuple[Column, ...]:
    members = (Column(member.id, member.label, numeric) for member in side.members)
    return (*members, Column(TOTAL, "total", numeric))


def _rows(side: Dimension, cells: list[Cell], width: int) -> tuple[Row, ...]:
    heads = [(member.id, member.label, member.depth) for member in side.members] + [(TOTAL, "total", 0)]
    return tuple(
        Row(one, label, tuple(cells[place * width : (place + 1) * width]), depth)
        for place, (one, label, depth) in enumerate(heads)
    )


def _notes(table: Table, rows: Dimension, columns: Dimension) -> tuple[str, ...]:
    units = table.units
    notes = [*rows.notes, *columns.notes, *_left_out(units, rows), *_left_out(units, columns)]
    if units.kind == "codings":
        notes.extend(unread_note(table.data))
    return tuple(dict.fromkeys((*notes, *table.capped_note())))


def _left_out(units: Units, side: Dimension) -> tuple[str, ...]:
    """Say how many units no member takes in: they count in the other side's totals alone."""
    held = np.bincount(side.items.left, minlength=len(units))
    missing = np.flatnonzero(held == 0).tolist()
    if not missing:
        return ()
    noun = units.kind.removesuffix("s")
    named = f": {', '.join(units.ids[one] for one in missing)}" if len(missing) <= NAMED else ""
    return (
        f"{counted(len(missing), noun)} of {len(units)} without {side.label}, counted in totals only{named}.",
    )


def unread_note(data: CodedData) -> tuple[str, ...]:
    """Say which sources nobody has coded or marked as done: empty cells there may mean “not read yet”."""
    coded = np.bincount(data.codings.source, minlength=len(data.sources))
    unread = [s.handle for place, s in enumerate(data.sources) if not coded[place] and not s.done]
    if not unread:
        return ()
    named = ", ".join(unread[:NAMED]) + (", …" if len(unread) > NAMED else "")
    said = f"{counted(len(unread), 'source')} of {len(data.sources)} without a coding and not marked as done"
    return (f"{said} ({named}); what is empty there may be unread.",)
