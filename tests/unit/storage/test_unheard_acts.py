"""What a merge left no state of is heard all the same: acts on codings that were deleted or changed since."""

from __future__ import annotations

import shutil

import pytest
from two_copies import INTERVIEW, code, correct, create, well

from qualcase.project import open_project
from qualcase.storage.reading.past import codings_at


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with one coding, to be copied."""
    with create(tmp_path_factory.mktemp("origin"), INTERVIEW) as project:
        code(project, "We met twice")
        return project.store.path


@pytest.fixture
def three(copies, tmp_path):
    """Anna's copy, Bo's and Carla's."""
    return (*copies, shutil.copy(copies[0], tmp_path / "carla.qualcase"))


def opened(path):
    return open_project(path, coder=path.stem.capitalize())


def the_coding(project):
    [coding] = project.codings.list()
    return coding.uid


def merged(folder, name, path, *others):
    """Merge into a copy of a copy; return it."""
    into = shutil.copy(path, folder / f"{name}.qualcase")
    with open_project(into, coder="Anna") as project:
        for other in others:
            project.merging.merge(other)
        assert well(project)
    return into


def in_every_order(folder, files):
    """Merge three copies, two of them first or one after the other; return the states, and the last file."""
    states = set()
    for number, (one, two, three) in enumerate(
        (files, files[::-1], (files[1], files[2], files[0]), (files[1], files[0], files[2]))
    ):
        pair = merged(folder, f"pair-{number}", one, two)
        other = merged(folder, f"other-{number}", two, three)
        for last in (
            merged(folder, f"turn-{number}", pair, three),
            merged(folder, f"late-{number}", one, other),
            merged(folder, f"both-{number}", pair, other),
            merged(folder, f"back-{number}", other, pair),
        ):
            with open_project(last, coder="Anna") as project:
                states.add(project.store.digest())
    return states, last


@pytest.mark.parametrize("said", [{"key": True}, {"valence": "+"}, {"memo": "It is so."}])
def test_what_was_said_of_a_coding_that_others_took_away_stands_once_it_is_back(three, tmp_path, said):
    with opened(three[0]) as anna:
        anna.codings.remove(the_coding(anna))
    with opened(three[1]) as bo:
        bo.codings.remove(the_coding(bo))
        bo.journal.undo()
    with opened(three[2]) as carla:
        carla.codings.describe(the_coding(carla), **said)
    states, last = in_every_order(tmp_path, three)
    assert len(states) == 1
    with open_project(last, coder="Anna") as project:
        [coding] = project.codings.list()
        assert {name: getattr(coding, name) for name in said} == said
        assert project.memos.list() == ()


def moved_in_a_corrected_text(project):
    correct(project, "Interviewer: How did it begin?", "Interviewer: How, then, did it begin?")
    project.codings.resize(the_coding(project), 39, 52)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (lambda carla: carla.codings.recode(the_coding(carla), "KM"), "KM", "We met twice"),
        (lambda carla: carla.codings.resize(the_coding(carla), 42, 51), "KM.TRUST", "met twice"),
        (moved_in_a_corrected_text, "KM.TRUST", "Berit: We met"),
    ],
)
def test_a_coding_that_others_took_away_has_the_code_and_place_of_who_did_not_know(
    three, tmp_path, change, code, words
):
    with opened(three[0]) as anna:
        anna.codings.resize(the_coding(anna), 32, 51)
        anna.codings.remove(the_coding(anna))
    with opened(three[1]) as bo:
        bo.codings.remove(the_coding(bo))
        bo.journal.undo()
    with opened(three[2]) as carla:
        change(carla)
    states, last = in_every_order(tmp_path, three)
    assert len(states) == 1
    with open_project(last, coder="Anna") as project:
        [coding] = project.codings.list()
        assert coding.code == code
        text = project.sources.text(project.sources.find("S1"))
        assert text[coding.start : coding.end] == words
        with project.store.reading() as connection:
            past = [codings_at(connection, entry.sequence) for entry in project.journal.log(20)]
        assert max(map(len, past)) == 1


def test_what_only_a_coding_rested_on_that_the_merge_takes_away_is_not_kept(three, tmp_path):
    with opened(three[0]) as anna:
        anna.journal.undo(2)
        assert anna.sources.list() == ()
    with opened(three[1]) as bo:
        bo.codings.recode(the_coding(bo), "KM")
    with opened(three[2]) as carla:
        carla.codings.resize(the_coding(carla), 42, 51)
    states, last = in_every_order(tmp_path, three)
    assert len(states) == 1
    with open_project(last, coder="Anna") as project:
        assert project.sources.list() == ()


def test_words_that_were_taken_back_are_over_also_where_that_left_no_state(three, tmp_path):
    """Carla says something else last: in what she and Anna have together the coding is as in her copy."""
    with opened(three[1]) as bo:
        bo.codings.describe(the_coding(bo), memo="Says Bo.")
    with opened(three[0]) as anna:
        anna.codings.describe(the_coding(anna), memo="Says Anna.")
        anna.journal.undo()
    with opened(three[2]) as carla:
        carla.codings.describe(the_coding(carla), weight=0.5)
    states, last = in_every_order(tmp_path, three)
    assert len(states) == 1
    with open_project(last, coder="Anna") as project:
        assert [coding.memo for coding in project.codings.list()] == [None]
        assert [memo.text for memo in project.memos.list()] == ["Says Bo."]
