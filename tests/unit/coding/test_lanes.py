from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from qualcase.coding.lanes import assign_lanes, free_lane


def test_spans_that_only_touch_share_a_lane():
    assert assign_lanes({"a": (0, 5), "b": (5, 9)}) == {"a": 0, "b": 0}


def test_the_longer_of_two_that_begin_together_lies_outside():
    assert assign_lanes({"short": (0, 5), "long": (0, 9)}) == {"long": 0, "short": 1}


def test_a_freed_lane_is_used_again_before_a_new_one():
    assert assign_lanes({"a": (0, 9), "b": (1, 3), "c": (4, 6)}) == {"a": 0, "b": 1, "c": 1}


def test_the_lowest_free_lane():
    assert free_lane([0, 1, 3]) == 2
    assert free_lane([]) == 0


spans = st.dictionaries(
    st.text("abcdefgh", min_size=1, max_size=2),
    st.tuples(st.integers(0, 40), st.integers(1, 15)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=20,
)


@given(spans)
def test_no_two_overlapping_spans_share_a_lane_and_no_lane_is_wasted(spans):
    lanes = assign_lanes(spans)
    assert lanes.keys() == spans.keys()
    for one, other in combinations(spans, 2):
        if spans[one][0] < spans[other][1] and spans[other][0] < spans[one][1]:
            assert lanes[one] != lanes[other]
    deepest = max(
        (sum(start <= place < end for start, end in spans.values()) for place in range(60)), default=0
    )
    assert len(set(lanes.values())) == deepest
