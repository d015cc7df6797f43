"""Two frameworks side by side, with what has been found for each side, and the gap in plain sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.code_dimensions import code_pairs
from qualcase.analysis.event_cells import text_cell
from qualcase.analysis.manifest import manifest_of
from qualcase.analysis.measures import CAP, UNCAPPED, counted, searched_in_vain
from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.units import units_of
from qualcase.codebook.tree import subtree
from qualcase.model.display import NOT_REPORTED, Cell, Column, Display, Row
from qualcase.model.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.coding.frame import CodedData
    from qualcase.model.code import Crosswalk, CrosswalkRow

GAP = "gap"
_JOINT = "+"
_SIDES = ("left", "right")


def crosswalk(data: CodedData, crosswalk: str = "") -> Display:
    """Return a crosswalk row by row, with distinct passages and events behind either side.

    Without a name it is the first that the codebooks hold. Raises UnknownNameError for one they do not.
    """
    chosen = _choose(data, crosswalk)
    return Display(
        display="crosswalk",
        title=chosen.title if chosen else "Crosswalk",
        manifest=manifest_of(data, crosswalk=chosen.id if chosen else ""),
        columns=_columns(*((_title(data, chosen.left), _title(data, chosen.right)) if chosen else _SIDES)),
        rows=tuple(_row(data, row) for row in chosen.rows) if chosen else (),
        notes=_notes(data, chosen) if chosen else ("No codebook of this project holds a crosswalk.",),
        row_label="row",
    )


def _choose(data: CodedData, name: str) -> Crosswalk | None:
    known = {one.id: one for book in data.codebooks for one in book.crosswalks}
    if name and name not in known:
        raise UnknownNameError("crosswalk", name, hint=f"Crosswalks: {', '.join(known) or 'none'}.")
    return known[name] if name else next(iter(known.values()), None)


def _title(data: CodedData, codebook: str) -> str:
    return next((book.title for book in data.codebooks if book.id == codebook), codebook)


def _columns(left: str, right: str) -> tuple[Column, ...]:
    numbers = [
        Column(f"{side}_{kind}", f"{kind} ({title})", numeric=True)
        for side, title in (("left", left), ("right", right))
        for kind in ("passages", "events")
    ]
    return (
        Column("left", left),
        Column("relation", "relation"),
        Column("right", right),
        *numbers,
        Column("note", "note"),
    )


def _row(data: CodedData, row: CrosswalkRow) -> Row:
    cells = (
        _side(data, row.left, row.filled_by),
        text_cell(row.relation, ()),
        _side(data, row.right, row.filled_by),
        *_found(data, row.left),
        *_found(data, row.right),
        text_cell(row.note, (), missing="none"),
    )
    return Row(row.id, f"{row.id} (gap)" if row.relation == GAP else row.id, cells)


def _side(data: CodedData, elements: Sequence[str], filled_by: str) -> Cell:
    """Return the elements of one side by name; an empty side is the finding, and says so."""
    names = {code.id: code.name for code in data.codes}
    if not elements:
        offered = f"; filled by {names.get(filled_by, filled_by)} ({filled_by})" if filled_by else ""
        return Cell(None, f"gap: nothing here answers to it{offered}", empty=NOT_REPORTED)
    said = (" + ".join(names.get(part, part) for part in element.split(_JOINT)) for element in elements)
    return Cell(", ".join(elements), "; ".join(said))


def _found(data: CodedData, elements: Sequence[str]) -> tuple[Cell, Cell]:
    """Return the passages and the events that carry any of the codes, or a code below one of them."""
    if not elements:
        empty = Cell(None, "not applicable", empty=NOT_REPORTED)
        return empty, empty
    wanted = {part for element in elements for part in element.split(_JOINT)}
    below = {
        code
        for book in data.codebooks
        for one in wanted & {code.id for code in book.codes}
        for code in subtree(book, one)
    }
    return _number(data, "codings", below), _number(data, "events", below)


def _number(data: CodedData, kind: str, codes: set[str]) -> Cell:
    units = units_of(data, kind)
    pairs = code_pairs(data, units)
    places = [place for place, code in enumerate(data.codes) if code.id in codes]
    found = np.unique(pairs.left[np.isin(pairs.right, places)])
    if not len(found):
        return searched_in_vain(data, units)
    shown = found[:CAP] if len(units) > UNCAPPED else found
    return Cell(len(found), str(len(found)), tuple(units.ids[place] for place in shown.tolist()))


def _notes(data: CodedData, chosen: Crosswalk) -> tuple[str, ...]:
    left = sum(len(row.left) for row in chosen.rows)
    right = sum(len(row.right) for row in chosen.rows)
    gaps = [row for row in chosen.rows if row.relation == GAP]
    head = (
        f"{counted(len(chosen.rows), 'row')}: {counted(left, 'element')} on the left, {right} on the right."
    )
    return (
        head,
        *(f"Gap in {row.id}{_filler(data, row)}: {row.note or 'one side is empty'}" for row in gaps),
    )


def _filler(data: CodedData, row: CrosswalkRow) -> str:
    if not row.filled_by:
        return ""
    name = next((code.name for code in data.codes if code.id == row.filled_by), "")
    return f", filled by {row.filled_by}{f' ({name})' if name else ''}"


DISPLAY = DisplaySpec(
    name="crosswalk",
    title="Crosswalk",
    question="What in one framework answers to what in the other, and what does neither see?",
    build=crosswalk,
)
