"""The editor on a real project: codings follow what is typed, after a look at what that does to them."""

from __future__ import annotations

import stat
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study import open_study

import qualcase
from qualcase.coding.places import QuotePlace
from qualcase.project import create_project
from qualcase.text.anchors import Edit, apply_edits, follow_edits
from qualcase.tui.keys import review as keys
from qualcase.tui.typed_edits import TypedEdits, clean_typed
from qualcase.tui.widgets.text_editor import TextEditor

TEXT = "We met in 2008.\tTrust grew slowly.\nNobody trusted the hospital.\n\x0bA second line.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("editor")
    (folder / "interview.txt").write_text(TEXT, encoding="utf-8")
    (folder / "notes.txt").write_text("Nobody came to the workshop.\n", encoding="utf-8")
    with create_project(folder / "study.qualcase", coder="Anna") as project:
        project.sources.import_paths([folder / "interview.txt", folder / "notes.txt"])
        source = project.sources.find("S1")
        project.codings.add(source, "KM.TRUST", QuotePlace("Trust grew slowly."))
        project.codings.add(source, "NS.THREAT", QuotePlace("Nobody trusted the hospital."))
    return folder / "study.qualcase"


@pytest.fixture
def path(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return path


def editor_on(path, size=(120, 36)):
    return open_study(path, "g", "e", size=size)


def area(bench):
    return bench.screen.query_one(TextEditor)


def shown(bench):
    return " ".join(" ".join(bench.lines()).replace("│", " ").split())


def stored(path):
    with qualcase.open(path) as project:
        assert project.care.check().problems == ()
        source = project.sources.find("S1")
        quotes = {one.code: (one.quote, one.state) for one in project.codings.in_source(source)}
        return project.sources.text(source), quotes


async def test_codings_follow_exactly_what_is_typed(path):
    async with editor_on(path) as bench:
        assert "Correct S1 interview" in bench.text_of("title")
        await bench.press(*"Oh. ", "escape")
        assert "1 edit, not saved" in bench.status
        await bench.press("s")
        assert "Save 1 edit of S1?" in shown(bench)
        assert "2 passages move along with their words." in shown(bench)
        await bench.press("y")
        assert "S1 is at text version 2; 2 passages have their places." in bench.status
    assert stored(path) == (
        "Oh. " + TEXT,
        {
            "KM.TRUST": ("Trust grew slowly.", "placed"),
            "NS.THREAT": ("Nobody trusted the hospital.", "placed"),
        },
    )


async def test_a_coded_word_that_is_deleted_and_typed_anew_stays_coded(path):
    async with editor_on(path) as bench:
        area(bench).go_to(TEXT.index("Trust") + 5)
        await bench.press(*["backspace"] * 5, *"Faith")
        await bench.press("f2")
        assert "was “Trust grew slowly.” will be “Faith grew slowly.”" in shown(bench)
        await bench.press("y")
    text, quotes = stored(path)
    assert text == TEXT.replace("Trust", "Faith")
    assert quotes["KM.TRUST"] == ("Faith grew slowly.", "placed")


async def test_what_is_deleted_whole_goes_to_review_and_the_save_is_undone(path):
    async with editor_on(path) as bench:
        start = TEXT.index("Nobody")
        area(bench).go_to(start)
        for _ in range(len("Nobody trusted the hospital.")):
            await bench.pilot.press("delete")
        await bench.press("escape", "s")
        assert "1 passage goes to review: nothing of it is left." in shown(bench)
        await bench.press("y")
        assert "1 in review: g then r settles them." in bench.status
        await bench.press("escape", "u")
        assert "Undone: Corrected S1" in bench.status
        assert stored(path)[0] == TEXT
        await bench.press("U")  # A key still: what follows an undo must not get into the text.
        assert "Done again: Corrected S1" in bench.status
    assert stored(path)[0] == TEXT.replace("Nobody trusted the hospital.", "")


async def test_unsaved_edits_stay_are_asked_about_and_can_be_left_out(path):
    async with editor_on(path) as bench:
        await bench.press("escape", "s")
        assert "Nothing was typed" in bench.status
        await bench.press("x")
        assert "Nothing was typed." in bench.status
        await bench.press("i", *"abc", "escape", "g", "m", "q")
        assert "What was typed in S1 is not saved" in bench.status
        assert bench.app.is_running
        await bench.press("escape", "u")
        assert "is not saved" in bench.status
        await bench.press("e")
        assert "is not saved" in bench.status
        await bench.press("o", *"S2", "enter")
        assert "Leave out what was typed?" in shown(bench)
        await bench.press("n")
        assert area(bench).now == "abc" + TEXT
        await bench.press("o", *"S2", "enter", "y")
        assert "Correct S2" in bench.text_of("title")
        await bench.press("z", "escape", "x", "y")
        assert "left out" in bench.status
        await bench.press("g", "s")
        assert "Sources" in bench.text_of("title")
    assert stored(path)[0] == TEXT


async def test_a_text_that_another_program_has_corrected_is_not_overwritten(path, tmp_path):
    async with editor_on(path) as bench:
        await bench.press(*"mine ")
        with qualcase.open(path, coder="Bo") as other:
            other.editing.apply(other.sources.find("S1"), [Edit(0, 2, "They")])
        await bench.press("escape", "s")
        assert "The text of S1 was changed meanwhile; nothing was written." in bench.status
        assert area(bench).now == "mine " + TEXT
        await bench.press("w", "enter")
        assert "is kept in S1-edited.txt" in bench.status
        kept = tmp_path / "S1-edited.txt"
        assert kept.read_bytes().decode("utf-8") == "mine " + TEXT
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        await bench.press("w", "enter")
        assert "cannot be written" in bench.status
    assert stored(path)[0] == TEXT.replace("We", "They")


async def test_the_editor_is_gone_to_from_the_sources_and_back(path):
    async with editor_on(path) as bench:
        await bench.press("escape", "g", "s", "end", "E")
        assert "Correct S2" in bench.text_of("title")
        await bench.press("escape", "backspace")
        assert bench.text_of("title").startswith(" study · Sources")


async def test_an_own_editor_is_another_way(path, tmp_path, monkeypatch):
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nsed -i "s/slowly/very slowly/" "$1"\n', encoding="utf-8")
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(script))
    async with editor_on(path) as bench:
        await bench.press("escape", "e")
        assert "Another editor cannot be shown in this terminal" in bench.status
        monkeypatch.setattr(bench.app, "suspend", nullcontext)
        await bench.press("e")
        assert "will be “Trust grew very slowly.”" in shown(bench)
        await bench.press("y")
        assert "text version 2" in bench.status
        monkeypatch.setenv("VISUAL", "false")
        await bench.press("escape", "e")
        assert "ended with the error 1; nothing was changed." in bench.status
        monkeypatch.setenv("VISUAL", "true")
        await bench.press("e")
        assert "Nothing was changed." in bench.status
    text, quotes = stored(path)
    assert text == TEXT.replace("slowly", "very slowly")
    assert quotes["KM.TRUST"] == ("Trust grew very slowly.", "placed")


async def test_no_text_is_never_saved(path):
    async with editor_on(path) as bench:
        await bench.press("f7", "delete", "ctrl+s")
        assert "No text would be left in S1; nothing was saved." in bench.status
        await bench.press("ctrl+z", "escape", "s")
        assert "Nothing was typed" in bench.status


async def test_pasted_controls_are_left_out_and_the_list_is_clicked(path):
    async with editor_on(path) as bench:
        area(bench).insert("a\x1b[31mb\r\nc\u2028d", (0, 0))
        assert area(bench).now == "a[31mb\nc\nd" + TEXT
        assert area(bench).is_true
        await bench.press("escape")
        await bench.pilot.click("#editor-acts", offset=(5, 0))
        await bench.settle()
        assert "Save 1 edit of S1?" in shown(bench)


def test_every_key_of_the_screen_is_pressed_here():
    pressed = {*"isxeowuU", "escape", "f2", "ctrl+s"}
    groups = (keys.EDITOR, keys.TYPING)
    assert {key for group in groups for action in group.actions for key in action.keys.split(",")} == pressed


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_the_screen_is_as_it_was(path, size, golden):
    async with editor_on(path, size) as bench:
        await bench.press("X", "escape")
        golden(f"editor-{size[0]}x{size[1]}", bench)


CHANGES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 6), st.text("abc ", max_size=4)), max_size=12)


@given(st.text("abcde ", min_size=1, max_size=40), CHANGES)
def test_what_was_noted_leads_to_what_stands_there(text, changes):
    typed, now = TypedEdits(), text
    for place, length, words in changes:
        start = min(place, len(now))
        end = min(start + length, len(now))
        typed.note(start, now[start:end], words)
        now = now[:start] + words + now[end:]
    assert apply_edits(text, typed.edits) == now
    if len(changes) == 1 and text == now:
        assert typed.edits == ()


@given(st.text("abcde", min_size=3, max_size=20), CHANGES)
def test_what_is_taken_back_step_by_step_is_nothing(text, changes):
    typed, now, done = TypedEdits(), text, []
    place, _, _ = changes[0] if changes else (0, 0, "")
    for _, length, words in changes:
        start = min(place, len(now))
        end = min(start + length, len(now))
        done.append((start, now[start:end], words))
        typed.note(start, now[start:end], words)
        now = now[:start] + words + now[end:]
    for start, removed, words in reversed(done):
        typed.note(start, words, removed)
    assert typed.edits == ()


def test_typing_beyond_a_passage_leaves_its_words_alone():
    typed = TypedEdits()
    for number, letter in enumerate("new "):
        typed.note(number, "", letter)
    typed.note(14, "", "!")
    assert typed.edits == (Edit(0, 0, "new "), Edit(14, 14, "!"))
    assert follow_edits([(0, 5), (5, 10)], typed.edits) == ((4, 9), (9, 14))
    assert clean_typed("a\x00b\r\nc\td") == "ab\nc\td"
