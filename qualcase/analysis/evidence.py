"""The evidence for each process: code by code, the words, their source, date and voice; and what is empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.code_dimensions import RETIRED, code_pairs, process_ids
from qualcase.analysis.dates import date_text, in_time_order
from qualcase.analysis.errors import BadParameterError
from qualcase.analysis.event_cells import VALENCE_WORDS, sources_by_event, text_cell, where
from qualcase.analysis.manifest import manifest_of
from qualcase.analysis.measures import searched_in_vain
from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.relations import positions_in_order
from qualcase.analysis.tables import unread_note
from qualcase.analysis.units import quote_of, strongest, units_of
from qualcase.coding.frame import VALENCE_MARKS
from qualcase.model.display import Cell, Column, Display, Row
from qualcase.model.event import EventDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.analysis.units import Units
    from qualcase.coding.frame import CodedData
    from qualcase.model.code import Code

COLUMNS = (
    Column("process", "process"), Column("code", "code"), Column("quote", "quotation"),
    Column("source", "source"), Column("date", "date"), Column("voice", "voice"),
    Column("valence", "valence"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Proof:
    """What one quotation shows beside its words."""

    source: str | None
    date: str | None
    voice: str | None
    valence: str | None


def evidence(data: CodedData, of: str = "", limit: str = "12") -> Display:
    """Return for each code of each process its quotations, the strongest first (events in time order).

    `of` is codings or events; without it codings, or events where nothing is coded. `limit` is how many
    quotations a code shows at most (0: all); a note says of how many. A code that nothing was found for
    keeps a row that says how much was searched.
    """
    units = units_of(data, of or ("codings" if data.codings.uid else "events"))
    most = _whole_number(limit)
    by_code = _positions_by_code(data, units)
    process = process_ids(data)
    rows: list[Row] = []
    notes: list[str] = []
    for place, code in enumerate(data.codes):
        top = process.get(code.id)
        found = by_code.get(place, [])
        if top is None or (not found and (code.status == RETIRED or top == code.id)):
            continue
        shown = _ordered(data, units, found)[: most or None]
        if len(shown) < len(found):
            notes.append(f"{code.id}: {len(shown)} of {len(found)} quotations.")
        rows.extend(_rows(data, units, top, code, shown))
    return Display(
        display="evidence",
        title="Evidence by process and code",
        manifest=manifest_of(data, of=units.kind, limit=limit),
        columns=COLUMNS,
        rows=tuple(rows),
        notes=(*notes, *(unread_note(data) if units.kind == "codings" else ())),
        row_label="evidence",
    )


def _whole_number(text: str) -> int:
    if not text.isdecimal():
        message = f"The limit must be a whole number, not “{text}”."
        raise BadParameterError(message, hint="0 shows all.")
    return int(text)


def _positions_by_code(data: CodedData, units: Units) -> dict[int, list[int]]:
    pairs = code_pairs(data, units)
    order = positions_in_order(pairs.right)
    codes, starts = np.unique(pairs.right[order], return_index=True)
    groups = np.split(pairs.left[order], starts[1:])
    return {int(code): group.tolist() for code, group in zip(codes, groups, strict=False)}


def _ordered(data: CodedData, units: Units, positions: list[int]) -> list[int]:
    if units.kind == "codings":
        return strongest(data, units.kind, positions)
    place = {data.chronology.events[position].id: position for position in positions}
    return [place[event.id] for event in in_time_order(data.chronology.events[p] for p in positions)]


def _rows(data: CodedData, units: Units, process: str, code: Code, positions: list[int]) -> Iterator[Row]:
    if not positions:
        empty = searched_in_vain(data, units)
        rest = tuple(text_cell(None, (), missing="not applicable") for _ in range(4))
        yield Row(code.id, code.name, (Cell(process, process), Cell(code.id, code.id), empty, *rest))
    for position in positions:
        own = (units.ids[position],)
        quote = quote_of(data, units.kind, position)
        proof = (
            _proof_of_coding(data, position) if units.kind == "codings" else _proof_of_event(data, position)
        )
        cells = (
            Cell(process, process, own),
            Cell(code.id, code.id, own),
            Cell(quote, f"“{quote}”", own),
            text_cell(proof.source, own),
            text_cell(proof.date, own, missing="undated"),
            text_cell(proof.voice, own),
            text_cell(proof.valence, own),
        )
        yield Row(f"{code.id}/{own[0]}", code.name, cells)


def _proof_of_coding(data: CodedData, position: int) -> _Proof:
    columns = data.codings
    source = data.sources[int(columns.source[position])]
    date = EventDate(source.date, source.earliest, source.latest, source.date_basis)
    voice = int(columns.voice[position])
    mark = VALENCE_MARKS[int(columns.valence[position])]
    span = f"{source.handle} {int(columns.start[position])}:{int(columns.end[position])}"
    known = source.date or source.earliest or source.latest
    return _Proof(
        source=span,
        date=date_text(date) if known else None,
        voice=data.voices[voice] if voice >= 0 else None,
        valence=VALENCE_WORDS.get(mark),
    )


def _proof_of_event(data: CodedData, position: int) -> _Proof:
    event = data.chronology.events[position]
    place = where(event, sources_by_event(data)[event.id]).strip(" ()")
    return _Proof(
        source=place or None,
        date=date_text(event.date),
        voice=event.voice,
        valence=VALENCE_WORDS.get(event.valence or ""),
    )


DISPLAY = DisplaySpec(
    name="evidence",
    title="Evidence by process and code",
    question="On which words does each process rest, and for which of its codes was nothing found?",
    build=evidence,
)
