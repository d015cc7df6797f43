"""A display is one module: found by its presence, refused by name, given only parameters it knows."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

import qualcase.analysis
from qualcase.analysis.errors import BadParameterError, UnknownDisplayError
from qualcase.analysis.registry import build, displays
from qualcase.model.display import Display
from qualcase.model.errors import UnknownNameError

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.coding.frame import CodedData

DUMMY = """
from __future__ import annotations

from qualcase.analysis.manifest import manifest_of
from qualcase.analysis.registry import DisplaySpec
from qualcase.model.display import Display


def dummy(data, colour="red"):
    return Display("dummy", colour, manifest_of(data), (), ())


DISPLAY = DisplaySpec("dummy", "Dummy", "Is one file enough?", dummy)
"""


def test_the_displays_of_this_room_are_found() -> None:
    expected = {
        "code-by-year",
        "code-counts",
        "coverage",
        "crosswalk",
        "data-sources",
        "effects",
        "events",
        "evidence",
        "phases",
        "process-by-phase",
        "process-by-year",
        "timeline",
    }
    assert expected <= set(displays())
    assert list(displays()) == sorted(displays())
    assert all(spec.question.endswith("?") for spec in displays().values())


def test_every_display_builds_under_its_own_name_the_same_each_time(data: CodedData) -> None:
    for name in displays():
        first = build(name, data)
        assert isinstance(first, Display)
        assert first.display == name
        assert first == build(name, data)
        assert all(len(row.cells) == len(first.columns) for row in first.rows)
        assert len({row.id for row in first.rows}) == len(first.rows)


def test_no_cell_of_any_display_is_blank_and_no_missing_value_is_silent(data: CodedData) -> None:
    for name in displays():
        for row in build(name, data).rows:
            for cell in row.cells:
                assert cell.text
                assert cell.value is not None or cell.empty is not None, (name, row.id, cell)
                assert cell.empty != "none found" or cell.value == 0


def test_an_unknown_name_lists_the_known_ones(data: CodedData) -> None:
    with pytest.raises(UnknownDisplayError, match="“tea-leaves”") as raised:
        build("tea-leaves", data)
    assert isinstance(raised.value, UnknownNameError)
    assert "process-by-phase" in str(raised.value.hint)


def test_an_unknown_parameter_is_refused(data: CodedData) -> None:
    with pytest.raises(BadParameterError, match="no parameter “colour”") as raised:
        build("events", data, colour="red")
    assert "basis" in str(raised.value.hint)


def test_a_new_display_is_one_new_file(
    data: CodedData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dummy_display.py").write_text(DUMMY, encoding="utf-8")
    monkeypatch.setattr(qualcase.analysis, "__path__", [*qualcase.analysis.__path__, str(tmp_path)])
    try:
        assert displays()["dummy"].parameters == ("colour",)
        assert build("dummy", data, colour="blue").title == "blue"
    finally:
        sys.modules.pop("qualcase.analysis.dummy_display", None)
