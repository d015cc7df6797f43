"""Displays in JSON: every cell says its value, its evidence, or which of the three empties it is."""

from __future__ import annotations

from qualcase.model.display import (
    Cell,
    Column,
    Display,
    Figure,
    Manifest,
    Mark,
    Row,
    no_data,
    none_found,
    not_reported,
)
from qualcase.model.operation import Change, Operation


def test_the_three_empties_differ_and_only_one_of_them_is_a_zero():
    assert (none_found(7).value, none_found(7).empty, none_found(7).searched) == (0, "none found", 7)
    assert (no_data().value, no_data().empty) == (None, "no data")
    assert (not_reported().value, not_reported().empty) == (None, "not reported")


def test_json_has_the_keys_of_the_contract_and_rounds_nothing():
    manifest = Manifest("Anna", "four-process 1", ("kind: interview",), 3, "ab", {"rows": "code"})
    row = Row("KM", "Knowledge", (Cell(1 / 3, "0.33", ("E01",)), none_found(5, unit="events")))
    value = Display("table", "T", manifest, (Column("a", "A"), Column("b", "B")), (row,), ("n",)).as_json()
    assert value["manifest"].keys() >= {"layer", "codebook_version", "filters", "sources", "hash"}
    assert value["columns"] == [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
    first, second = value["rows"][0]["cells"]
    assert first == {"value": 1 / 3, "text": "0.33", "evidence": ["E01"], "empty": None, "searched": None}
    assert second["text"] == "none found (5 events searched)"
    assert "figure" not in value


def test_a_figure_comes_with_its_marks():
    mark = Mark("E1", ("KM",), "First", "2009", "whisker", "2009-01-01", "2009-12-31")
    display = Display(
        "timeline", "T", Manifest("a", "1", (), 0, "0"), (), (), figure=Figure((("KM", "K"),), (mark,))
    )
    drawn = display.as_json()["figure"]
    assert drawn["marks"][0]["shape"] == "whisker"
    assert drawn["lanes"] == [{"id": "KM", "label": "K"}]


def test_an_operation_turned_round_goes_backwards_from_after_to_before():
    made = Change("code", "1", None, {"name": "a"})
    altered = Change("code", "1", {"name": "a"}, {"name": "b"})
    back = Operation("x", "s", (made, altered)).inverse_changes()
    assert back == (
        Change("code", "1", {"name": "b"}, {"name": "a"}),
        Change("code", "1", {"name": "a"}, None),
    )
