"""What can stand along the side of a table, and which units belong to which of its members.

A module of this room that keeps `DIMENSIONS`, a tuple of DimensionSpec, adds those dimensions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcase.analysis.errors import BadParameterError, UnknownDimensionError
from qualcase.analysis.registry import module_values
from qualcase.analysis.relations import pairs_of, pairs_where

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from qualcase.analysis.relations import Pairs
    from qualcase.analysis.units import Units
    from qualcase.coding.frame import CodedData

FOUND, DATED, COLLECTED = 0, 1, 2
"""How a unit comes to a member: found by reading it, placed in time, or by where it was collected."""


@dataclass(frozen=True, slots=True)
class Member:
    """One row or column: the dimension's own id, a label, and its depth in a tree."""

    id: str
    label: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Dimension:
    """The members in order, and the pairs (unit, member) of the many-to-many between units and them.

    `reach` has the characters searched, members × sources, where a member can only be met in part of
    the material; None where it could have been met anywhere. `rank` is FOUND, DATED or COLLECTED.
    """

    name: str
    label: str
    members: tuple[Member, ...]
    items: Pairs
    rank: int = FOUND
    reach: NDArray[np.int64] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DimensionSpec:
    """A dimension by its name, and what makes it for given units; `of` are the units that have it."""

    name: str
    make: Callable[[CodedData, Units], Dimension]
    of: tuple[str, ...] = ("codings", "events")


def dimensions() -> dict[str, DimensionSpec]:
    """Return every dimension that is the same in all projects, by its name."""
    return {spec.name: spec for specs in module_values("DIMENSIONS") for spec in specs}


def dimension(name: str, data: CodedData, units: Units) -> Dimension:
    """Return a dimension of the data by its name; any attribute of the sources is one too.

    Raises UnknownDimensionError, or BadParameterError where such units have no such dimension.
    """
    known = dimensions()
    if name not in known and name in data.attributes:
        return by_source(data, units, name, name, data.attributes[name])
    if name not in known:
        raise UnknownDimensionError(name, (*sorted(known), *sorted(data.attributes)))
    spec = known[name]
    if units.kind not in spec.of:
        message = f"There is no {name} to count {units.kind} by."
        raise BadParameterError(message, hint=f"Count {spec.of[0]} instead.")
    return spec.make(data, units)


def by_source(
    data: CodedData, units: Units, name: str, label: str, values: Sequence[str | Iterable[str] | None],
    *, members: tuple[Member, ...] | None = None, rank: int = COLLECTED, notes: tuple[str, ...] = (),
) -> Dimension:  # fmt: skip
    """Return a dimension that a unit has from its source.

    `values` gives each source's member ids (one, several or None). Members that are not given are the
    values themselves, in the order of their names.
    """
    listed = [(value,) if isinstance(value, str) else tuple(value or ()) for value in values]
    if members is None:
        members = tuple(Member(value, value) for value in sorted({one for some in listed for one in some}))
    place = {member.id: position for position, member in enumerate(members)}
    of_source = pairs_of((source, place[one]) for source, some in enumerate(listed) for one in some)
    items = pairs_where(units.source).then(of_source, len(data.sources))
    return Dimension(name, label, members, items, rank, reach_of(data, of_source, len(members)), notes)


def reach_of(data: CodedData, of_source: Pairs, members: int) -> NDArray[np.int64]:
    """Return the characters searched, members × sources, for members met in whole sources."""
    reach = np.zeros((members, len(data.sources)), dtype=np.int64)
    reach[of_source.right, of_source.left] = characters(data)[of_source.left]
    return reach


def characters(data: CodedData) -> NDArray[np.int64]:
    """Return the length of each source in code points, an empty one counting as one, so that it is there."""
    return np.array([max(1, source.characters) for source in data.sources], dtype=np.int64)
