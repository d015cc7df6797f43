"""Tables as they are, neither talk nor prose: for surveys and attributes."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from qualcase.readers.delimited import find_delimiter, read_rows
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.extent import decode_lines
from qualcase.readers.rows import Table

if TYPE_CHECKING:
    from qualcase.readers.reader import RawFile

TABLE_FORMATS = (".csv", ".tsv", ".xlsx")


def read_tables(file: RawFile) -> tuple[Table, ...]:
    """Return the tables of a CSV, TSV or Excel file: one, or one a sheet."""
    suffix = PurePath(file.name).suffix.lower()
    if suffix == ".xlsx":
        from qualcase.readers.xlsx import read_sheets  # noqa: PLC0415 -- a large library, for one format

        return read_sheets(file)
    if suffix not in TABLE_FORMATS:
        raise UnreadableFileError(
            file.name, "it is not a table", hint=f"Tables are {', '.join(TABLE_FORMATS)} files."
        )
    text = decode_lines(file).text
    rows = read_rows(file.name, text, "\t" if suffix == ".tsv" else find_delimiter(text))
    full = tuple(tuple(row) for row in rows)
    return (Table(PurePath(file.name).stem, full, tuple(range(1, len(full) + 1))),) if full else ()
