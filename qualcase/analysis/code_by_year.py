"""Codes by year, with what cannot be put into one year in a column of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.tables import cross_table

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.display import Display


def code_by_year(data: CodedData, cell: str = "count", of: str = "codings") -> Display:
    """Return codes against years."""
    return cross_table(data, "code", "year", cell, of, name="code-by-year", title="Codes by year")


DISPLAY = DisplaySpec(
    name="code-by-year",
    title="Codes by year",
    question="When does each code turn up, as far as dates allow to say?",
    build=code_by_year,
)
