"""CSV and TSV: a row is a turn where a column holds the words; else each row is a paragraph."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from qualcase.readers.delimited import find_delimiter, read_rows
from qualcase.readers.encodings import Decoded
from qualcase.readers.extent import decode_lines
from qualcase.readers.reader import Reader
from qualcase.readers.rows import structure_rows
from qualcase.readers.structure import to_document

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText
    from qualcase.readers.reader import RawFile

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")


def read_csv(file: RawFile) -> DocumentText:
    """Read a table; a row becomes "Speaker: words", or "a | b | c" without a column of words."""
    decoded = decode_lines(file)
    tabs = PurePath(file.name).suffix.lower() == ".tsv"
    rows = read_rows(file.name, decoded.text, "\t" if tabs else find_delimiter(decoded.text))
    text, structure = structure_rows(rows, file.speakers)
    plain = Decoded(text, decoded.encoding, warnings=decoded.warnings + _entities(text))
    return to_document(plain, structure, "tsv" if tabs else "csv")


def _entities(text: str) -> tuple[str, ...]:
    found = _ENTITY.search(text)
    if not found:
        return ()
    return (f"Cells hold HTML entities such as {found[0]}; they are kept as written.",)


READER = Reader((".csv", ".tsv"), read_csv)
