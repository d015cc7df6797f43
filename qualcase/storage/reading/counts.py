"""Counts over all codings at once, worked out where the rows are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import select

from qualcase.storage.schema import codes, material
from qualcase.storage.sqlite.columns import read_columns

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

    Whole = NDArray[np.int64]

# What waits for review is counted too: it is still a coding of its source.
_OWN = "until IS NULL AND layer IS NULL"
_PLACED = f"{_OWN} AND state IS NULL"


def count_by_code_and_case(connection: Connection) -> dict[tuple[str, str], int]:
    """Return how many codings each code has in each case, by (code id, case), where there are any."""
    sources, keys = read_columns(connection, "coding", ("source_id", "code_id"), where=_OWN).numbers
    if not len(sources):
        return {}
    width = int(keys.max()) + 1
    found, counts = np.unique(sources * width + keys, return_counts=True)
    cases, members = _members(connection)
    each, member = _matches(found // width, members[:, 0])
    broad = int(members[:, 1].max(initial=0)) + 1
    cells, place = np.unique(found[each] % width * broad + members[member, 1], return_inverse=True)
    sums = np.bincount(place, weights=counts[each])
    handles = _handles(connection)
    matrix: dict[tuple[str, str], int] = defaultdict(int)
    for cell, count in zip(cells.tolist(), sums.tolist(), strict=True):
        matrix[handles[cell // broad], cases[cell % broad]] += int(count)
    return dict(matrix)


def _matches(values: Whole, ordered: Whole) -> tuple[Whole, Whole]:
    """Return the places of all pairs of equal values, the second list being in order."""
    first = np.searchsorted(ordered, values, side="left")
    count = np.searchsorted(ordered, values, side="right") - first
    steps = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(np.arange(len(values)), count), np.repeat(first, count) + steps


def _members(connection: Connection) -> tuple[dict[int, str], Whole]:
    """Return the names of cases by key, and rows (source, case) by source, of sources wholly in one."""
    case, member = material.case, material.case_member
    cases = dict(connection.execute(select(case.c.id, case.c.name).where(case.c.deleted == 0)).all())
    query = select(member.c.source_id, member.c.case_id).where(
        member.c.deleted == 0, member.c.speaker_id.is_(None), member.c.turn.is_(None)
    )
    pairs = sorted((source, key) for source, key in connection.execute(query.distinct()) if key in cases)
    return cases, np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _handles(connection: Connection) -> dict[int, str]:
    return dict(connection.execute(select(codes.code.c.id, codes.code.c.handle)).all())


def coding_spans(connection: Connection) -> tuple[dict[int, str], Whole]:
    """Return code ids by keys, and a row (source, start, end, code) a live coding, by source and start.

    What waits for review has its place in an older text, and is not among them.
    """
    columns = ("source_id", "start", '"end"', "code_id")
    source, start, end, code = read_columns(connection, "coding", columns, where=_PLACED).numbers
    order = np.lexsort((start, source))
    return _handles(connection), np.column_stack((source, start, end, code))[order]
