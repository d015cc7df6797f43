"""Excel workbooks: values as their cells show them, by openpyxl on an archive that has been checked first."""

from __future__ import annotations

import io
import warnings
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from qualcase.model.source import Block
from qualcase.readers.encodings import Decoded
from qualcase.readers.errors import UnreadableFileError, UnsafeFileError
from qualcase.readers.reader import Reader
from qualcase.readers.rows import Table, find_turns, structure_rows
from qualcase.readers.safe_xml import XmlError, check_xml, looks_like_xml
from qualcase.readers.safe_zip import open_zip, read_members
from qualcase.readers.structure import Structure, move_turn, times_of, to_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.workbook import Workbook

    from qualcase.model.source import DocumentText, Turn
    from qualcase.readers.reader import RawFile

CELL_LIMIT = 5_000_000
TEXT_LIMIT = 64 * 1024 * 1024
_FORMULA = b"<f"
_BROKEN = (
    InvalidFileException, XmlError, SyntaxError, KeyError, ValueError, AttributeError, IndexError, TypeError,
    OverflowError, AssertionError, OSError,
)  # fmt: skip


def read_xlsx(file: RawFile) -> DocumentText:
    """Read a workbook: the sheets whose rows are turns, or where there is none the rows of all sheets."""
    tables = read_sheets(file)
    wanted = [table for table in tables if find_turns(table.rows)] or list(tables)
    text, structure = _join(wanted, file.speakers)
    left = [table.title for table in tables if table not in wanted]
    told = (f"Sheets that are not in the text: {', '.join(left)}.",) if left else ()
    whole = Structure(structure.turns, structure.blocks, structure.times, structure.warnings + told)
    return to_document(Decoded(text, "utf-8"), whole, "xlsx")


def read_sheets(file: RawFile) -> tuple[Table, ...]:
    """Return the sheets that have cells, each value as text.

    A formula is the value that was last reckoned, or as written where none was kept. Raise `UnsafeFileError`
    for more than 5,000,000 cells or 64 MB of text.
    """
    formulas = _check(file)
    try:
        tables = _tables(file, data_only=True)
        if formulas:
            tables = _fill(tables, _tables(file, data_only=False))
    except _BROKEN as problem:
        raise UnreadableFileError(
            file.name,
            f"it is not a sound Excel workbook ({type(problem).__name__})",
            hint="Save it anew as .xlsx, or save the sheet as .csv.",
        ) from None
    return tuple(table for title, cells in tables if (table := _to_table(title, cells)).rows)


def _check(file: RawFile) -> bool:
    """Read every part once, XML through and through; say whether any sheet has formulas."""
    formulas = False
    with open_zip(file.name, file.data) as archive:
        for path, chunks in read_members(file.name, archive):
            data = b"".join(chunks)
            if path.endswith("vbaProject.bin"):
                raise UnsafeFileError(
                    file.name, "it carries macros", hint="Save it as .xlsx without macros, or as .csv."
                )
            if looks_like_xml(data[:64]):
                check_xml(file.name, [data] if data else [])
                formulas |= "/worksheets/" in path and _FORMULA in data
    return formulas


_Cells = dict[int, list[str]]


def _tables(file: RawFile, *, data_only: bool) -> list[tuple[str, _Cells]]:
    with warnings.catch_warnings():
        # It remarks on styles and extensions, which are none of our business.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(
            io.BytesIO(file.data), read_only=True, data_only=data_only, keep_links=False
        )
    try:
        budget = [CELL_LIMIT, TEXT_LIMIT]
        return [(sheet.title, _cells(file.name, sheet, budget)) for sheet in _sheets(book)]
    finally:
        book.close()


def _sheets(book: Workbook) -> Iterator[Any]:
    for sheet in book.worksheets:
        # What a file says of its own size pads rows without end.
        sheet.reset_dimensions()
        yield sheet


def _cells(name: str, sheet: Any, budget: list[int]) -> _Cells:  # noqa: ANN401 -- openpyxl has no types
    rows: _Cells = {}
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        budget[0] -= len(row) + 1
        if budget[0] < 0:
            raise UnsafeFileError(name, "it has more than 5,000,000 cells")
        if not any(value is not None for value in row):
            continue
        rows[number] = [_as_text(value) for value in row]
        budget[1] -= sum(map(len, rows[number]))
        if budget[1] < 0:
            raise UnsafeFileError(name, "it has more than 64 MB of text")
    return rows


def _as_text(value: Any) -> str:  # noqa: ANN401 -- whatever a cell holds
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 -- exact so far
        return str(int(value))
    return str(value).replace("\r\n", "\n").replace("_x000D_\n", "\n")


def _fill(values: list[tuple[str, _Cells]], written: list[tuple[str, _Cells]]) -> list[tuple[str, _Cells]]:
    """Return values, with the formula itself where no value was kept."""
    filled = []
    for (title, cells), (_, formulas) in zip(values, written, strict=True):
        rows = {
            number: [
                value or formula
                for value, formula in zip(_padded(cells.get(number, []), len(row)), row, strict=True)
            ]
            for number, row in formulas.items()
        }
        filled.append((title, rows))
    return filled


def _padded(row: list[str], width: int) -> list[str]:
    return (row + [""] * width)[:width]


def _to_table(title: str, cells: _Cells) -> Table:
    full = {number: tuple(row) for number, row in cells.items() if any(part.strip() for part in row)}
    return Table(title, tuple(full.values()), tuple(full))


def _join(tables: Sequence[Table], speakers: str | None) -> tuple[str, Structure]:
    """Return sheets one below the other; where there are several, each under its title."""
    pieces: list[str] = []
    turns: list[Turn] = []
    blocks: list[Block] = []
    told: list[str] = []
    length = 0
    for table in tables:
        if len(tables) > 1:
            blocks.append(Block(length, length + len(table.title), "heading"))
            pieces.append(table.title)
            length += len(table.title) + 1
        text, part = structure_rows(table.rows, speakers)
        turns += [move_turn(turn, length) for turn in part.turns]
        blocks += [Block(block.start + length, block.end + length, block.kind) for block in part.blocks]
        told += part.warnings
        pieces.append(text)
        length += len(text) + 1
    return "\n".join(pieces), Structure(tuple(turns), tuple(blocks), times_of(turns), tuple(told))


READER = Reader((".xlsx",), read_xlsx)
