from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcase.coding.index import BLOCK, SpanIndex


def test_touching_ends_do_not_overlap():
    index = SpanIndex([("a", 0, 10), ("b", 10, 20)])
    assert index.overlapping(10, 11) == ("b",)
    assert index.overlapping(9, 10) == ("a",)


def test_a_long_span_is_found_from_its_middle():
    index = SpanIndex([("a", 5, 40 * BLOCK)])
    assert index.overlapping(20 * BLOCK + 3, 20 * BLOCK + 4) == ("a",)


def test_earlier_comes_first_and_longer_before_shorter():
    index = SpanIndex([("short", 0, 5), ("later", 3, 9), ("long", 0, 9)])
    assert index.overlapping(0, 10) == ("long", "short", "later")


def test_adding_a_name_again_moves_it():
    index = SpanIndex([("a", 0, 5)])
    index.add("a", 600, 610)
    assert index.overlapping(0, 10) == ()
    assert index.overlapping(605, 606) == ("a",)
    assert len(index) == 1


def test_removing_leaves_nothing_behind():
    index = SpanIndex([("a", 0, 1000)])
    index.remove("a")
    index.remove("a")
    assert "a" not in index
    assert index.overlapping(0, 2000) == ()


def test_an_empty_place_overlaps_nothing():
    assert SpanIndex([("a", 0, 1000)]).overlapping(7, 7) == ()


span = st.tuples(st.integers(0, 2000), st.integers(1, 900)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(st.tuples(st.sampled_from("abcdef"), span, st.booleans()), max_size=25), span)
def test_it_answers_as_a_plain_list_would(edits, place):
    index, plain = SpanIndex(), {}
    for name, (start, end), keep in edits:
        if keep:
            index.add(name, start, end)
            plain[name] = (start, end)
        else:
            index.remove(name)
            plain.pop(name, None)
    wanted = {name for name, (start, end) in plain.items() if start < place[1] and place[0] < end}
    assert set(index.overlapping(*place)) == wanted
