"""A crosswalk as CSV: a line for each pair of elements side by side, an empty cell where a side has none."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from qualcase.codebook.cells import read_records, unguard, write_cells
from qualcase.codebook.errors import CodebookFileError, quoted
from qualcase.model.code import RELATIONS, Crosswalk, CrosswalkRow

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = (
    "crosswalk", "title", "left", "right", "row", "relation", "left_element", "right_element", "note",
    "filled_by",
)  # fmt: skip


def write_crosswalk(crosswalk: Crosswalk) -> str:
    """Return a crosswalk as CSV that reads back as the same; a row without elements is a line too."""
    head = (crosswalk.id, crosswalk.title, crosswalk.left, crosswalk.right)
    lines = [
        (*head, row.id, row.relation, left, right, row.note, row.filled_by)
        for row in crosswalk.rows
        for left, right in list(zip_longest(row.left, row.right, fillvalue="")) or [("", "")]
    ]
    return write_cells([COLUMNS, *lines])


def read_crosswalk(text: str, *, name: str) -> Crosswalk:
    """Return the crosswalk of a CSV text with our columns; CodebookFileError where it is none."""
    lines = list(_lines(text, name))
    rows: dict[str, CrosswalkRow] = {}
    for line in lines:
        row = rows.get(line["row"]) or CrosswalkRow(
            line["row"], (), (), line["relation"], line["note"], line["filled_by"]
        )
        left = row.left + ((line["left_element"],) if line["left_element"] else ())
        right = row.right + ((line["right_element"],) if line["right_element"] else ())
        rows[row.id] = replace(row, left=left, right=right)
    head = lines[0]
    return Crosswalk(head["crosswalk"], head["title"], head["left"], head["right"], tuple(rows.values()))


def _lines(text: str, name: str) -> Iterator[dict[str, str]]:
    records = list(read_records(text, name=name))
    # Crosswalks written before gaps could name what fills them have one column less.
    if not records or records[0].cells not in {COLUMNS, COLUMNS[:-1]} or len(records) == 1:
        problem = f"expected the columns {', '.join(COLUMNS)} and at least one row"
        raise CodebookFileError(name, problem, (1, 1))
    columns = records[0].cells
    for record in records[1:]:
        if len(record.cells) != len(columns):
            problem = f"expected {len(columns)} fields, found {len(record.cells)}"
            raise CodebookFileError(name, problem, (record.line, 1))
        line = {"filled_by": "", **dict(zip(columns, map(unguard, record.cells), strict=True))}
        if line["relation"] not in RELATIONS:
            problem = f"expected a relation of {', '.join(RELATIONS)}, found {quoted(line['relation'])}"
            raise CodebookFileError(name, problem, (record.line, COLUMNS.index("relation") + 1))
        yield line
