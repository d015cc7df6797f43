"""What is known of a file: from the metadata CSV, the command line, the file itself, in that order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcase.model.errors import InputError
from qualcase.model.source import SOURCE_KINDS
from qualcase.project.metadata_csv import KNOWN, read_minutes
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.source import DocumentText
    from qualcase.project.importing import ImportOptions

_DATED_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2}|\d{4}-\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Facts:
    """A file's description, with the basis of its date and what could not be used."""

    title: str
    kind: str
    cases: tuple[str, ...]
    date: str | None
    earliest: str | None
    latest: str | None
    date_basis: str | None
    informant: str | None
    minutes: float | None
    attributes: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def describe(path: Path, document: DocumentText, options: ImportOptions, row: dict[str, str]) -> Facts:
    """Return what is known of a file; a metadata row wins over options, options over the file."""
    own = document.metadata
    warnings: list[str] = []
    date, basis = _date(path, options, row, own, warnings)
    bounds = read_edtf(date) if date else None
    return Facts(
        title=row.get("title") or own.get("title") or path.stem,
        kind=row.get("kind")
        or options.kind
        or _own_kind(own)
        or ("interview" if document.turns else "document"),
        cases=tuple(
            name.strip()
            for name in (row.get("case") or options.case or own.get("case", "")).split(";")
            if name.strip()
        ),
        date=date,
        earliest=bounds.earliest if bounds else None,
        latest=bounds.latest if bounds else None,
        date_basis=basis,
        informant=row.get("informant") or options.informant or own.get("informant"),
        minutes=_minutes(options, row, own, warnings),
        attributes={name: value for name, value in row.items() if name not in KNOWN},
        warnings=(*document.warnings, *warnings),
    )


def _own_kind(own: dict[str, str]) -> str | None:
    kind = own.get("kind", "").replace(" ", "_").casefold()
    return kind if kind in SOURCE_KINDS else None


def _date(
    path: Path, options: ImportOptions, row: dict[str, str], own: dict[str, str], warnings: list[str]
) -> tuple[str | None, str | None]:
    if "date" in row:
        return row["date"], "metadata"
    if options.date:
        return options.date, "option"
    if written := own.get("date"):
        if _readable(written):
            return written, "file"
        warnings.append(f"the file's own date “{written}” cannot be read and was left out")
    if (found := _DATED_NAME.search(path.stem)) and _readable(found[1]):
        return found[1], "file name"
    return None, None


def _readable(date: str) -> bool:
    try:
        read_edtf(date)
    except InputError:
        return False
    return True


def _minutes(
    options: ImportOptions, row: dict[str, str], own: dict[str, str], warnings: list[str]
) -> float | None:
    if "minutes" in row:
        return read_minutes(row["minutes"], row["file"])
    if options.minutes is not None or "minutes" not in own:
        return options.minutes
    try:
        return read_minutes(own["minutes"], "front matter")
    except InputError as error:
        warnings.append(error.message)
        return None
