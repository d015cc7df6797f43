"""The data-source table: what was collected, from whom, over what time, and what nobody recorded."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.duration import TIMELESS, duration_text, method_line, minutes_known
from qualcase.analysis.event_cells import text_cell
from qualcase.analysis.manifest import manifest_of
from qualcase.analysis.measures import nothing_found
from qualcase.analysis.registry import DisplaySpec
from qualcase.analysis.source_dimensions import kind_label, kinds_present
from qualcase.analysis.tables import TOTAL
from qualcase.model.display import Cell, Column, Display, Row, not_reported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.coding.frame import CodedData
    from qualcase.model.source import Source

COLUMNS = (
    Column("n", "n", numeric=True), Column("informants", "distinct informants", numeric=True),
    Column("minutes", "duration recorded", numeric=True),
    Column("unrecorded", "duration not recorded", numeric=True), Column("span", "span"),
    Column("coded", "coded", numeric=True),
)  # fmt: skip
_UNCERTAIN = frozenset("?~%")


def data_sources(data: CodedData) -> Display:
    """Return the kinds of source with number, informants, minutes, span and use; the total comes last.

    Minutes are None, and not 0, where no source of a kind has any recorded. The notes are the lines of a
    method section.
    """
    groups = [(kind, kind_label(kind)) for kind in kinds_present(data)]
    rows = [
        Row(kind, label, _cells(data, [source for source in data.sources if source.kind == kind]))
        for kind, label in groups
    ]
    rows.append(Row(TOTAL, "total", _cells(data, data.sources)))
    return Display(
        display="data-sources",
        title="Data sources",
        manifest=manifest_of(data),
        columns=COLUMNS,
        rows=tuple(rows),
        notes=_notes(data),
        row_label="kind of source",
    )


def span_of(sources: Sequence[Source]) -> str | None:
    """Return the time that dated sources span, in EDTF, as exact as its two ends; None without any."""
    dated = [(source.earliest, source.latest, source.date) for source in sources if source.date]
    starts = sorted((first, date) for first, _, date in dated if first)
    ends = sorted((last, date) for _, last, date in dated if last)
    if not starts or not ends:
        return None
    start = _plain(starts[0][1].partition("/")[0])
    end = _plain(ends[-1][1].rpartition("/")[2])
    return start if start == end else f"{start}/{end}"


def uncertain(sources: Sequence[Source]) -> list[str]:
    """Return the handles of the sources whose date is marked as uncertain or approximate."""
    return [source.handle for source in sources if source.date and not _UNCERTAIN.isdisjoint(source.date)]


def _plain(date: str) -> str:
    return "".join(character for character in date if character not in _UNCERTAIN)


def _cells(data: CodedData, sources: Sequence[Source]) -> tuple[Cell, ...]:
    handles = tuple(source.handle for source in sources)
    informants = {source.informant for source in sources if source.informant}
    coded = set(np.flatnonzero(np.bincount(data.codings.source, minlength=len(data.sources))).tolist())
    used = [s.handle for place, s in enumerate(data.sources) if place in coded and s.handle in set(handles)]
    missing = tuple(s.handle for s in sources if s.minutes is None and s.kind not in TIMELESS)
    return (
        Cell(len(sources), str(len(sources)), handles),
        Cell(len(informants), str(len(informants)), handles) if informants else not_reported(),
        _minutes_cell(sources, handles),
        Cell(len(missing), str(len(missing)), missing) if missing else nothing_found(len(sources), "source"),
        text_cell(span_of(sources), handles),
        Cell(len(used), f"{len(used)} of {len(sources)}", tuple(used))
        if used
        else nothing_found(len(sources), "source"),
    )


def _minutes_cell(sources: Sequence[Source], handles: tuple[str, ...]) -> Cell:
    known = minutes_known(sources)
    return not_reported() if known is None else Cell(known, duration_text(sources), handles)


def _notes(data: CodedData) -> tuple[str, ...]:
    kinds = kinds_present(data)
    notes = [method_line(kind, [one for one in data.sources if one.kind == kind]) for kind in kinds]
    times = Counter(source.informant for source in data.sources if source.informant)
    if times:
        repeated = ", ".join(f"{who} {_times(n)}" for who, n in sorted(times.items()) if n > 1)
        notes.append(f"Distinct informants: {len(times)}" + (f" ({repeated})" if repeated else ""))
    span = span_of(data.sources)
    undated = [source.handle for source in data.sources if not source.date]
    notes.append(f"Span: {span or 'not reported'}" + (f"; undated: {', '.join(undated)}" if undated else ""))
    doubtful = uncertain(data.sources)
    if doubtful:
        notes.append(f"Date uncertain: {', '.join(doubtful)}")
    if len(data.coders) <= 1:
        notes.append("Coding: single coder; intercoder agreement not computed")
    return tuple(notes)


def _times(number: int) -> str:
    return {2: "twice"}.get(number, f"{number} times")


DISPLAY = DisplaySpec(
    name="data-sources",
    title="Data sources",
    question="What was collected, from whom and when, and what about it was not recorded?",
    build=data_sources,
)
