"""A check finds nothing wrong where nothing is, however copies met and whatever was redacted meanwhile."""

from __future__ import annotations

import pytest
from two_copies import INTERVIEW, anna, bo, code, create, span, well

from qualcase.coding.places import SpanPlace
from qualcase.storage.differing import _wrong
from qualcase.storage.outcome import Left
from qualcase.storage.redaction import redact

TALK = "I: So?\n\nPer: In {}: trust.\n"


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with an interview and a coding, to be copied."""
    with create(tmp_path_factory.mktemp("origin"), INTERVIEW) as project:
        code(project, "We met twice", "KM")
        return project.path


def bring_in(project, folder, name):
    (folder / f"{name}.txt").write_text(TALK.format(name), encoding="utf-8")
    project.sources.import_paths([folder / f"{name}.txt"])


def describe(project, name, **change):
    project.sources.describe(project.sources.find(name), **change)


def redact_a_memo(project):
    project.memos.add("The name of somebody")
    redact(project.store, project.journal.log()[0].sequence, coder=project.coder)


def test_what_a_merge_renamed_is_described_by_both_afterwards(copies, tmp_path):
    with anna(copies) as mine, bo(copies) as other:
        bring_in(other, tmp_path, "y")
        bring_in(mine, tmp_path, "x")
        other.merging.merge(copies[0])
        describe(other, "S2-2", title="As Bo says")
        describe(mine, "S2", title="As Anna says")
        describe(other, "S2-2", date="1999")
        mine.merging.merge(copies[1])
        assert well(mine)
        other.merging.merge(copies[0])
        assert well(other)
        assert mine.store.digest() == other.store.digest()


def test_something_is_redacted_between_what_two_wrote_and_their_merge(copies):
    with anna(copies) as mine, bo(copies) as other:
        describe(other, "S1", title="As Bo says")
        describe(mine, "S1", title="As Anna says")
        redact_a_memo(mine)
        mine.merging.merge(copies[1])
        assert well(mine)


def test_something_is_redacted_after_a_coding_was_brought_back_that_another_deletes(copies):
    with anna(copies) as mine, bo(copies) as other:
        (coding,) = mine.codings.list()
        other.codings.remove(coding.uid)
        mine.codings.remove(coding.uid)
        mine.journal.undo()
        redact_a_memo(mine)
        mine.codings.describe(coding.uid, valence="+")
        mine.merging.merge(copies[1])
        assert well(mine)


def test_a_merge_is_redacted(copies, tmp_path):
    with anna(copies) as mine, bo(copies) as other:
        for project in (mine, other):
            bring_in(project, tmp_path, "x")
            place = SpanPlace(*span("trust", TALK.format("x")))
            project.codings.add(project.sources.find("S2"), "KM", place)
        mine.merging.merge(copies[1])
        assert well(mine)
        last = next(one for one in mine.journal.log() if one.kind == "merge")
        redact(mine.store, last.sequence, coder="Anna")
        assert well(mine)


def test_the_text_of_an_event_that_an_older_format_did_not_name_is_no_alteration():
    left = Left({"title": "They met"}, (1,), told=True, whole=True)
    assert _wrong({"title": "They met", "text_version": "x"}, left, {}, ()) == []
    assert _wrong({"title": "They met", "date": "1999"}, left, {}, ()) == ["date"]
