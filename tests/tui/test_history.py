"""The log and the rounds on a real project: read page by page, one's acts taken back, the chain verified."""

from __future__ import annotations

import sqlite3

import pytest
from study import open_study

from qualcase.coding.places import QuotePlace
from qualcase.model.operation import Change, LoggedOperation
from qualcase.project import create_project
from qualcase.tui.keys import history as keys
from qualcase.tui.log_lines import brief_lines, change_lines, log_row

TEXT = "We met in 2008. Trust grew slowly. Nobody trusted the hospital.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("history")
    (folder / "interview.txt").write_text(TEXT, encoding="utf-8")
    with create_project(folder / "study.qualcase", coder="Anna") as project:
        project.sources.import_paths([folder / "interview.txt"])
        (source,) = project.sources.list()
        project.codings.add(source, "KM.TRUST", QuotePlace("Trust grew slowly."))
        project.coder = "Bo"
        project.codings.add(source, "NS.THREAT", QuotePlace("Nobody trusted the hospital."))
    return folder / "study.qualcase"


def place_on(path, letter="l", size=(120, 36)):
    return open_study(path, "g", letter, size=size)


def acts(bench):
    return [line.split("  ")[-1].strip() for line in bench.text_of("table").splitlines()]


def told(bench):
    return " ".join(bench.text_of("known").split())


async def test_acts_are_listed_the_newest_first_and_told_whole(path):
    async with place_on(path) as bench:
        assert "5 acts · newest first" in bench.text_of("title")
        assert [one.split()[0] for one in acts(bench)] == ["Coded", "Bo", "Coded", "Imported", "Began"]
        assert "code by Bo" in told(bench)
        assert "it stands" in told(bench)
        await bench.press("enter")
        whole = " ".join(" ".join(bench.lines()).replace("│", " ").split())
        assert "coding" in whole
        assert "Act 5" in whole
        await bench.press("escape", "r")
        assert "oldest first" in bench.text_of("title")
        assert acts(bench)[-1].startswith("Coded")
        await bench.press("r")
        assert "The newest first." in bench.status


async def test_only_ones_own_act_is_taken_back_and_done_again(path):
    async with place_on(path) as bench:
        await bench.press("u")
        assert "Undone: Coded “" in bench.status
        assert "(taken back) Coded S1" in "\n".join(acts(bench))
        assert acts(bench)[0].startswith("Took back")
        await bench.press("U")
        assert "Done again: Coded “" in bench.status
        assert "(taken back)" not in acts(bench)[2]
        await bench.press("U")
        assert "Anna has no act that can be done again." in bench.status


async def test_the_acts_of_one_coder(path):
    async with place_on(path) as bench:
        await bench.press("c", *"Bo", "enter")
        assert len(acts(bench)) == 2
        assert "by Bo" in bench.text_of("title")
        assert "1 of 2" in bench.status
        await bench.press("c", *"every", "enter")
        assert len(acts(bench)) == 5


async def test_the_chain_is_verified_and_a_change_by_hand_is_found(path):
    async with place_on(path) as bench:
        await bench.press("v")
        assert "The journal holds: 5 acts, each as it was written." in bench.status
    with sqlite3.connect(path) as file:
        kept = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in kept:
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE operation SET codebook_version = 9 WHERE sequence = 2")
        for _, sql in kept:
            file.execute(sql)
    file.close()
    async with place_on(path) as bench:
        await bench.press("v")
        assert "The journal has been altered" in bench.status


async def test_a_long_log_is_read_page_by_page(path, monkeypatch):
    monkeypatch.setattr("qualcase.tui.screens.history.PAGE", 2)
    monkeypatch.setattr("qualcase.tui.screens.history._NEAR", 1)
    async with place_on(path) as bench:
        assert len(acts(bench)) == 2
        assert "1 of 5" in bench.status
        await bench.press("end")
        assert len(acts(bench)) == 4
        assert "2 of 5" in bench.status
        await bench.pilot.click("#table", offset=(5, 3))
        await bench.settle()
        assert len(acts(bench)) == 5
        assert "4 of 5" in bench.status


async def test_rounds_are_a_place_kept_for_later(path):
    async with place_on(path, "w") as bench:
        said = " ".join(bench.text_of("rounds").split())
        assert "Rounds will be opened, closed and decided here" in said
        assert "Anna: 0 of 1 source" in said
        assert "D on the coding screen say that you have coded a source through" in said
        await bench.press("backspace")
        assert bench.selected


def test_a_redacted_and_an_undone_act_say_so():
    act = LoggedOperation(
        7, "u", "code", "(redacted)", "Bo", "2026-01-02T10:11:12Z", 1, "h", (), 0, "x", True
    )
    assert log_row(act).cells == ("7", "2026-01-02 10:11", "Bo", "(taken back) (redacted)")
    assert "taken back by x" in "".join(text for line in brief_lines(act, 200) for text, _ in line)


def test_what_an_act_changed_is_told_record_by_record():
    changes = [
        Change("memo", "m1", {"text": "old"}, {"text": "n" * 400}),
        Change("memo", "m2", {"a": 1}, None),
    ]
    said = ["".join(text for text, _ in line) for line in change_lines(changes, 500)]
    assert said[1:3] == ["memo m1 changed", f"text: old → {'n' * 300}… (400 characters)"]
    assert said[4:] == ["memo m2 deleted", "a: 1, gone"]
    many = change_lines([Change("memo", "m", None, {"a": 1})] * 205, 80)
    assert many[-1] == (("and 5 more records", "dim"),)


def test_every_key_of_the_screen_is_pressed_here():
    assert {key for action in keys.HISTORY.actions for key in action.keys.split(",")} == {*"uUcrv"}


@pytest.mark.parametrize("letter", ["l", "w"])
@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_the_screens_are_as_they_were(path, letter, size, golden, monkeypatch):
    monkeypatch.setattr("qualcase.tui.log_lines.moment_of", lambda _: "2026-01-02 10:11")
    monkeypatch.setattr("qualcase.tui.log_lines.identity_of", lambda _: "id 7f3k2m9q · hash 00ff")
    async with place_on(path, letter, size) as bench:
        golden(f"{'log' if letter == 'l' else 'rounds'}-{size[0]}x{size[1]}", bench)
