"""Processes by year, each event counting once in a process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.tables import cross_table

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Display


def process_by_year(data: CodedData, cell: str = "count", of: str = "events") -> Display:
    """Return processes against years."""
    return cross_table(data, "process", "year", cell, of, name="process-by-year", title="Processes by year")


DISPLAY = DisplaySpec(
    name="process-by-year",
    title="Processes by year",
    question="Which process was at work in which year?",
    build=process_by_year,
)
