"""The tables and the timeline: walked, and the evidence of a cell or a mark one key away, and back."""

from __future__ import annotations

import pytest
from study import open_study

from qualcase.coding.places import SpanPlace
from qualcase.project import create_project
from qualcase.tui.keys import displays as keys
from qualcase.tui.widgets.grid import WALKING, GridView

TEXT = "We met in 2008. Trust grew slowly. Nobody trusted the hospital.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("displays")
    (folder / "interview.txt").write_text(TEXT, encoding="utf-8")
    with create_project(folder / "study.qualcase", coder="Anna") as project:
        project.sources.import_paths([folder / "interview.txt"])
        (source,) = project.sources.list()
        project.codings.add(source, "KM.TRUST", SpanPlace(16, 34))
        project.codings.add(source, "NS.THREAT", SpanPlace(35, 63))
        project.events.add(
            "The founders meet", "2008", source=source, quote="We met in 2008.", codes=("KM.TRUST",)
        )
        project.events.add("Money ends", "2010?", codes=("NS.THREAT",), turning_point=True)
        project.events.add("A day that nobody remembers")
    return folder / "study.qualcase"


def shown(path, letter, size=(120, 36)):
    return open_study(path, "g", letter, size=size)


async def test_a_table_is_walked_and_says_what_each_cell_rests_on(path):
    async with shown(path, "d") as bench:
        assert "Process × kind of source" in bench.text_of("title")
        await bench.press("j", "j")
        assert "NS × interview · 1 as evidence" in bench.status
        await bench.press("k", "l", "h")
        grid = bench.screen.query_one(GridView)
        assert (grid.row, grid.column) == (1, 0)
        await bench.press("enter")
        assert "None found, and" in bench.status
        await bench.press("end")
        assert grid.cell.value == 2
        await bench.press("home", "space", "b")
        assert (grid.row, grid.column) == (0, 0)


async def test_another_table_is_chosen_by_name_or_by_dimensions(path):
    async with shown(path, "d") as bench:
        await bench.press("o", *"code-co", "enter")
        named = bench.text_of("title")
        assert "Process × kind" not in named
        await bench.press("x", "enter", "enter", "enter", "enter")
        assert "Process × kind of source" in bench.text_of("title")
        await bench.press("x", "down", "enter", "enter", "down", "enter", "enter")
        assert "Case × kind of source" in bench.text_of("title")


async def test_a_cell_in_full_the_notes_and_a_file(path, tmp_path):
    async with shown(path, "d") as bench:
        await bench.press("v")
        assert any("Evidence:" in line for line in bench.lines())
        await bench.press("escape", "n")
        assert any("layer: all coders" in line for line in bench.lines())
        await bench.press("escape", "e", "ctrl+u", *"nowhere", "enter")
        assert "The name must end in one of" in bench.status
        file = tmp_path / "t.csv"
        for expected in ("Wrote", "Wrote"):
            await bench.press("e", "ctrl+u")
            bench.app.screen.query_one("#typed").value = str(file)
            await bench.press("enter")
            if file.exists() and "Replace it?" in "\n".join(bench.lines()):
                await bench.press("y")
            assert expected in bench.status
        assert "Knowledge" in file.read_text(encoding="utf-8") or "knowledge" in file.read_text(
            encoding="utf-8"
        )
        assert file.stat().st_mode & 0o777 == 0o600
        link = tmp_path / "link.csv"
        link.symlink_to(path)
        await bench.press("e", "ctrl+u")
        bench.app.screen.query_one("#typed").value = str(link)
        await bench.press("enter")
        assert "is a project, or a backup of one; nothing was written." in " ".join(bench.status.split())
        assert link.is_symlink()


async def test_the_timeline_lists_events_and_reads_their_lines(path):
    async with shown(path, "t") as bench:
        assert "Timeline by process · 3 events" in bench.text_of("title")
        assert "The founders meet" in bench.text_of("event")
        assert "between 2008-01-01 and 2008-12-31" in " ".join(bench.text_of("event").split())
        await bench.press("enter")
        assert bench.selected == "We met in 2008."
        await bench.press("backspace")
        assert bench.screen.events.chosen_id == bench.screen._marks[0].id
        await bench.press("j", "o")
        assert "has no quoted line of its own" in bench.status
        assert "★" in "".join(text for text, _ in bench.screen.events.lines[1])
        await bench.press("c", "enter")
        assert bench.screen.chosen.id == "NS.THREAT"


async def test_an_event_without_a_date_is_listed_and_not_placed(path):
    async with shown(path, "t") as bench:
        await bench.press("end")
        told = " ".join(bench.text_of("event").split())
        assert "A day that nobody remembers" in told
        assert "no date: between an open beginning and an open end, basis not reported" in told
        await bench.press("c")
        assert "carries no code" in bench.status


async def test_the_lanes_go_round(path):
    async with shown(path, "t") as bench:
        seen = []
        for _ in range(4):
            await bench.press("v")
            seen.append(bench.text_of("title").split(" by ")[1].split(" ")[0])
        assert seen == ["actor", "case", "source", "process"]
        await bench.press("e", "escape")
        assert bench.app.screen is bench.screen


def test_every_key_of_these_screens_is_pressed_here():
    pressed = {*"oxvnehjklbc", "enter", "home", "end", "space"}
    twins = {"right", "left", "down", "up", "pagedown", "pageup", "less_than_sign", "greater_than_sign"}
    groups = (keys.TABLES, keys.TIMELINE, WALKING)
    bound = {key for group in groups for action in group.actions for key in action.keys.split(",")}
    assert bound - twins == pressed


@pytest.mark.parametrize("letter", ["d", "t"])
@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_the_screens_are_as_they_were(path, letter, size, golden):
    async with shown(path, letter, size) as bench:
        await bench.press("j")
        name = {"d": "tables", "t": "timeline"}[letter]
        golden(f"{name}-{size[0]}x{size[1]}", bench)
