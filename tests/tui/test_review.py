"""The review screen on a real project: passages in doubt are confirmed, moved, dropped, left, and undone."""

from __future__ import annotations

import pytest
from study import open_study

import qualcase
from qualcase.coding.places import QuotePlace
from qualcase.project import create_project
from qualcase.project.doubts import Doubt
from qualcase.tui.keys import review as keys
from qualcase.tui.review_lines import Found, new_lines
from qualcase.tui.screens.coding import CodingScreen
from qualcase.tui.screens.editor import EditorScreen

TEXT = (
    "We met in 2008 at a fair in the north. Trust grew slowly over the years among us.\n"
    "Nobody trusted the big hospital at that time.\n"
    "The patent was shared by all the partners of the network.\n"
)
CORRECTED = (
    "We met in 2008 at a fair in the north. Trust grew quite slowly over the long years.\n"
    "The patent was shared by all the partners of the network.\n"
    "It was shared by all of them.\n"
)
TRUST = "Trust grew slowly over the years among us."


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    (folder / "interview.txt").write_text(TEXT, encoding="utf-8")
    (folder / "corrected.txt").write_text(CORRECTED, encoding="utf-8")
    with create_project(folder / "study.qualcase", coder="Anna") as project:
        project.sources.import_paths([folder / "interview.txt"])
        (source,) = project.sources.list()
        project.codings.add(source, "KM.TRUST", QuotePlace(TRUST))
        project.codings.add(source, "NS.THREAT", QuotePlace("Nobody trusted the big hospital at that time."))
        project.editing.reimport(source, folder / "corrected.txt")
        assert len(project.editing.review()) == 2
    return folder / "study.qualcase"


def review_on(path, size=(120, 36)):
    return open_study(path, "g", "r", size=size)


def quotes(path):
    with qualcase.open(path) as project:
        assert project.care.check().problems == ()
        return {one.code: one.quote for one in project.codings.list() if one.state == "placed"}


def shown(bench):
    return " ".join(" ".join(bench.lines()).replace("│", " ").split())


async def test_old_and_new_stand_side_by_side(path):
    async with review_on(path) as bench:
        assert "Review · 2 passages in doubt" in bench.text_of("title")
        assert TRUST in " ".join(bench.text_of("old-words").split())
        assert "Trust grew quite slowly over the long years. ◀" in " ".join(
            bench.text_of("new-words").split()
        )
        await bench.press("down")
        assert "nothing like it is left" in bench.text_of("new-words")


async def test_a_passage_is_confirmed_and_that_is_undone_and_done_again(path):
    async with review_on(path) as bench:
        await bench.press("y")
        assert "KM.TRUST in S1 is at" in bench.status
        assert "1 passage in doubt" in bench.text_of("title")
        await bench.press("y")
        assert "No place is proposed" in bench.status
        await bench.press("u")
        assert "2 passages in doubt" in bench.text_of("title")
        await bench.press("U")
        assert "Done again: Confirmed KM.TRUST" in bench.status
    assert quotes(path) == {"KM.TRUST": "Trust grew quite slowly over the long years."}


async def test_a_passage_is_moved_to_words_that_stand_there(path):
    async with review_on(path) as bench:
        await bench.press("down", "m", "ctrl+u", *"no such words", "enter")
        assert "stands nowhere in S1" in bench.status
        await bench.press("m", "ctrl+u", *"shared by all", "enter")
        assert "2 places: which one?" in shown(bench)
        await bench.press("down", "enter")
        assert "It will say: “shared by all”" in shown(bench)
        await bench.press("y")
        assert "NS.THREAT in S1 is at" in bench.status
    assert quotes(path) == {"NS.THREAT": "shared by all"}


async def test_a_passage_is_moved_to_what_is_selected_on_the_coding_screen(path):
    async with review_on(path) as bench:
        bench.screen.bench.place["spots"] = "nonsense"
        await bench.press("M")
        assert "Nothing is selected in S1 yet" in bench.status
        await bench.press("o")
        assert bench.selected == "Trust grew quite slowly over the long years."
        await bench.press("home", "W", "backspace", "M")
        assert "It will say: “We met”" in shown(bench)
        await bench.press("n", "M", "y")
    assert quotes(path) == {"KM.TRUST": "We met"}


async def test_a_passage_is_dropped_after_a_word(path):
    async with review_on(path) as bench:
        await bench.press("down", "o")
        assert "there is no place to read" in bench.status
        await bench.press("x", "n")
        assert "2 passages" in bench.text_of("title")
        await bench.press("x", "y")
        assert "Dropped NS.THREAT in S1" in bench.status
        await bench.press("y")
        assert "Nothing is in doubt" not in bench.text_of("title")
        assert "0 passages" in bench.text_of("title")
        await bench.press("y", "m", "x", "n", "o", "e", "M")
        assert "0 passages" in bench.text_of("title")
        await bench.press("g", "r")
        assert "Nothing is in doubt" in bench.status


async def test_what_is_left_for_later_stands_last(path):
    async with review_on(path) as bench:
        await bench.press("n")
        assert "left for later" in bench.status
        lines = bench.text_of("table").splitlines()
        assert "later:" in lines[1]
        assert "later:" not in lines[0]


async def test_the_source_can_be_corrected_from_here_and_the_mouse_chooses(path):
    async with review_on(path) as bench:
        await bench.pilot.click("#table", offset=(5, 1))
        await bench.settle()
        assert "nothing like it is left" in bench.text_of("new-words")
        await bench.press("e")
        assert isinstance(bench.screen, EditorScreen)
        await bench.press("escape", "backspace", "up", "enter")
        assert isinstance(bench.screen, CodingScreen)


def test_the_words_asked_about_are_seen_on_a_small_screen_whatever_stands_before_them():
    doubt = Doubt(
        "u",
        "coding",
        "S1",
        "KM",
        "Anna",
        "Old words.",
        (400, 410),
        "New words.",
        0.9,
        changed=True,
        fields={},
    )
    found = Found(400, 410, "word " * 60, "New words.", "and after", 7)
    rows = ["".join(text for text, *_ in line) for line in new_lines(doubt, found, 38)]
    assert "▶ New words. ◀" in rows[:7]
    assert rows[rows.index("▶ New words. ◀") - 1].startswith("word word")


def test_every_key_of_the_screen_is_pressed_here():
    pressed = {*"ymMxnoeuU"}
    assert {key for action in keys.REVIEW.actions for key in action.keys.split(",")} == pressed


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_the_screen_is_as_it_was(path, size, golden):
    async with review_on(path, size) as bench:
        golden(f"review-{size[0]}x{size[1]}", bench)
