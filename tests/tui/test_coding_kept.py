"""What the coding screen does in a real project file, and what it remembers from sitting to sitting."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from bench import INTERVIEW, NOTES, Bench, make_app

import qualcase
from qualcase.coding.places import SpanPlace
from qualcase.project import create_project
from qualcase.tui.clerk import Clerk
from qualcase.tui.memory import Memory

QUESTION = ("slash", *"how did", "enter", "s")


@pytest.fixture
def path(tmp_path):
    (tmp_path / "interview.txt").write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / "notes.md").write_text(NOTES, encoding="utf-8")
    with create_project(tmp_path / "study.qualcase", coder="Anna") as project:
        project.sources.import_paths([tmp_path / "interview.txt", tmp_path / "notes.md"])
    with qualcase.open(tmp_path / "study.qualcase", coder="Bo") as bo:
        bo.codings.add(bo.sources.find("S1"), "KM.TRUST", SpanPlace(51, 77))
    return tmp_path / "study.qualcase"


@asynccontextmanager
async def sitting(path, memory=None):
    clerk = Clerk()
    project = clerk.do(lambda: qualcase.open(path, coder="Anna"))
    app = make_app(project, clerk, memory)
    try:
        async with app.run_test(size=(140, 40)) as pilot:
            bench = Bench(app, pilot, project)
            await bench.settle()
            yield bench
    finally:
        clerk.do(project.close)
        clerk.close()


async def test_all_that_is_done_to_a_coding_is_in_the_file_and_one_undo_each_takes_it_back(path):
    async with sitting(path) as bench:
        await bench.press(*QUESTION, "c", *"trust", "enter")
        await bench.press("e", "comma", "enter", "asterisk", "v", "minus", "m", *"why", "ctrl+s")
        await bench.press("C", *"threat", "enter")
        [coding] = bench.document.codings.values()
        assert (coding.quote, coding.key, coding.valence, coding.memo) == (
            "How did the network begin", True, "-", "why",
        )  # fmt: skip
        await bench.press("u", "u", "u", "u", "u")
        [coding] = bench.document.codings.values()
        assert (coding.quote, coding.key, coding.valence, coding.memo) == (
            "How did the network begin?", False, None, None,
        )  # fmt: skip
        await bench.press("r", "r", "O")
        assert "Beside yours: Bo." in bench.status
    with qualcase.open(path, coder="Anna") as project:
        held = {(one.coder, one.quote, one.key) for one in project.codings.list()}
        assert held == {
            ("Bo", "How did the network begin?", False), ("Anna", "How did the network begin", True),
        }  # fmt: skip
        assert project.journal.verify().verified


async def test_words_made_a_code_are_unmade_by_one_undo(path):
    async with sitting(path) as bench:
        await bench.press(*QUESTION, "i", "enter")
        assert "How did the networ" in bench.text_of("codebook")
        await bench.press("u")
        assert "How did the networ" not in bench.text_of("codebook")
        assert bench.codes == []


async def test_a_memo_on_a_passage_and_the_mark_of_its_source_are_kept(path):
    async with sitting(path) as bench:
        await bench.press("j", "s", "m", *"odd", "ctrl+s", "D")
        assert "odd" in bench.text_of("here")
        assert "done" in bench.text_of("title")
    with qualcase.open(path, coder="Anna") as project:
        assert [memo.about for memo in project.memos.list()] == [("passage", "S1 51:77")]
        assert project.sources.find("S1").done == ("Anna",)


async def test_where_one_left_off_is_where_one_begins(path, tmp_path):
    file = tmp_path / "state.json"
    async with sitting(path, Memory(file)) as bench:
        await bench.press("slash", *"trust grew", "enter", "shift+tab", "j", "1", "tab", "n", "s", "z", "N")
        assert bench.document.source.handle == "S2"
        spot = bench.document.selection.span
    async with sitting(path, Memory(file)) as bench:
        assert bench.document.source.handle == "S2"
        assert bench.document.selection.span == spot
        assert bench.view.numbering == "lines"
        assert not bench.screen.query_one("#codebook").display
        assert bench.screen.shortcuts
        await bench.press("p")
        assert bench.selected == "trust grew"


async def test_a_project_named_from_its_own_folder_is_the_one_named_whole(path, tmp_path, monkeypatch):
    monkeypatch.chdir(path.parent)
    memory = Memory(tmp_path / "state.json")
    memory.left_at(Path(path.name), "Anna")["source"] = "x"
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert memory.left_at(path, "Anna") == {"source": "x"}
    assert memory.left_at(Path(path.name), "Anna") == {}


@pytest.mark.parametrize("nonsense", [3, "x", [1], {"1": 2}, None])
async def test_a_memory_that_makes_no_sense_is_as_good_as_none(path, tmp_path, nonsense):
    memory = Memory(tmp_path / "state.json")
    kept = memory.left_at(path, "Anna")
    kept.update(dict.fromkeys(("source", "spots", "shortcuts", "panes", "margin"), nonsense))
    async with sitting(path, memory) as bench:
        assert bench.document.source.handle == "S1"
        await bench.press("1")
        assert "No code has the shortcut 1" in bench.status
