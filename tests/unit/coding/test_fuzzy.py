from __future__ import annotations

import pytest

from qualcase.coding.fuzzy import match_name, rank_names

NAMES = (
    "KM.TRUST  Trust building", "NS.THREAT  Threat to stability", "KM.ABSORB  Absorptive capacity",
    "IA  Innovation appropriability", "X  Straße und Größe",
)  # fmt: skip


def best(typed: str) -> str:
    return NAMES[rank_names(typed, NAMES)[0][0]]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("trust", "KM.TRUST"), ("thr", "NS.THREAT"), ("abcap", "KM.ABSORB"), ("innov", "IA"),
     ("TRUST", "KM.TRUST"), ("build trust", "KM.TRUST"), ("straße", "X")],
)  # fmt: skip
def test_part_of_a_name_finds_its_code(typed, code):
    assert best(typed).split()[0] == code


def test_every_typed_word_must_be_found():
    assert match_name("trust hospital", NAMES[0]) is None


def test_letters_out_of_order_do_not_match():
    assert match_name("tsurt", "trust") is None


def test_nothing_typed_lists_everything_in_its_order():
    assert [place for place, _ in rank_names("  ", NAMES)] == [0, 1, 2, 3, 4]


def test_positions_are_those_of_the_name():
    match = match_name("größe", NAMES[4])
    assert match
    assert "".join(NAMES[4][place] for place in match.positions) == "Größe"


def test_the_closest_packed_letters_are_meant():
    match = match_name("abc", "a xx b abxc")
    assert match
    assert match.positions == (7, 8, 10)


def test_a_whole_word_beats_letters_strewn_about():
    assert rank_names("trust", ["t-r-u-s-t", "a trust"])[0][0] == 1


def test_a_very_long_name_is_searched_once_not_in_every_alignment():
    assert match_name("a" * 40 + "b", "a" * 100_000) is None
