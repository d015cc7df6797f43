"""How much is drawn for one key: counted, never timed."""

from __future__ import annotations

import pytest
from fake_project import FakeProject, make_source
from rich.color import ColorSystem
from textual._compositor import CompositorUpdate

from qualcase.tui.screens.coding import CodingScreen

BUDGET = 4096  # A turn may take many rows and carry many codings: twice that.


@pytest.fixture(scope="module")
def long_project():
    line = "We trust the process of working in networks although it takes a great deal of patience from all. "
    text = "".join(
        f"Interviewer: Question {number}?\nMs Holm: Answer {number}. {line * 3}\n" for number in range(500)
    )
    source, text = make_source(1, text)
    assert source.words >= 29_000
    project = FakeProject([(source, text)])
    for number in range(3000):
        start = number * len(text) // 3000
        project.make(
            source,
            ("KM.TRUST", "NS.THREAT", "IA")[number % 3],
            start,
            min(len(text), start + 90 + number % 200),
        )
    return project


@pytest.fixture
def written(monkeypatch):
    """Count the bytes that a terminal would get: without one Textual does not even encode them."""
    from textual.app import App

    display, sent = App._display, []

    def count(app, screen, renderable):
        app.console._color_system = ColorSystem.TRUECOLOR
        if isinstance(renderable, CompositorUpdate):
            sent.append(len(renderable.render_segments(app.console).encode()))
        display(app, screen, renderable)

    monkeypatch.setattr(App, "_display", count)
    return sent


async def drawn_and_written(bench, written, key):
    before = bench.view.rows_drawn
    top = bench.view.scroll_offset.y
    written.clear()
    await bench.press(key)
    return bench.view.rows_drawn - before, sum(written), bench.view.scroll_offset.y != top


@pytest.mark.parametrize("keys", ["lllhhh", "wwwWWH", "jjkkJK", "ssSsHL", "tTt"])
async def test_a_key_draws_the_rows_it_touches_and_no_more(bench_on, long_project, written, keys):
    async with bench_on(long_project, (160, 48)) as bench:
        await bench.press(*"jjjjj")
        for key in keys:
            old = bench.document.selection
            drawn, sent, scrolled = await drawn_and_written(bench, written, key)
            new = bench.document.selection
            touched = {*bench.document.rows_of(*old.span), *bench.document.rows_of(*new.span)}
            assert not scrolled
            assert drawn <= len(touched)
            assert 0 < sent <= BUDGET * (1 + (key in "tT"))
            assert len(written) == 1, "the text and what the panes say of it are painted together"


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_coding_and_undoing_write_little(bench_on, long_project, written, size):
    async with bench_on(long_project, size) as bench:
        await bench.press("s", "c", *"appropri", "enter", "l")
        for key in ("full_stop", "u", "r", "u"):
            drawn, sent, scrolled = await drawn_and_written(bench, written, key)
            assert not scrolled
            assert drawn <= 2 * len(bench.document.rows_of(*bench.document.selection.span))
            assert 0 < sent <= BUDGET


async def test_scrolling_draws_at_most_one_screen(bench_on, long_project, written):
    async with bench_on(long_project, (160, 48)) as bench:
        for key in ("pagedown", "end", "home"):
            drawn, sent, _ = await drawn_and_written(bench, written, key)
            assert drawn <= 48 + 2
            assert sent <= 48 * 700


async def test_a_row_that_comes_back_is_not_painted_again(bench_on, long_project, written):
    async with bench_on(long_project, (160, 48)) as bench:
        await bench.press("pagedown", "pagedown")
        await bench.press("pageup", "pageup")
        drawn, _, _ = await drawn_and_written(bench, written, "pagedown")
        assert drawn <= 4


async def test_what_is_done_to_a_coding_draws_its_rows_and_no_more(bench_on, long_project, written):
    async with bench_on(long_project, (160, 48)) as bench:
        await bench.press("s", "c", *"appropri", "enter", "y")
        for key in ("asterisk", "asterisk", "e", "l", "l", "h", "comma", "tab", "l", "enter", "u", "r", "u"):
            before = bench.document.selection.span
            drawn, sent, scrolled = await drawn_and_written(bench, written, key)
            rows = {*bench.document.rows_of(*before), *bench.document.rows_of(*bench.document.selection.span)}
            assert not scrolled
            # Selected anew, painted, written, and painted as written.
            assert drawn <= 4 * len(rows)
            # Entering and leaving the mode moves the keys, and with them Textual sends the pane again.
            assert 0 < sent <= BUDGET * (16 if key in ("e", "enter") else 1)


async def test_undoing_reads_no_more_than_what_changed(bench_on, long_project):
    read, whole = [], long_project.codings.in_source
    async with bench_on(long_project, (160, 48)) as bench:
        long_project.codings.in_source = lambda *given, **named: read.append(given) or whole(*given, **named)
        await bench.press("s", "c", *"appropri", "enter", "u", "r", "u")
        assert read == []
    long_project.codings.in_source = whole


async def test_a_screen_is_painted_for_the_first_time_with_its_text(bench_on, project, monkeypatch):
    from textual.app import App

    display, shown = App._display, []

    def keep(app, screen, renderable):
        if isinstance(renderable, CompositorUpdate) and isinstance(screen, CodingScreen):
            shown.append(renderable.render_segments(app.console))
        display(app, screen, renderable)

    monkeypatch.setattr(App, "_display", keep)
    monkeypatch.setattr("qualcase.tui.screens.coding_frame._SOON", 30.0)
    async with bench_on(project):
        assert "little trust at first" in shown[0]
        assert "quit" in shown[0]


async def test_a_pane_under_a_border_is_drawn_anew_to_its_last_line(bench_on, project):
    async with bench_on(project, (160, 48)) as bench:
        pane = bench.screen.query_one("#suggestion")
        last = pane.size.height - 1
        pane.lines = [((f"line {place}.", "plain"),) for place in range(last + 1)]
        pane.refresh()
        await bench.pilot.pause()
        assert any(f"line {last}." in line for line in bench.lines())
