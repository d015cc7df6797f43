"""Keys typed faster than screens open arrive where they were meant, in their order."""

from __future__ import annotations

import pytest
from textual import events


async def type_at_once(bench, *keys):
    """Send keys as a terminal does when they come in one piece."""
    for key in keys:
        bench.app._driver.send_message(events.Key(key, key if len(key) == 1 else None))
    for _ in range(200):
        await bench.pilot.pause(0.01)
        if bench.app._typed._at_work is None and not bench.app._typed._waiting:
            break
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


@pytest.mark.parametrize("keys", ["lllll", "lhlhl"])
async def test_keys_that_open_nothing_are_all_obeyed(bench_on, project, keys):
    async with bench_on(project) as bench:
        await type_at_once(bench, *keys)
        assert bench.selected == {"lllll": "June", "lhlhl": "with"}[keys]
