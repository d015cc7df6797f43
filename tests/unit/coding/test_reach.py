"""Words counted around a passage are the words of the whole text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcase.coding.queries.reach import touching_words, word_reach
from qualcase.coding.queries.spans import FAR, make_spans, overlapping
from qualcase.text.words import word_spans

texts = st.text(alphabet="ab é1.,-'\n 語\t", max_size=60) | st.lists(
    st.sampled_from(["word", "well-known", "3.5", "x" * 40, "—", "it's", "\n\n", "e\u0301"]), max_size=40
).map(" ".join)
pairs = st.lists(st.tuples(st.integers(0, 200), st.integers(1, 30)), min_size=1, max_size=6)


def spans_in(text, some, source):
    """Passages inside a text, however they were drawn."""
    far, length = source * FAR, max(1, len(text))
    starts = [far + start % length for start, _ in some]
    ends = [min(start + size, far + length) for start, (_, size) in zip(starts, some, strict=True)]
    return make_spans(np.array(starts), np.array(ends))


def touched(words, start, end):
    """The numbers of the words that `[start, end)` touches."""
    return [number for number, (first, last) in enumerate(words) if first < end and last > start]


@given(text=texts, left=pairs, right=pairs, most=st.integers(0, 8), source=st.integers(0, 2))
def test_a_passage_is_near_where_few_enough_words_lie_between(text, left, right, most, source):
    left, right = spans_in(text, left, source), spans_in(text, right, source)
    held, where = {source: text}, np.array([source])
    reach = word_reach(held, left, most, where)
    near = overlapping(reach, right.pick(touching_words(held, right, where)))
    words, far = word_spans(text), source * FAR
    for place, found in enumerate(near.tolist()):
        mine = touched(words, left.start[place] - far, left.end[place] - far)
        others = [touched(words, s - far, e - far) for s, e in zip(right.start, right.end, strict=True)]
        wanted = any(
            mine and other and max(other[0] - mine[-1], mine[0] - other[-1]) <= most + 1 for other in others
        )
        assert found == wanted


def test_a_passage_in_another_source_reaches_nothing():
    spans = make_spans(np.array([0, FAR]), np.array([3, FAR + 3]))
    reach = word_reach({0: "one two", 1: "one two"}, spans, 3, np.array([1]))
    assert (reach.end > reach.start).tolist() == [False, True]
    assert touching_words({0: "one", 1: "one"}, spans, np.array([1])).tolist() == [False, True]
