"""Every key in the help does what the help says."""

from __future__ import annotations

import pytest

from qualcase.coding.places import SpanPlace
from qualcase.tui.actions import Keymap, bar_pieces
from qualcase.tui.app import QualcaseApp
from qualcase.tui.dialogues.help import help_lines
from qualcase.tui.key_tables import all_tables
from qualcase.tui.keys import coding as coding_keys
from qualcase.tui.keys.common import EVERYWHERE
from qualcase.tui.screens.coding import CodingScreen
from qualcase.tui.widgets.transcript import TranscriptView

SHOWN = (*coding_keys.GROUPS, EVERYWHERE)

# keys pressed before, the key, what is selected after
MOVES = [
    ((), "right", "with"), ((), "l", "with"),
    (("l", "l"), "left", "with"), (("l", "l"), "h", "with"),
    ((), "down", "Interviewer"), ((), "j", "Interviewer"),
    (("j",), "up", "Interview"), (("j",), "k", "Interview"),
    ((), "pagedown", "Ms"), ((), "space", "Ms"),
    (("end",), "pageup", "2008"), (("end",), "b", "2008"),
    (("l",), "home", "Interview"), (("l",), "less_than_sign", "Interview"),
    ((), "end", "interviewed"), ((), "greater_than_sign", "interviewed"),
    ((), "w", "with"),
    (("j",), "s", "How did the network begin?"),
    (("j",), "t", "How did the network begin?"),
    (("j",), "W", "Interviewer: How"), (("j",), "L", "Interviewer: How"),
    (("j",), "shift+right", "Interviewer: How"),
    (("j", "s", "l", "L"), "H", "Ms"), (("j", "s", "l", "L"), "shift+left", "Ms"),
    (("j", "s", "s"), "S",
     "We met at a fair. There was little trust at first, and nobody wanted to show what they had."),
    (("j",), "J", "Interviewer: How did the network begin?\nMs"),
    (("j",), "shift+down", "Interviewer: How did the network begin?\nMs"),
    (("j", "J"), "K", "Interviewer"), (("j", "J"), "shift+up", "Interviewer"),
    (("j", "W", "W"), "escape", "Interviewer"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "key", "expected"), MOVES)
async def test_moving_and_selecting(bench_on, project, before, key, expected):
    async with bench_on(project) as bench:
        await bench.press(*before, key)
        assert bench.selected == expected


async def test_extending_by_turns(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("j", "t", "T")
        turns = bench.document.turns
        assert bench.document.selection.span == (turns[0].start, turns[1].end)


@pytest.mark.parametrize("key", ["c", "enter"])
async def test_a_code_is_chosen_by_part_of_its_name(bench_on, project, key):
    async with bench_on(project) as bench:
        await bench.press("j", "s", key, *"absorp", "enter")
        assert bench.codes == [("KM.ABSORB", "How did the network begin?")]
        assert [(one.code, one.quote) for one in project.live.values()] == bench.codes
        assert "Coded “Absorptive capacity”." in bench.status
        assert "Absorptive capacity" in bench.text_of("here")


async def test_the_last_code_is_repeated(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("full_stop")
        assert "No code has been applied yet" in bench.status
        await bench.press("c", *"threat", "enter", "l", "full_stop")
        assert bench.codes == [("NS.THREAT", "Interview"), ("NS.THREAT", "with")]


async def test_the_same_code_twice_on_one_passage_is_refused_with_a_sentence(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", *"threat", "enter", "full_stop")
        assert len(project.live) == 1
        assert "already carries “Threat to stability”" in bench.status


async def test_uncode_takes_the_one_coding_here(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("x")
        assert "no coding here" in bench.status
        await bench.press("c", *"threat", "enter", "x")
        assert project.live == {}
        assert bench.codes == []


async def test_uncode_asks_which_of_several(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", *"threat", "enter", "c", *"trust", "enter", "x", *"thr", "enter")
        assert bench.codes == [("KM.TRUST", "Interview")]


async def test_undo_and_redo_say_what_they_did(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", *"threat", "enter", "u")
        assert bench.codes == []
        assert "Undone: coded S1 as NS.THREAT" in bench.status
        await bench.press("U")
        assert bench.codes == [("NS.THREAT", "Interview")]
        assert "Done again: coded S1 as NS.THREAT" in bench.status
        await bench.press("r")
        assert "nothing to do again" in bench.status


def test_one_key_undoes_and_one_does_again_wherever_something_is_changed():
    turning = {}
    for groups in all_tables():
        for action in (one for group in groups for one in group.actions):
            if action.name in {"undo", "redo"}:
                screen = action.id.rpartition(".")[0]
                turning.setdefault(screen, {})[action.name] = action.keys.split(",")[0]
    assert all(keys == {"undo": "u", "redo": "U"} for keys in turning.values()), turning
    assert set(turning) == {
        "", "codebook", "passages", "suggestions", "sources", "cases", "actors", "memos", "review", "editor",
        "log", "import",
    }  # fmt: skip


async def test_undo_never_reaches_back_before_this_sitting(bench_on, project):
    source = project.texts[0][0]
    project.codings.add(source, "IA", SpanPlace(0, 9))
    project.threads.clear()
    async with bench_on(project) as bench:
        await bench.press("u")
        assert "Nothing done here is left to take back" in bench.status
        await bench.press("c", *"threat", "enter", "u", "u")
        assert bench.codes == [("IA", "Interview")]


async def test_suggestions_are_walked_accepted_and_rejected(bench_on, project):
    async with bench_on(project) as bench:
        assert "2 in this source" in bench.text_of("suggestion")
        await bench.press("a")
        assert "No suggestion is shown here" in bench.status
        await bench.press("f")
        assert bench.selected == "trust"
        assert "key phrase “trust”" in bench.text_of("suggestion")
        await bench.press("a")
        assert [(one.code, one.origin) for one in project.live.values()] == [("KM.TRUST", "suggestion")]
        assert "Accepted “Trust building”. 1 left" in bench.status
        await bench.press("f", "d")
        assert len(project.live) == 1
        assert "Rejected “Trust building”" in bench.status
        await bench.press("f")
        assert "none left in this source" in bench.status


async def test_undoing_an_answer_brings_the_suggestion_back(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("f", "a", "u")
        assert bench.codes == []
        assert len(bench.document.suggestions) == 2


async def test_sources_follow_each_other_and_stop_at_the_ends(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("p")
        assert "This is the first source." in bench.status
        await bench.press("n")
        assert bench.document.source.handle == "S2"
        await bench.press("n", "n")
        assert "This is the last source." in bench.status
        await bench.press("p", "p")
        assert bench.document.source.handle == "S1"


async def test_a_source_is_left_and_found_at_the_same_place(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("end", "n", "p")
        assert bench.selected == "interviewed"


async def test_a_source_is_opened_from_the_list(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("o", *"notes", "enter")
        assert bench.document.source.name == "notes.md"


async def test_search_goes_from_hit_to_hit_and_round(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("right_square_bracket")
        assert "/ asks for words" in bench.status
        await bench.press("slash", *"TRUST", "enter")
        first = bench.document.selection.start
        assert bench.selected == "trust"
        assert "1 of 2" in bench.status
        await bench.press("right_square_bracket")
        assert "2 of 2" in bench.status
        await bench.press("right_square_bracket")
        assert bench.document.selection.start == first
        await bench.press("left_square_bracket")
        assert "2 of 2" in bench.status


async def test_a_search_without_a_hit_says_so_and_moves_nothing(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("slash", *"zebra", "enter")
        assert "“zebra” does not stand in this source." in bench.status
        assert bench.selected == "Interview"


async def test_panes_come_and_go(bench_on, project):
    async with bench_on(project) as bench:

        def shown():
            return [bench.screen.query_one(f"#{name}").display for name in ("codebook", "side")]

        seen = [shown()]
        for _ in range(3):
            await bench.press("z")
            seen.append(shown())
        assert seen == [[True, True], [False, True], [False, False], [True, True]]


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_lists_every_key(bench_on, project, key):
    async with bench_on(project) as bench:
        await bench.press(key)
        assert type(bench.app.screen).__name__ == "HelpScreen"
        await bench.press("space", "j", "k", "b", "escape")
        assert bench.app.screen is bench.screen


async def test_quit_leaves(bench_on, project):
    async with bench_on(project) as bench:
        await bench.pilot.press("q")
        await bench.pilot.pause()
        assert bench.app.return_code == 0
        assert not bench.app.is_running


async def test_the_codebook_can_be_walked_and_applied_from(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("shift+tab", "j", "j", "k", "enter")
        assert bench.codes == [("KM.TRUST", "Interview")]
        assert "Trust building" in bench.text_of("codebook").splitlines()[1]
        assert bench.text_of("codebook").splitlines()[1].endswith("1")


async def test_a_list_is_closed_without_choosing(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", "down", "up", "pagedown", "pageup", "escape", "slash", "escape")
        assert bench.app.screen is bench.screen
        assert bench.codes == []


async def test_retired_codes_are_not_offered(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", *"old code")
        assert "nothing matches" in "\n".join(bench.lines())
        await bench.press("enter", "escape")
        assert bench.codes == []


def test_every_bound_key_is_in_the_help_and_in_these_tests():
    bound = {
        key
        for screen in (CodingScreen, TranscriptView, QualcaseApp)
        for one in screen.BINDINGS
        for key in one.key.split(",")
    }
    listed = {key for group in SHOWN for action in group.actions for key in action.keys.split(",")}
    assert bound == listed
    moved = {key for _, key, _ in MOVES}
    told = "c enter full_stop x u U r f a d n p o A slash right_square_bracket left_square_bracket z"
    everywhere = "g backspace colon ctrl+p f9 question_mark f1 q"
    further = (
        "i 1 2 3 4 5 6 7 8 9 y e C m asterisk v number_sign F right_parenthesis left_parenthesis Z N O R D"
    )
    assert moved | set(f"{told} {everywhere} {further} T".split()) == bound
    text = "\n".join("".join(piece for piece, _ in line) for line in help_lines(SHOWN, Keymap()))
    assert all(action.help in text for group in SHOWN for action in group.actions)


def test_no_key_is_bound_twice_on_one_screen_and_none_needs_control():
    for groups in all_tables():
        actions = [action for group in groups for action in group.actions]
        keys = [key for action in actions for key in action.keys.split(",")]
        assert len(keys) == len(set(keys))
        assert len({action.id for action in actions}) == len(actions)
        assert all(any("ctrl" not in key for key in action.keys.split(",")) for action in actions)


@pytest.mark.parametrize(("width", "least"), [(80, 9), (160, 11), (30, 3)])
def test_the_key_bar_fits_and_always_says_how_to_code_to_get_help_and_to_leave(width, least):
    pieces = bar_pieces(SHOWN, width, Keymap())
    text = "".join(piece for piece, _ in pieces)
    assert len(text) <= width
    assert len(pieces) // 2 >= least
    assert all(word in text for word in ("c code", "? keys", "q quit"))


def test_the_bar_and_the_help_show_the_keys_a_person_has_chosen():
    chosen = Keymap({"code": "v", "quit": "question_mark"})
    assert "v code" in "".join(piece for piece, _ in bar_pieces(SHOWN, 120, chosen))
    lines = ["".join(piece for piece, _ in line) for line in help_lines(SHOWN, chosen)]
    assert any(line.split() == ["?", *["save", "and", "quit"]] for line in lines)
