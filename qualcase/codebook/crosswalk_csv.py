"""A crosswalk as CSV: a line for each pair of elements side by side, an empty cell where a side has none."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from qualcase.codebook.cells import read_records, unguard, write_cells
from qualcase.codebook.errors import CodebookFileError, quoted
from qualcase.model.code import RELATIONS, Crosswalk, CrosswalkRow

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = (
    "crosswalk", "title", "left", "right", "row", "relation", "left_element", "right_element", "note",
)  # fmt: skip


def write_crosswalk(crosswalk: Crosswalk) -> str:
    """Return a crosswalk as CSV that reads back as the same; a row without elements is a line too."""
    head = (crosswalk.id, crosswalk.title, crosswalk.left, crosswalk.right)
    lines = [
        (*head, row.id, row.relation, left, right, row.note)
        for row in crosswalk.rows
        for left, right in list(zip_longest(row.left, row.right, fillvalue="")) or [("", "")]
    ]
    return write_cells([COLUMNS, *lines])


def read_crosswalk(text: str, *, name: str) -> Crosswalk:
    """Return the crosswalk of a CSV text with our columns; CodebookFileError where it is none."""
    lines = list(_lines(text, name))
    rows: dict[str, CrosswalkRow] = {}
    for line in lines:
        row = rows.get(line["row"], CrosswalkRow(line["row"], (), (), line["relation"], line["note"]))
        left = row.left + ((line["left_element"],) if line["left_element"] else ())
        right = row.right + ((line["right_element"],) if line["right_element"] else ())
        rows[row.id] = CrosswalkRow(row.id, left, right, row.relation, row.note)
    head = lines[0]
    return Crosswalk(head["crosswalk"], head["title"], head["left"], head["right"], tuple(rows.values()))


def _lines(text: str, name: str) -> Iterator[dict[str, str]]:
    records = list(read_records(text, name=name))
    if not records or records[0].cells != COLUMNS or len(records) == 1:
        problem = f"expected the columns {', '.join(COLUMNS)} and at least one row"
        raise CodebookFileError(name, problem, (1, 1))
    for record in records[1:]:
        if len(record.cells) != len(COLUMNS):
            problem = f"expected {len(COLUMNS)} fields, found {len(record.cells)}"
            raise CodebookFileError(name, problem, (record.line, 1))
        line = dict(zip(COLUMNS, map(unguard, record.cells), strict=True))
        if line["relation"] not in RELATIONS:
            problem = f"expected a relation of {', '.join(RELATIONS)}, found {quoted(line['relation'])}"
            raise CodebookFileError(name, problem, (record.line, COLUMNS.index("relation") + 1))
        yield line
