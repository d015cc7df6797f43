"""The memos screen on a real project: written, read whole, followed, changed, and its wordings kept."""

from __future__ import annotations

import pytest
from study import open_study

import qualcase
from qualcase.coding.places import QuotePlace
from qualcase.model.identity import short_uid
from qualcase.project import create_project
from qualcase.tui.keys import memos as keys
from qualcase.tui.screens.coding import CodingScreen
from qualcase.tui.screens.memos import MemosScreen

TEXT = "We met in 2008. Trust grew slowly. Nobody trusted the hospital.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("memos")
    (folder / "interview.txt").write_text(TEXT, encoding="utf-8")
    with create_project(folder / "study.qualcase", coder="Anna") as project:
        project.sources.import_paths([folder / "interview.txt"])
        first = project.memos.add("Trust comes before @KM.TRUST can be shown, see @S1.")
        project.memos.add("I know two of them from school.", "reflexive", "source:S1")
        # So long before the link that no golden shows the link, whose letters are others each time.
        long = (
            "Is what was said about the first year, the dinners, the fair and the patent that all had true "
            * 2
        )
        project.memos.add(
            f"{long}, as @{short_uid(first.uid)} says? Does it hold for the hospital?", "question"
        )
    return folder / "study.qualcase"


def memos_on(path, size=(120, 36)):
    return open_study(path, "g", "m", size=size)


def rows(bench):
    return [line.split()[0] for line in bench.text_of("table").splitlines()]


def told(bench):
    return " ".join(bench.text_of("known").split())


async def test_memos_are_listed_and_read_whole(path):
    async with memos_on(path) as bench:
        assert "Memos · 3" in bench.text_of("title")
        assert rows(bench) == ["question", "reflexive", "analytic"]
        await bench.press("end")
        assert "analytic memo on the project · Anna" in told(bench)
        assert "names code KM.TRUST (Building trust and social ties), source S1" in told(bench)
        assert "named by memo" in told(bench)
        await bench.press("enter")
        assert any("Trust comes before @KM.TRUST" in line for line in bench.lines())
        await bench.press("escape", "s")
        assert rows(bench)[0] == "analytic"


async def test_links_are_followed_both_ways(path):
    async with memos_on(path) as bench:
        await bench.press("f")
        assert "Trust comes before" in told(bench)
        await bench.press("f", *"code", "enter")
        assert bench.screen.chosen.id == "KM.TRUST"
        await bench.press("backspace")
        await bench.press("f", *"source", "enter")
        assert isinstance(bench.screen, CodingScreen)
        await bench.press("backspace", "f", *"memo", "enter")
        assert "hold for the hospital" in told(bench).replace("  ", " ")
        await bench.press("down", "f")
        assert isinstance(bench.screen, CodingScreen)


async def test_a_memo_that_names_nothing_says_so(path):
    async with memos_on(path) as bench:
        await bench.press("n", "enter", "enter", *"alone", "tab", "enter")
        assert "Wrote a analytic memo." not in bench.status
        assert "Wrote an analytic memo." in bench.status
        await bench.press("f")
        assert "This memo names nothing" in bench.status


async def test_a_memo_is_written_about_a_thing_changed_removed_and_all_is_undone(path):
    async with memos_on(path) as bench:
        await bench.press("n", *"code KM.TRUST", "enter", *"refl", "enter", *"mine @Nobody", "ctrl+s")
        assert "Nothing here is called @Nobody." in bench.status
        assert "reflexive memo on code KM.TRUST" in told(bench)
        await bench.press("e", *", changed", "tab", "enter")
        assert "mine @Nobody, changed" in told(bench)
        await bench.press("v")
        shown = " ".join(" ".join(bench.lines()).split())
        assert "2 wordings, the newest first" in shown
        await bench.press("escape", "x", "y")
        assert "Memos · 3" in bench.text_of("title")
        await bench.press("u")
        assert "Undone: Removed a memo" in bench.status
        assert "Memos · 4" in bench.text_of("title")
        await bench.press("u", "U")
        assert "Done again: Changed a memo" in bench.status
    with qualcase.open(path) as project:
        assert project.memos.list("reflexive")[-1].text == "mine @Nobody, changed"
        assert project.journal.verify().verified


async def test_a_memo_can_be_left_unremoved_and_needs_words(path):
    async with memos_on(path) as bench:
        await bench.press("x", "n")
        assert "Memos · 3" in bench.text_of("title")
        await bench.press("n", "enter", "enter", "tab", "enter")
        assert "A memo needs words." in bench.status
        assert bench.screen.failures == 1


async def test_kinds_words_and_the_reflexivity_register_are_filters(path):
    async with memos_on(path) as bench:
        await bench.press("R")
        assert rows(bench) == ["reflexive"]
        await bench.press("R")
        assert len(rows(bench)) == 3
        await bench.press("t")
        assert rows(bench) == ["analytic"]
        await bench.press("t")
        assert "No memo is so" in bench.status
        await bench.press("t", "t", "t", "t", "slash", *"hospital", "enter")
        assert rows(bench) == ["question"]
        assert "shown: with “hospital”" in bench.text_of("title")
        await bench.press("f")
        assert len(rows(bench)) == 3


async def test_the_register_is_written_to_a_file(path, tmp_path):
    async with memos_on(path) as bench:
        await bench.press("w")
        bench.app.screen.query_one("#typed").value = str(tmp_path / "register.csv")
        await bench.press("enter")
        assert "Wrote" in bench.status
    assert "I know two of them" in (tmp_path / "register.csv").read_text(encoding="utf-8")


async def test_a_memo_is_chosen_with_the_mouse(path):
    async with memos_on(path) as bench:
        await bench.pilot.click("#table", offset=(5, 1))
        await bench.settle()
        assert "I know two of them" in told(bench)
        await bench.pilot.click("#table", offset=(5, 1), times=2)
        await bench.settle()
        assert not isinstance(bench.app.screen, MemosScreen)


def test_every_key_of_the_screen_is_pressed_here():
    pressed = {*"nexfvtRwuU", "slash"}
    assert {key for action in keys.MEMOS.actions for key in action.keys.split(",")} == pressed


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_the_screen_is_as_it_was(path, size, golden, monkeypatch):
    monkeypatch.setattr("qualcase.tui.memo_lines.short_uid", lambda _: "7f3k2m9q")
    monkeypatch.setattr("qualcase.tui.memo_lines.day_of", lambda _: "2026-01-02")
    async with memos_on(path, size) as bench:
        await bench.press("down")
        golden(f"memos-{size[0]}x{size[1]}", bench)


async def test_a_memo_on_words_leads_to_those_words(path):
    async with open_study(path, "g", "c", size=(120, 36)) as bench:
        await bench.press("home", "s", "s")
        words = bench.selected
        await bench.press("m", *"why", "ctrl+s")
        assert "Memo written." in bench.status
        await bench.press("end", "g", "m")
        made = next(row for row in bench.screen.table.rows if "why" in row.cells[-1])
        bench.screen.table.choose_id(made.id)
        await bench.press("f")
        assert isinstance(bench.screen, CodingScreen)
        assert bench.selected == words


async def test_a_memo_on_a_passage_is_written_shown_and_led_to(path):
    async with open_study(path) as bench:
        await bench.press("j", "s", "m", *"why", "ctrl+s")
        assert "Memo written." in bench.status
        assert "Memos here" in bench.text_of("here")
        shown = " ".join(bench.text_of("here").split())
        assert "analytic, Anna on “Nobody trusted the hospital.”: why" in shown
        await bench.press("home")
        assert "Memos here" not in bench.text_of("here")
        assert "Memos on this source" in bench.text_of("here")
        await bench.press("g", "m")
        assert "analytic memo on passage S1 35:63" in told(bench)
        assert "“Nobody trusted the hospital.”" in told(bench)
        await bench.press("f")
        assert isinstance(bench.screen, CodingScreen)
        assert bench.screen.session.document.selection.span == (35, 63)
    with qualcase.open(path) as project:
        assert project.memos.list()[-1].quote == "Nobody trusted the hospital."
        assert project.memos.list()[-1].text == "why"


async def test_one_whose_words_were_corrected_leads_to_review_and_stays_when_it_is_dropped(path):
    with qualcase.open(path, coder="Anna") as project:
        source = project.sources.find("S1")
        memo = project.memos.add("why", about="S1", place=QuotePlace("Trust grew slowly."))
        project.editing.replace_text(source, TEXT.replace("Trust grew slowly.", "It was otherwise."))
    async with memos_on(path) as bench:
        assert "waits in review" in told(bench)
        await bench.press("f")
        assert bench.screen.table.chosen_id == memo.uid
        assert "analytic memo" in bench.text_of("table")
        assert "analytic memo by Anna" in bench.text_of("old-words")
        await bench.press("x")
        assert any("The memo stays, on the source." in line for line in bench.lines())
        await bench.press("y")
        assert "Nothing is in doubt." in bench.status
    with qualcase.open(path) as project:
        assert project.memos.list()[-1].about == ("source", "S1")
