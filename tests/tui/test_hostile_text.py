"""Texts that a terminal or a markup reader would trip over are shown, character for character."""

from __future__ import annotations

import pytest
from fake_project import FakeProject, make_source
from rich.cells import cell_len
from textual.events import Key
from textual.widgets import Input, TextArea

from qualcase.model.code import Code, Codebook
from qualcase.text.wrapping import clusters
from qualcase.tui.glyphs import draw_characters, draw_line
from qualcase.tui.invisible import as_text
from qualcase.tui.panes import status_line

WIDE = "日本語の文です。 e\u0301tude 👩\u200d👩\u200d👧 family 🇫🇮 flags 👍🏽 tone कि क्ष x\u200dy ❤\ufe0f end word"  # noqa: E501 -- wide characters count twice


def project_of(*texts):
    return FakeProject([make_source(number, text) for number, text in enumerate(texts, start=1)])


async def test_markup_in_a_text_is_text(bench_on):
    text = "Ms Holm: [bold]loud[/bold] [/] [link=x]y[/link] [@click=app.quit]press[/] $accent {x} \\[z]\n"
    async with bench_on(project_of(text), (200, 30)) as bench:
        await bench.press("s", "c", *"threat", "enter")
        shown = "\n".join(bench.lines())
        assert text.strip() in shown
        assert [one.quote for one in bench.project.live.values()] == [bench.selected]


async def test_markup_in_names_searches_and_errors_is_text(bench_on, project):
    nasty = Code("A[red]", "Name [bold]x[/] [@click=app.quit]go[/]", definition="[b]what[/b]")
    project.codebook.all = lambda: (Codebook("b", "B", 1, (nasty,)),)
    async with bench_on(project) as bench:
        await bench.press("c")
        assert any("A[red]  Name [bold]x[/] [@click=app.quit]go[/]" in line for line in bench.lines())
        assert any("[b]what[/b]" in line for line in bench.lines())
        await bench.press("enter", "slash", "left_square_bracket", "slash", "right_square_bracket", "enter")
        assert "“[/]” does not stand" in bench.status
        assert "Name [bold]x[/]" in bench.text_of("here")


async def test_escape_sequences_are_shown_and_never_sent(bench_on):
    text = "one \x1b[31mred\x1b]0;title\x07 \x9b2J tab\there \x7f \u202eright to left\u202c nul\x00 end\n"
    async with bench_on(project_of(text)) as bench:
        shown = "\n".join(bench.lines())
        assert "one ␛[31mred␛]0;title␇ ␦2J tab→here ␡" in shown
        assert not set(shown) & {
            chr(code) for code in (*range(10), *range(11, 32), *range(0x7F, 0xA0), 0x202E, 0x202C)
        }
        await bench.press("end", "c", *"threat", "enter")
        [coding] = bench.project.live.values()
        assert (coding.start, coding.quote) == (text.index("end"), "end")


def test_drawn_characters_are_one_for_one_and_each_has_a_width_of_its_own():
    controls = "".join(
        map(
            chr,
            (*range(10), *range(11, 32), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x200E, 0x202E, 0x2028, 0xFEFF),
        )
    )
    drawn = draw_characters(controls)
    assert len(drawn) == len(controls)
    assert [cell_len(character) for character in drawn] == [1] * len(controls)
    assert draw_characters("a\nb") == "a\nb"
    assert draw_line("a\nb") == "a b"
    assert len(draw_characters(WIDE)) == len(WIDE)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (110, 30), (160, 48)])
async def test_wide_and_combined_characters_are_coded_exactly_at_every_width(bench_on, size):
    text = f"Ms Holm: {WIDE} " * 8 + "\n"
    async with bench_on(project_of(text), size) as bench:
        strips = [bench.view.render_line(y) for y in range(bench.view.size.height)]
        assert {strip.cell_length for strip in strips} == {bench.view.size.width}
        assert all(sum(cell_len(segment.text) for segment in strip) == strip.cell_length for strip in strips)
        await bench.press("slash", *"flags", "enter", "l", "c", *"threat", "enter")
        [coding] = bench.project.live.values()
        assert coding.quote == bench.selected == text[coding.start : coding.end]
        assert (
            coding.start
            == bench.document.words.spans[bench.document.words.position(text.index("flags")) + 1][0]
        )


async def test_a_resize_keeps_the_selection_and_the_words_at_the_top(bench_on):
    text = "".join(f"Ms Holm: Answer {number}, {WIDE}.\n" for number in range(80))
    async with bench_on(project_of(text), (160, 48)) as bench:
        await bench.press("pagedown", "pagedown", "l", "s")
        span = bench.document.selection.span
        top = bench.document.rows.starts[bench.view.scroll_offset.y]
        for size in ((80, 24), (61, 17), (160, 48)):
            await bench.pilot.resize_terminal(*size)
            await bench.settle()
            start, end = bench.document.rows.span(bench.view.scroll_offset.y)
            assert start <= top < end
            assert bench.document.selection.span == span


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "word " * 20_000, "日本" * 50_000], ids=["solid", "words", "wide"]
)
async def test_a_line_of_100_000_characters(bench_on, text):
    async with bench_on(project_of(text), (80, 24)) as bench:
        await bench.press("pagedown", "j", "l", "end")
        last = bench.document.words.spans[-1]
        assert bench.document.selection.span == last
        await bench.press("c", *"threat", "enter")
        assert [(one.start, one.end) for one in bench.project.live.values()] == [last]
        assert bench.view.render_line(0).cell_length == bench.view.size.width


@pytest.mark.parametrize("text", ["", "\n\n\n", "!!! ???"], ids=["empty", "blank", "no words"])
async def test_a_text_without_words_is_no_trouble(bench_on, text):
    async with bench_on(project_of(text)) as bench:
        await bench.press("l", "j", "w", "s", "t", "W", "S", "T", "end", "home", "K", "escape", "x", "f", "a")
        await bench.press("c", *"threat", "enter")
        assert [one.quote for one in bench.project.live.values()] == ([text] if text else [])


async def test_a_project_without_sources_says_what_to_do(bench_on):
    async with bench_on(project_of()) as bench:
        assert "There are no sources yet" in bench.status
        await bench.press(
            "l",
            "s",
            "c",
            "x",
            "u",
            "f",
            "a",
            "d",
            "n",
            "p",
            "slash",
            "escape",
            "right_square_bracket",
            "1",
            "2",
        )
        await bench.press("o", "escape")
        assert bench.app.is_running


@pytest.mark.parametrize(
    "text",
    [
        "e\u0301\u0302 日本 👩\u200d👩\u200d👧🇫🇮🇸🇪 कि end\n",
        "\u202eשלום עולם\u202c مرحبا end\n",
        "x\u200dy z\u00ad. end\n",
    ],
    ids=["wide", "right to left", "invisible"],
)
async def test_ends_moved_by_characters_never_divide_one_and_come_back(bench_on, text):
    async with bench_on(project_of(text), (80, 24)) as bench:
        await bench.press("end", "c", *"threat", "enter", "e", "tab")
        seen = [bench.document.selection.start]
        while seen[-1] > 0:
            await bench.press("comma")
            seen.append(bench.document.selection.start)
        begins = [left for left, _ in clusters(bench.document.drawn, 0, len(text), cell_len)]
        assert seen[::-1] == [place for place in begins if place <= seen[0]]
        await bench.press("enter")
        [coding] = bench.project.live.values()
        assert (coding.start, coding.quote) == (0, text[: coding.end])


async def test_ends_in_a_line_of_100_000_characters_are_moved_at_once(bench_on):
    text = "日本" * 50_000
    async with bench_on(project_of(text), (80, 24)) as bench:
        await bench.press("c", *"threat", "enter", "e", "comma", "comma", "tab", "full_stop", "enter")
        assert [(one.start, one.end) for one in bench.project.live.values()] == [(1, 99_998)]


@pytest.mark.parametrize("message", ["word " * 12, "日本" * 18], ids=["narrow", "wide"])
def test_a_sentence_takes_the_room_of_the_place_before_it_is_cut(message):
    [(said, _), (place, _)] = status_line(message, "turn 12 Ms Holm · 35 words · 87–256", 80, warn=False)
    assert message.strip() in said
    assert cell_len(said + place) == 80
    assert place.strip() in {"turn 12 Ms Holm · 35 words", "turn 12 Ms Holm", ""}


async def test_what_is_open_is_told_at_80_columns_whatever_the_names(bench_on):
    source, text = make_source(1, "Ms Holm: Yes.\n", name="a very long name of a file 日本語 " * 4 + ".txt")
    async with bench_on(FakeProject([(source, text)], coder="Anna"), (80, 24)) as bench:
        await bench.press("R")
        title = bench.text_of("title")
        assert all(part in title for part in ("READ ONLY", "S1 a very", "source 1 of 1", "coder Anna"))
        assert cell_len(title) <= 80


@pytest.mark.parametrize("sign", ["\u200d", "\u200c", "\u200f", "\u3000", "\u00a0"])
async def test_signs_without_ink_are_kept_where_they_are_typed(bench_on, project, sign):
    async with bench_on(project) as bench:
        await bench.press("slash", "a")
        bench.app.post_message(Key("sign", sign))
        await bench.settle()
        await bench.press("b")
        assert bench.app.screen.query_one(Input).value == f"a{sign}b"
        await bench.press("escape", "m", "home", "x")
        bench.app.post_message(Key("sign", sign))
        await bench.settle()
        await bench.press("y")
        assert f"x{sign}y" in bench.app.screen.query_one(TextArea).text


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f"])
def test_a_control_character_is_no_text(sign):
    assert isinstance(as_text(Key("sign", sign)), Key)
