"""Every room stands on a floor and has its own tests."""

from __future__ import annotations

import re
import tomllib

import pytest


@pytest.fixture(scope="module")
def rooms(repo):
    return {folder.name for folder in (repo / "qualcase").iterdir() if (folder / "__init__.py").is_file()}


def test_every_room_has_its_tests(repo, rooms):
    homes = {"tui": repo / "tests" / "tui"}
    found = {room: homes.get(room, repo / "tests" / "unit" / room) for room in rooms}
    assert [room for room, folder in found.items() if not any(folder.glob("test_*.py"))] == []


def test_every_room_has_something_in_it(repo, rooms):
    assert [room for room in rooms if len(list((repo / "qualcase" / room).glob("*.py"))) < 2] == []


def test_every_room_is_bound_by_every_rule_that_is_for_rooms(repo, rooms):
    settings = tomllib.loads((repo / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in settings["tool"]["importlinter"]["contracts"]:
        if contract["type"] == "layers":
            floors = set(re.findall(r"\w+", " ".join(contract["layers"])))
            assert rooms <= floors
        elif "only" in contract["name"]:
            bound = {name.removeprefix("qualcase.") for name in contract["source_modules"]}
            assert len(rooms - bound) <= 1, contract["name"]
