"""The metadata CSV: what a team wrote down about its files, one row a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.errors import InputError
from qualcase.model.source import SOURCE_KINDS
from qualcase.project.attribute_types import infer_type
from qualcase.readers.encodings import decode
from qualcase.readers.reader import RawFile
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KNOWN = ("file", "date", "kind", "case", "informant", "minutes", "title")
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """The rows by file: a path relative to the CSV, or a bare file name."""

    folder: Path
    rows: dict[str, dict[str, str]]

    def row_for(self, path: Path) -> dict[str, str]:
        """Return what the CSV says of a file, by its path first and its name second; {} if nothing."""
        return self.rows.get(self._key(path), {})

    def types(self) -> dict[str, str]:
        """Return the type of each column that is an attribute, told by all its values."""
        names = dict.fromkeys(name for row in self.rows.values() for name in row if name not in KNOWN)
        return {name: infer_type(row.get(name, "") for row in self.rows.values()) for name in names}

    def unused(self, files: Iterable[Path]) -> list[str]:
        """Return the files that the CSV names and that are not among these."""
        used = {self._key(path) for path in files}
        return [name for name in self.rows if name not in used]

    def refuse_doubtful(self, files: Iterable[Path]) -> None:
        """Raise InputError where a bare name in the CSV could mean more than one of these files."""
        by_row: dict[str, list[Path]] = {}
        for path in files:
            by_row.setdefault(self._key(path), []).append(path)
        for name, paths in by_row.items():
            if name in self.rows and len(paths) > 1:
                shown = ", ".join(str(path) for path in paths[:4])
                raise InputError(
                    f"The metadata CSV names {name}, which could be {len(paths)} files: {shown}.",
                    hint="Give the path of each, from the folder of the CSV.",
                )

    def _key(self, path: Path) -> str:
        resolved = path.resolve()
        if resolved.is_relative_to(self.folder):
            relative = resolved.relative_to(self.folder).as_posix()
            if relative in self.rows or self._beside(path.name):
                return relative
        return path.name

    def _beside(self, name: str) -> bool:
        # A bare name that is also a path names the file beside the CSV, and none like it in a folder below.
        return name in self.rows and (self.folder / name).exists()


def read_metadata(path: Path) -> Metadata:
    """Return the metadata in a CSV; InputError names the line and what is wrong in it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"The metadata CSV {path} cannot be read: {error.strerror}.") from None
    if len(data) > _MOST_BYTES:
        raise InputError(f"The metadata CSV {path.name} is larger than 20 MB.")
    try:
        text = decode(RawFile(path.name, data)).text
        dialect = _dialect(text)
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=dialect, strict=True))
    except csv.Error as error:
        raise InputError(f"The metadata CSV {path.name} is not a table: {error}.") from None
    header = [name.strip() for name in table[0]] if table else []
    names = [name.casefold() if name.casefold() in KNOWN else name for name in header]
    if "file" not in names:
        raise InputError(
            f"The metadata CSV {path.name} has no column “file”.",
            hint=f"Its first line needs: {', '.join(KNOWN)}.",
        )
    if len(set(names)) < len(names):
        raise InputError(f"The metadata CSV {path.name} has a column twice.")
    rows = {}
    for number, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(path, number, names, cells)
        if row["file"] in rows:
            raise InputError(f"{path.name}, line {number}: “{row['file']}” stands there twice.")
        rows[row["file"]] = row
    return Metadata(path.resolve().parent, rows)


def _dialect(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _row(path: Path, number: int, names: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) > len(names):
        raise InputError(f"{path.name}, line {number}: {len(cells)} cells under {len(names)} columns.")
    row = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()}
    where = f"{path.name}, line {number}"
    if "file" not in row:
        raise InputError(f"{where}: no file is named.")
    row["file"] = row["file"].replace("\\", "/").removeprefix("./")
    if (kind := row.get("kind")) is not None and kind not in SOURCE_KINDS:
        raise InputError(
            f"{where}: “{kind}” is not a kind of source.", hint=f"Use one of {', '.join(SOURCE_KINDS)}."
        )
    if "date" in row:
        _check_date(row["date"], where)
    if "minutes" in row:
        read_minutes(row["minutes"], where)
    return row


def _check_date(date: str, where: str) -> None:
    try:
        read_edtf(date)
    except InputError as error:
        raise InputError(f"{where}: {error.message}", hint=error.hint) from None


def read_minutes(text: str, where: str) -> float:
    """Return a number of minutes; InputError where it is none."""
    try:
        minutes = float(text)
    except ValueError:
        minutes = -1.0
    if not 0 <= minutes < float("inf"):
        raise InputError(f"{where}: “{text}” is not a number of minutes.")
    return minutes
