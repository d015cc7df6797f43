"""Proposals, asked for as a whole or part by part."""

from __future__ import annotations

from itertools import chain

import pytest

from qualcase.coding.places import SpanPlace

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
