"""Home: projects are found, begun, opened and closed; what cannot be opened is one sentence."""

from __future__ import annotations

import os
import threading

import pytest
from at_home import TALK, at_home, make_project

import qualcase
from qualcase.tui import main
from qualcase.tui.beginnings import check_beginning, codebook_offers
from qualcase.tui.clerk import Clerk
from qualcase.tui.keys import home as home_keys
from qualcase.tui.lobby import Lobby
from qualcase.tui.memory import Memory
from qualcase.tui.screens.home import HomeScreen

NOON = 1_200_000_000 - 1_200_000_000 % 86_400 + 43_200


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path / "work"


def three_projects(folder):
    """Two in this folder, and one elsewhere that was opened before; all changed on the same day."""
    (folder.parent / "archive").mkdir()
    memory = Memory(None)
    paths = [make_project(folder, "network"), make_project(folder, "alpha"),
             make_project(folder.parent / "archive", "older")]  # fmt: skip
    for path in paths:
        os.utime(path, (NOON, NOON))
    memory.opened(paths[0])
    memory.opened(paths[2])
    return memory


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_home_looks_as_it_did(golden, folder, size):
    name = "{}x{}".format(*size)
    async with at_home(size) as bench:
        golden(f"home-empty-{name}", bench)
        await bench.press("n")
        golden(f"home-new-{name}", bench)
    async with at_home(size, memory=three_projects(folder)) as bench:
        golden(f"home-projects-{name}", bench)


async def test_this_folders_projects_come_first_and_then_those_opened_last(folder):
    async with at_home(memory=three_projects(folder)) as bench:
        table = bench.screen.query_one("#projects")
        assert [row.cells[0] for row in table.rows] == ["alpha", "network", "older"]
        assert [row.cells[2] for row in table.rows] == ["this folder", "this folder", "~/archive"]
        await bench.press("j", "j", "enter")
        assert bench.app.place.bench.name == "older"
        await bench.press("g", "h")
        assert bench.lobby.memory.recent()[0].name == "older.qualcase"


async def test_a_project_is_begun_by_enter_alone_and_asks_for_files(folder):
    async with at_home() as bench:
        await bench.press("n", *["enter"] * 5)
        assert "Import" in bench.text_of("title")
        assert "look at it" in bench.shown
    with qualcase.open(folder / "study.qualcase") as project:
        assert (project.name, project.mode, project.cases.list()) == ("study", "codebook", ("study",))
        assert [book.id for book in project.codebook.all()] == ["four-process"]
        assert project.coders() == ("Anna",)


async def test_everything_that_is_asked_is_taken(folder):
    async with at_home() as bench:
        await bench.press("n")
        await bench.type("h")
        await bench.press("enter", "down", "enter")
        await bench.type("N")
        await bench.press("enter")
        await bench.type("B")
        await bench.press("enter", "down")
        assert "Coders work apart" in bench.shown
        await bench.press("down")
        assert "your own reading" in bench.shown
        await bench.press("enter", "escape")
        assert "coder B" in bench.text_of("title")
    with qualcase.open(folder / "h.qualcase") as project:
        assert (project.mode, project.cases.list(), project.coders()) == (
            "reflexive", ("N",), ("B",),
        )  # fmt: skip
        assert [book.id for book in project.codebook.all()] == ["cop-leadership"]


async def test_a_beginning_that_fails_is_told_at_home_and_its_answers_are_kept(folder):
    (folder / "c.csv").write_text("neither,a,codebook\n", encoding="utf-8")
    async with at_home() as bench:
        await bench.press("n", "enter")
        await bench.type("c.csv")
        await bench.press(*["enter"] * 4)
        assert isinstance(bench.screen, HomeScreen)
        assert "c.csv" in bench.text_of("home-told")
        await bench.press("n")
        assert "c.csv" in bench.shown
    assert not (folder / "study.qualcase").exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, ""),
        ({"file": ""}, "needs a file's name"),
        ({"file": "there"}, "there.qualcase is there already"),
        ({"file": "none/study"}, "There is no folder none"),
        ({"book": "four-process, nonsense"}, "no codebook “nonsense”"),
        ({"coder": ""}, "needs a name"),
        ({"mode": "other"}, "The mode is one of"),
    ],
)
def test_answers_are_checked_before_anything_is_made(folder, change, sentence):
    (folder / "there.qualcase").touch()
    usual = {"file": "study", "book": "four-process", "case": "", "coder": "Anna", "mode": "codebook"}
    told = check_beginning(usual | change)
    assert told == sentence if not sentence else sentence in told


def test_the_codebooks_that_ship_are_offered_with_a_sentence():
    offered = dict(codebook_offers())
    assert next(iter(offered)) == "four-process"
    assert "codes." in offered["cop-leadership"]


async def test_another_project_is_opened_by_its_path_with_completion(folder):
    (folder / "old studies").mkdir()
    make_project(folder / "old studies", "alpha")
    make_project(folder / "old studies", "alpine")
    (folder / "old studies" / "notes.txt").touch()
    async with at_home() as bench:
        await bench.press("o", "o", "tab", "a", "tab")
        typed = bench.app.screen.query_one("#typed")
        assert typed.value == "old studies/alp"
        assert "notes.txt" not in bench.shown
        await bench.press("down", "down", "up", "down", "enter")
        assert bench.app.place.bench.name == "alpine"


async def test_what_cannot_be_opened_is_one_sentence_and_one_stays_at_home(folder):
    (folder / "broken.qualcase").write_text("no database", encoding="utf-8")
    async with at_home() as bench:
        await bench.press("enter")
        assert isinstance(bench.screen, HomeScreen)
        assert "broken.qualcase" in bench.text_of("home-told").replace("\n", "")
        await bench.press("o", "x", "enter")
        assert isinstance(bench.screen, HomeScreen)
        assert "x" in bench.text_of("home-told")
        assert not bench.screen.busy
        await bench.press("c", "escape", "g")
        assert not bench.screen.query_one("#home-told").display


async def test_the_demonstration_is_built_told_of_and_opened_as_its_coder(folder, monkeypatch):
    def build(into, say):
        into.mkdir()
        say("imported 38 sources")
        path = make_project(into, "demo", [TALK], coder="Jonas")
        return type("Made", (), {"project": path})

    monkeypatch.setattr("qualcase.project.demo.run_demo", build)
    async with at_home() as bench:
        await bench.press("d", "enter")
        assert bench.app.place.bench.name == "demo"
        assert bench.app.place.bench.coder == "Jonas"
        assert bench.lobby.coder == "Anna"
    assert (folder / "qualcase-demo" / "demo.qualcase").exists()


async def test_the_coder_is_changed_at_home_and_acts_from_then_on(folder):
    path = make_project(folder, texts=[TALK])
    async with at_home(path=path) as bench:
        assert "coder Anna" in bench.text_of("title")
        await bench.press("g", "h", "c")
        await bench.type("B")
        await bench.press("enter")
        assert "You are B" in bench.status
        assert "now B" in bench.shown
        await bench.press("enter", "c", "enter")
        assert "coder B" in bench.text_of("title")
    with qualcase.open(path) as project:
        assert [one.coder for one in project.codings.list()] == ["B"]


async def test_going_home_closes_the_project_and_leaves_nothing_beside_it(folder):
    path = make_project(folder, texts=[TALK])
    async with at_home(path=path) as bench:
        first = bench.app.place
        await bench.press("c", "enter", "g", "h")
        assert isinstance(bench.screen, HomeScreen)
        assert not bench.app.has_project
        assert [one.name for one in folder.iterdir()] == ["study.qualcase"]
        await bench.press("backspace")
        assert "This is where you began." in bench.status
        await bench.press("enter")
        assert bench.app.place is not first
        assert len(bench.document.codings) == 1
        assert not first.is_running


async def test_without_a_project_there_is_nowhere_to_go():
    async with at_home() as bench:
        await bench.press("g")
        assert "No project is open" in bench.status
        await bench.press("colon")
        assert "Go to" not in bench.shown
        await bench.press("escape", "question_mark")
        assert "begin a new project" in bench.shown
        assert "go to another screen" not in bench.shown


async def test_every_key_of_home_opens_what_it_says(folder):
    opened = {"n": "WizardScreen", "o": "PathScreen", "d": "PathScreen", "c": "LineScreen"}
    assert set(opened) == {
        key for group in home_keys.GROUPS for one in group.actions for key in one.keys.split(",")
    }
    async with at_home() as bench:
        for key, dialogue in opened.items():
            await bench.press(key)
            assert type(bench.app.screen).__name__ == dialogue
            await bench.press("escape")
        await bench.press("home", "enter")
        assert type(bench.app.screen).__name__ == "WizardScreen"


async def test_quitting_at_home_leaves():
    async with at_home() as bench:
        await bench.pilot.press("q")
        await bench.pilot.pause()
        assert bench.app.return_code == 0


async def test_a_click_chooses_and_the_second_opens(folder):
    async with at_home(memory=three_projects(folder)) as bench:
        await bench.pilot.click("#projects", offset=(4, 1))
        await bench.settle()
        assert bench.screen.query_one("#projects").chosen == 1
        assert isinstance(bench.screen, HomeScreen)
        await bench.pilot.click("#projects", offset=(4, 1), times=2)
        await bench.settle()
        assert bench.app.place.bench.name == "network"
    async with at_home() as bench:
        await bench.pilot.click("#doors", offset=(6, 3), times=2)
        await bench.settle()
        assert type(bench.app.screen).__name__ == "LineScreen"


@pytest.fixture
def lobby():
    clerk = Clerk()
    made = Lobby(clerk, Memory(None), "Anna")
    yield made
    made.shut()
    clerk.close()


def test_one_project_here_is_opened_and_none_or_several_lead_home(folder, lobby):
    assert main._first(lobby, None) == (lobby, "")
    make_project(folder, "one")
    bench, refusal = main._first(lobby, None)
    assert (bench.project.path.name, refusal) == ("one.qualcase", "")
    make_project(folder, "two")
    assert main._first(lobby, None) == (lobby, "")


def test_the_only_project_here_that_cannot_be_opened_leads_home_with_a_sentence(folder, lobby):
    (folder / "broken.qualcase").write_text("no database", encoding="utf-8")
    bench, refusal = main._first(lobby, None)
    assert bench is lobby
    assert "broken.qualcase" in refusal


async def test_a_notice_is_shown_at_home():
    async with at_home(notice="It cannot be opened.") as bench:
        assert "It cannot be opened." in bench.text_of("home-told")


async def test_opening_another_closes_what_was_open(folder, lobby):
    first = await lobby.enter(make_project(folder, "one"))
    await lobby.enter(make_project(folder, "two"))
    assert sorted(one.name for one in folder.iterdir() if one.name.startswith("one")) == ["one.qualcase"]
    await lobby.leave(first)  # Closed long since: what is open now stays open.
    assert lobby._opened is not None


async def test_while_a_project_is_opened_no_other_thing_is_asked(folder):
    make_project(folder, "alpha")
    async with at_home() as bench:
        bench.screen.busy = True
        await bench.press("n", "o", "d", "c", "enter")
        assert bench.app.screen is bench.screen
        bench.screen.busy = False
        await bench.press("question_mark")
        await bench.app.enter(await bench.lobby.enter(folder / "alpha.qualcase"), "coding")
        await bench.settle()
        assert bench.app.screen is bench.app.place


async def test_quitting_waits_for_a_project_that_is_being_made(folder, monkeypatch):
    gate = threading.Event()

    def build(into, say):
        assert gate.wait(30)
        return type("Made", (), {"project": make_project(folder, "demo", [TALK])})

    monkeypatch.setattr("qualcase.project.demo.run_demo", build)
    async with at_home() as bench:
        await bench.pilot.press("d", "enter")
        await bench.until("Building")
        await bench.pilot.press("q")
        await bench.until("Saving")
        gate.set()
        await bench.settle()
        assert bench.app.return_code == 0
    assert [one.name for one in folder.iterdir()] == ["demo.qualcase"]
