"""Memos on codings that become one with their like: they go along, whatever the other copy does to them."""

from __future__ import annotations

import pytest
from two_copies import INTERVIEW, alike, anna, bo, code, create, merge_both_ways

WORDS = "We met twice"


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project in which one passage has two codes, and the coding as KM.TRUST a memo, to be copied."""
    with create(tmp_path_factory.mktemp("origin"), INTERVIEW) as project:
        code(project, WORDS, "KM")
        coding = code(project, WORDS)
        project.memos.add("Whose trust?", about=("coding", coding.uid))
        return project.store.path


def give_the_code_that_is_there(copies):
    """Give the coding as KM.TRUST the code KM, by which the two become one."""
    with anna(copies) as mine:
        [trusting] = [one for one in mine.codings.list() if one.code == "KM.TRUST"]
        mine.codings.recode(trusting.uid, "KM")
        assert len(mine.codings.list()) == 1


def about_the_coding(project):
    """Return what the memos say that are on the one coding."""
    [coding] = project.codings.list()
    return sorted(memo.text for memo in project.memos.list(about=f"coding:{coding.uid}"))


def test_a_memo_that_was_worded_anew_meanwhile_goes_along(copies):
    give_the_code_that_is_there(copies)
    with bo(copies) as other:
        [memo] = other.memos.list()
        other.memos.edit(memo.uid, "Trust in whom?")
    merge_both_ways(copies)
    assert alike(copies, about_the_coding) == ["Trust in whom?"]


def test_kept_words_of_a_coding_go_along(copies):
    """They stay there when the copies are merged once more."""
    for open_copy, words in ((anna, "Says Anna."), (bo, "Says Bo.")):
        with open_copy(copies) as project:
            [trusting] = [one for one in project.codings.list() if one.code == "KM.TRUST"]
            project.codings.describe(trusting.uid, memo=words)
    merge_both_ways(copies)
    assert alike(copies, lambda project: len(project.memos.list())) == 2
    give_the_code_that_is_there(copies)
    with bo(copies) as other:
        other.memos.add("Something else")
        other.merging.merge(copies[0])
    with anna(copies) as mine:
        mine.merging.merge(copies[1])
    assert alike(copies, about_the_coding) == ["Says Anna.", "Whose trust?"]
