"""The whole job by keys alone, and each of those keys is on the screen where it is needed."""

from __future__ import annotations


async def shown_then_pressed(bench, hint, *keys):
    assert any(hint in line for line in bench.lines()), f"{hint!r} is not on the screen"
    await bench.press(*keys)


async def test_from_the_first_source_to_the_last_by_keys_alone(bench_on, project):
    async with bench_on(project, (80, 24)) as bench:
        await shown_then_pressed(bench, "w/s/t select", "j", "s")
        await shown_then_pressed(bench, "c code", "c")
        await shown_then_pressed(bench, "Enter apply", *"absorp", "enter")
        await shown_then_pressed(bench, "w/s/t select", "s", "t")
        await shown_then_pressed(bench, "W/S/T extend", "w", "W", "c", *"threat", "enter")
        await shown_then_pressed(bench, "u/U undo", "u", "U", "u")
        await shown_then_pressed(bench, "f next suggestion", "f")
        await shown_then_pressed(bench, "a accept", "a")
        await shown_then_pressed(bench, "f next suggestion", "f")
        await shown_then_pressed(bench, "d reject", "d")
        await shown_then_pressed(bench, "n/p next", "n", "j", "s", "c", *"threat", "enter")
        await shown_then_pressed(bench, "x uncode", "x", "u")
        await bench.pilot.press("q")
        await bench.app.workers.wait_for_complete()
        assert bench.app.return_code == 0
    codings = [(one.source, one.code, one.quote) for one in project.live.values()]
    assert codings == [
        ("S1", "KM.ABSORB", "How did the network begin?"),
        ("S1", "KM.TRUST", "trust"),
        ("S2", "NS.THREAT", "Nobody came to the workshop."),
    ]


async def test_from_opening_to_the_first_coding_takes_few_keys(bench_on, project):
    keys = ("j", "s", "c", *"abs", "enter")
    assert len(keys) <= 15
    async with bench_on(project, (80, 24)) as bench:
        await bench.press(*keys)
        assert bench.codes == [("KM.ABSORB", "How did the network begin?")]
