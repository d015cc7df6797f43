"""What a comparison of two coders says about the ground that it stands on."""

from __future__ import annotations

import pytest

from qualcase.coding.places import QuotePlace
from qualcase.project import open_project

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
