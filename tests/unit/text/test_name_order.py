"""The order of names with numbers in them."""

from __future__ import annotations

from qualcase.text.name_order import name_order


def test_names_with_numbers_stand_in_their_order():
    names = ["P10", "p2", "P1", "Berg", "P2b"]
    assert sorted(names, key=name_order) == ["Berg", "P1", "p2", "P2b", "P10"]
