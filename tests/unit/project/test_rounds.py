"""What a comparison of two coders says about the ground that it stands on."""

from __future__ import annotations

import pytest

from qualcase.coding.places import QuotePlace
from qualcase.model.errors import UsageError
from qualcase.project import create_project, open_project

OTHER = "We came to trust them once we had met at the seminar. Trust takes time.\n"


@pytest.fixture
def other(project, tmp_path):
    """A second source, in which suggestions can be found."""
    file = tmp_path / "other.txt"
    file.write_text(OTHER, encoding="utf-8")
    [made] = project.sources.import_paths([file]).imported
    return made


def both_code(project, source):
    project.codings.add(source, "KM.TRUST", QuotePlace("Nobody trusted anybody."))
    with open_project(project.path, coder="Bo") as bo:
        bo.codings.add(bo.sources.find(source.handle), "KM.TRUST", QuotePlace("We met twice."))


def notes(project):
    return project.rounds.agreement(("Anna", "Bo")).notes


def test_one_source_is_spoken_of_in_the_singular(project, source):
    both_code(project, source)
    basis = "over the 1 source that all have coded (none is marked as coded through by all)"
    assert basis in notes(project)


def test_suggestions_accepted_in_a_source_that_is_not_compared_are_not_said_to_be_left_out(
    project, source, other
):
    both_code(project, source)
    project.suggestions.accept(project.suggestions.propose(other)[0].uid)
    assert not [note for note in notes(project) if "suggestion" in note]


def test_a_suggestion_accepted_in_what_is_compared_is_left_out_and_said_to_be(project, source):
    both_code(project, source)
    project.suggestions.accept(project.suggestions.propose(source)[0].uid)
    assert "1 accepted suggestion is left out: it is not an unaided coding" in notes(project)


def test_others_codings_are_seen_beside_ones_own(project, source):
    both_code(project, source)
    codings, hidden = project.rounds.others_in(source)
    assert [(one.coder, one.quote) for one in codings] == [("Bo", "We met twice.")]
    assert hidden == ()


def test_in_independent_coding_nobody_sees_others_codings_before_both_are_done(tmp_path):
    (tmp_path / "talk.txt").write_text("Berit: We met twice. Nobody trusted anybody.\n", encoding="utf-8")
    with create_project(
        tmp_path / "study.qualcase", ("four-process",), coder="Anna", mode="coding-reliability"
    ) as project:
        [source] = project.sources.import_paths([tmp_path / "talk.txt"]).imported
        both_code(project, source)
        with pytest.raises(UsageError, match="mark S1 as coded through"):
            project.rounds.others_in(source)
        project.sources.mark_done(source)
        assert project.rounds.others_in(source) == ((), ("Bo",))
        with open_project(project.path, coder="Bo") as bo:
            bo.sources.mark_done(bo.sources.find("S1"))
        [coding] = project.rounds.others_in(source)[0]
        assert coding.coder == "Bo"
        project.sources.reopen(source)
        with pytest.raises(UsageError):
            project.rounds.others_in(source)


def test_differences_are_shown_where_all_who_matter_are_done(tmp_path):
    (tmp_path / "a.txt").write_text("We met twice. Nobody trusted anybody.\n", encoding="utf-8")
    with create_project(tmp_path / "s.qualcase", coder="Anna", mode="coding-reliability") as project:
        project.sources.import_paths([tmp_path / "a.txt"])
        source = project.sources.find("S1")
        both_code_in(project, source)
        with pytest.raises(UsageError, match="no source is marked as coded through by Anna and Bo"):
            project.rounds.differences(("Anna", "Bo"))
        project.sources.mark_done(source)
        with open_project(project.path, coder="Bo") as bo:
            bo.sources.mark_done(bo.sources.find("S1"))
        found = project.rounds.differences(("Anna", "Bo"))
        assert [(one.start, one.end, one.kind) for one in found] == [(0, 13, "missed"), (14, 37, "missed")]
        project.coder = "Carl"
        with pytest.raises(UsageError, match="by Anna, Bo and Carl"):
            project.rounds.differences(("Anna", "Bo"))


def both_code_in(project, source):
    project.codings.add(source, "KM.TRUST", QuotePlace("Nobody trusted anybody."))
    with open_project(project.path, coder="Bo") as bo:
        bo.codings.add(bo.sources.find(source.handle), "KM.TRUST", QuotePlace("We met twice."))
