"""The line of keys can be clicked: each key and each word does what it says."""

from __future__ import annotations

import pytest
from fake_project import FakeProject, make_source

from qualcase.tui.actions import Action, Group, Keymap, action_at, bar_pieces

GROUP = Group(
    "Some",
    (
        Action("one", "a", "one", "the first", "first", 0),
        Action("two", "b,c", "two", "on", "walk", 1),
        Action("three", "full_stop", "three", "back", "walk", 1),
        Action("hidden", "z", "hidden", "not in the bar"),
    ),
)


@pytest.mark.parametrize("width", [40, 120])
def test_each_sign_of_the_bar_belongs_to_the_action_that_it_names(width):
    bar = "".join(text for text, _ in bar_pieces((GROUP,), width, Keymap()))
    found = [action_at((GROUP,), width, Keymap(), column) for column in range(width)]
    names = {sign: found[bar.index(sign)].id for sign in ("a", "first", "b/", ".", "walk")}
    assert names == {"a": "one", "first": "one", "b/": "two", ".": "three", "walk": "two"}
    assert found[0] is None
    assert set(found[len(bar) :]) == {None}


def test_own_keys_are_found_where_they_are_drawn():
    keymap = Keymap({"one": "f5"})
    assert action_at((GROUP,), 40, keymap, 2).id == "one"
    assert action_at((GROUP,), 40, keymap, 4).id == "one"


@pytest.mark.parametrize("word", ["go", "code"])
async def test_a_click_in_the_bar_opens_what_the_key_opens(bench_on, word):
    project = FakeProject([make_source(1, "Ms Holm: There was little trust at first.\n")])
    async with bench_on(project, (80, 24)) as bench:
        row = bench.lines()[-1]
        await bench.pilot.click("#keys", offset=(row.index(f" {word} ") + 1, 0))
        await bench.settle()
        shown = "\n".join(bench.lines())
        assert {"go": "Go to", "code": "Enter apply"}[word] in shown
