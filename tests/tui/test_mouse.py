"""The mouse in the transcript: what is drawn over is what is selected, exactly."""

from __future__ import annotations

import pytest
from fake_project import FakeProject, make_source
from textual import events

from qualcase.tui.glyphs import draw_characters

WIDE = "Ms Holm: e\u0301tude 日本語の文です 👩\u200d👩\u200d👧 family 🇫🇮 flags कि word\n"


def cell_of(bench, text):
    """Return where the first character of some words is drawn, as an offset in the transcript."""
    place = bench.document.text.index(text)
    row = bench.document.rows.row_of(place)
    return bench.view.margin.left + bench.document.column_of(place), row - bench.view.scroll_offset.y


async def drag(bench, begin, to, **held):
    await bench.pilot.mouse_down(bench.view, offset=begin, **held)
    await bench.pilot.hover(bench.view, offset=to)
    await bench.pilot.mouse_up(bench.view, offset=to, **held)
    await bench.settle()


async def test_a_click_selects_a_word_two_a_sentence_and_three_a_turn(bench_on, project):
    async with bench_on(project) as bench:
        where = cell_of(bench, "met at")
        for times, expected in ((1, "met"), (2, "We met at a fair."), (3, bench.document.text[87:256])):
            await bench.pilot.click(bench.view, offset=where, times=times)
            await bench.settle()
            assert bench.selected == expected


async def test_dragging_selects_from_word_to_word_in_both_directions(bench_on, project):
    async with bench_on(project) as bench:
        await drag(bench, cell_of(bench, "met at"), cell_of(bench, "little"))
        assert bench.selected == "met at a fair. There was little"
        await drag(bench, cell_of(bench, "little"), cell_of(bench, "met at"))
        assert bench.selected == "met at a fair. There was little"
        await bench.press("c", *"threat", "enter")
        assert bench.codes == [("NS.THREAT", "met at a fair. There was little")]


async def test_shift_and_a_click_draw_the_selection_on(bench_on, project):
    async with bench_on(project) as bench:
        await bench.pilot.click(bench.view, offset=cell_of(bench, "met at"))
        await bench.pilot.click(bench.view, offset=cell_of(bench, "fair"), shift=True)
        await bench.settle()
        assert bench.selected == "met at a fair"


async def test_moving_without_a_button_selects_nothing(bench_on, project):
    async with bench_on(project) as bench:
        await bench.pilot.hover(bench.view, offset=cell_of(bench, "fair"))
        await bench.settle()
        assert bench.selected == "Interview"


async def test_a_stripe_that_is_clicked_chooses_its_coding(bench_on, project):
    source = project.texts[0][0]
    project.make(source, "IA", 51, 77)
    project.make(source, "KM", 55, 60)
    async with bench_on(project) as bench:
        row = cell_of(bench, "How did")[1]
        for lane, code in ((0, "IA"), (1, "KM")):
            await bench.pilot.click(bench.view, offset=(bench.view.margin.stripes + lane, row))
            await bench.settle()
            assert bench.document.chosen_coding().code == code
            assert bench.selected == bench.document.chosen_coding().quote
            assert "is chosen." in bench.status
        assert "▐" in bench.lines()[row + 1]
        await bench.press("asterisk")
        assert [one.code for one in project.live.values() if one.key] == ["KM"]


async def test_the_wheel_scrolls_and_leaves_the_selection_alone(bench_on):
    text = "".join(f"Ms Holm: Answer {number}.\n" for number in range(100))
    async with bench_on(FakeProject([make_source(1, text)])) as bench:
        before = bench.document.selection
        for kind, moves in ((events.MouseScrollDown, 1), (events.MouseScrollUp, -1)):
            top = bench.view.scroll_offset.y
            await bench.pilot._post_mouse_events([kind], bench.view, offset=(30, 5), button=0)
            await bench.settle()
            assert (bench.view.scroll_offset.y - top) * moves > 0
        assert bench.document.selection == before


async def test_dragging_below_the_edge_scrolls_on(bench_on):
    text = "".join(f"Ms Holm: Answer {number}.\n" for number in range(100))
    async with bench_on(FakeProject([make_source(1, text)]), (100, 20)) as bench:
        await bench.pilot.mouse_down(bench.view, offset=(40, 2))
        await bench.pilot.hover(bench.screen, offset=(40, 19))
        await bench.pilot.pause(0.4)
        await bench.pilot.mouse_up(bench.screen, offset=(40, 19))
        await bench.settle()
        assert bench.view.scroll_offset.y > 0
        assert bench.document.selection.end > bench.document.rows.span(20)[0]
        top = bench.view.scroll_offset.y
        await bench.pilot.pause(0.2)
        assert bench.view.scroll_offset.y == top


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
async def test_every_cell_of_wide_and_combined_characters_leads_to_its_word(bench_on, size):
    async with bench_on(FakeProject([make_source(1, WIDE)]), size) as bench:
        for words in ("e\u0301tude", "family", "flags", "कि", "word"):
            await bench.pilot.click(bench.view, offset=cell_of(bench, words))
            await bench.settle()
            assert bench.selected == words


async def test_a_script_without_spaces_is_selected_by_characters(bench_on):
    async with bench_on(FakeProject([make_source(1, WIDE)])) as bench:
        left, row = cell_of(bench, "本語")
        await drag(bench, (left, row), (left + 3, row))
        assert bench.selected == "本語"
        await drag(bench, (left + 1, row), (left + 1, row))
        assert bench.selected == "本"


async def test_with_ctrl_held_characters_are_selected_whole(bench_on):
    async with bench_on(FakeProject([make_source(1, WIDE)])) as bench:
        await drag(bench, cell_of(bench, "tude"), cell_of(bench, "ude"), control=True)
        assert bench.selected == "tu"
        left, row = cell_of(bench, "e\u0301tude")
        await drag(bench, (left, row), (left, row), control=True)
        assert bench.selected == "e\u0301"
        await drag(bench, cell_of(bench, "👩"), cell_of(bench, "👩"), control=True)
        assert bench.selected == "👩\u200d👩\u200d👧"


async def test_each_cell_of_a_row_belongs_to_the_character_drawn_there(bench_on):
    async with bench_on(FakeProject([make_source(1, WIDE * 3)]), (60, 20)) as bench:
        document = bench.document
        for row in range(len(document.rows)):
            start, end = document.rows.span(row)
            seen = [document.character_at(row, column) for column in range(bench.view.margin.text + 3)]
            assert all(start <= left < right <= end for left, right in seen)
            assert (
                "".join(document.text[slice(*one)] for one in dict.fromkeys(seen)) == document.text[start:end]
            )
        assert len(document.drawn) == len(draw_characters(document.text))
