"""CSV and TSV: a row is a turn where a column holds the words; else each row is a paragraph."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.column_names import recognise_columns
from qualcase.readers.delimited import find_delimiter, read_rows
from qualcase.readers.encodings import Decoded, decode
from qualcase.readers.names import clean_name
from qualcase.readers.reader import Reader
from qualcase.readers.structure import Structure, make_turn, move_turn, times_of, to_document
from qualcase.readers.timestamps import to_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import DocumentText, Turn
    from qualcase.readers.column_names import Columns
    from qualcase.readers.reader import RawFile

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_SECONDS = re.compile(r"\d{1,7}(?:\.\d{1,6})?")
_SHOWN = 5


def read_csv(file: RawFile) -> DocumentText:
    """Read a table; a row becomes "Speaker: words", or "a | b | c" without a column of words."""
    decoded = decode(file)
    tabs = PurePath(file.name).suffix.lower() == ".tsv"
    rows = read_rows(file.name, decoded.text, "\t" if tabs else find_delimiter(decoded.text))
    columns = recognise_columns(rows[0]) if len(rows) > 1 else None
    if columns and _holds_words(rows, columns) and not (file.speakers and file.speakers.casefold() == "none"):
        text, structure = _turns(rows, columns)
    else:
        text, structure = _paragraphs(rows)
    plain = Decoded(text, decoded.encoding, warnings=decoded.warnings + _entities(text))
    return to_document(plain, structure, "tsv" if tabs else "csv")


def _holds_words(rows: Sequence[Sequence[str]], columns: Columns) -> bool:
    """Say whether the cells of words have letters: "words" may also head a column of counts."""
    cells = [cell for row in rows[1:] if (cell := _cell(row, columns.text).strip())]
    return 2 * sum(any(sign.isalpha() for sign in cell) for cell in cells) > len(cells)


def _turns(rows: Sequence[Sequence[str]], columns: Columns) -> tuple[str, Structure]:
    pieces: list[str] = []
    turns: list[Turn] = []
    length = 0
    for row in rows[1:]:
        words = _cell(row, columns.text).strip()
        if not words:
            continue
        speaker = clean_name(_cell(row, columns.speaker)) or None
        stamp = _cell(row, columns.time).strip() or None
        label = f"{speaker}: " if speaker else ""
        turn = make_turn(label + words, len(label), len(label + words), speaker, stamp, _seconds(stamp))
        if turn:
            turns.append(move_turn(turn, length))
        pieces.append(label + words)
        length += len(label + words) + 1
    return "\n".join(pieces), Structure(tuple(turns), (), times_of(turns), _left_out(rows[0], columns))


def _paragraphs(rows: Sequence[Sequence[str]]) -> tuple[str, Structure]:
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for row in rows:
        line = " | ".join(cell.strip() for cell in row).strip(" |")
        blocks.append(Block(length, length + len(line)))
        pieces.append(line)
        length += len(line) + 1
    return "\n".join(pieces), Structure(blocks=tuple(blocks))


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _seconds(stamp: str | None) -> float | None:
    """Return a time stamp as seconds; a bare number is seconds already."""
    if stamp and _SECONDS.fullmatch(stamp):
        return float(stamp)
    return to_seconds(stamp)


def _left_out(headings: Sequence[str], columns: Columns) -> tuple[str, ...]:
    """Return a warning that names the columns whose cells are not in the text."""
    used = {columns.text, columns.speaker, columns.time}
    names = [
        name.strip() or f"column {place + 1}" for place, name in enumerate(headings) if place not in used
    ]
    if not names:
        return ()
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (f"Columns that are not in the text: {', '.join(names[:_SHOWN])}{more}.",)


def _entities(text: str) -> tuple[str, ...]:
    found = _ENTITY.search(text)
    if not found:
        return ()
    return (f"Cells hold HTML entities such as {found[0]}; they are kept as written.",)


READER = Reader((".csv", ".tsv"), read_csv)
