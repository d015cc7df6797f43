from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcase.text.selection import (
    Selection,
    Units,
    as_units,
    characters_beside,
    extend,
    move,
    select,
    select_at,
    shift_end,
    shift_start,
    take,
)
from qualcase.text.wrapping import clusters

#        0123456789012345678
TEXT = "One two. Three four."
WORDS = Units(((0, 3), (4, 7), (9, 14), (15, 19)))
SENTENCES = Units(((0, 8), (9, 20)))


def test_an_offset_between_units_finds_the_next_one():
    assert select_at(WORDS, 3).span == (4, 7)


def test_an_offset_after_all_units_finds_the_last():
    assert select_at(WORDS, 99).span == (15, 19)


def test_moving_stops_at_both_ends():
    assert move(WORDS, select((15, 19)), 1).span == (15, 19)
    assert move(WORDS, select((0, 3)), -1).span == (0, 3)


def test_taking_selects_the_unit_here_and_then_the_next():
    once = take(SENTENCES, select((4, 7)))
    assert once.span == (0, 8)
    assert take(SENTENCES, once).span == (9, 20)


def test_extending_by_words_goes_on_one_by_one():
    selection = select((4, 7))
    selection = extend(WORDS, selection)
    assert selection.span == (4, 14)
    assert extend(WORDS, selection).span == (4, 19)


def test_extending_backwards_first_gives_back_what_was_taken_and_then_goes_before_the_anchor():
    selection = extend(WORDS, select((4, 7)))
    selection = extend(WORDS, selection, -1)
    assert selection.span == (4, 7)
    assert extend(WORDS, selection, -1).span == (0, 7)


def test_extending_by_a_sentence_first_completes_the_one_here():
    selection = extend(SENTENCES, select((4, 7)))
    assert selection.span == (0, 8)
    assert extend(SENTENCES, selection).span == (0, 20)


def test_going_on_from_a_sentence_starts_at_its_end_and_going_back_at_its_beginning():
    sentence = select((9, 20))
    assert move(WORDS, sentence, -1).span == (4, 7)
    assert move(WORDS, select((0, 8)), 1).span == (9, 14)
    assert extend(WORDS, select((0, 8))).span == (0, 14)


def test_from_between_units_the_next_one_is_the_first_step():
    assert move(WORDS, select((7, 8)), 1).span == (9, 14)
    assert move(WORDS, select((7, 8)), -1).span == (4, 7)


def test_without_units_the_whole_text_is_one():
    assert as_units((), 12).spans == ((0, 12),)
    assert as_units(((3, 3), (4, 6)), 12).spans == ((4, 6),)


spans = st.lists(st.integers(0, 60), min_size=2, max_size=12, unique=True).map(
    lambda places: tuple(zip(sorted(places)[::2], sorted(places)[1::2], strict=False))
)


@given(spans, st.lists(st.sampled_from(["take", "next", "before", "grow", "shrink"]), max_size=12))
def test_a_selection_always_begins_and_ends_with_units(units, steps):
    units = Units(units)
    selection = select_at(units, 0)
    for step in steps:
        if step == "take":
            selection = take(units, selection)
        elif step in {"next", "before"}:
            selection = move(units, selection, 1 if step == "next" else -1)
        else:
            selection = extend(units, selection, 1 if step == "grow" else -1)
        assert selection.start in {start for start, _ in units.spans}
        assert selection.end in {end for _, end in units.spans}
        assert selection.start < selection.end


def test_a_selection_drawn_backwards_still_begins_before_it_ends():
    assert Selection((9, 14), (0, 3)).span == (0, 14)


def test_an_end_goes_from_word_to_word_and_never_empties_the_passage():
    assert shift_end(WORDS, (4, 7), 1) == (4, 14)
    assert shift_end(WORDS, (4, 14), -1) == (4, 7)
    assert shift_end(WORDS, (4, 7), -1) == (4, 7)
    assert shift_end(WORDS, (4, 19), 1) == (4, 19)
    assert shift_end(WORDS, (4, 6), 1) == (4, 7)


def test_a_beginning_goes_from_word_to_word_and_never_empties_the_passage():
    assert shift_start(WORDS, (4, 14), -1) == (0, 14)
    assert shift_start(WORDS, (0, 14), -1) == (0, 14)
    assert shift_start(WORDS, (4, 14), 1) == (9, 14)
    assert shift_start(WORDS, (9, 14), 1) == (9, 14)
    assert shift_start(WORDS, (5, 14), -1) == (4, 14)


def test_characters_beside_an_offset_keep_what_combines_with_them():
    text = "ab\u0301\u0302c 👍🏽 🇫🇮🇸🇪x"
    whole = tuple(clusters(text, 0, len(text)))
    for start, end in whole:
        assert (start, end) in characters_beside(text, start).spans
        assert (start, end) in characters_beside(text, end).spans
    assert characters_beside("", 0).spans == ((0, 0),)


@given(st.text(alphabet="ab é\u0301\u0302日本👍🏽🇫🇮\u200d👩\n", max_size=60))
def test_stepping_by_characters_visits_every_character_once_and_comes_back(text):
    if not text:
        return
    borders = [0, *(end for _, end in clusters(text, 0, len(text)))]
    span = borders[0], borders[1]
    for border in borders[2:]:
        span = shift_end(characters_beside(text, span[1]), span, 1)
        assert span == (0, border)
    for border in borders[1:-1]:
        span = shift_start(characters_beside(text, span[0]), span, 1)
        assert span == (border, len(text))
    for border in reversed(borders[:-2]):
        span = shift_start(characters_beside(text, span[0]), span, -1)
        assert span == (border, len(text))
