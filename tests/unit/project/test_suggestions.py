"""Proposals, asked for as a whole or part by part."""

from __future__ import annotations

from itertools import chain

import pytest

from qualcase.coding.places import SpanPlace
from qualcase.model.errors import ConflictError, UsageError
from qualcase.project import open_project

LINE = "We came to trust them once we had met at the seminar. Nothing else happened on that day.\n"


@pytest.fixture
def long_source(project, tmp_path):
    file = tmp_path / "long.txt"
    file.write_text(LINE * 150, encoding="utf-8")
    [made] = project.sources.import_paths([file]).imported
    return made


def test_the_parts_of_a_source_together_are_what_is_proposed_for_it(project, long_source):
    parts = list(project.suggestions.propose_parts(long_source))
    assert len(parts) > 3
    assert tuple(chain(*parts)) == project.suggestions.propose(long_source)
    assert any(parts)


def test_what_is_answered_or_coded_is_in_no_part(project, long_source):
    first, second, third, *_ = project.suggestions.propose(long_source)
    project.suggestions.reject(first.uid)
    project.suggestions.accept(second.uid)
    open_still = {one.uid for one in chain(*project.suggestions.propose_parts(long_source))}
    assert not {first.uid, second.uid} & open_still
    assert third.uid in open_still


def test_a_suggestion_of_a_part_can_be_answered_at_once(project, long_source):
    part = next(part for part in project.suggestions.propose_parts(long_source) if part)
    assert project.suggestions.accept(part[0].uid).quote == part[0].quote


def test_codings_that_are_known_already_need_not_be_read(project, long_source):
    first, second, *_ = project.suggestions.propose(long_source)
    [coding] = project.codings.add(long_source, first.code, SpanPlace(first.start, first.end))
    left = {one.uid for one in chain(*project.suggestions.propose_parts(long_source, [coding]))}
    assert first.uid not in left
    assert second.uid in left


@pytest.fixture
def first(project, source):
    return project.suggestions.propose(source)[0]


@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_words_that_were_corrected_since_are_not_answered_for(project, source, first, answer):
    project.editing.replace_text(source, "A new beginning. " + project.sources.text(source))
    with pytest.raises(ConflictError, match="S1 was corrected since; those words are not there now"):
        getattr(project.suggestions, answer)(first.uid)
    again = project.suggestions.propose(source)[0]
    assert (again.quote, again.start) == (first.quote, first.start + 17)
    getattr(project.suggestions, answer)(again.uid)


def test_what_was_coded_by_hand_meanwhile_is_not_coded_twice(project, source, first):
    project.codings.add(source, first.code, SpanPlace(first.start, first.end))
    with pytest.raises(UsageError, match=r"^Anna has coded S1 .* already"):
        project.suggestions.accept(first.uid)
    with pytest.raises(UsageError, match=r"^Anna has coded S1 .* already"):
        project.suggestions.reject(first.uid)
    assert len(project.codings.list()) == 1


def test_one_that_is_named_twice_is_one_coding(project, first):
    assert len(project.suggestions.accept_all([first, first])) == 1
    assert len(project.codings.list()) == 1


def test_of_several_those_that_are_done_are_left_out(project, long_source):
    one, other, third, *_ = project.suggestions.propose(long_source)
    project.suggestions.accept(one.uid)
    project.suggestions.reject(other.uid)
    assert [coding.start for coding in project.suggestions.accept_all([one, other, third])] == [third.start]


def test_a_code_that_was_retired_meanwhile_takes_none(project, source, first):
    project.codebook.retire(first.code)
    with pytest.raises(UsageError, match="is retired and takes no new codings"):
        project.suggestions.accept(first.uid)
    project.suggestions.reject(first.uid)
    assert project.codings.list() == ()


@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_what_was_answered_in_another_window_is_answered(project, source, first, answer):
    with open_project(project.path, coder="Anna") as other:
        assert other.suggestions.propose(source)[0] == first
        project.suggestions.reject(first.uid)
        with pytest.raises(UsageError, match=r"^Anna has answered for S1 .* already"):
            getattr(other.suggestions, answer)(first.uid)
    assert project.codings.list() == ()


def test_another_coder_answers_for_themselves(project, source, first):
    project.suggestions.accept(first.uid)
    project.coder = "Bo"
    assert project.suggestions.accept(first.uid).coder == "Bo"
