"""Codings that two copies changed are joined part by part; their places do not depend on who merged first."""

from __future__ import annotations

import shutil
from itertools import permutations

import pytest
from two_copies import INTERVIEW as TEXT
from two_copies import anna, bo, correct, create, kept, well

from qualcase.coding.places import SpanPlace
from qualcase.project import open_project

WORDS = ("We met twice", "built trust", "The workshop helped")


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with one text and three codings of it, to be copied."""
    folder = tmp_path_factory.mktemp("origin")
    with create(folder, TEXT) as project:
        for words in WORDS:
            start = TEXT.index(words)
            project.codings.add(
                project.sources.find("S1"), "KM", SpanPlace(start, start + len(words)), memo="as it was"
            )
    return folder / "study.qualcase"


def on(project, words):
    return next(one.uid for one in project.codings.list() if one.quote == words)


def resize(project, words, now):
    start = project.sources.text(project.sources.find("S1")).index(now)
    project.codings.resize(on(project, words), start, start + len(now))


def told(project):
    return {(one.quote, one.code, one.valence, one.memo, one.state) for one in project.codings.list()}


def both_ways(copies, anna_does, bo_does, first="anna"):
    """Let each do something, merge both ways; return what both then hold, and Anna's merge."""
    jobs = [(anna, anna_does), (bo, bo_does)]
    for opened, job in jobs if first == "anna" else reversed(jobs):
        with opened(copies) as project:
            job(project)
    before = kept(copies[0])
    with anna(copies) as mine, bo(copies) as other:
        merged = mine.merging.merge(copies[1])
        other.merging.merge(before)
        assert mine.store.digest() == other.store.digest()
        assert well(mine)
        assert well(other)
        return told(mine), merged


@pytest.mark.parametrize("first", ["anna", "bo"])
def test_a_corrected_text_takes_no_decision_back_that_the_other_made(copies, first):
    def decide(other):
        other.codings.recode(on(other, WORDS[0]), "NS")
        other.codings.describe(on(other, WORDS[1]), valence="-", key=True)
        other.codings.describe(on(other, WORDS[2]), memo="read again")

    held, merged = both_ways(copies, lambda mine: correct(mine, "How did", "How, then, did"), decide, first)
    assert held == {
        (WORDS[0], "NS", None, "as it was", "placed"),
        (WORDS[1], "KM", "-", "as it was", "placed"),
        (WORDS[2], "KM", None, "read again", "placed"),
    }
    assert [one for one in merged.conflicts if one.record == "coding"] == []
    assert merged.kept == 0


@pytest.mark.parametrize("first", ["anna", "bo"])
def test_who_moves_the_ends_is_not_overruled_by_a_corrected_letter(copies, first):
    held, merged = both_ways(
        copies,
        lambda mine: correct(mine, "How did", "How, then, did"),
        lambda other: resize(other, WORDS[0], "Nobody trusted"),
        first,
    )
    assert ("Nobody trusted", "KM", None, "as it was", "placed") in held
    assert [one for one in merged.conflicts if one.record == "coding"] == []


@pytest.mark.parametrize("first", ["anna", "bo"])
def test_two_who_decide_on_different_parts_both_hold(copies, first):
    held, merged = both_ways(
        copies,
        lambda mine: mine.codings.recode(on(mine, WORDS[0]), "NS"),
        lambda other: (
            resize(other, WORDS[0], "We met"),
            other.codings.describe(on(other, "We met"), valence="+"),
        ),
        first,
    )
    assert ("We met", "NS", "+", "as it was", "placed") in held
    assert merged.conflicts == []


def test_what_two_changed_is_told_and_only_that(copies):
    def recode(mine):
        mine.codings.recode(on(mine, WORDS[0]), "NS")
        mine.codings.describe(on(mine, WORDS[0]), valence="+")

    held, merged = both_ways(
        copies, recode, lambda other: other.codings.recode(on(other, WORDS[0]), "KM.TRUST")
    )
    assert (WORDS[0], "KM.TRUST", "+", "as it was", "placed") in held
    [conflict] = merged.conflicts
    assert (conflict.kept, list(conflict.ours), list(conflict.theirs)) == ("theirs", ["code"], ["code"])


def test_memos_of_a_coding_that_two_wrote_are_both_kept_and_one_that_only_one_wrote_is_no_conflict(copies):
    def write(words, name):
        return lambda project: project.codings.describe(on(project, words), memo=f"{name} has read it")

    held, merged = both_ways(copies, write(WORDS[0], "Anna"), write(WORDS[0], "Bo"))
    assert (WORDS[0], "KM", None, "Bo has read it", "placed") in held
    assert merged.kept == 1
    with anna(copies) as mine:
        assert "Anna has read it" in {memo.text for memo in mine.memos.list()}


def test_whoever_brings_a_coding_back_brings_it_back_whole(copies):
    def there_and_back(other):
        other.codings.remove(on(other, WORDS[0]))
        other.journal.undo()

    def write_and_remove(mine):
        mine.codings.describe(on(mine, WORDS[0]), valence="-")
        mine.codings.remove(on(mine, WORDS[0]))

    held, _ = both_ways(copies, write_and_remove, there_and_back)
    assert (WORDS[0], "KM", None, "as it was", "placed") in held


def corrected_by_two(copies, tmp_path):
    """Three copies: Anna and Carla correct, Bo codes what Anna's correction changes."""
    third = shutil.copy(copies[0], tmp_path / "carla.qualcase")
    with bo(copies) as other:
        for words in ("Nobody trusted anybody", "slowly"):
            start = TEXT.index(words)
            other.codings.add(other.sources.find("S1"), "NS", SpanPlace(start, start + len(words)))
        other.codings.recode(on(other, WORDS[2]), "KM.TRUST")
    with anna(copies) as mine:
        correct(mine, "Nobody trusted anybody", "Hardly a soul had any faith")
        correct(mine, "twice", "three times")
    with open_project(third, coder="Carla") as carla:
        correct(carla, "Interviewer: How", "An interview.\n\nInterviewer: How")
    return {"a": copies[0], "b": copies[1], "c": third}


def test_places_do_not_depend_on_the_order_of_merges(copies, tmp_path):
    files = corrected_by_two(copies, tmp_path)
    states = set()

    def merged(name, first, *others):
        path = shutil.copy(first, tmp_path / f"{name}.qualcase")
        with open_project(path, coder="Anna") as project:
            for other in others:
                project.merging.merge(other)
            states.add((project.store.digest(), frozenset(told(project))) if len(name) > 2 else None)
            assert well(project)
        return path

    for one, two, three in permutations("abc"):
        merged(one + two + three, files[one], files[two], files[three])
        pair = merged(two + three, files[two], files[three])
        both = merged(f"{one}({two}{three})", files[one], pair)
        again = merged(f"({two}{three}){one}", pair, files[one])
        merged(f"{one}-all", files[one], both, again)
    assert len(states - {None}) == 1
    [(_, held)] = states - {None}
    assert ("Nobody trusted anybody", "NS", None, None, "placed") in held


def test_what_a_merge_put_in_review_is_placed_where_a_later_merge_finds_the_words(copies, tmp_path):
    files = corrected_by_two(copies, tmp_path)
    with bo(copies) as other:
        other.merging.merge(files["a"])
        assert ("Nobody trusted anybody", "NS", None, None, "review") in told(other)
        other.merging.merge(files["c"])
        assert ("Nobody trusted anybody", "NS", None, None, "placed") in told(other)


def test_what_a_correction_left_in_review_stays_there_whatever_is_merged(copies):
    def lose(mine):
        source = mine.sources.find("S1")
        text = mine.sources.text(source)
        mine.editing.replace_text(source, text.replace("The workshop helped", "Then it was over"))

    held, _ = both_ways(copies, lose, lambda other: other.memos.add("By Bo"))
    assert (WORDS[2], "KM", None, "as it was", "review") in held
