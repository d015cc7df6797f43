"""What a cell of a table may say about its units: one function a kind of cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.units import quote_of, strongest
from qualcase.model.display import Cell, no_data, none_found, not_reported

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.analysis.grid import Grid, Search
    from qualcase.analysis.units import Units
    from qualcase.coding.frame import CodedData, Positions

UNCAPPED = 100_000
"""A table of more units than this names only the first few of each cell as its evidence."""

CAP = 200
SHARE_FROM = 20
"""A share of fewer than this many is not printed as a percentage."""


@dataclass(frozen=True, slots=True)
class Table:
    """All that a measure may look at: the data, the units, their grid and what was searched."""

    data: CodedData
    units: Units
    grid: Grid
    search: Search

    def evidence(self, cell: int) -> tuple[str, ...]:
        """Return the ids of a cell's units, the first 200 alone where the table is very large."""
        inside = self.grid.inside(cell)
        return tuple(map(self.units.ids.__getitem__, (inside[:CAP] if self.capped else inside).tolist()))

    @property
    def capped(self) -> bool:
        """Say whether cells name only a part of their evidence."""
        return len(self.units) > UNCAPPED

    def capped_note(self) -> tuple[str, ...]:
        """Return the sentence that owns up to it, where they do."""
        noun = self.units.kind
        return (
            f"Each cell names the first {CAP} of its {noun} as evidence; its number counts all.",
        ) * self.capped


Measure = tuple[str, "Callable[[Table], list[Cell]]"]


def count_cells(table: Table) -> list[Cell]:
    """Return the number of distinct codings or events."""
    return _number_cells(table, table.grid.counts)


def source_cells(table: Table) -> list[Cell]:
    """Return the number of distinct sources behind the units."""
    return _number_cells(table, table.grid.distinct(table.units.source))


def voice_cells(table: Table) -> list[Cell]:
    """Return the number of distinct voices; where no voice is known, that is said, and is not 0."""
    return _number_cells(table, table.grid.distinct(table.units.voice))


def coverage_cells(table: Table) -> list[Cell]:
    """Return the number of characters that the units cover together, of those searched."""
    covered = covered_characters(table.data, table.units, table.grid)
    searched = table.search.characters
    texts = [_share(int(some), int(all_)) for some, all_ in zip(covered, searched, strict=True)]
    return _cells(table, covered.tolist(), texts)


def quote_cells(table: Table) -> list[Cell]:
    """Return the strongest quotation; the evidence is all of the cell's units."""
    quotes = []
    for cell in range(table.grid.height * table.grid.width):
        inside = table.grid.inside(cell).tolist()
        best = strongest(table.data, table.units.kind, inside)[:1]
        quotes.append(quote_of(table.data, table.units.kind, best[0]) if best else None)
    return _cells(table, quotes, [f"“{quote}”" for quote in quotes])


def summary_cells(table: Table) -> list[Cell]:
    """Return passages, sources and voices in words; the value is the number of passages."""
    grid, units = table.grid, table.units
    noun = "passage" if units.kind == "codings" else "event"
    columns = (
        grid.counts.tolist(),
        grid.distinct(units.source).tolist(),
        grid.distinct(units.voice).tolist(),
    )
    texts = [
        f"{counted(n, noun)} · {_known(sources, 'source')} · {_known(voices, 'voice')}"
        for n, sources, voices in zip(*columns, strict=True)
    ]
    return _cells(table, columns[0], texts)


MEASURES: dict[str, Measure] = {
    "count": ("number of {units}", count_cells),
    "sources": ("distinct sources of {units}", source_cells),
    "voices": ("distinct voices in {units}", voice_cells),
    "coverage": ("characters covered by {units}", coverage_cells),
    "quotes": ("strongest quotation among {units}", quote_cells),
    "summary": ("{units}, sources and voices", summary_cells),
}


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def nothing_found(searched: int, noun: str) -> Cell:
    """Return the empty cell of a search among so many sources or events (`noun` is singular)."""
    return none_found(searched, unit=noun if searched == 1 else f"{noun}s")


def searched_in_vain(data: CodedData, units: Units) -> Cell:
    """Return the empty cell of what was looked for everywhere; without any material it is `no data`."""
    searched, noun = (len(data.sources), "source") if units.kind == "codings" else (len(units), "event")
    return nothing_found(searched, noun) if searched else no_data()


def covered_characters(data: CodedData, units: Units, grid: Grid) -> Positions:
    """Return the size of the union of each cell's spans; overlapping codings count once."""
    cells, size = grid.height * grid.width, max(1, len(data.sources))
    place, start, end = _spans(data, units)
    known = place[grid.items] >= 0
    items, cell = grid.items[known], grid.cell[known]
    group = cell * size + place[items]
    fresh = np.diff(group, prepend=-1)
    # Codings come ordered by source and start, and so inside each cell; events have to be put in order.
    if bool(np.any((fresh < 0) | ((fresh == 0) & (np.diff(start[items], prepend=0) < 0)))):
        order = np.lexsort((start[items], group))
        items, cell, group = items[order], cell[order], group[order]
        fresh = np.diff(group, prepend=-1)
    # Every group gets a stretch of the number line of its own, so that one running maximum serves all.
    stretch = np.cumsum(fresh > 0) * (int(end.max(initial=0)) + 1)
    begins, ends = start[items] + stretch, end[items] + stretch
    reached = np.maximum.accumulate(np.concatenate([np.zeros(1, dtype=np.int64), ends]))[:-1]
    added = np.maximum(ends - np.maximum(begins, reached), 0)
    return np.bincount(cell, weights=added, minlength=cells).astype(np.int64)


def _spans(data: CodedData, units: Units) -> tuple[Positions, Positions, Positions]:
    """Return each unit's source, start and end; an event without a place in a source covers nothing."""
    if units.kind == "codings":
        return units.source, data.codings.start, data.codings.end
    placed = [(event.start, event.end) for event in data.chronology.events]
    spans = [(start, end) if start is not None and end is not None else (0, 0) for start, end in placed]
    columns = np.array(spans, dtype=np.int64).reshape(-1, 2)
    return units.source, columns[:, 0], columns[:, 1]


def _known(number: int, noun: str) -> str:
    return counted(number, noun) if number else f"{noun} not recorded"


def _number_cells(table: Table, numbers: Positions) -> list[Cell]:
    return _cells(table, numbers.tolist(), [str(number) for number in numbers.tolist()])


def _cells(table: Table, values: list[int] | list[str | None], texts: list[str]) -> list[Cell]:
    """Return the cells of a table, an empty one as one of the three empties.

    A cell that has units but no value (voices that nobody recorded) is `not reported`, with its evidence.
    """
    counts = table.grid.counts.tolist()
    searched = table.search.searched.tolist()
    cells = []
    for cell, value in enumerate(values):
        if counts[cell] == 0:
            cells.append(nothing_found(searched[cell], table.search.noun) if searched[cell] else no_data())
        elif not value:
            empty = not_reported()
            cells.append(Cell(None, empty.text, table.evidence(cell), empty.empty, searched[cell]))
        else:
            cells.append(Cell(value, texts[cell], table.evidence(cell), searched=searched[cell]))
    return cells


def _share(part: int, whole: int) -> str:
    said = f"{part:,} of {whole:,} characters"
    return f"{said} ({100 * part / whole:.1f} %)" if whole >= SHARE_FROM else said
