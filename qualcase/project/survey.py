"""A survey: one respondent a row, the words in one column, and the rest attributes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from qualcase.model.errors import InputError
from qualcase.model.source import SOURCE_KINDS, DocumentText
from qualcase.project.attribute_types import infer_type
from qualcase.project.file_names import is_date
from qualcase.project.metadata_csv import KNOWN
from qualcase.readers.prose import structure_prose
from qualcase.readers.rows import cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.rows import Table

_IDS = (
    "id", "respondent", "respondent id", "respondent_id", "respondentid", "response id", "response_id",
    "responseid", "participant", "participant id", "participant_id", "code", "nr", "no", "number", "#",
)  # fmt: skip
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Respondent:
    """One row: what it says, what is known of who said it, and the row itself as bytes with its hash.

    `facts` are what a metadata CSV would say of a file (date, case, informant …) and the attributes; `name`
    is that of the row's source.
    """

    number: int
    name: str
    handle: str
    document: DocumentText
    facts: dict[str, str]
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The respondents who answered, the rows whose answer is empty, and the types of the attributes."""

    respondents: tuple[Respondent, ...]
    silent: tuple[int, ...]
    types: dict[str, str]


def read_survey(name: str, tables: Sequence[Table], column: str, speakers: str | None = None) -> Survey:
    """Return the respondents of a table whose column `column` holds their words.

    Each has a handle from a column of ids that are unique, else from the number of its row (R2, R3 …).
    InputError where there is no such column.
    """
    table, place = _find_column(name, tables, column)
    headings = [heading.strip() for heading in table.rows[0]]
    rows = list(zip(table.rows[1:], table.numbers[1:], strict=True))
    ids = _id_column(headings, [row for row, _ in rows], place)
    words = {number: cell(row, place).strip() for row, number in rows}
    respondents = [
        _respondent(name, table, row, number, (place, ids), speakers) for row, number in rows if words[number]
    ]
    silent = tuple(number for number in words if not words[number])
    if not respondents:
        raise InputError(f"In {name} the column “{column}” is empty in every row.")
    types = {
        heading: infer_type(cell(row, at) for row, _ in rows)
        for at, heading in enumerate(headings)
        if heading
    }
    return Survey(tuple(respondents), silent, types)


def _respondent(
    name: str,
    table: Table,
    row: Sequence[str],
    number: int,
    columns: tuple[int, int | None],
    speakers: str | None,
) -> Respondent:
    place, ids = columns
    headings = [heading.strip() for heading in table.rows[0]]
    words, own = cell(row, place).strip(), cell(row, ids).strip()
    known = {
        heading: cell(row, at).strip()
        for at, heading in enumerate(headings)
        if heading and at not in (place, ids) and cell(row, at).strip()
    }
    data = json.dumps([table.title, headings, list(row), number], ensure_ascii=False).encode()
    structure = structure_prose(words, speakers or "none")
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    return Respondent(
        number=number,
        name=f"{name}#{number}",
        handle=own if own and not own.isdecimal() else f"R{number}",
        document=DocumentText(
            words, suffix, "utf-8", structure.turns, structure.blocks, warnings=structure.warnings
        ),
        facts=_facts(name, own or f"row {number}", own, known),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _find_column(name: str, tables: Sequence[Table], column: str) -> tuple[Table, int]:
    wanted = column.strip().casefold()
    for table in tables:
        headings = [heading.strip().casefold() for heading in table.rows[0]]
        if wanted in headings:
            return table, headings.index(wanted)
    there = [heading.strip() for table in tables for heading in table.rows[0] if heading.strip()]
    shown = ", ".join(there[:_SHOWN]) + (", …" if len(there) > _SHOWN else "")
    hint = f"Its columns: {shown}." if there else None
    raise InputError(f"{name} has no column “{column}”.", hint=hint)


def _id_column(headings: Sequence[str], rows: Sequence[Sequence[str]], place: int) -> int | None:
    """Return the column of ids: one of the usual names, filled in every row, and no value twice."""
    folded = [heading.casefold() for heading in headings]
    for wanted in _IDS:
        if wanted in folded and folded.index(wanted) != place:
            values = [cell(row, folded.index(wanted)).strip().casefold() for row in rows]
            if all(values) and len(set(values)) == len(values):
                return folded.index(wanted)
    return None


def _facts(name: str, label: str, own: str, known: dict[str, str]) -> dict[str, str]:
    """Return what a row says of its respondent; a column such as date counts where it can be read as one."""
    facts = {"file": name, "title": f"{PurePath(name).stem}, {label}", "kind": "survey"}
    if own:
        facts["informant"] = own
    for heading, value in known.items():
        usual = heading.casefold()
        if usual in KNOWN and usual != "file" and _is_usable(usual, value):
            facts[usual] = value
        elif usual in KNOWN:
            facts[f"{heading} (as written)"] = value
        else:
            facts[heading] = value
    return facts


def _is_usable(usual: str, value: str) -> bool:
    if usual == "date":
        return is_date(value)
    if usual == "minutes":
        return value.replace(".", "", 1).isdecimal()
    return usual != "kind" or value in SOURCE_KINDS
