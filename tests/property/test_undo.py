"""Whatever two coders do, taking all of it back returns to the state they began with.

A thousand sequences, forty to a file, each file a copy of one small project. Each state on the way is one
that a check finds nothing wrong with, what is done again is what it was before it was taken back, and what
is refused is refused in words. `sqlite.SYNCHRONOUS` is lowered to OFF meanwhile, because a power cut is not
what is tested here. The cases are the same each time, unless HYPOTHESIS_PROFILE is "explore".
"""

from __future__ import annotations

import os
import random
import shutil

import pytest
from coders import Desk, IdleError

from qualcase.coding.errors import CannotUndoError, NothingToUndoError
from qualcase.coding.operations import acts
from qualcase.coding.places import TurnPlace
from qualcase.model.errors import QualcaseError
from qualcase.project import create_project, open_project
from qualcase.storage import sqlite
from qualcase.storage.checking import find_problems
from qualcase.storage.errors import PastGoneError
from qualcase.storage.reading.past import codings_at
from qualcase.storage.redaction import redact
from qualcase.storage.snapshots import copy_file
from qualcase.storage.standing import as_it_stood

FILES, SEQUENCES, MOST_STEPS = 25, 40, 8
CODERS = ("Anna", "Bo")
OTHER = {"undo", "redo", "import", "case", "codebook", "new"}  # kinds that are not acts of coding
TRIED = OTHER | {"phase"} | set(acts())
# Which sequences are tried: a failure tells it.
BEGIN = random.SystemRandom().randrange(2**32) if os.environ.get("HYPOTHESIS_PROFILE") == "explore" else 0
MERGES = 12
INTERVIEW = """Interviewer: How did it begin in 2006?

Berit: We met twice. Nobody trusted anybody.

Interviewer: And then?

Berit: Then we built trust, slowly. We shared knowledge. The workshop helped.
"""


ACTS = [name for name in vars(Desk) if not name.startswith("_")]
OFTEN = {"code": 5, "undo": 8, "redo": 6, "edit_text": 3, "review": 2, "event": 2, "memo_on_a_passage": 2}
OFTEN |= {"import_file": 2, "merge_codes": 2, "import_codebook": 0.3, "decide": 0.8}
WEIGHTS = [OFTEN.get(name, 1) for name in ACTS]


@pytest.fixture(scope="module")
def began(tmp_path_factory):
    """A project with one interview, to be copied."""
    folder = tmp_path_factory.mktemp("undo")
    with create_project(folder / "study.qualcase", ("four-process",), coder="Cleo") as project:
        (folder / "berit.txt").write_text(INTERVIEW, encoding="utf-8")
        project.sources.import_paths([folder / "berit.txt"])
        project.codings.add(project.sources.find("S1"), "KM", TurnPlace(2))
    return folder / "study.qualcase"


def act(project, desk, chance):
    """One coder tries one thing."""
    project.coder = chance.choice(CODERS)
    name = chance.choices(ACTS, WEIGHTS)[0]
    try:
        getattr(desk, name)()
    except (QualcaseError, IdleError):
        return None
    return name


def assert_sound(project, *told):
    with project.store.reading() as connection:
        assert find_problems(connection)[1] == [], told


def take_all_back(project, chance, *told):
    """Take every act of the two coders back, whichever of them can go on."""
    left = set(CODERS)
    while left:
        moved = [name for name in sorted(left) if takes_one_back(project, name, left, chance, told)]
        assert moved or not left, ("nobody can take anything back", *told)


def takes_one_back(project, name, left, chance, told):
    """Whether a coder could; one who has no act left is struck off."""
    project.coder = name
    again = chance.random() < 0.3
    before = project.store.digest() if again else None
    try:
        project.journal.undo()
    except NothingToUndoError:
        left.discard(name)
        return False
    except CannotUndoError:
        return False
    assert_sound(project, *told)
    if again:
        goes_back_and_forth(project, before, told)
    return True


def goes_back_and_forth(project, before, told):
    """Do again what was just taken back, and take it back: the two states are what they were."""
    between = project.store.digest()
    project.journal.redo()
    assert project.store.digest() == before, told
    assert_sound(project, *told)
    project.journal.undo()
    assert project.store.digest() == between, told


@pytest.mark.parametrize("file", range(FILES))
def test_undo_returns_to_an_equal_state(began, tmp_path, monkeypatch, file):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    path = shutil.copy(began, tmp_path / "study.qualcase")
    chance, seen = random.Random(BEGIN + file), set()
    with open_project(path, coder="Anna") as project:
        start = project.store.digest()
        for number in range(SEQUENCES):
            desk, done = Desk(project, tmp_path, chance), []
            told = (BEGIN, file, number, done)
            for _ in range(chance.randint(3, MOST_STEPS)):
                done.append(act(project, desk, chance))
                assert_sound(project, *told)
            seen |= set(done)
            take_all_back(project, chance, *told)
            assert project.store.digest() == start, told
        verified, checked = project.journal.verify(), project.care.check()
    assert (verified.verified, checked.ok, list(checked.problems)) == (True, True, [])
    assert len(seen) > len(ACTS) * 2 / 3


@pytest.mark.parametrize("file", range(MERGES))
def test_a_merge_between_leaves_nothing_that_a_check_finds(began, tmp_path, monkeypatch, file):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    path = shutil.copy(began, tmp_path / "anna.qualcase")
    chance, done = random.Random(BEGIN + file), []
    told = (BEGIN, file, done)
    with open_project(path, coder="Anna") as project:
        for number in range(4):
            other = tmp_path / f"bo-{number}.backup"
            copy_file(path, other)
            with open_project(other, coder="Bo") as far:
                for one in (project, far):
                    desk = Desk(one, tmp_path, chance)
                    done.append([act(one, desk, chance) for _ in range(chance.randint(2, 6))])
                    assert_sound(one, *told)
            merges(project, other, told)
            for _ in range(6):
                project.coder = chance.choice(CODERS)
                done.append((project.coder, back_or_forth(project, chance)))
                assert_sound(project, *told)
        verified, checked = project.journal.verify(), project.care.check()
    assert (verified.verified, checked.ok, list(checked.problems)) == (True, True, [])


def merges(project, other, told):
    """Merge, take the merge back, and merge again: the states are the same."""
    project.coder, before = "Anna", project.store.digest()
    try:
        brought = project.merging.merge(other).operations
    except QualcaseError:
        return
    assert_sound(project, *told)
    after = project.store.digest()
    if brought:
        project.journal.undo()
        assert project.store.digest() == before, told
        project.merging.merge(other)
        assert project.store.digest() == after, told
    else:
        assert after == before, told


def back_or_forth(project, chance):
    way = chance.choice([project.journal.undo, project.journal.undo, project.journal.redo])
    try:
        return [one.kind for one in way()]
    except QualcaseError as error:
        return error.message


def test_the_kinds_of_act_that_are_meant_are_among_those_tried(began, tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    kinds = set()
    # Several files: in a long one all codes are retired at last, and little can be done with them.
    for seed in range(6):
        path, chance = shutil.copy(began, tmp_path / f"study-{seed}.qualcase"), random.Random(seed)
        with open_project(path, coder="Anna") as project:
            for _ in range(120):
                act(project, Desk(project, tmp_path, chance), chance)
            kinds |= {entry.kind for entry in project.journal.log()}
    assert TRIED - kinds == set()


@pytest.mark.parametrize("seed", range(5))
def test_codings_as_they_stood_are_those_that_were_listed(began, tmp_path, monkeypatch, seed):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    path = shutil.copy(began, tmp_path / "study.qualcase")
    chance, listed = random.Random(seed), {}
    with open_project(path, coder="Anna") as project:
        for _ in range(120):
            act(project, Desk(project, tmp_path, chance), chance)
            with project.store.reading():
                listed[project.journal.log(1)[0].sequence] = states(project.codings.list())
        with project.store.reading() as connection:
            past = {sequence: states(codings_at(connection, sequence)) for sequence in listed}
    assert past == listed
    assert len({len(codings) for codings in listed.values()}) > 3


@pytest.mark.parametrize("seed", range(5))
def test_the_project_as_it_stood_is_the_project_that_it_was(began, tmp_path, monkeypatch, seed):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    path = shutil.copy(began, tmp_path / "study.qualcase")
    chance, known = random.Random(seed), {}
    with open_project(path, coder="Anna") as project:
        for _ in range(80):
            act(project, Desk(project, tmp_path, chance), chance)
            known[project.journal.log(1)[0].sequence] = project.store.digest()
        for sequence in chance.sample(sorted(known), min(12, len(known))):
            with as_it_stood(project.store, sequence):
                assert project.store.digest() == known[sequence]
        assert project.store.digest() == known[max(known)]
        redact(project.store, max(known), coder="Anna")
        with pytest.raises(PastGoneError, match="redacted"), as_it_stood(project.store, min(known)):
            pass
    assert len(set(known.values())) > 5


def states(codings):
    """Codings without their order and speakers, which are read off today's text."""
    fields = ("uid", "source", "start", "end", "quote", "code", "coder", "memo", "valence", "weight", "key")
    return {tuple(getattr(coding, field) for field in fields) for coding in codings}
