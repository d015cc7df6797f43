from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcase.text import wrapping
from qualcase.text.wrapping import cell_width, clusters, wrap_rows

if TYPE_CHECKING:
    from qualcase.text.wrapping import Rows

MIXED = st.text(st.sampled_from("ab -\n\u0301日本é👩\u200d👧\ufe0f🏽🇫🇮–’"), max_size=60)
NARROW = st.text(st.sampled_from("abcd  é–’\n"), max_size=80)


def pieces(text: str, rows: Rows) -> list[str]:
    return [text[slice(*rows.span(row))] for row in range(len(rows))]


def test_rows_break_after_spaces():
    assert pieces("the quick brown fox", wrap_rows("the quick brown fox", 10)) == ["the quick ", "brown fox"]


def test_a_space_may_hang_beyond_the_width_so_that_no_row_begins_with_it():
    assert pieces("abcd efgh", wrap_rows("abcd efgh", 4)) == ["abcd ", "efgh"]


def test_a_line_end_belongs_to_the_row_it_closes():
    assert pieces("one\n\ntwo\n", wrap_rows("one\n\ntwo\n", 20)) == ["one\n", "\n", "two\n"]


def test_an_empty_text_has_one_empty_row():
    assert pieces("", wrap_rows("", 10)) == [""]


def test_a_long_word_is_cut_at_the_width():
    rows = wrap_rows("x" * 100_000, 70)
    assert len(rows) == -(-100_000 // 70)
    assert rows.span(1) == (70, 140)


def test_wide_characters_take_two_cells():
    assert pieces("日本語文", wrap_rows("日本語文", 5)) == ["日本", "語文"]


def test_marks_flags_and_joined_pictures_stay_whole():
    text = "e\u0301👩\u200d👩\u200d👧🇫🇮🇸🇪👍🏽"
    assert [text[left:right] for left, right in clusters(text, 0, len(text))] == [
        "e\u0301", "👩\u200d👩\u200d👧", "🇫🇮", "🇸🇪", "👍🏽",
    ]  # fmt: skip


def test_a_row_of_one_cell_still_moves_on():
    assert pieces("日a", wrap_rows("日a", 1)) == ["日", "a"]


def test_a_row_is_found_by_any_of_its_characters():
    rows = wrap_rows("the quick brown fox", 10)
    assert [rows.row_of(offset) for offset in (0, 9, 10, 18, 19)] == [0, 0, 1, 1, 1]


@given(MIXED, st.integers(1, 12))
def test_rows_cover_the_text_and_none_is_empty(text, width):
    rows = wrap_rows(text, width)
    assert "".join(pieces(text, rows)) == text
    assert all(piece for piece in pieces(text, rows)) or text == ""


@given(MIXED, st.integers(2, 12))
def test_no_row_is_wider_than_the_width_but_for_one_hanging_space(text, width):
    for piece in pieces(text, wrap_rows(text, width)):
        shown = piece.rstrip("\n")
        whole = list(clusters(shown, 0, len(shown)))
        assert cell_width(shown.removesuffix(" ")) <= width or len(whole) == 1


@given(MIXED, st.integers(1, 12))
def test_no_row_begins_inside_a_character(text, width):
    begins = {0}
    place = 0
    for line in text.splitlines(keepends=True) if "\n" in text else [text]:
        begins |= {place + left for left, _ in clusters(line.rstrip("\n"), 0, len(line.rstrip("\n")))} | {
            place
        }
        place += len(line)
    assert set(wrap_rows(text, width).starts) <= begins


@given(NARROW, st.integers(1, 12))
def test_the_quick_way_and_the_careful_way_agree(text, width):
    quick, careful = [0], [0]
    line = text.replace("\n", "")
    wrapping._wrap_narrow(line, 0, len(line), width, quick)
    wrapping._wrap_wide(line, 0, len(line), width, cell_width, careful)
    assert quick == careful


@pytest.mark.parametrize("measure", ["ours", "rich"])
def test_every_character_of_the_quick_way_takes_one_cell(measure):
    from rich.cells import cell_len

    measures = {"ours": cell_width, "rich": cell_len}
    narrow = [chr(code) for code in range(sys.maxunicode) if wrapping._NARROW.fullmatch(chr(code))]
    assert len(narrow) > 500
    assert {measures[measure](character) for character in narrow} == {1}
