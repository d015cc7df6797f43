"""The tour and the page of the workbench say what the tables of keys say; pictures ask nobody anything."""

from __future__ import annotations

import re
import sys

import pytest

from qualcase.tui.actions import draw_key
from qualcase.tui.dialogues.dialogue import Dialogue
from qualcase.tui.key_tables import all_tables
from qualcase.tui.places import PLACES

# Keys of dialogues and of the terminal itself, which no table holds.
_AGAIN = "Run: python docs/make_tour.py (needs tmux)"
OF_DIALOGUES = {"Enter", "Tab", "Esc", "?"}


@pytest.fixture
def pages(repo, monkeypatch):
    monkeypatch.syspath_prepend(str(repo / "docs"))
    for name in [name for name in sys.modules if name.partition(".")[0] in {"tour", "workbench_page"}]:
        del sys.modules[name]
    return repo / "docs"


def known_keys():
    actions = [action for table in all_tables() for group in table for action in group.actions]
    return {draw_key(key) for action in actions for key in action.keys.split(",")}


def test_the_page_of_the_tour_is_what_its_steps_and_the_tables_of_keys_make_of_it(pages):
    from tour.page import render_page

    assert (pages / "tour" / "README.md").read_text(encoding="utf-8") == render_page(), _AGAIN


def test_every_key_that_the_tour_names_is_a_key(pages):
    page = (pages / "tour" / "README.md").read_text(encoding="utf-8")
    pressed = [line for line in page.splitlines() if line.startswith("Keys: ")]
    assert len(pressed) > 10
    letters = {place.letter for place in PLACES}
    keys = {key for line in pressed for key in re.findall(r"`([^`]+)`", re.sub("type `[^`]+`", "", line))}
    assert keys - known_keys() - OF_DIALOGUES - letters == set()


def test_another_key_would_be_noticed(pages, monkeypatch):
    from tour import page

    before = page.render_page()
    monkeypatch.setattr(page, "actions", lambda: {**dict.fromkeys(_ids(), "f12")})
    assert page.render_page() != before


def _ids():
    return {action.id for table in all_tables() for group in table for action in group.actions}


def test_the_tour_has_a_picture_for_each_that_it_names_and_no_other(pages):
    from tour.steps import STEPS

    named = {f"{step.picture}.svg" for step in STEPS if step.picture}
    assert {path.name for path in (pages / "tour").glob("*.svg")} == named
    assert 0 < len(named) <= 12


def test_pictures_are_small_and_ask_nobody_for_anything(pages):
    for path in (pages / "tour").glob("*.svg"):
        drawn = path.read_text(encoding="utf-8")
        assert len(drawn.encode()) < 60_000, path.name
        assert re.findall(r"https?://[^\"]*", drawn) == ["http://www.w3.org/2000/svg"], path.name
        assert not re.search(r"@font-face|@import|url\(|<script|<image|href", drawn), path.name


def test_a_captured_line_keeps_its_columns_and_its_colours(pages):
    from tour.drawing import draw_screen, runs_of

    assert runs_of("ab\x1b[1;31mcd\x1b[0m e") == [
        (0, "ab", "#d0d0d0", "", ""),
        (2, "cd", runs_of("\x1b[31mx\x1b[0m")[0][2], "", "font-weight:bold;"),
        (4, " e", "#d0d0d0", "", ""),
    ]
    drawn = draw_screen("a <b> & c\n", 20, "What is shown")
    assert "<title>What is shown</title>" in drawn
    assert "a &lt;b&gt; &amp; c" in drawn


def test_the_keys_on_the_page_of_the_workbench_are_those_of_the_tables(pages):
    from workbench_page import fill

    page = (pages / "workbench.md").read_text(encoding="utf-8")
    assert fill(page) == page, "Run: python docs/workbench_page.py"


def test_no_group_of_keys_is_missing_on_the_page_of_the_workbench(pages):
    from workbench_page import groups_on

    shown = groups_on((pages / "workbench.md").read_text(encoding="utf-8"))
    wanted = [group for table in all_tables() for group in table]
    assert [group.title for group in wanted if group not in shown] == []


def test_every_screen_stands_on_the_page_of_the_workbench(pages):
    page = (pages / "workbench.md").read_text(encoding="utf-8")
    headings = re.findall(r"^### (.+?) \(`(\w)`\)$", page, re.MULTILINE)
    assert set(headings) == {(place.title, place.letter) for place in PLACES}


def test_the_keys_file_that_the_page_shows_is_taken(pages, tmp_path):
    from qualcase.tui.keymap import read_keymap

    page = (pages / "workbench.md").read_text(encoding="utf-8")
    [example] = re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    file = tmp_path / "keys.toml"
    file.write_text(example, encoding="utf-8")
    assert len(read_keymap(file, all_tables()).changed) >= 2


def test_dialogues_close_with_escape():
    assert any("escape" in str(getattr(one, "key", one)) for one in Dialogue.BINDINGS)
