"""Set operations over pairs, against Python's own sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcase.analysis.relations import distinct_keys, pairs_of, pairs_where, positions_in_order

if TYPE_CHECKING:
    from qualcase.analysis.relations import Pairs

SIZE = 6
RELATIONS = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, 4)), max_size=20)


def listed(pairs: Pairs) -> list[tuple[int, int]]:
    return list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))


@given(RELATIONS)
def test_distinct_keeps_each_pair_once_in_order(values: list[tuple[int, int]]) -> None:
    assert listed(pairs_of(values).distinct()) == sorted(set(values))


@given(RELATIONS, RELATIONS)
def test_then_composes(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    met = pairs_of((b, a) for a, b in first).then(pairs_of(second), SIZE)
    assert sorted(listed(met)) == sorted((b, c) for a, b in first for d, c in second if a == d)


@given(RELATIONS, RELATIONS)
def test_beside_joins_two_relations_of_the_same_items(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    item, one, other = pairs_of(first).beside(pairs_of(second), SIZE)
    found = sorted(zip(item.tolist(), one.tolist(), other.tolist(), strict=True))
    assert found == sorted((a, b, d) for a, b in first for c, d in second if a == c)


def test_minus_one_belongs_to_nothing() -> None:
    assert listed(pairs_where(np.array([2, -1, 0]))) == [(0, 2), (2, 0)]


@given(st.lists(st.integers(0, 9)))
def test_keys_and_order(values: list[int]) -> None:
    column = np.array(values, dtype=np.int64)
    assert distinct_keys(column).tolist() == sorted(set(values))
    assert column[positions_in_order(column)].tolist() == sorted(values)
