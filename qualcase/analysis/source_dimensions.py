"""Dimensions by where the material was collected: case, source and kind of source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.dimensions import COLLECTED, Dimension, DimensionSpec, Member, by_source, reach_of
from qualcase.analysis.relations import Pairs, pairs_of
from qualcase.model.source import SOURCE_KINDS

if TYPE_CHECKING:
    from qualcase.analysis.units import Units
    from qualcase.coding.frame import CodedData


def kind_label(kind: str) -> str:
    """Return a kind of source as people write it."""
    return kind.replace("_", " ")


def kinds_present(data: CodedData) -> tuple[str, ...]:
    """Return the kinds of source that the data holds, in the order of the trade's own list."""
    present = {source.kind for source in data.sources}
    return tuple(kind for kind in SOURCE_KINDS if kind in present) + tuple(sorted(present - {*SOURCE_KINDS}))


def _source(data: CodedData, units: Units) -> Dimension:
    members = tuple(Member(source.handle, source.title or source.name) for source in data.sources)
    handles = [source.handle for source in data.sources]
    return by_source(data, units, "source", "source", handles, members=members)


def _source_kind(data: CodedData, units: Units) -> Dimension:
    members = tuple(Member(kind, kind_label(kind)) for kind in kinds_present(data))
    return by_source(
        data,
        units,
        "source_kind",
        "kind of source",
        [source.kind for source in data.sources],
        members=members,
    )


def _case(data: CodedData, units: Units) -> Dimension:
    members = tuple(Member(case, case) for case in data.cases)
    place = {case: position for position, case in enumerate(data.cases)}
    of_source = pairs_of(
        (source, place[case])
        for source, one in enumerate(data.sources)
        for case in one.cases
        if case in place
    )
    if units.kind == "events":
        cases = [[case for case in source.cases if case in place] for source in data.sources]
        return by_source(data, units, "case", "case", cases, members=members)
    items = Pairs(data.codings.case_coding, data.codings.case_case).distinct()
    # A case may have come in through a speaker or a turn, so that its source does not name it.
    through = Pairs(data.codings.source[items.left], items.right).distinct()
    known = Pairs(
        np.concatenate([of_source.left, through.left]), np.concatenate([of_source.right, through.right])
    )
    return Dimension("case", "case", members, items, COLLECTED, reach_of(data, known, len(members)))


DIMENSIONS = (
    DimensionSpec("source", _source),
    DimensionSpec("source_kind", _source_kind),
    DimensionSpec("case", _case),
)
