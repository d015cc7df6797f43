"""Dimensions that are found by reading: code, process, outcome and valence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.dimensions import Dimension, DimensionSpec, Member
from qualcase.analysis.relations import Pairs, pairs_of, pairs_where
from qualcase.codebook.tree import depths, processes
from qualcase.coding.frame import VALENCE_MARKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcase.analysis.units import Units
    from qualcase.coding.frame import CodedData, Positions
    from qualcase.model.code import Code

OUTCOME = "outcome"
RETIRED = "retired"
_VALENCE_LABELS = {"+": "favourable (+)", "-": "adverse (−)", "0": "neutral or mixed (0)"}


def code_pairs(data: CodedData, units: Units) -> Pairs:
    """Return the pairs (unit, position of its code), each once."""
    if units.kind == "codings":
        return pairs_where(data.codings.code)
    place = {code.id: position for position, code in enumerate(data.codes)}
    return pairs_of(
        (event, place[code])
        for event, one in enumerate(data.chronology.events)
        for code in dict.fromkeys(one.codes)
        if code in place
    )


def process_ids(data: CodedData) -> dict[str, str | None]:
    """Return for each code id the id of its top-level ancestor where that is a process, else None."""
    return {code: process for book in data.codebooks for code, process in processes(book).items()}


def code_members(data: CodedData, kept: Mapping[int, Code]) -> tuple[Member, ...]:
    """Return codes as members, as deep as they lie in their trees."""
    deep = {code: depth for book in data.codebooks for code, depth in depths(book).items()}
    return tuple(Member(code.id, code.name, deep.get(code.id, 0)) for code in kept.values())


def _code(data: CodedData, units: Units) -> Dimension:
    pairs = code_pairs(data, units)
    used = np.isin(np.arange(len(data.codes)), pairs.right)
    kept = {place: code for place, code in enumerate(data.codes) if used[place] or code.status != RETIRED}
    notes = [
        "A passage or an event counts at the code it carries; a code's row leaves out the codes below it."
    ]
    unknown = _unknown_codes(data, units)
    if unknown:
        notes.append(f"In no codebook, and left out: {', '.join(unknown)}.")
    return Dimension("code", "code", code_members(data, kept), _among(pairs, kept), notes=tuple(notes))


def _unknown_codes(data: CodedData, units: Units) -> list[str]:
    if units.kind == "codings":
        return []
    known = {code.id for code in data.codes}
    return sorted({code for event in data.chronology.events for code in event.codes} - known)


def _process(data: CodedData, units: Units) -> Dimension:
    process = process_ids(data)
    tops = [code for code in data.codes if process.get(code.id) == code.id]
    place = {code.id: position for position, code in enumerate(tops)}
    top = np.array([place.get(process.get(code.id) or "", -1) for code in data.codes], dtype=np.int64)
    pairs = code_pairs(data, units)
    inside = top[pairs.right] >= 0 if len(pairs.right) else np.zeros(0, dtype=np.bool_)
    items = Pairs(pairs.left[inside], top[pairs.right[inside]]).distinct()
    members = tuple(Member(code.id, code.name) for code in tops)
    note = "A process counts what carries it or any code below it, each passage or event once."
    return Dimension("process", "process", members, items, notes=(note,))


def _outcome(data: CodedData, units: Units) -> Dimension:
    pairs = code_pairs(data, units)
    parents = {code.parent for code in data.codes}
    used = set(pairs.right.tolist())
    kept = {
        place: code
        for place, code in enumerate(data.codes)
        if code.kind == OUTCOME and (place in used or (code.id not in parents and code.status != RETIRED))
    }
    members = tuple(Member(code.id, code.name) for code in kept.values())
    return Dimension("outcome", "outcome", members, _among(pairs, kept))


def _valence(data: CodedData, units: Units) -> Dimension:
    marks = [mark for mark in VALENCE_MARKS if mark]
    members = tuple(Member(mark, _VALENCE_LABELS[mark]) for mark in marks)
    if units.kind == "codings":
        given = data.codings.valence - 1
    else:
        events = data.chronology.events
        given = np.array(
            [marks.index(e.valence) if e.valence in marks else -1 for e in events], dtype=np.int64
        )
    return Dimension("valence", "valence", members, pairs_where(given))


def _among(pairs: Pairs, kept: Mapping[int, Code]) -> Pairs:
    """Return the pairs of the kept codes, their positions counted among those."""
    place = _places(kept, int(pairs.right.max()) + 1 if len(pairs.right) else 0)
    inside = place[pairs.right] >= 0
    return Pairs(pairs.left[inside], place[pairs.right[inside]])


def _places(kept: Mapping[int, Code], size: int) -> Positions:
    place = np.full(max(size, 1 + max(kept, default=0)), -1, dtype=np.int64)
    for position, old in enumerate(kept):
        place[old] = position
    return place


DIMENSIONS = (
    DimensionSpec("code", _code),
    DimensionSpec("process", _process),
    DimensionSpec("outcome", _outcome),
    DimensionSpec("valence", _valence),
)
