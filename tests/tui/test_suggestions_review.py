"""The suggestions review on a real project: one key an answer, the next at once, nothing coded unasked."""

from __future__ import annotations

import shutil
import threading

import pytest
from golden_screens import compare
from study import make_study, open_study
from textual.geometry import Offset

import qualcase
from qualcase.model.coding import Reason, Suggestion
from qualcase.model.errors import UsageError
from qualcase.project.suggestions import Answered
from qualcase.tui.keys import suggestions as keys
from qualcase.tui.keys.common import LIST
from qualcase.tui.suggestion_lines import reason_sentences, record_sentence
from qualcase.tui.suggestion_queue import SuggestionQueue
from qualcase.tui.targets import Named
from qualcase.tui.widgets.choice_list import ChoiceList

HERE = ("g", "f")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return make_study(tmp_path_factory.mktemp("study"))


@pytest.fixture
def study(built, tmp_path):
    return shutil.copy(built, tmp_path / "study.qualcase")


def typed(text):
    return ["space" if letter == " " else letter for letter in text]


def make(uid, source="S1", start=0, code="KM", score=None, stage="codebook match"):
    return Suggestion(uid, source, start, start + 3, "abc", code, score, stage, ())


async def test_yes_no_and_later_bring_the_next_and_undo_brings_the_last_one_back(study):
    async with open_study(study, *HERE, size=(120, 40)) as bench:
        first, second, third, *_ = bench.screen.shown
        total = len(bench.screen.shown)
        assert f"{total} suggestions wait for an answer · by source" in bench.text_of("suggestions-head")
        assert f"You have answered no suggestions of {first.code}" in " ".join(
            bench.text_of("about-suggestion").split()
        )
        await bench.press("y")
        assert bench.screen.current == second
        assert f"Yes: coded {first.code}. {total - 1} left." in bench.status
        await bench.press("n")
        assert bench.screen.current == third
        assert "No: not" in bench.status
        await bench.press("l")
        assert bench.screen.current not in {first, second, third}
        assert bench.screen.shown[-1] == third
        assert bench.text_of("suggestions").splitlines()[-1].startswith("◦")
        await bench.press("u")
        assert bench.screen.current == second
        assert "Undone: Rejected" in bench.status
        await bench.press("r")
        assert "Done again: Rejected" in bench.status
        await bench.press("r")
        assert "No answer was taken back." in bench.status
        await bench.press("u", "u")
        assert bench.screen.current == first
        await bench.press("u")
        assert "No answer given on this screen is left" in bench.status
        assert bench.screen.record[first.code, first.stage] == Answered(0, 0)
    with qualcase.open(study, coder="Anna") as project:
        assert not [one for one in project.codings.list() if one.origin == "suggestion"]
        assert project.journal.verify().verified


async def test_what_was_answered_is_in_the_file_under_ones_own_name(study):
    async with open_study(study, *HERE, "y", "n", "y") as bench:
        left = {one.uid for one in bench.screen.shown}
        await bench.press("R")
        assert {one.uid for one in bench.screen.shown} == left
    with qualcase.open(study, coder="Anna") as project:
        made = [one for one in project.codings.list() if one.origin == "suggestion"]
        assert [one.coder for one in made] == ["Anna", "Anna"]
        assert {one.uid for one in project.suggestions.propose()} == left
        assert sum(one.answered for one in project.suggestions.record().values()) == 3


async def test_one_sorts_and_takes_one_code_or_one_source(study):
    async with open_study(study, *HERE, size=(120, 40)) as bench:
        every = len(bench.screen.shown)
        code = bench.screen.shown[-1].code
        await bench.press("s")
        assert "Sorted by code." in bench.status
        order = list(bench.screen.queue.counts())
        assert [one.code for one in bench.screen.shown] == sorted(
            [one.code for one in bench.screen.shown], key=order.index
        )
        await bench.press("s")
        assert "none of them has a score" in bench.status
        await bench.press("S", "S")
        assert "Sorted by source." in bench.status
        await bench.press("c", *code.lower(), "enter")
        assert {one.code for one in bench.screen.shown} == {code}
        assert f"{len(bench.screen.shown)} of {code} shown" in bench.text_of("suggestions-head")
        await bench.press("c", *typed("all codes"), "enter", "o", *"berg", "enter")
        assert {one.source for one in bench.screen.shown} == {"S2"}
        assert "Suggestions: S2 berg" in bench.text_of("title")
        await bench.press("o", *typed("all sources"), "enter")
        assert len(bench.screen.shown) == every


async def test_one_goes_to_the_place_and_back_to_the_same_suggestion(study):
    async with open_study(
        study, *HERE, "j", "end", "k", "plus", "minus", "equals_sign", size=(120, 40)
    ) as bench:
        one = bench.screen.current
        assert "200 characters of context" in bench.status
        await bench.press("enter")
        assert (bench.selected, bench.document.source.handle) == (one.quote, one.source)
        await bench.press("backspace")
        assert bench.screen.current == one
        await bench.press(
            "home", "up", "down", "space", "b", "pagedown", "pageup", "less_than_sign", "greater_than_sign"
        )
        assert bench.screen.current == bench.screen.shown[-1]


async def test_all_answered_says_where_more_come_from(study):
    async with open_study(study, *HERE) as bench:
        bench.app.go("suggestions", Named(bench.app.bench.source("S3").uid))
        await bench.settle()
        for _ in range(len(bench.screen.shown)):
            await bench.press("n")
        assert "No suggestion waits for an answer." in " ".join(bench.text_of("about-suggestion").split())
        await bench.press("y", "l", "enter")
        assert "There is nothing to answer." in bench.status
        await bench.press("f5")
        assert bench.screen.shown == []


async def test_an_answer_that_cannot_be_saved_is_open_again(study, monkeypatch):
    async with open_study(study, *HERE) as bench:
        one, total = bench.screen.current, len(bench.screen.shown)
        monkeypatch.setattr(type(bench.project.suggestions), "accept", _fail)
        await bench.press("y")
        assert "Not saved, and open again: The disk is full." in bench.status
        assert len(bench.screen.shown) == total
        assert one in bench.screen.shown


def _fail(desk, name):
    raise UsageError("The disk is full.")


async def test_the_next_one_is_there_before_the_answer_is_saved(study, monkeypatch):
    gate = threading.Event()
    async with open_study(study, *HERE) as bench:
        desk = type(bench.project.suggestions)
        accept = desk.accept
        monkeypatch.setattr(desk, "accept", lambda self, name: gate.wait(20) and accept(self, name))
        second = bench.screen.shown[1]
        await bench.pilot.press("y")
        assert bench.screen.current == second
        gate.set()
        await bench.settle()
        assert "Yes: coded" in bench.status


async def test_the_mouse_answers_and_chooses(study):
    async with open_study(study, *HERE, size=(120, 40)) as bench:
        _, second, third, *_ = bench.screen.shown
        await bench.pilot.click("#suggestions", offset=Offset(4, 1))
        await bench.settle()
        assert bench.screen.current == second
        await bench.pilot.click("#answers", offset=Offset(3, 1))
        await bench.settle()
        assert bench.screen.current == third
        assert "No: not" in bench.status
        await bench.pilot.click("#answers", offset=Offset(3, 0))
        await bench.settle()
        assert "Yes: coded" in bench.status
        await bench.pilot.click("#answers", offset=Offset(3, 2))
        await bench.settle()
        assert "Put off" in bench.status
        await bench.pilot.click("#suggestions", offset=Offset(4, 0), times=2)
        await bench.settle()
        assert bench.app._at == "coding"


def test_those_put_off_come_last_in_the_order_in_which_they_were():
    queue = SuggestionQueue()
    queue.arrange(("S1", "S2"), ("NS", "KM"))
    queue.offer((make("c", "S2"), make("b", start=9), make("a"), make("d", "S2", code="NS", score=0.5)))
    assert [one.uid for one in queue.shown()] == ["a", "b", "d", "c"]
    queue.order = "code"
    assert [one.uid for one in queue.shown()] == ["d", "a", "b", "c"]
    queue.order = "score"
    assert [one.uid for one in queue.shown()] == ["d", "a", "b", "c"]
    queue.postpone("d")
    queue.postpone("a")
    assert [one.uid for one in queue.shown()] == ["b", "c", "d", "a"]
    queue.postpone("d")
    assert [one.uid for one in queue.shown()] == ["b", "c", "a", "d"]
    queue.withdraw("a")
    queue.code = "KM"
    assert [one.uid for one in queue.shown()] == ["b", "c"]
    assert queue.counts() == {"NS": 1, "KM": 2}
    queue.clear("S2")
    assert [one.uid for one in queue.shown()] == ["b"]


def test_reasons_are_sentences():
    reasons = (
        Reason("phrase", "built trust"),
        Reason("codebook", "KM.TRUST Building trust, key phrase “building trust”"),
        Reason("phrase", "dinners"),
        Reason("example", "a passage like this", "S4", "Bo"),
        Reason("phrase", "alone"),
    )
    assert list(reason_sentences(reasons)) == [
        "“built trust” stands here, and “building trust” is a key phrase of KM.TRUST Building trust.",
        "“dinners” stands here.",
        "Example: a passage like this (S4, Bo).",
        "“alone” stands here.",
    ]


@pytest.mark.parametrize(
    ("answered", "said"),
    [
        (None, "You have answered no suggestions of KM by codebook match here yet."),
        (Answered(0, 0), "You have answered no suggestions of KM by codebook match here yet."),
        (
            Answered(0, 1),
            "Of 1 suggestion of KM by codebook match that you have answered here you accepted 0.",
        ),
        (
            Answered(5, 19),
            "Of 19 suggestions of KM by codebook match that you have answered here you accepted 5.",
        ),
        (
            Answered(5, 20),
            "Of 20 suggestions of KM by codebook match that you have answered here you accepted 5 (25%).",
        ),
    ],
)
def test_how_good_they_have_been_is_a_share_only_from_twenty_on(answered, said):
    assert record_sentence(make("a"), answered) == said


@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda size: "{}x{}".format(*size))
async def test_the_screen_is_as_it_was(study, size):
    async with open_study(study, *HERE, "l", "y", size=size) as bench:
        compare(bench, "suggestions", "review", size)


def test_every_key_of_the_screen_is_pressed_here():
    bound = {key for group in (*keys.GROUPS, LIST) for one in group.actions for key in one.keys.split(",")}
    told = """
        y n l u U r s S c o plus equals_sign minus f5 R
        down j pagedown space up k pageup b home less_than_sign end greater_than_sign enter
    """
    assert set(told.split()) == bound
    assert ChoiceList.GROUPS == (LIST,)
