"""Codebooks as CSV: our own ten columns, or any table with codes and perhaps definitions."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from qualcase.codebook.assembly import Row, assemble, free_id
from qualcase.codebook.cells import delimiter_of, read_records, unguard, write_cells
from qualcase.codebook.document import Place
from qualcase.codebook.errors import CodebookFileError, quoted
from qualcase.codebook.tree import fold
from qualcase.model.code import Code, Codebook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcase.codebook.cells import Record

_TEXTS = ("id", "name", "parent", "kind", "definition")
_LISTS = ("include", "exclude", "key_phrases", "examples")
COLUMNS = (*_TEXTS, *_LISTS, "status")
_SYNONYMS = {"code": "name", "tag": "name", "description": "definition", "memo": "definition"}
_COUNTS = "number of "  # other tools add how often a code was used; that is no part of a codebook


def read_codebook(text: str, *, name: str) -> Codebook:
    """Return the codebook of a CSV text; `name` is the file's, and its stem the codebook's.

    The separator is a comma, a semicolon or a tab. Cells are taken verbatim; only in a file with our own ten
    columns is the apostrophe undone that `write_codebook` puts before a formula. Items in one cell stand one
    a line or between semicolons. `parent` is an id or a name. Raises CodebookFileError with line and field.
    """
    header, columns, delimiter = _header(text, name)
    records = read_records(text, name=name, columns=len(columns), delimiter=delimiter)
    kept = [record for record in records if record.line != header.line]
    rows = [_cells(record, columns, name) for record in kept]
    if not rows:
        raise CodebookFileError(name, "expected a code below the header, found none", (header.line, 1))
    stem = PurePath(name).stem
    codes = list(_codes(rows))
    places = [Place(record.line, columns.index("id" if "id" in columns else "name") + 1) for record in kept]
    return assemble(Codebook(stem, stem, 1, ()), tuple(map(Row, codes, places)), name=name)


def write_codebook(codebook: Codebook) -> str:
    """Return the codes as CSV with our ten columns; `lost_in_csv` says what it cannot hold."""
    return write_cells([COLUMNS, *(_written(code) for code in codebook.codes)])


def lost_in_csv(codebook: Codebook) -> tuple[str, ...]:
    """Return in words what of a codebook a CSV file does not keep."""
    parts = {
        "the rules": codebook.rules,
        "the boundary notes": codebook.boundary_notes,
        "the coding attributes": codebook.attributes,
        "the crosswalks": codebook.crosswalks,
        "the codebook's note": codebook.note,
        "the notes on codes": any(code.note for code in codebook.codes),
        "the colours": any(code.colour for code in codebook.codes),
    }
    return tuple(words for words, part in parts.items() if part)


def _header(text: str, name: str) -> tuple[Record, tuple[str, ...], str]:
    first = next((line for line in text.removeprefix("\ufeff").splitlines() if line.strip()), "")
    delimiter = delimiter_of(first)
    header = next(read_records(text, name=name, delimiter=delimiter), None)
    if header is None:
        raise CodebookFileError(name, "expected a header, found an empty file", (1, 1))
    columns = tuple(_column(cell) for cell in header.cells)
    for number, column in enumerate(columns, start=1):
        if column not in COLUMNS and not column.startswith(_COUNTS):
            known = ", ".join(("code", *COLUMNS))
            problem = f"expected one of the columns {known}, found {quoted(column)}"
            raise CodebookFileError(name, problem, (header.line, number))
        if column in columns[: number - 1]:
            problem = f"expected each column once, found {quoted(column)} again"
            raise CodebookFileError(name, problem, (header.line, number))
    if not {"id", "name"} & set(columns):
        raise CodebookFileError(name, "expected a column code, id or name, found none", (header.line, 1))
    return header, columns, delimiter


def _column(cell: str) -> str:
    plain = cell.strip().casefold().replace(" ", "_")
    plain = plain.replace("_", " ") if plain.startswith(_COUNTS.replace(" ", "_")) else plain
    return _SYNONYMS.get(plain, plain)


def _cells(record: Record, columns: Sequence[str], name: str) -> dict[str, str]:
    if len(record.cells) > len(columns):
        problem = f"expected {len(columns)} fields, found {len(record.cells)}"
        raise CodebookFileError(name, problem, (record.line, len(columns) + 1))
    cells = dict(zip(columns, record.cells, strict=False))
    return {column: unguard(cell) for column, cell in cells.items()} if columns == COLUMNS else cells


def _codes(rows: Sequence[Mapping[str, str]]) -> Iterator[Code]:
    ids = _ids(rows)
    by_name = {fold(cells.get("name", "")): code_id for cells, code_id in zip(rows, ids, strict=True)}
    kinds = {code_id: cells.get("kind", "") for cells, code_id in zip(rows, ids, strict=True)}
    for code_id, cells in zip(ids, rows, strict=True):
        parent = cells.get("parent") or None
        if parent is not None and parent not in kinds:
            parent = by_name.get(fold(parent), parent)
        yield Code(
            id=code_id,
            name=cells.get("name") or code_id,
            parent=parent,
            kind=cells.get("kind") or kinds.get(parent or "") or "other",
            definition=cells.get("definition", ""),
            status=cells.get("status") or "active",
            include=_items(cells.get("include", "")),
            exclude=_items(cells.get("exclude", "")),
            key_phrases=_items(cells.get("key_phrases", "")),
            examples=_items(cells.get("examples", "")),
        )


def _ids(rows: Sequence[Mapping[str, str]]) -> list[str]:
    taken: set[str] = set()
    ids = []
    for cells in rows:
        ids.append(cells.get("id") or free_id(cells.get("name", ""), cells.get("parent") or None, taken))
        taken.add(ids[-1])
    return ids


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split("\n" if "\n" in cell else ";") if item.strip())


def _written(code: Code) -> tuple[str, ...]:
    texts = (code.id, code.name, code.parent or "", code.kind, code.definition)
    return (*texts, *(_joined(getattr(code, column)) for column in _LISTS), code.status)


def _joined(items: Sequence[str]) -> str:
    """Return items one a line; a lone item with a semicolon gets a line end, lest it be taken for two."""
    lines = [" ".join(item.split()) for item in items]
    return f"{lines[0]}\n" if len(lines) == 1 and ";" in lines[0] else "\n".join(lines)
