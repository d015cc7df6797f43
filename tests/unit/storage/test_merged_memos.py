"""Memos on passages in two copies follow a text that the other corrected, and neither's change is lost."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from two_copies import anna, bo, correct

from qualcase.cli import cli
from qualcase.coding.places import QuotePlace
from qualcase.project import create_project
from qualcase.project.merging import say_merged

INTERVIEW = """Interviewer: How did it begin?

Berit: We met twice. Nobody trusted anybody.

Interviewer: And then?

Berit: Then we built trust, slowly. The workshop helped.
"""
WORDS = "Then we built trust, slowly."


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with an interview and a memo on a passage of it, to be copied."""
    folder = tmp_path_factory.mktemp("origin")
    with create_project(folder / "study.qualcase", coder="Anna") as project:
        (folder / "berit.txt").write_text(INTERVIEW, encoding="utf-8")
        project.sources.import_paths([folder / "berit.txt"])
        project.memos.add("Why slowly?", about="S1", place=QuotePlace(WORDS))
    return folder / "study.qualcase"


def only(project):
    [memo] = project.memos.list()
    return memo


def told(project):
    return {(memo.text, memo.quote, memo.state) for memo in project.memos.list()}


def both_ways(copies, anna_does, bo_does):
    """Let each do something, merge both ways, and again; return what both then hold, and the first merge."""
    with anna(copies) as mine:
        anna_does(mine)
    with bo(copies) as other:
        bo_does(other)
    with anna(copies) as mine:
        merged = mine.merging.merge(copies[1])
    with bo(copies) as other:
        other.merging.merge(copies[0])
        assert other.merging.merge(copies[0]).operations == 0
        held = told(other)
        assert list(other.care.check().problems) == []
    with anna(copies) as mine:
        assert told(mine) == held
        assert mine.journal.verify().verified
        assert list(mine.care.check().problems) == []
    return held, merged


def test_a_memo_written_while_the_text_was_corrected_follows(copies):
    held, merged = both_ways(
        copies,
        lambda mine: correct(mine, "We met twice", "We had met three times"),
        lambda other: other.memos.add("Who?", about="S1", place=QuotePlace("The workshop helped.")),
    )
    assert held == {("Why slowly?", WORDS, "placed"), ("Who?", "The workshop helped.", "placed")}
    assert merged.review == 0


def test_one_whose_words_were_corrected_meanwhile_waits_with_its_quote(copies):
    held, merged = both_ways(
        copies,
        lambda mine: correct(mine, "The workshop helped", "The workshops did not help"),
        lambda other: other.memos.add("Who?", about="S1", place=QuotePlace("The workshop helped.")),
    )
    assert ("Who?", "The workshop helped.", "review") in held
    assert merged.review == 1
    with anna(copies) as mine:
        [doubt] = mine.editing.review()
        assert (doubt.kind, doubt.old, doubt.new) == (
            "memo",
            "The workshop helped.",
            "The workshops did not help.",
        )


@pytest.mark.parametrize("first", ["text", "memo"])
def test_new_words_and_a_new_place_are_both_kept_whoever_came_last(copies, first):
    def write(project):
        project.memos.edit(only(project).uid, "Why so slowly?")

    def move(project):
        correct(project, "We met twice", "We had met three times")

    jobs = [(anna, move), (bo, write)]
    for opened, job in jobs if first == "text" else reversed(jobs):
        with opened(copies) as project:
            job(project)
    with anna(copies) as mine:
        merged = mine.merging.merge(copies[1])
        assert told(mine) == {("Why so slowly?", WORDS, "placed")}
        assert (merged.kept, merged.conflicts) == (0, [])
        assert list(mine.care.check().problems) == []


@pytest.mark.parametrize("first", ["place", "memo"])
def test_a_place_that_a_person_gave_is_not_lost_to_new_words(copies, first):
    def settle(project):
        correct(project, WORDS, "Otherwise it was.")
        project.editing.move(only(project).uid, 0, 11)

    def write(project):
        project.memos.edit(only(project).uid, "Why so slowly?")

    jobs = [(anna, settle), (bo, write)]
    for opened, job in jobs if first == "place" else reversed(jobs):
        with opened(copies) as project:
            job(project)
    with bo(copies) as other:
        other.merging.merge(copies[0])
        assert told(other) == {("Why so slowly?", "Interviewer", "placed")}
        assert other.editing.review() == ()


def test_of_two_edits_both_are_kept_on_the_passage(copies):
    held, merged = both_ways(
        copies,
        lambda mine: mine.memos.edit(only(mine).uid, "Why, says Anna."),
        lambda other: other.memos.edit(only(other).uid, "Why, says Bo."),
    )
    assert held == {("Why, says Anna.", WORDS, "placed"), ("Why, says Bo.", WORDS, "placed")}
    assert merged.kept == 1
    assert len(merged.conflicts) == 1


def test_the_kept_edit_follows_the_text_that_the_other_corrected(copies):
    def anna_does(mine):
        mine.memos.edit(only(mine).uid, "Why, says Anna.")
        correct(mine, "We met twice", "We had met three times")

    def bo_does(other):
        other.memos.edit(only(other).uid, "Why, says Bo.")

    held, _ = both_ways(copies, anna_does, bo_does)
    assert held == {("Why, says Anna.", WORDS, "placed"), ("Why, says Bo.", WORDS, "placed")}


def test_both_who_corrected_the_text_are_no_conflict_of_the_memo(copies):
    held, merged = both_ways(
        copies,
        lambda mine: correct(mine, "We met twice", "We had met three times"),
        lambda other: correct(other, "Nobody trusted", "Hardly anybody trusted"),
    )
    assert held == {("Why slowly?", WORDS, "placed")}
    assert [one for one in merged.conflicts if one.record == "memo"] == []
    assert say_merged(merged)


def test_one_that_the_other_took_away_stays_away_though_the_text_was_corrected(copies):
    held, merged = both_ways(
        copies,
        lambda mine: mine.memos.remove(only(mine).uid),
        lambda other: correct(other, "We met twice", "We had met three times"),
    )
    assert held == set()
    assert merged.kept == 0


def test_the_words_of_one_that_the_other_took_away_are_kept_where_they_were_new(copies):
    held, merged = both_ways(
        copies,
        lambda mine: mine.memos.remove(only(mine).uid),
        lambda other: other.memos.edit(only(other).uid, "Why so slowly?"),
    )
    assert held == {("Why so slowly?", WORDS, "placed")}
    assert merged.kept == 1


def test_an_import_that_was_undone_comes_back_for_a_memo_on_a_passage(copies):
    def take_back(mine):
        mine.journal.undo(2)
        assert mine.sources.list() == ()

    held, _ = both_ways(
        copies,
        take_back,
        lambda other: other.memos.add("Who?", about="S1", place=QuotePlace("The workshop helped.")),
    )
    assert ("Who?", "The workshop helped.", "placed") in held
    with anna(copies) as mine:
        assert [source.handle for source in mine.sources.list()] == ["S1"]


def test_two_who_imported_and_noted_the_same_file_have_their_memos_on_one_source(copies, tmp_path):
    def note(project, words):
        file = tmp_path / "note.txt"
        file.write_text("The board met in spring, and everybody spoke of trust.\n", encoding="utf-8")
        project.sources.import_paths([file])
        handle = project.sources.list()[-1].handle
        project.memos.add(words, about=("source", handle), place=QuotePlace("everybody spoke of trust"))

    both_ways(copies, lambda mine: note(mine, "Anna’s"), lambda other: note(other, "Bo’s"))
    with anna(copies) as mine:
        assert len(mine.sources.list()) == 2
        assert [one.source for one in mine.memos.list(about="S2")] == ["S2", "S2"]


def test_wordings_are_told_in_the_order_in_which_they_were_said_whoever_merges(copies):
    def says(project, words):
        project.memos.edit(only(project).uid, words)

    with bo(copies) as other:
        says(other, "First, by Bo.")
    with anna(copies) as mine:
        says(mine, "Second, by Anna.")
        mine.merging.merge(copies[1])
    with bo(copies) as other:
        other.merging.merge(copies[0])
    for project in (anna(copies), bo(copies)):
        with project:
            [memo] = [one for one in project.memos.list() if one.text == "Second, by Anna."]
            told = [one.text for one in project.memos.wordings(memo.uid)]
            assert told == ["Why slowly?", "First, by Bo.", "Second, by Anna."]
            for kept in project.memos.list():
                project.memos.wordings(kept.uid)


def test_kept_words_are_told_to_be_of_whom_they_are(copies):
    with bo(copies) as other:
        other.memos.edit(only(other).uid, "Why, says Bo.")
    with anna(copies) as mine:
        mine.memos.edit(only(mine).uid, "Why, says Anna.")
        assert mine.merging.merge(copies[1]).kept == 1
        assert {memo.text: memo.by for memo in mine.memos.list()} == {
            "Why, says Anna.": "Anna",
            "Why, says Bo.": "Anna, words of Bo",
        }
        correct(mine, "We met twice", "We had met three times")
        assert "Anna, words of Bo" in {memo.by for memo in mine.memos.list()}
    said = CliRunner().invoke(cli, ["-p", str(copies[0]), "memo", "list"]).stdout
    assert "by Anna, words of Bo, " in said


def test_a_text_that_was_taken_back_and_still_holds_a_memo_in_review_is_told_of_once(copies):
    with anna(copies) as mine:
        correct(mine, "We met twice", "We met three times in May")
    with bo(copies) as other:
        other.merging.merge(copies[0])
        other.memos.add("Which year?", about="S1", place=QuotePlace("three times in May"))
    with anna(copies) as mine:
        mine.journal.undo()
        assert mine.merging.merge(copies[1]).review == 1
        digest = mine.store.digest()
    with bo(copies) as other:
        other.merging.merge(copies[0])
        assert other.store.digest() == digest
    with anna(copies) as mine:
        assert mine.merging.merge(copies[1]).touched() == 0
        assert ("Which year?", "three times in May", "review") in told(mine)
