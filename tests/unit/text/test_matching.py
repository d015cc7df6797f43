from __future__ import annotations

import pytest

from qualcase.text.matching import find_quote, first_difference, line_of

TEXT = (
    "The network\n  was poorly rooted in inter-\norganisational work. A dyna-\nmic network — “a good idea”."
)


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("network was poorly", ["network\n  was poorly"]),
        ("network\twas\npoorly ", ["network\n  was poorly"]),
        ("inter-organisational", ["inter-\norganisational"]),
        ("interorganisational", ["inter-\norganisational"]),
        ("dynamic", ["dyna-\nmic"]),
        ("dyna-\nmic", ["dyna-\nmic"]),
        ("network", ["network", "network"]),
        ("Network", []),
        ('"a good idea"', []),
        ("(.*)", []),
        ("  ", []),
    ],
)
def test_a_quote_is_found_as_written(quote: str, expected: list[str]) -> None:
    assert [TEXT[start:end] for start, end in find_quote(TEXT, quote)] == expected


def test_a_quote_that_carries_a_line_break_matches_the_whole_word() -> None:
    assert find_quote("a network here", "net-\nwork") == ((2, 9),)


@pytest.mark.parametrize(
    ("quote", "expected", "found"),
    [
        ("was poorly rotted in", "rotted", "rooted"),
        ("Was poorly rooted in", "Was", "was"),
        ("poorly rooted in. Then", "in.", "in"),
        ("poorly rooted of inter-organisational", "of", "in"),
    ],
)
def test_the_first_difference_names_both_words(quote: str, expected: str, found: str) -> None:
    offset, wanted, met = first_difference(TEXT, quote)
    assert (wanted, met) == (expected, found)
    assert found in TEXT[max(offset - 12, 0) : offset + 12]


def test_nothing_of_the_quote_is_there() -> None:
    assert first_difference("abc", "xyz", 1) == (1, "xyz", "")


def test_the_closest_of_several_places_is_meant() -> None:
    text = "we met here. " * 3
    assert first_difference(text, "we met there", 14)[0] == 13 + 7


def test_lines_count_from_one() -> None:
    assert [line_of("a\nb\n", offset) for offset in range(4)] == [1, 1, 2, 2]
