"""The desk of tables: comparison tables and every named display."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.project.desk import Desk

if TYPE_CHECKING:
    from qualcase.model.display import Display


class Tables(Desk):
    """Comparison tables."""

    def names(self) -> dict[str, str]:
        """Return what tables there are, each with the question it answers."""
        from qualcase.analysis.registry import displays  # noqa: PLC0415 - loads numpy

        return {name: spec.question for name, spec in displays().items()}

    def named(self, name: str, **parameters: str) -> Display:
        """Return a table by its name."""
        from qualcase.analysis.registry import build  # noqa: PLC0415 - loads numpy

        return build(name, self._project.codings.data(), **parameters)

    def cross(self, rows: str, columns: str, cell: str = "count", of: str = "codings") -> Display:
        """Return the table of one dimension by another, of codings or of events."""
        from qualcase.analysis.tables import cross_table  # noqa: PLC0415 - loads numpy

        return cross_table(self._project.codings.data(), rows=rows, columns=columns, cell=cell, of=of)
