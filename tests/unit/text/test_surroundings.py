"""The words around a passage are whole, and never those of the passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcase.text.surroundings import words_around

TEXT = "Nobody trusted the hospital. Then we met twice, and that was that."
MET = (TEXT.index("we met"), TEXT.index(", and"))


@pytest.mark.parametrize(
    ("most", "around"),
    [
        (0, ("", "")),
        (5, ("Then ", ", and")),
        (6, ("Then ", ", and")),
        (8, ("Then ", ", and")),
        (15, ("hospital. Then ", ", and that was")),
        (200, (TEXT[: MET[0]], TEXT[MET[1] :])),
    ],
)
def test_a_word_that_does_not_fit_is_left_out(most, around):
    assert words_around(TEXT, *MET, most) == around


def test_where_there_are_no_blanks_the_room_decides():
    assert words_around("我們在展覽會上見面", 3, 5, 2) == ("們在", "會上")


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 20))
def test_it_is_what_stands_there_and_no_more(text, start, length, most):
    start = min(start, len(text))
    end = min(start + length, len(text))
    before, after = words_around(text, start, end, most)
    assert text[:start].endswith(before)
    assert text[end:].startswith(after)
    assert max(len(before), len(after)) <= most
