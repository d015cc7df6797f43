"""Writing in the background: painted at once, taken back when it fails, never twice at a time."""

from __future__ import annotations

import threading
from dataclasses import replace

from qualcase.model.errors import ConflictError


async def code_without_waiting(bench):
    for key in ("c", *"threat"):
        await bench.press(key)
    await bench.pilot.press("enter")
    await bench.pilot.pause()


async def test_a_coding_is_painted_before_it_is_saved(bench_on, project):
    async with bench_on(project) as bench:
        project.gate.clear()
        await code_without_waiting(bench)
        assert project.live == {}
        assert [uid.startswith("pending-") for uid in bench.document.codings] == [True]
        assert "saving …" in bench.text_of("here")
        assert any("┆" in line for line in bench.lines())
        assert bench.text_of("codebook").splitlines()[4].endswith("1")
        project.gate.set()
        await bench.settle()
        assert list(bench.document.codings) == list(project.live)
        assert "saving …" not in bench.text_of("here")


async def test_what_is_done_to_a_coding_that_is_being_saved_waits_for_that(bench_on, project):
    async with bench_on(project) as bench:
        project.gate.clear()
        await code_without_waiting(bench)
        await bench.pilot.press("asterisk", "v", "plus")
        await bench.pilot.pause()
        assert project.live == {}
        project.gate.set()
        await bench.settle()
        [coding] = project.live.values()
        assert (coding.key, coding.valence) == (True, "+")
        assert list(bench.document.codings.values()) == [coding]
        assert "Valence: +." in bench.status
        project.gate.clear()
        await bench.pilot.press("asterisk", "x", "v", "minus")
        project.gate.set()
        await bench.settle()
        assert project.live == {}
        assert bench.codes == []


async def test_what_is_done_to_a_coding_that_was_not_saved_is_not_done(bench_on, project):
    async with bench_on(project) as bench:
        project.gate.clear()
        project.fail_with = ConflictError("Another person has the file open.")
        await code_without_waiting(bench)
        await bench.pilot.press("asterisk")
        project.gate.set()
        await bench.settle()
        assert project.live == {}
        assert bench.codes == []
        assert "Not saved, and taken back" in bench.status


async def test_a_coding_that_cannot_be_saved_is_taken_back_with_the_reason(bench_on, project):
    async with bench_on(project) as bench:
        project.fail_with = ConflictError("Another person has the file open.")
        await bench.press("c", *"threat", "enter")
        assert bench.codes == []
        assert "Not saved, and taken back: Another person has the file open." in bench.status
        assert bench.text_of("codebook").splitlines()[4].endswith("·")


async def test_an_uncoding_that_fails_shows_the_coding_again(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", *"threat", "enter")
        project.fail_with = ConflictError("Another person has the file open.")
        await bench.press("x")
        assert bench.codes == [("NS.THREAT", "Interview")]
        assert "taken back" in bench.status


def hold_undo(project, monkeypatch):
    may_go_on, undo = threading.Event(), project.journal.undo

    def slow():
        assert may_go_on.wait(30)
        return undo()

    monkeypatch.setattr(project.journal, "undo", slow)
    return may_go_on


async def test_an_act_is_painted_as_undone_before_that_is_saved(bench_on, project, monkeypatch):
    async with bench_on(project) as bench:
        may_go_on = hold_undo(project, monkeypatch)
        try:
            await bench.press("c", *"threat", "enter")
            await bench.pilot.press("u")
            await bench.pilot.pause()
            assert bench.codes == []
            assert len(project.live) == 1
            assert bench.text_of("codebook").splitlines()[4].endswith("·")
            assert "Undone" not in bench.status
        finally:
            may_go_on.set()
        await bench.settle()
        assert bench.codes == []
        assert project.live == {}
        assert "Undone: coded S1 as NS.THREAT" in bench.status


async def test_what_an_undo_brings_back_is_on_its_way_until_it_is_read(bench_on, project, monkeypatch):
    async with bench_on(project) as bench:
        may_go_on = hold_undo(project, monkeypatch)
        try:
            await bench.press("c", *"threat", "enter", "x")
            await bench.pilot.press("u")
            await bench.pilot.pause()
            assert bench.codes == [("NS.THREAT", "Interview")]
            assert "saving …" in bench.text_of("here")
        finally:
            may_go_on.set()
        await bench.settle()
        assert sorted(bench.document.codings) == sorted(project.live)
        assert "saving …" not in bench.text_of("here")


async def test_an_undo_that_fails_is_taken_back_on_the_screen(bench_on, project, monkeypatch):
    def refuse():
        raise ConflictError("Another person has the file open.")

    async with bench_on(project) as bench:
        await bench.press("c", *"threat", "enter")
        monkeypatch.setattr(project.journal, "undo", refuse)
        await bench.press("u")
        assert bench.codes == [("NS.THREAT", "Interview")]
        assert "Another person has the file open." in bench.status
        assert bench.text_of("codebook").splitlines()[4].endswith("1")
        monkeypatch.undo()
        await bench.press("u")
        assert bench.codes == []


async def test_what_was_undone_in_truth_is_what_is_shown(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", *"threat", "enter", "l", "full_stop")
        assert len(bench.codes) == 2
        # Another act than the last one here is the one that can be taken back.
        summary, live, settled = project.done.pop()
        first = next(iter(live))
        project.done.append(
            (summary, {uid: one for uid, one in project.live.items() if uid != first}, settled)
        )
        await bench.press("u")
        assert bench.codes == [("NS.THREAT", "with")]
        assert bench.text_of("codebook").splitlines()[4].endswith("1")


async def test_answers_that_fail_leave_the_suggestion_open(bench_on, project):
    async with bench_on(project) as bench:
        for key in ("a", "d"):
            project.fail_with = ConflictError("Another person has the file open.")
            await bench.press("f", key)
            assert len(bench.document.suggestions) == 2
            assert bench.codes == []


async def test_several_acts_are_saved_in_their_order_while_the_screen_goes_on(bench_on, project):
    async with bench_on(project) as bench:
        project.gate.clear()
        await code_without_waiting(bench)
        await bench.pilot.press("l", "full_stop", "l", "full_stop")
        await bench.pilot.pause()
        assert bench.selected == "Ms"
        assert len(bench.document.codings) == 3
        project.gate.set()
        await bench.settle()
        assert [one.quote for one in project.live.values()] == ["Interview", "with", "Ms"]
        assert sorted(bench.document.codings) == sorted(project.live)


async def test_quitting_waits_for_what_is_not_yet_saved(bench_on, project):
    async with bench_on(project) as bench:
        project.gate.clear()
        await code_without_waiting(bench)
        await bench.pilot.press("q")
        await bench.pilot.pause()
        assert "Saving the last acts …" in bench.status
        assert bench.app.is_running
        project.gate.set()
        await bench.app.workers.wait_for_complete()
        await bench.pilot.pause()
        assert len(project.live) == 1
        assert bench.app.return_code == 0


async def test_quitting_stays_when_the_last_act_could_not_be_saved(bench_on, project):
    async with bench_on(project) as bench:
        project.gate.clear()
        project.fail_with = ConflictError("Another person has the file open.")
        await code_without_waiting(bench)
        await bench.pilot.press("q")
        await bench.pilot.pause()
        project.gate.set()
        await bench.settle()
        assert bench.app.return_code is None
        assert "Not saved, and taken back" in bench.status


async def test_a_coding_saved_after_one_has_gone_on_stays_with_its_source(bench_on, project):
    async with bench_on(project) as bench:
        project.gate.clear()
        await code_without_waiting(bench)
        await bench.pilot.press("n")
        project.gate.set()
        await bench.settle()
        assert bench.document.source.handle == "S2"
        assert bench.codes == []
        await bench.press("p")
        assert bench.codes == [("NS.THREAT", "Interview")]


async def test_only_one_thread_ever_speaks_to_the_project(bench_on, project):
    async with bench_on(project) as bench:
        await bench.press("c", *"threat", "enter", "f", "a", "u", "r", "n", "p", "o", "escape", "f", "d")
    assert len(project.threads) == 1
    assert threading.get_ident() not in project.threads


async def test_the_screen_can_be_used_while_suggestions_are_looked_for(bench_on, project):
    held = threading.Event()
    propose = project.suggestions.propose

    def slow(source):
        assert held.wait(30)
        return propose(source)

    project.suggestions.propose = slow
    async with bench_on(project, settled=False) as bench:
        try:
            while bench.document is None:
                await bench.pilot.pause(0.01)
            await bench.pilot.press("l", "l")
            await bench.pilot.pause()
            assert bench.selected == "Ms"
            assert "looking for suggestions …" in bench.text_of("suggestion")
            await bench.pilot.press("f")
            await bench.pilot.pause()
            assert "looking for suggestions …" in bench.status
        finally:
            held.set()
        await bench.settle()
        assert "2 in this source" in bench.text_of("suggestion")


async def test_suggestions_that_cannot_be_made_are_a_sentence_and_no_more(bench_on, project):
    def refuse(source):
        raise ConflictError("Suggestions are off until both have submitted.")

    project.suggestions.propose = refuse
    async with bench_on(project) as bench:
        assert "Suggestions are off" in " ".join(bench.text_of("suggestion").split())
        await bench.press("c", *"threat", "enter")
        assert len(project.live) == 1


async def test_the_text_of_much_coded_sources_is_shown_before_its_codings(bench_on, project):
    source, text = project.texts[0]
    project.texts[0] = replace(source, codings=10_000), text
    project.make(source, "IA", 0, 9)
    held, read = threading.Event(), project.codings.in_source

    def slow(*given, **named):
        assert held.wait(30)
        return read(*given, **named)

    project.codings.in_source = slow
    async with bench_on(project, settled=False) as bench:
        try:
            while bench.document is None:
                await bench.pilot.pause(0.01)
            await bench.pilot.pause()
            assert any("Interview with Ms Holm" in line for line in bench.lines())
            assert bench.codes == []
            bench.screen.session.last_code = "NS.THREAT"
            await bench.pilot.press("l", "full_stop")
        finally:
            held.set()
        await bench.settle()
        assert bench.codes == [("IA", "Interview"), ("NS.THREAT", "with")]
        assert list(bench.document.codings) == list(project.live)


async def test_a_long_reason_is_shown_whole_and_gives_its_lines_back(bench_on, project):
    reason = (
        "The project's file cannot be written, because it, or the folder that it lies in, may only be read."
    )
    async with bench_on(project, (80, 24)) as bench:
        project.fail_with = ConflictError(reason)
        await bench.press("c", *"threat", "enter")
        assert " ".join(bench.status.split()) == f"Not saved, and taken back: {reason}"
        assert " ".join(" ".join(bench.lines()[-3:-1]).split()) == f"Not saved, and taken back: {reason}"
        assert bench.lines()[-1].startswith(" w/s/t select")
        await bench.press("y")
        assert len(bench.status.splitlines()) == 1
        assert bench.screen.query_one("#status").size.height == 1
