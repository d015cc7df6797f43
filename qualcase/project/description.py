"""What is known of a file: from the metadata CSV, the command line, the file, its name and its properties."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcase.model.errors import InputError
from qualcase.model.source import SOURCE_KINDS
from qualcase.project.file_names import is_date, read_name
from qualcase.project.metadata_csv import KNOWN, read_minutes
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from qualcase.model.source import DocumentText
    from qualcase.project.file_names import NameFacts
    from qualcase.project.importing import ImportOptions

_INFORMANTS = ("informant", "interviewee", "participant", "respondent")
_PLACES = ("place", "location", "venue")
_MINUTES = ("minutes", "duration", "length")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}:\d{2}.*")
_CLOCK = re.compile(r"(\d{1,3}):(\d{2}):(\d{2})")
_SPELT = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?) ?(?:h|hours?|hrs?|std\.?|t)\b\.?,? ?)?"
    r"(?:(?P<minutes>\d+(?:\.\d+)?) ?(?:m|min|mins|minutes?|minuten|minutter)\b\.?)?",
    re.IGNORECASE,
)
# The day on which the template of a library was made, not the document.
_NO_DAY = {"2013-12-23", "1601-01-01", "1970-01-01", "1899-12-30"}


@dataclass(frozen=True, slots=True)
class Facts:
    """A file's description, with the basis of each fact and what could not be used.

    `attribute_types` are of attributes whose whole column was seen; `bases` says where facts other than the
    date come from, where the user did not give them.
    """

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
    attribute_types: Mapping[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)


def describe(
    path: Path,
    document: DocumentText,
    options: ImportOptions,
    row: dict[str, str],
    types: Mapping[str, str] | None = None,
) -> Facts:
    """Return what is known of a file; a metadata row wins over options, these over the file, its name last.

    `types` are the types of the metadata's columns. The date on which a document was made comes after all.
    """
    own = {name.casefold(): value for name, value in document.metadata.items()}
    named = read_name(path.stem)
    warnings: list[str] = []
    bases: dict[str, str] = {}
    date, basis = _date(options, row, own, named, warnings)
    bounds = read_edtf(date) if date else None
    return Facts(
        title=row.get("title") or own.get("title") or path.stem,
        kind=_kind(document, options, row, own, named, bases),
        cases=_cases(row.get("case") or options.case or own.get("case", "")),
        date=date,
        earliest=bounds.earliest if bounds else None,
        latest=bounds.latest if bounds else None,
        date_basis=basis,
        informant=_informant(options, row, own, named, bases),
        minutes=_minutes(options, row, own, bases, warnings),
        attributes=_attributes(row, own, named, bases),
        warnings=(*document.warnings, *warnings, *_from_name(named, bases)),
        attribute_types=types or {},
        bases=bases,
    )


def _cases(written: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in written.split(";") if name.strip())


def _kind(
    document: DocumentText,
    options: ImportOptions,
    row: dict[str, str],
    own: dict[str, str],
    named: NameFacts,
    bases: dict[str, str],
) -> str:
    if given := row.get("kind") or options.kind:
        return given
    written = (own.get("kind") or own.get("type") or "").replace(" ", "_").replace("-", "_").casefold()
    if written in SOURCE_KINDS:
        bases["kind"] = "file"
        return written
    if named.kind:
        bases["kind"] = "file name"
        return named.kind
    bases["kind"] = "its turns" if document.turns else "it has no turns"
    return "interview" if document.turns else "document"


def _date(
    options: ImportOptions, row: dict[str, str], own: dict[str, str], named: NameFacts, warnings: list[str]
) -> tuple[str | None, str | None]:
    if "date" in row:
        return row["date"], "metadata"
    if options.date:
        return options.date, "option"
    if written := own.get("date"):
        moment = _MOMENT.fullmatch(written)
        date = moment[1] if moment else written
        if is_date(date):
            return date, "file"
        warnings.append(f"the file's own date “{written}” cannot be read and was left out")
    if named.date:
        return named.date, "file name"
    made = own.get("created", "")[:10]
    if made and made not in _NO_DAY and is_date(made):
        warnings.append(
            f"the date {made} is from the document's properties: when it was written, not when it was said"
        )
        return made, "document properties"
    return None, None


def _informant(
    options: ImportOptions, row: dict[str, str], own: dict[str, str], named: NameFacts, bases: dict[str, str]
) -> str | None:
    if given := row.get("informant") or options.informant:
        return given
    written = next((own[name] for name in _INFORMANTS if own.get(name)), None)
    if found := written or named.informant:
        bases["informant"] = "file" if written else "file name"
        return found
    return None


def _attributes(
    row: dict[str, str], own: dict[str, str], named: NameFacts, bases: dict[str, str]
) -> dict[str, str]:
    given = {name: value for name, value in row.items() if name not in KNOWN}
    folded = {name.casefold() for name in given}
    place = next((own[name] for name in _PLACES if own.get(name)), None)
    found = {name: (value, "file name") for name, value in named.attributes.items()}
    if place:
        found["place"] = (place, "file")
    for name, (value, basis) in found.items():
        if name not in folded:
            given[name] = value
            bases[name] = basis
    return given


def _minutes(
    options: ImportOptions,
    row: dict[str, str],
    own: dict[str, str],
    bases: dict[str, str],
    warnings: list[str],
) -> float | None:
    if "minutes" in row:
        return read_minutes(row["minutes"], row["file"])
    written = next((own[name] for name in _MINUTES if own.get(name)), None)
    if options.minutes is not None or written is None:
        return options.minutes
    try:
        minutes = _spelt_minutes(written)
    except InputError as error:
        warnings.append(error.message)
        return None
    bases["minutes"] = "file"
    return minutes


def _spelt_minutes(written: str) -> float:
    """Return 45, 45 min, 1 h 5 min or 1:05:00 as minutes; InputError where it is none of these."""
    written = written.strip()
    if clock := _CLOCK.fullmatch(written):
        hours, minutes, seconds = map(int, clock.groups())
        return hours * 60 + minutes + seconds / 60
    spelt = _SPELT.fullmatch(written)
    if spelt and written:
        return float(spelt["hours"] or 0) * 60 + float(spelt["minutes"] or 0)
    return read_minutes(written, "front matter")


def _from_name(named: NameFacts, bases: dict[str, str]) -> tuple[str, ...]:
    """Return a warning that says what was taken from the file's name, for the user to look over."""
    taken = [f"{name} {value}" for name, value in named.attributes.items() if bases.get(name) == "file name"]
    if bases.get("informant") == "file name":
        taken.insert(0, f"informant {named.informant}")
    return (f"taken from the file's name: {', '.join(taken)}",) if taken else ()
