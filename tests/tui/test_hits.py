"""The places that a search in the text has found, in a list to choose from."""

from __future__ import annotations

import pytest
from bench import open_bench
from fake_project import FakeProject, make_source

from qualcase.tui.screens import coding_finding


async def test_all_hits_are_listed_with_their_lines_and_the_words_around(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("A")
        assert "/ asks for words" in bench.status
        await bench.press("slash", *"trust", "enter")
        assert "A all." in bench.status
        await bench.press("A")
        shown = "\n".join(bench.lines())
        assert "“trust”: 2 places" in shown
        assert "There was little trust at first" in shown
        assert "…Holm: Then trust grew slowly." in shown
        await bench.press("down", "enter")
        start = bench.document.text.index("trust grew")
        assert bench.document.selection.span == (start, start + 5)
        assert "2 of 2" in bench.status


async def test_the_list_is_narrowed_by_typing_and_left_without_going(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("slash", *"trust", "enter")
        before = bench.document.selection
        await bench.press("A", "escape")
        assert bench.document.selection == before
        await bench.press("A", *"slowly", "enter")
        assert bench.document.text[slice(*bench.document.selection.span)] == "trust"
        assert "2 of 2" in bench.status


@pytest.mark.parametrize("most", [2, 3])
async def test_very_many_hits_are_listed_as_far_as_a_list_is_of_use(monkeypatch, most):
    monkeypatch.setattr(coding_finding, "MOST_LISTED", most)
    async with open_bench(FakeProject([make_source(1, "word\nword\nword\n")])) as bench:
        await bench.press("slash", *"word", "enter", "A")
        shown = "\n".join(bench.lines())
        assert ("the first 2 are listed" in shown) == (most == 2)
        assert ("3  word word word" in shown) == (most == 3)
