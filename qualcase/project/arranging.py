"""Passages in groups, worked out on columns however many there are: by code, source, speaker and the like."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.time_dimensions import phases_of
from qualcase.coding.queries.spans import FAR
from qualcase.model.errors import UsageError
from qualcase.text.name_order import name_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from qualcase.coding.frame import CodedData

    Whole = NDArray[np.int64]

GROUPINGS = ("code", "source", "speaker", "case", "phase", "coder")
# What a group is called that has none of these.
_MISSING = {
    "code": "not coded",
    "source": "no source",
    "speaker": "speaker not reported",
    "case": "in no case",
    "phase": "outside the phases",
    "coder": "not coded by anybody",
}


def _none() -> Whole:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Columns:
    """Passages `[start, end)` as columns, ordered by source and place, and the codings behind them.

    `source` points into the data's sources. `pair_unit` (ordered) and the columns beside it have one element
    for each coding behind a passage: which passage, the positions of its code and coder, and its uid.
    `notes` are what passages without codings bear witness to.
    """

    source: Whole
    start: Whole
    end: Whole
    pair_unit: Whole = field(default_factory=_none)
    pair_code: Whole = field(default_factory=_none)
    pair_coder: Whole = field(default_factory=_none)
    pair_uid: NDArray[np.object_] = field(default_factory=lambda: np.empty(0, dtype=object))
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group: what it is called, the row where it begins, and how many rows it has."""

    label: str
    first: int
    count: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The rows in their order: for each its passage and its group's key; the groups that have any."""

    unit: Whole
    key: Whole
    groups: tuple[Group, ...]


def arrange(columns: Columns, by: str | None, data: CodedData) -> Arrangement:
    """Return passages in groups, each passage under every group that it belongs to; without `by` as they are.

    Raises UsageError for what passages cannot be grouped by.
    """
    if by is None:
        every = np.arange(len(columns.source), dtype=np.int64)
        return Arrangement(every, np.zeros(len(every), dtype=np.int64), ())
    if by not in GROUPINGS:
        raise UsageError(
            f"Passages cannot be grouped by “{by}”.", hint=f"Choose among {', '.join(GROUPINGS)}."
        )
    unit, key, labels = _MEMBERS[by](columns, data)
    there = np.zeros(len(columns.source), dtype=np.bool_)
    there[unit] = True
    missing = np.flatnonzero(~there)
    unit = np.concatenate((unit, missing))
    key = np.concatenate((key, np.full(len(missing), len(labels), dtype=np.int64)))
    order = np.lexsort((unit, key))
    unit, key = unit[order], key[order]
    present, first, count = np.unique(key, return_index=True, return_counts=True)
    names = (*labels, _MISSING[by])
    groups = tuple(
        Group(names[number], begin, many)
        for number, begin, many in zip(present.tolist(), first.tolist(), count.tolist(), strict=True)
    )
    return Arrangement(unit, key, groups)


def speakers_of(data: CodedData, columns: Columns) -> Whole:
    """Return whose label each passage bears, −1 where nobody is named or several are heard."""
    turns = data.turns
    if not len(turns.start):
        return np.full(len(columns.source), -1, dtype=np.int64)
    place, begin = turns.source * FAR, columns.source * FAR
    first = np.searchsorted(place + turns.end, begin + columns.start, side="right")
    after = np.searchsorted(place + turns.start, begin + columns.end, side="left")
    changes = np.concatenate(([0], np.cumsum(turns.speaker[1:] != turns.speaker[:-1])))
    one, last = np.minimum(first, len(changes) - 1), np.maximum(after - 1, 0)
    alone = (after > first) & (changes[one] == changes[np.minimum(last, len(changes) - 1)])
    return np.where(alone, turns.speaker[one], -1)


Members = tuple["Whole", "Whole", tuple[str, ...]]


def _by_code(columns: Columns, data: CodedData) -> Members:
    unit, key = _each_once(columns.pair_unit, columns.pair_code)
    return unit, key, tuple(f"{code.id} {code.name}" for code in data.codes)


def _by_coder(columns: Columns, data: CodedData) -> Members:
    order = _alphabetically(data.coders)
    unit, key = _each_once(columns.pair_unit, columns.pair_coder)
    return unit, _rank(order)[key], tuple(data.coders[place] for place in order)


def _by_speaker(columns: Columns, data: CodedData) -> Members:
    speaker, order = speakers_of(data, columns), _alphabetically(data.speakers)
    named = np.flatnonzero(speaker >= 0)
    return named, _rank(order)[speaker[named]], tuple(data.speakers[place] for place in order)


def _by_source(columns: Columns, data: CodedData) -> Members:
    every = np.arange(len(columns.source), dtype=np.int64)
    labels = tuple(f"{source.handle} {source.title or source.name}" for source in data.sources)
    return every, columns.source, labels


def _by_case(columns: Columns, data: CodedData) -> Members:
    names = sorted({name for source in data.sources for name in source.cases}, key=name_order)
    return _spread(columns, [source.cases for source in data.sources], names, names)


def _by_phase(columns: Columns, data: CodedData) -> Members:
    phases = data.chronology.phases
    within = [phases_of(data, source) for source in data.sources]
    labels = [f"{phase.id} {phase.name}" for phase in phases]
    return _spread(columns, within, [phase.id for phase in phases], labels)


def _spread(
    columns: Columns, values: Sequence[Sequence[str]], names: Sequence[str], labels: Sequence[str]
) -> Members:
    """Give each passage all values of its source."""
    place = {name: number for number, name in enumerate(names)}
    counts = np.array([len(of_source) for of_source in values], dtype=np.int64)
    flat = np.array([place[name] for of_source in values for name in of_source], dtype=np.int64)
    if not len(flat):
        return _none(), _none(), tuple(labels)
    begins = np.cumsum(counts) - counts
    each = counts[columns.source]
    unit = np.repeat(np.arange(len(each)), each)
    steps = np.arange(len(unit)) - np.repeat(np.cumsum(each) - each, each)
    return unit, flat[begins[columns.source][unit] + steps], tuple(labels)


_MEMBERS: dict[str, Callable[[Columns, CodedData], Members]] = {
    "code": _by_code,
    "source": _by_source,
    "speaker": _by_speaker,
    "case": _by_case,
    "phase": _by_phase,
    "coder": _by_coder,
}


def _each_once(unit: Whole, key: Whole) -> tuple[Whole, Whole]:
    if not len(unit):
        return _none(), _none()
    width = int(key.max()) + 1
    both = np.unique(unit * width + key)
    return both // width, both % width


def _alphabetically(names: Sequence[str]) -> list[int]:
    return sorted(range(len(names)), key=lambda place: (name_order(names[place]), names[place]))


def _rank(order: Sequence[int]) -> Whole:
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[list(order)] = np.arange(len(order))
    return ranks
