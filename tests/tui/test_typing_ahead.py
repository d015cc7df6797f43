"""Keys typed faster than screens open arrive where they were meant, in their order."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest
from textual import events


async def send(bench, *keys):
    for key in keys:
        bench.app.post_message(events.Key(key, key if len(key) == 1 else None))
    # Behind them in the application's own order: when it is heard, they are.
    heard = asyncio.Event()
    bench.app.call_later(heard.set)
    await heard.wait()


async def type_at_once(bench, *keys):
    """Send keys as a terminal does when they come in one piece."""
    await send(bench, *keys)
    while bench.app._typed.is_at_work:
        await bench.pilot.pause(0.01)
    await bench.settle()


async def test_a_code_is_typed_before_its_list_is_up(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("j", "s")
        await type_at_once(bench, "c", *"trust", "enter", "l")
        assert bench.codes == [("KM.TRUST", "How did the network begin?")]
        assert bench.selected == "Ms"


async def test_no_letter_of_a_name_acts_on_the_screen_below(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", *"threat", "enter")
        # u, r, x, d and n are keys of the coding screen.
        await type_at_once(bench, "slash", *"urxdn", "escape")
        assert bench.codes == [("NS.THREAT", "Interview")]
        assert bench.document.source.handle == "S1"


async def test_another_screen_is_gone_to_and_used_in_one_go(bench_on, project):
    async with bench_on(project) as bench:
        await type_at_once(bench, "n", "g", "c", "l")
        assert bench.document.source.handle == "S2"
        assert bench.selected == "notes"


def read_slowly(project, monkeypatch):
    """Let a text take longer to read than keys take to come."""
    text = project.text

    def slowly(source):
        time.sleep(0.2)
        return text(source)

    monkeypatch.setattr(project, "text", slowly)


async def test_what_is_typed_while_a_source_is_read_is_meant_for_it(bench_on, project, monkeypatch):
    async with bench_on(project) as bench:
        read_slowly(project, monkeypatch)
        await type_at_once(bench, "n", "l")
        assert bench.document.source.handle == "S2"
        assert bench.selected == "notes"


async def test_what_is_typed_while_one_arrives_is_meant_for_what_is_shown_there(
    bench_on, project, monkeypatch
):
    async with bench_on(project) as bench:
        read_slowly(project, monkeypatch)
        await type_at_once(bench, "g", "c", "l")
        assert bench.selected == "with"


async def test_what_lasts_too_long_is_not_waited_for(bench_on, project, monkeypatch):
    text, may_go_on = project.text, threading.Event()

    def held(source):
        assert may_go_on.wait(30)
        return text(source)

    async with bench_on(project) as bench:
        monkeypatch.setattr(project, "text", held)
        monkeypatch.setattr("qualcase.tui.typing_ahead._LONGEST", 0.05)
        await send(bench, "n", "l", "l")
        while bench.selected == "Interview":
            await bench.pilot.pause(0.01)
        assert bench.document.source.handle == "S1"
        may_go_on.set()
        await bench.settle()
        assert bench.document.source.handle == "S2"


@pytest.mark.parametrize("keys", ["lllll", "lhlhl"])
async def test_keys_that_open_nothing_are_all_obeyed(bench_on, project, keys):
    async with bench_on(project) as bench:
        await type_at_once(bench, *keys)
        assert bench.selected == {"lllll": "June", "lhlhl": "with"}[keys]


@pytest.mark.parametrize("times", [2, 3])
async def test_a_double_enter_applies_once_and_opens_nothing_below(bench_on, project, times):
    async with bench_on(project) as bench:
        await bench.press("c", *"threat")
        await type_at_once(bench, *["enter"] * times)
        assert bench.codes == [("NS.THREAT", "Interview")]
        assert bench.app.screen is bench.screen
        later = events.Key("enter", None)
        later.time += 1
        bench.app.post_message(later)
        await bench.pilot.pause(0.05)
        await bench.settle()
        assert bench.app.screen is not bench.screen


async def test_after_tab_nothing_is_applied_that_was_not_meant(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", *"threat")
        await type_at_once(bench, "tab", "tab", "enter")
        assert bench.codes == [("NS.THREAT", "Interview")]
        assert bench.app.screen is bench.screen
        await bench.press("c", *"absorp", "tab", "down", "tab", *"appr", "enter")
        assert sorted(code for code, _ in bench.codes) == ["IA", "KM.ABSORB", "KM.TRUST", "NS.THREAT"]


async def test_a_dialogue_is_answered_once(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", *"threat")
        picker = bench.app.screen
        picker.dismiss("NS.THREAT")
        picker.dismiss("NS.THREAT")
        await bench.settle()
        assert bench.app.screen is bench.screen
        assert bench.codes == [("NS.THREAT", "Interview")]


async def test_a_key_behind_the_one_that_ends_a_mode_is_meant_for_the_text(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("s", "c", *"trust", "enter")
        await type_at_once(bench, "e", "h", "enter", "s", "e", "l", "escape", "w")
        assert bench.codes == [("KM.TRUST", "How did the network begin")]
        assert "Left as it was." in bench.status


async def test_no_key_waits_for_the_suggestions_of_a_source_just_opened(bench_on, project):
    may_go_on, propose = threading.Event(), project.suggestions.propose

    async with bench_on(project) as bench:

        def held(source):
            assert may_go_on.wait(30)
            return propose(source)

        project.suggestions.propose = held
        try:
            await send(bench, "n", "l")
            while bench.app._typed.is_at_work:
                await bench.pilot.pause(0.01)
            assert bench.selected == "notes"
            assert "looking for suggestions …" in bench.text_of("suggestion")
            assert not bench.app._typed._slow
        finally:
            may_go_on.set()
        await bench.settle()
