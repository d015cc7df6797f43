"""Cells of a CSV file: safe for a spreadsheet on the way out, records with their lines on the way in."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, NamedTuple

from qualcase.codebook.errors import CodebookFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
MAX_CHARACTERS = 5_000_000
MAX_CELL = 100_000


class Record(NamedTuple):
    """The cells of one record, the line it begins on, and its raw text."""

    cells: tuple[str, ...]
    line: int
    raw: str


def write_cells(rows: Iterable[Sequence[str]]) -> str:
    """Return CSV in which no cell is a formula: an apostrophe is put before = + - @ tab and carriage return.

    A cell that already has apostrophes before such a character gets one more, so that `unguard` is exact.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([guard(cell) for cell in row])
    return out.getvalue()


def guard(cell: str) -> str:
    """Return a cell that a spreadsheet takes for text."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """Return what `guard` was given; only for cells that qualcase wrote."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def delimiter_of(header: str) -> str:
    """Return comma, semicolon or tab: whichever a header line holds most of, a comma where it holds none."""
    return max(",;\t", key=header.count)


def read_records(
    text: str, *, name: str, columns: int | None = None, delimiter: str = ","
) -> Iterator[Record]:
    """Yield the records of a CSV text, blank lines left out.

    With `columns` of 1 or 2, a line that is not good CSV, or has commas too many, is taken as it stands: the
    first cell ends at the first delimiter and the rest is the second. Raises CodebookFileError with the line.
    """
    for raw, line in _logical_lines(text, name):
        if not raw.strip():
            continue
        cells = _parse(raw, delimiter)
        if columns in {1, 2} and "\n" not in raw and (cells is None or len(cells) > columns):
            cells = tuple(raw.split(delimiter, columns - 1))
        if cells is None:
            raise CodebookFileError(name, "expected a CSV record, found stray quotation marks", (line, 1))
        if any(len(cell) > MAX_CELL for cell in cells):
            problem = f"expected cells of at most {MAX_CELL} characters, found more"
            raise CodebookFileError(name, problem, (line, 1))
        yield Record(cells, line, raw)


def _logical_lines(text: str, name: str) -> Iterator[tuple[str, int]]:
    """Yield each record's text and first line; a record goes on while a quotation mark is open."""
    if len(text) > MAX_CHARACTERS:
        raise CodebookFileError(name, f"expected at most {MAX_CHARACTERS // 1_000_000} MB, found more")
    waiting: list[str] = []
    is_open = False
    start = 1
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if not waiting:
            start = number
        waiting.append(line)
        is_open ^= line.count('"') % 2 == 1
        if not is_open:
            yield "\n".join(waiting), start
            waiting = []
    if waiting:
        problem = "expected a closing quotation mark, found the end of the file"
        raise CodebookFileError(name, problem, (start, 1))


def _parse(raw: str, delimiter: str) -> tuple[str, ...] | None:
    try:
        rows = list(csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return tuple(rows[0]) if len(rows) == 1 else None
