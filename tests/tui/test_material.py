"""Sources, cases and actors as lists: sorted, opened, corrected, and taken back."""

from __future__ import annotations

import pytest
from study import open_study

from qualcase.coding.places import SpanPlace
from qualcase.project import create_project
from qualcase.project.importing import ImportOptions
from qualcase.tui.keys import material as keys

INTERVIEW = "Anna: How did it begin?\nOla: With a dinner.\nAnna: And then?\nOla: Then came the money.\n"
SECOND = "Anna: Who came?\nOla Dahl: All of the firms.\nAnna: And then?\nOla Dahl: They stayed for dinner.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("material")
    (folder / "2008-06-12 first.txt").write_text(INTERVIEW, encoding="utf-8")
    (folder / "second.txt").write_text(SECOND, encoding="utf-8")
    (folder / "about.csv").write_text("file,sector\nsecond.txt,care\n", encoding="utf-8")
    with create_project(folder / "study.qualcase", coder="Anna", case="Network") as project:
        options = ImportOptions(metadata=folder / "about.csv")
        files = [folder / "2008-06-12 first.txt", folder / "second.txt"]
        project.sources.import_paths(files, options)
        project.codings.add(project.sources.list()[0], "KM.TRUST", SpanPlace(29, 43))
    return folder / "study.qualcase"


def shown(path, letter, size=(140, 30)):
    return open_study(path, "g", letter, size=size)


def rows(bench):
    return [" ".join("".join(text for text, _ in line).split()) for line in bench.screen.table.lines]


async def test_sources_are_listed_with_what_is_known_of_them(path):
    async with shown(path, "s") as bench:
        assert rows(bench) == [
            "S1 2008-06-12 first interview 2008-06-12 17 4 1 · ·",
            "S2 second interview · 18 4 0 · care",
        ]
        known = " ".join(bench.text_of("known").split())
        assert "date 2008-06-12 (file name)" in known
        assert "Anna’s codings cover 14 of" in known
        assert "Speakers: Anna (2), Ola (2)" in known
        await bench.press("j")
        known = " ".join(bench.text_of("known").split())
        assert "date not reported" in known
        assert "cover nothing" in known
        assert "2 of 2" in bench.status


async def test_sources_are_sorted_and_what_is_unknown_comes_last(path):
    async with shown(path, "s") as bench:
        await bench.press("s", "s", "minus")
        assert [row[:2] for row in rows(bench)] == ["S2", "S1"]
        assert "title▾" in bench.text_of("heading")
        await bench.press("s", "s", "minus")
        assert [row[:2] for row in rows(bench)] == ["S1", "S2"]
        await bench.press("S", "S", "S", "S")
        assert "▴" not in bench.text_of("heading")


async def test_a_source_is_opened_and_one_comes_back_to_it(path):
    async with shown(path, "s") as bench:
        await bench.press("j", "enter")
        assert bench.document.source.handle == "S2"
        await bench.press("backspace")
        assert "2 of 2" in bench.status


async def test_a_source_is_marked_done_and_opened_again(path):
    async with shown(path, "s") as bench:
        await bench.press("d")
        assert "You have coded S1 through." in bench.status
        assert "Anna" in rows(bench)[0]
        await bench.press("d")
        assert "open again" in bench.status
        await bench.press("u")
        assert "Undone: Reopened S1" in bench.status
        await bench.press("U")
        assert "Done again: Reopened S1" in bench.status
        assert "Anna" not in rows(bench)[0]


async def test_a_source_is_corrected(path):
    async with shown(path, "s") as bench:
        await bench.press("j", "e", "enter", "enter", *"2009", "enter", "enter", *"45", "enter")
        assert rows(bench)[1].startswith("S2 second interview 2009 ")
        assert "date 2009 (coder)" in " ".join(bench.text_of("known").split())
        await bench.press("e", "enter", "enter", *"sometime", "enter", "enter", "enter")
        assert bench.screen.failures == 1
        assert rows(bench)[1].startswith("S2 second interview 2009 ")


async def test_a_source_speaks_of_another_case(path):
    async with shown(path, "s") as bench:
        await bench.press("c", *"Rival", "enter")
        assert "S1 speaks of Rival." in bench.status
        assert "cases Network, Rival" in " ".join(bench.text_of("known").split())
        await bench.press("g", "k")
        assert rows(bench) == ["Network 2 35 1 2008-06-12 2008-06-12", "Rival 1 17 1 2008-06-12 2008-06-12"]


async def test_sources_are_filtered_by_words(path):
    async with shown(path, "s") as bench:
        await bench.press("slash", *"care", "enter")
        assert [row[:2] for row in rows(bench)] == ["S2"]
        assert "with “care”" in bench.text_of("title")
        await bench.press("slash", "ctrl+u", *"zebra", "enter")
        assert rows(bench) == []
        await bench.press("slash", "ctrl+u", "enter")
        assert len(rows(bench)) == 2


async def test_the_text_of_a_source_is_gone_to_for_correction(path):
    async with shown(path, "s") as bench:
        await bench.press("j", "E")
        assert type(bench.screen).__name__ == "EditorScreen"
        assert "S2" in bench.text_of("title")


async def test_a_case_is_made_and_its_sources_opened(path):
    async with shown(path, "k") as bench:
        assert "S1 2008-06-12 first" in bench.text_of("known")
        await bench.press("n", *"Rival", "enter")
        assert "Added the case Rival." in bench.status
        await bench.press("j")
        assert "No source speaks of it yet" in bench.text_of("known")
        await bench.press("u")
        assert len(rows(bench)) == 1
        await bench.press("enter", *"second", "enter")
        assert bench.document.source.handle == "S2"


async def test_actors_are_described_renamed_and_made_one(path):
    async with shown(path, "a") as bench:
        names = [row.split(" · ")[0] for row in rows(bench)]
        assert names == ["Anna", "Ola", "Ola Dahl"]
        await bench.press("e", *"researcher", "enter", *"University", "enter")
        await bench.press("enter", "enter", "up", "enter")
        assert rows(bench)[0].startswith("Anna researcher University person")
        assert "asks the questions" in bench.text_of("known")
        await bench.press("r", "ctrl+u", *"Anne", "enter")
        assert rows(bench)[0].startswith("Anne")
        await bench.press("j", "m", *"dahl", "enter")
        assert any("2 turns of Ola Dahl" in line for line in bench.lines())
        await bench.press("y")
        assert "S2: “Ola Dahl”, 2 turns" in bench.text_of("known")
        await bench.press("u")
        assert "Undone: " in bench.status
        assert any("Ola Dahl" in row for row in rows(bench)[1:3])
        await bench.press("U")
        assert "Done again: " in bench.status


async def test_an_actor_leads_to_where_one_speaks(path):
    async with shown(path, "a") as bench:
        await bench.press("j", "enter")
        assert bench.document.source.handle == "S1"
        await bench.press("backspace", "k", "enter", *"S2", "enter")
        assert bench.document.source.handle == "S2"


def test_every_key_of_these_screens_is_pressed_here():
    groups = (keys.SOURCES, keys.CASES, keys.ACTORS)
    bound = {key for group in groups for action in group.actions for key in action.keys.split(",")}
    assert bound == {*"decuUnrmE", "slash"}


@pytest.mark.parametrize("letter", ["s", "k", "a"])
@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_the_screens_are_as_they_were(path, letter, size, golden):
    async with shown(path, letter, size) as bench:
        name = {"s": "sources", "k": "cases", "a": "actors"}[letter]
        golden(f"{name}-{size[0]}x{size[1]}", bench)
