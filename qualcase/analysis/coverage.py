"""The coverage grid: which kinds of source there are for which phase, and where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.analysis.manifest import manifest_of
from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.source_dimensions import kind_label, kinds_present
from qualcase.analysis.tables import TOTAL
from qualcase.analysis.time_dimensions import OUTSIDE, phase_members, phases_of
from qualcase.model.display import Cell, Column, Display, Row, no_data

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.source import Source

_NOTES = (
    "A source is in a phase where its date lies wholly inside the phase's bounds, else outside.",
    "“no data” means that no such source was collected, not that nothing happened.",
)


def coverage(data: CodedData) -> Display:
    """Return the number of sources by kind and phase; a cell without any is `no data`, never 0."""
    columns = phase_members(data)
    within = {source.handle: phases_of(data, source) or [OUTSIDE] for source in data.sources}
    kinds = [(kind, kind_label(kind)) for kind in kinds_present(data)]
    rows = []
    for kind, label in (*kinds, (TOTAL, "total")):
        sources = [source for source in data.sources if kind in (source.kind, TOTAL)]
        cells = [_cell([s for s in sources if column.id in within[s.handle]]) for column in columns]
        rows.append(Row(kind, label, (*cells, _cell(sources))))
    return Display(
        display="coverage",
        title="Coverage: kind of source × phase",
        manifest=manifest_of(data),
        columns=(
            *(Column(one.id, one.label, numeric=True) for one in columns),
            Column(TOTAL, "total", numeric=True),
        ),
        rows=tuple(rows),
        notes=_NOTES,
        row_label="kind of source",
    )


def _cell(sources: list[Source]) -> Cell:
    handles = tuple(source.handle for source in sources)
    return Cell(len(handles), str(len(handles)), handles) if handles else no_data()


DISPLAY = DisplaySpec(
    name="coverage",
    title="Coverage: kind of source × phase",
    question="For which phase is there material of which kind, and where is there none?",
    build=coverage,
)
