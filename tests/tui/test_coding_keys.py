"""The keys of the coding screen for what is coded already: ends, attributes, memos, shortcuts."""

from __future__ import annotations

import pytest

from qualcase.model.errors import ConflictError
from qualcase.tui.keys.coding import ADJUSTING

CODED = ("j", "s", "c", *"absorp", "enter")
QUESTION = "How did the network begin?"


def only(project):
    [coding] = project.live.values()
    return coding


# Adjusting: the keys pressed in the mode, and what is covered after.
ENDS = [
    (("right",), f"{QUESTION}\nMs"), (("l", "l"), f"{QUESTION}\nMs Holm"),
    (("left",), "How did the network begin"), (("h", "h"), "How did the network"),
    (("full_stop",), f"{QUESTION}\n"), (("shift+right",), f"{QUESTION}\n"),
    (("comma", "comma"), "How did the network begi"), (("shift+left",), "How did the network begin"),
    (("tab", "l"), "did the network begin?"), (("e", "h"), f"Interviewer: {QUESTION}"),
    (("tab", "comma"), f" {QUESTION}"), (("tab", "tab", "h"), "How did the network begin"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "covered"), ENDS)
async def test_the_ends_of_a_coding_are_moved_and_kept(bench_on, project, keys, covered):
    async with bench_on(project) as bench:
        await bench.press(*CODED, "e", *keys)
        assert bench.selected == covered
        assert only(project).quote == QUESTION
        await bench.press("enter")
        assert only(project).quote == covered
        assert bench.codes == [("KM.ABSORB", covered)]
        assert "now covers" in bench.status
        await bench.press("u")
        assert bench.codes == [("KM.ABSORB", QUESTION)]


async def test_ends_are_left_as_they_were(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press(*CODED, "e", "l", "l", "escape")
        assert bench.codes == [("KM.ABSORB", QUESTION)]
        assert bench.selected == QUESTION
        assert "Left as it was." in bench.status


async def test_the_mode_is_named_and_its_keys_alone_are_shown_and_work(bench_on, project):
    async with bench_on(project, (80, 24)) as bench:
        await bench.press(*CODED, "e")
        assert "End of “Absorptive capacity”: …" in bench.status
        assert "network begin?┃" in bench.status
        bar = bench.text_of("keys")
        assert "Enter keep" in bar
        assert "Esc leave" in bar
        assert "c code" not in bar
        await bench.press("x", "u", "c", "n", "1")
        assert bench.codes == [("KM.ABSORB", QUESTION)]
        assert bench.document.source.handle == "S1"
        await bench.press("tab")
        assert "Beginning of “Absorptive capacity”: ┃How" in bench.status


async def test_the_ends_of_a_mere_selection_are_moved_too(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("j", "e", "comma", "comma", "enter", "c", *"threat", "enter")
        assert only(project).quote == "Interview"


async def test_ends_that_cannot_be_saved_go_back(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press(*CODED)
        project.fail_with = ConflictError("Another person has the file open.")
        await bench.press("e", "l", "enter")
        assert bench.codes == [("KM.ABSORB", QUESTION)]
        assert "Not saved, and taken back" in bench.status


@pytest.mark.parametrize("digit", [str(digit) for digit in range(1, 10)])
async def test_a_code_is_given_a_digit_and_applied_by_it(bench_on, project, digit):
    async with bench_on(project) as bench:
        await bench.press(digit)
        assert f"No code has the shortcut {digit}" in bench.status
        await bench.press("shift+tab", "j", digit)
        assert f"{digit} now applies “Trust building”." in bench.status
        assert bench.text_of("codebook").splitlines()[1].startswith(f"▌{digit}")
        await bench.press("tab", digit)
        assert bench.codes == [("KM.TRUST", "Interview")]


async def test_a_digit_is_taken_back_and_survives_the_sitting(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("shift+tab", "j", "3")
        memory = bench.app.bench.memory
        assert memory.left_at(project.path, "Anna")["shortcuts"] == {"3": "KM.TRUST"}
        await bench.press("3")
        assert "has no shortcut any more" in bench.status
        assert memory.left_at(project.path, "Anna")["shortcuts"] == {}


async def test_words_become_a_code(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("j", "s", "i", "enter")
        assert bench.codes == [(QUESTION.upper(), QUESTION)]
        assert f"Made the code “{QUESTION}”" in bench.status
        assert QUESTION in bench.text_of("codebook")
        await bench.press("l", "i", *"trust", "enter")
        assert project.added[1].parent == "KM.TRUST"


async def test_several_codes_are_put_on_one_passage_without_closing_the_list(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("j", "s", "c", *"absorp", "tab", *"threat", "tab", *"appropri", "enter")
        assert {code for code, _ in bench.codes} == {"KM.ABSORB", "NS.THREAT", "IA"}
        assert {quote for _, quote in bench.codes} == {QUESTION}


async def test_a_coding_is_given_another_code(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press(*CODED, "C", *"threat", "enter")
        assert bench.codes == [("NS.THREAT", QUESTION)]
        assert "“Absorptive capacity” is now “Threat to stability”." in bench.status
        await bench.press("u")
        assert bench.codes == [("KM.ABSORB", QUESTION)]


DESCRIBED = [
    (("v", "plus"), "valence", "+", "valence +"), (("v", "minus"), "valence", "-", "valence -"),
    (("v", "0"), "valence", "0", "valence 0"), (("v", "plus", "v", "n"), "valence", None, ""),
    (("v", "r"), "stance", "reported", "reported"), (("v", "a"), "stance", "asserted", "asserted"),
    (("v", "s"), "stance", "assessed", "assessed"), (("v", "p"), "stance", "planned", "planned"),
    (("v", "p", "v", "x"), "stance", None, ""),
    (("v", "v", *"users", "enter"), "voice", "users", "voice users"),
    (("v", "w", "2", "enter"), "weight", 2.0, "weight 2"),
    (("asterisk",), "key", True, "★ key quotation"), (("asterisk", "asterisk"), "key", False, ""),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "name", "value", "shown"), DESCRIBED)
async def test_a_coding_is_described(bench_on, project, keys, name, value, shown):
    async with bench_on(project) as bench:
        await bench.press(*CODED, *keys)
        assert getattr(only(project), name) == value
        assert shown in bench.text_of("here")


async def test_a_weight_that_is_no_number_is_refused(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press(*CODED, "v", "w", *"much", "enter")
        assert "“much” is not a number." in bench.status
        assert only(project).weight is None


async def test_a_memo_is_written_on_the_coding_here_and_changed(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press(*CODED, "m", *"why", "tab", "enter")
        assert only(project).memo == "why"
        assert "memo: why" in bench.text_of("here")
        await bench.press("m", *"not", "ctrl+s")
        assert only(project).memo == "whynot"


async def test_a_memo_on_a_passage_has_its_place_and_is_shown_with_its_words(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("j", "s", "m", *"odd", "tab", "enter")
        [memo] = project.notes
        assert (memo.text, memo.quote) == ("odd", QUESTION)
        assert memo.about == ("passage", "S1 51:77")
        assert "Memos here" in bench.text_of("here")
        await bench.press("n")
        assert "Memos" not in bench.text_of("here")


async def test_the_codings_here_are_chosen_one_after_the_other(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("y")
        assert "no coding here to choose" in bench.status
        await bench.press(*CODED, "c", *"threat", "enter", "y", "y")
        assert "2 of 2 here" in bench.status
        chosen = bench.document.chosen_coding()
        await bench.press("asterisk")
        assert [one.code for one in project.live.values() if one.key] == [chosen.code]
        await bench.press("l")
        assert bench.document.chosen is None


async def test_read_only_lets_no_key_change_anything(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press(*CODED, "R")
        assert "READ ONLY" in bench.text_of("title")
        before = dict(project.live)
        for key in ("c", "full_stop", "i", "x", "u", "r", "C", "m", "asterisk", "v", "D", "1"):
            await bench.press(key)
            assert bench.app.screen is bench.screen
            assert project.live == before
        await bench.press("f", "a", "d", "R", "u")
        assert project.live == {}


async def test_a_source_is_marked_done_and_opened_again(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("D")
        assert project.texts[0][0].done == ("Anna",)
        assert "done" in bench.text_of("title")
        await bench.press("D")
        assert project.texts[0][0].done == ()
        assert "S1 is open again." in bench.status


async def test_anothers_codings_are_shown_beside_ones_own_and_cannot_be_changed(bench_on, project):
    source = project.texts[0][0]
    project.make(source, "IA", 51, 77, coder="Bo")
    async with bench_on(project) as bench:
        await bench.press(*CODED)
        assert [code for code, _ in bench.codes] == ["KM.ABSORB"]
        await bench.press("O")
        assert "Beside yours: Bo." in bench.status
        assert "Bo: Innovation appropriability" in bench.text_of("here")
        assert any("[{" in line or "{[" in line for line in bench.lines())
        await bench.press("x")
        assert [one.coder for one in project.live.values()] == ["Bo"]
        await bench.press("y", "asterisk")
        assert "only Bo changes it" in bench.status
        await bench.press("O")
        assert bench.codes == []


async def test_in_independent_coding_the_others_stay_hidden_with_a_sentence(bench_on, project):
    project.mode = "coding-reliability"
    project.make(project.texts[0][0], "IA", 51, 77, coder="Bo")
    async with bench_on(project) as bench:
        await bench.press("O")
        assert "Coders work independently here" in bench.status
        assert bench.codes == []


async def test_a_turn_a_line_and_a_time_are_gone_to(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("number_sign", "4", "enter")
        assert bench.selected.startswith("Then trust grew")
        await bench.press("number_sign", *"l 3", "enter")
        assert bench.selected == f"Interviewer: {QUESTION}"
        await bench.press("number_sign", *"99", "enter")
        assert "There is no “99” in this source." in bench.status
        await bench.press("n", "number_sign", "3", "enter")
        assert bench.selected == "Nobody came to the workshop. We waited for an hour."


async def test_the_passages_of_a_code_are_walked(bench_on, project):
    source = project.texts[0][0]
    spans = [(0, 9), (51, 77), (87, 90)]
    for start, end in spans:
        project.make(source, "IA", start, end)
    async with bench_on(project) as bench:
        await bench.press("end", "right_parenthesis")
        assert "F asks for one" in bench.status
        await bench.press("F", "enter")
        assert bench.document.selection.span == spans[0]
        assert "1 of 3" in bench.status
        await bench.press("right_parenthesis")
        assert bench.document.selection.span == spans[1]
        await bench.press("left_parenthesis", "left_parenthesis")
        assert bench.document.selection.span == spans[2]


async def test_the_margin_shows_numbers_lines_times_and_speakers(bench_on, project):
    async with bench_on(project) as bench:
        seen = []
        for _ in range(4):
            seen.append([bench.view.render_line(y).text[:13].strip() for y in range(4)])
            await bench.press("N")
        assert [one[2].split()[0] for one in (seen[0], seen[1])] == ["1", "3"]
        assert seen[3][2].startswith("Interviewer")
        assert seen[2][2] == ""
        assert bench.view.numbering == "numbers"


async def test_the_text_stands_alone_and_the_rest_comes_back(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("Z")
        panes = ("title", "keys", "codebook", "side")
        assert not any(bench.screen.query_one(f"#{one}").display for one in panes)
        assert bench.view.size.width == bench.screen.size.width
        await bench.press("Z")
        assert all(bench.screen.query_one(f"#{one}").display for one in panes)


def test_every_key_of_the_mode_is_in_these_tests():
    pressed = {key for keys, _ in ENDS for key in keys} | {"enter", "escape"}
    assert {key for action in ADJUSTING.actions for key in action.keys.split(",")} == pressed
