"""The one shape of every analysis: a table whose cells lead back to their evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

NONE_FOUND = "none found"
NO_DATA = "no data"
NOT_REPORTED = "not reported"

Value = int | float | str | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with the ids of its evidence, or one of the three empties.

    `none found` (value 0) means that `searched` units were searched; `no data` and `not reported`
    have no value. `text` is what a reader sees.
    """

    value: Value
    text: str
    evidence: tuple[str, ...] = ()
    empty: str | None = None
    searched: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the dimension's own id, a label, and whether its cells are numbers."""

    id: str
    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the dimension's own id, a label, its cells in column order, and its depth in a tree."""

    id: str
    label: str
    cells: tuple[Cell, ...]
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a display was made from, so that it can be made again: no clock time is in it."""

    layer: str
    codebook_version: str
    filters: tuple[str, ...]
    sources: int
    hash: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mark:
    """One event drawn on a timeline: shape is bar, point, whisker, before, after or open.

    A bar is a duration; a whisker a window in which it happened once; `before` and `after` are arrows
    (no later than, no earlier than); `open` has no bound at all. Ends are ISO days or None.
    `hollow` is expected, not observed.
    """

    id: str
    lanes: tuple[str, ...]
    label: str
    date_text: str
    shape: str
    earliest: str | None
    latest: str | None
    hollow: bool = False
    turning_point: bool = False
    adverse: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """A phase behind the marks, with the days between which it is drawn."""

    id: str
    label: str
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A timeline to be drawn: lanes (id, label), marks, bands, and links between marks."""

    lanes: tuple[tuple[str, str], ...]
    marks: tuple[Mark, ...]
    bands: tuple[Band, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Display:
    """An analysis, ready to be rendered anywhere; a figure always has its table."""

    display: str
    title: str
    manifest: Manifest
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    figure: Figure | None = None
    row_label: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the display in the shape that `--json` prints."""
        return {
            "display": self.display,
            "title": self.title,
            "manifest": {
                "layer": self.manifest.layer,
                "codebook_version": self.manifest.codebook_version,
                "filters": list(self.manifest.filters),
                "sources": self.manifest.sources,
                "hash": self.manifest.hash,
                "parameters": dict(self.manifest.parameters),
            },
            "columns": [{"id": column.id, "label": column.label} for column in self.columns],
            "rows": [_row_json(row) for row in self.rows],
            "notes": list(self.notes),
            **({"figure": _figure_json(self.figure)} if self.figure else {}),
        }


def none_found(searched: int, *, unit: str = "units") -> Cell:
    """Return the cell for a search that found nothing."""
    return Cell(0, f"none found ({searched} {unit} searched)", empty=NONE_FOUND, searched=searched)


def no_data() -> Cell:
    """Return the cell that no source covers."""
    return Cell(None, "no data", empty=NO_DATA)


def not_reported() -> Cell:
    """Return the cell for what the material leaves unsaid, or where the question does not apply."""
    return Cell(None, "not reported", empty=NOT_REPORTED)


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "label": row.label,
        "depth": row.depth,
        "cells": [_cell_json(cell) for cell in row.cells],
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    return {
        "value": cell.value,
        "text": cell.text,
        "evidence": list(cell.evidence),
        "empty": cell.empty,
        "searched": cell.searched,
    }


def _figure_json(figure: Figure) -> dict[str, Any]:
    return {
        "lanes": [{"id": lane, "label": label} for lane, label in figure.lanes],
        "marks": [{name: getattr(mark, name) for name in mark.__slots__} for mark in figure.marks],
        "bands": [{name: getattr(band, name) for name in band.__slots__} for band in figure.bands],
        "links": [{"source": one, "target": other, "basis": basis} for one, other, basis in figure.links],
    }
