"""The codebook screen on a real project: every change is shown, made, kept and undone."""

from __future__ import annotations

import pytest
from study import open_study

import qualcase
from qualcase.coding.places import SpanPlace
from qualcase.model.code import Code
from qualcase.project import create_project
from qualcase.tui.keys import codebook as keys

TEXT = "We trusted each other at once. Nobody trusted the hospital. The patent was shared by all.\n"
CODES = (
    Code("KM", "Knowledge mobility", kind="process", definition="How knowledge moves."),
    Code("KM.TRUST", "Trust building", "KM", "process", "Acts that make partners rely on each other."),
    Code("KM.ABSORB", "Absorptive capacity", "KM", "process", "Being able to use what others know."),
    Code("NS", "Network stability", kind="process"),
)


@pytest.fixture
def path(tmp_path):
    (tmp_path / "interview.txt").write_text(TEXT, encoding="utf-8")
    with create_project(tmp_path / "study.qualcase", coder="Anna", codebooks=()) as project:
        (tmp_path / "book.csv").write_text("id,name\nKM,Knowledge mobility\n", encoding="utf-8")
        project.codebook.import_file(tmp_path / "book.csv")
        project.codebook.edit("KM", definition="How knowledge moves.")
        for code in CODES[1:]:
            project.codebook.add(code)
        project.sources.import_paths([tmp_path / "interview.txt"])
        (source,) = project.sources.list()
        project.codings.add(source, "KM.TRUST", SpanPlace(0, 30))
        project.codings.add(source, "KM.TRUST", SpanPlace(31, 59))
        project.codings.add(source, "KM.ABSORB", SpanPlace(0, 30))
    return tmp_path / "study.qualcase"


def codebook_on(path, size=(120, 36)):
    return open_study(path, "g", "b", size=size)


def tree(bench):
    return [line.split("▌ ")[1].rstrip() for line in bench.text_of("tree").splitlines()]


def ids(path, status="active"):
    with qualcase.open(path) as project:
        (book,) = project.codebook.all()
        return [code.id for code in book.codes if code.status == status]


async def test_codes_are_shown_with_their_use_meaning_and_passages(path):
    async with codebook_on(path) as bench:
        assert [line.split() for line in tree(bench)][1] == ["Trust", "building", "2"]
        assert "How knowledge moves." in bench.text_of("meaning")
        assert "the codes below it have 3 codings" in " ".join(bench.text_of("coded").split())
        await bench.press("j")
        assert "Acts that make partners rely" in bench.text_of("meaning")
        assert "We trusted each other at once." in bench.text_of("coded")
        await bench.press("end")
        assert "No definition yet: e writes one." in bench.text_of("meaning")
        assert "Nothing is coded so yet." in bench.text_of("coded")
        assert "4 of 4" in bench.status


async def test_a_passage_is_gone_to_and_one_comes_back(path):
    async with codebook_on(path) as bench:
        await bench.press("j", "enter", "j", "enter")
        assert bench.selected == "Nobody trusted the hospital."
        await bench.press("backspace")
        assert bench.screen.chosen.id == "KM.TRUST"


async def test_a_code_is_added_beside_and_inside(path):
    async with codebook_on(path) as bench:
        await bench.press("j", "n", *"Ties", "enter", *"Bonds", "enter", "enter", "enter")
        assert "Added “Ties” as KM.TIES." in bench.status
        assert bench.screen.chosen.id == "KM.TIES"
        await bench.press("i", *"Weak", "enter", "enter", "enter", "enter")
        assert bench.screen.chosen.id == "KM.TIES.WEAK"
        await bench.press("u", "u")
        assert "Undone: Added KM.TIES" in bench.status
        await bench.press("U")
        assert "Done again: Added KM.TIES" in bench.status
    assert "KM.TIES" in ids(path)


async def test_a_name_without_a_word_is_refused(path):
    async with codebook_on(path) as bench:
        await bench.press("n", "minus", "enter", "enter", "enter", "enter")
        assert "A name needs at least one word." in bench.status
    assert len(ids(path)) == len(CODES)


async def test_a_form_asks_once_before_words_typed_into_it_are_lost(path):
    async with codebook_on(path) as bench:
        await bench.press("n", "escape")
        assert type(bench.app.screen).__name__ == "CodebookScreen"
        await bench.press("n", *"Dread", "escape")
        assert any("again closes without saving" in line for line in bench.lines())
        await bench.press(*"s", "escape")
        assert type(bench.app.screen).__name__ == "FormScreen"
        await bench.press("escape")
        assert type(bench.app.screen).__name__ == "CodebookScreen"
    assert "Dread" not in " ".join(code.name for code in CODES)


async def test_a_code_is_renamed_and_keeps_its_codings(path):
    async with codebook_on(path) as bench:
        await bench.press("j", "r", "home", "X", "enter", *"why", "enter")
        assert tree(bench)[1].split() == ["XTrust", "building", "2"]
    with qualcase.open(path) as project:
        assert project.codebook.history()[-1].reason == "why"


async def test_a_meaning_is_worded_better_or_changed(path):
    async with codebook_on(path) as bench:
        await bench.press("j", "e", "home", "X", *("enter",) * 7)
        assert "XActs that make" in bench.text_of("meaning")
        await bench.press("y")
        assert "Nothing coded KM.TRUST waits" in bench.status
        await bench.press("N", "home", "Y", *("enter",) * 7)
        assert "Changed KM.TRUST" in bench.status
        await bench.press("Y")
        assert any("2 passages coded KM.TRUST" in line for line in bench.lines())
        await bench.press("y")
        assert "Confirmed 2 passages of KM.TRUST" in bench.status
        await bench.press("Y")
        assert "Nothing coded KM.TRUST waits" in bench.status
        await bench.press("W", *("enter",) * 7)
        assert "Nothing was changed." in bench.status
    with qualcase.open(path) as project:
        assert [one.act for one in project.codebook.history()][-2:] == ["reword", "narrow"]


async def test_a_code_is_moved_by_name_by_level_and_by_mouse(path):
    async with codebook_on(path) as bench:
        await bench.press("j", "j", "right")
        assert bench.screen.chosen.parent == "KM.TRUST"
        await bench.press("left")
        assert bench.screen.chosen.parent == "KM"
        await bench.press("H")
        assert bench.screen.chosen.parent is None
        await bench.press("left")
        assert "at the top already" in bench.status
        await bench.press("m", *"stabil", "enter")
        assert bench.screen.chosen.parent == "NS"
        await bench.press("home", "L")
        assert "no code above it" in bench.status
        tree_pane = bench.screen.code_tree
        await bench.pilot.mouse_down(tree_pane, offset=(5, 1))
        await bench.pilot.mouse_up(tree_pane, offset=(5, 2))
        await bench.settle()
        assert any("Put “Trust building” under “Network stability”?" in line for line in bench.lines())
        await bench.press("y")
    with qualcase.open(path) as project:
        assert project.codebook.find("KM.TRUST").parent == "NS"


async def test_a_merge_shows_what_it_touches_and_can_be_left(path):
    async with codebook_on(path) as bench:
        await bench.press("j", "M", *"absorp", "enter")
        shown = " ".join(" ".join(bench.lines()).replace("│", " ").split())
        assert "2 codings by Anna in 1 source and 0 events move from KM.TRUST to KM.ABSORB." in shown
        assert "1 coding stand there under KM.ABSORB already" in shown
        await bench.press("n")
        assert ids(path) == [code.id for code in CODES]
        await bench.press("M", *"absorp", "enter", "y")
        assert "Merged KM.TRUST into KM.ABSORB" in bench.status
        assert "(retired)" in tree(bench)[1]
        assert "others retired" in bench.text_of("title")
        await bench.press("u")
        assert "(retired)" not in tree(bench)[1]


async def test_a_split_lists_what_is_to_be_read_again(path):
    async with codebook_on(path) as bench:
        await bench.press("j", "P")
        assert any("2 codings by Anna in 1 source" in line for line in bench.lines())
        await bench.press(*"Old", "enter", *"New", *("enter",) * 5)
        assert "Split KM.TRUST into 2 parts" in bench.status
    assert {"KM.OLD", "KM.NEW"} <= set(ids(path))
    with qualcase.open(path) as project:
        assert len(project.codebook.reread("KM.TRUST")) == 2


async def test_a_code_is_retired_after_a_word(path):
    async with codebook_on(path) as bench:
        await bench.press("j", "R", "y")
        assert "Retired KM.TRUST" in bench.status
    assert ids(path, "retired") == ["KM.TRUST"]


async def test_its_life_and_what_is_doubtful_can_be_read(path):
    async with codebook_on(path) as bench:
        await bench.press("j", "v")
        assert any("The life of KM.TRUST" in line for line in bench.lines())
        await bench.press("escape", "c")
        assert any("things to look at" in line for line in bench.lines())


async def test_a_refusal_is_a_sentence_and_nothing_changes(path):
    async with codebook_on(path) as bench:
        await bench.press("home", "R", "y")
        assert bench.screen.failures == 1
        assert bench.status.strip().startswith("The code KM")
    assert ids(path) == [code.id for code in CODES]


def test_every_key_of_the_screen_is_pressed_here():
    pressed = {*"nierm", *"HLMPNWRuUvcyY", "left", "right"}
    bound = {key for group in keys.GROUPS for action in group.actions for key in action.keys.split(",")}
    assert bound - pressed == {"p"}  # which goes to the passages screen, and is pressed in its tests


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_the_screen_is_as_it_was(path, size, golden):
    async with codebook_on(path, size) as bench:
        await bench.press("j")
        golden(f"codebook-{size[0]}x{size[1]}", bench)


async def test_the_passage_that_is_clicked_is_the_one_that_opens(path):
    async with codebook_on(path) as bench:
        await bench.press("j")
        coded = bench.screen.query_one("#coded")
        await bench.pilot.click("#coded", offset=(5, 0))
        assert coded.chosen == 0
        await bench.pilot.click("#coded", offset=(5, 2))
        assert coded.chosen == 1
        await bench.pilot.click("#coded", offset=(5, 1))
        assert coded.chosen == 0
        await bench.pilot.click("#coded", offset=(5, 2), times=2)
        await bench.settle()
        assert bench.selected == "Nobody trusted the hospital."


async def test_what_others_have_coded_is_not_counted_where_coders_work_independently(path, tmp_path):
    with create_project(tmp_path / "own.qualcase", coder="Bo", mode="coding-reliability") as project:
        project.sources.import_paths([tmp_path / "interview.txt"])
        project.codings.add(project.sources.find("S1"), "KM", SpanPlace(0, 30))
    async with codebook_on(tmp_path / "own.qualcase") as bench:
        assert not any(line.split()[-1] == "1" for line in tree(bench))
        assert "Codings of others are not shown yet" in bench.status
        await bench.press("c")
        assert any("Codings of others are not shown yet" in line for line in bench.lines())
