"""Processes by phase, each event counting once in a process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.tables import cross_table

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Display


def process_by_phase(data: CodedData, cell: str = "count", of: str = "events") -> Display:
    """Return processes against phases."""
    return cross_table(
        data, "process", "phase", cell, of, name="process-by-phase", title="Processes by phase"
    )


DISPLAY = DisplaySpec(
    name="process-by-phase",
    title="Processes by phase",
    question="Which process was at work in which phase?",
    build=process_by_phase,
)
