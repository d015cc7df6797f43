"""Every code with its passages, sources, voices, key quotations and events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.dimensions import Dimension, Member, dimension
from qualcase.analysis.grid import grid_of, search_of
from qualcase.analysis.manifest import manifest_of
from qualcase.analysis.measures import Table, count_cells, searched_in_vain, source_cells, voice_cells
from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.relations import Pairs
from qualcase.analysis.tables import TOTAL, unread_note
from qualcase.analysis.units import units_of
from qualcase.model.display import Column, Display, Row

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Cell

COLUMNS = (
    Column("passages", "passages", numeric=True), Column("sources", "sources", numeric=True),
    Column("voices", "voices", numeric=True), Column("key", "key quotations", numeric=True),
    Column("events", "events", numeric=True),
)  # fmt: skip


def code_counts(data: CodedData) -> Display:
    """Return counts by code; voices stand beside passages, since many passages may be one voice."""
    units = units_of(data, "codings")
    codes = dimension("code", data, units)
    keys = _key_quotations(data)
    grid = grid_of(units, codes, keys)
    table = Table(data, units, grid, search_of(data, units, codes, keys, grid))
    counts, sources, voices = (measure(table) for measure in (count_cells, source_cells, voice_cells))
    events = _event_cells(data)
    none = searched_in_vain(data, units_of(data, "events"))
    heads = [*codes.members, Member(TOTAL, "total")]
    rows = []
    for place, member in enumerate(heads):
        key, all_ = 2 * place, 2 * place + 1
        cells = (counts[all_], sources[all_], voices[all_], counts[key], events.get(member.id, none))
        rows.append(Row(member.id, member.label, cells, member.depth))
    return Display(
        display="code-counts",
        title="Codes in use",
        manifest=manifest_of(data),
        columns=COLUMNS,
        rows=tuple(rows),
        notes=(*codes.notes, *unread_note(data), *table.capped_note()),
        row_label="code",
    )


def _key_quotations(data: CodedData) -> Dimension:
    """Return a side of one member: the passages marked as key quotations."""
    marked = np.flatnonzero(data.codings.key).astype(np.int64)
    return Dimension(
        "key", "key quotation", (Member("key", "key quotations"),), Pairs(marked, np.zeros_like(marked))
    )


def _event_cells(data: CodedData) -> dict[str, Cell]:
    """Return for each code the cell of its events."""
    units = units_of(data, "events")
    codes = dimension("code", data, units)
    empty = Pairs(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    nothing = Dimension("all", "all", (), empty)
    grid = grid_of(units, codes, nothing)
    cells = count_cells(Table(data, units, grid, search_of(data, units, codes, nothing, grid)))
    return dict(zip([*(member.id for member in codes.members), TOTAL], cells, strict=True))


DISPLAY = DisplaySpec(
    name="code-counts",
    title="Codes in use",
    question="How often was each code used, in how many sources, and by how many voices?",
    build=code_counts,
)
