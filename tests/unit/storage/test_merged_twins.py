"""What two copies begin independently, and a third takes back: every order of merging comes to one state."""

from __future__ import annotations

import shutil

import pytest
from two_copies import INTERVIEW, create, well

from qualcase.project import open_project
from qualcase.project.merging import say_merged
from qualcase.storage import sqlite
from qualcase.storage.records import RECORDS, Names, read_fields

pytestmark = pytest.mark.usefixtures("warm_statements")
CODERS = ("Anna", "Bo")
NOTE = "Interviewer: And now?\n\nGrete Holm: It went on.\n\nGrete Holm: More.\n"


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with one source and one case, to be copied."""
    with create(tmp_path_factory.mktemp("origin"), INTERVIEW) as project:
        project.cases.create("North")
        return project.store.path


def give(project, owner, name, value, attribute="size"):
    """Give something an attribute, from a file."""
    file = project.store.path.with_suffix(".csv")
    file.write_text(f"{owner},{attribute}\n{name},{value}\n", encoding="utf-8")
    project.attributes.import_file(file, owner)


def value_of_a_source(project, number):
    give(project, "source", "S1", number)


def type_of_an_attribute(project, number):
    give(project, "source", "S1", ("many", "5")[number])


def value_of_an_actor(project, number):
    give(project, "actor", "Berit", number)
    give(project, "actor", "Berit", number + 2)


def role_of_an_actor(project, number):
    project.actors.describe("Berit", organisation="Board")
    project.actors.describe("Board", role=f"role {number}")


def parts_of_an_actor(project, number):
    project.actors.describe("Berit", organisation="Board")
    project.actors.describe("Board", **({"sector": "public"} if number else {"role": "judge"}))


def the_same_file(project, _):
    file = project.store.path.parent / "note.txt"
    file.write_text(NOTE, encoding="utf-8")
    project.sources.import_paths([file])


def actor_of_a_speaker(project, number):
    the_same_file(project, number)
    project.actors.rename("Grete Holm", f"Grete {number}")


def other_file(project):
    file = project.store.path.parent / "other.txt"
    file.write_text(f"{NOTE}\nGrete Holm: That is all.\n", encoding="utf-8")
    project.editing.reimport(project.sources.find("S2"), file)


def moved_turn(project):
    file = project.store.path.parent / "longer.txt"
    file.write_text(f"Interviewer: Hello.\n\n{INTERVIEW}", encoding="utf-8")
    project.editing.reimport(project.sources.find("S1"), file)


def case_of_a_source(project, number):
    project.cases.create("South")
    project.cases.assign("South", project.sources.find("S1"), turn=2)
    project.cases.assign("South", project.sources.find("S1"), turn=3 + number)


def case_of_a_source_that_both_know(project, _):
    project.cases.assign("North", project.sources.find("S1"), turn=2)


def word_that_a_source_is_coded_through(project, _):
    project.sources.mark_done(project.sources.find("S1"))


def shown(project):
    """Return what a project says of actors, attributes and cases."""
    actors = [
        (one.name, one.role, one.sector, one.organisation, one.speakers) for one in project.actors.list()
    ]
    values = [(one.name, one.type, one.values) for one in project.attributes.list()]
    with project.store.reading() as connection:
        members = read_fields(connection, RECORDS["case_member"], Names(connection)).values()
    named = {uid: name for name, uid in project.cases.uids().items()}
    cases = sorted((named[one["case"]], one["turn"]) for one in members if one.get("turn"))
    return project.store.digest(), str((sorted(actors), sorted(values, key=str), cases))


def states_of(folder, files):
    """Merge three copies, whoever begins, in turn and two of them first; return what comes of it."""
    states = set()
    for one, two, three in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        first, second = (shutil.copy(files[n], folder / f"{n}.qualcase") for n in (one, two))
        with open_project(first, coder="Zoe") as project:
            project.merging.merge(second)
            project.merging.merge(files[three])
            states.add(shown(project))
        with open_project(second, coder="Zoe") as project:
            project.merging.merge(files[three])
            project.merging.merge(files[one])
            states.add(shown(project))
    with open_project(first, coder="Zoe") as project:
        assert project.merging.merge(second).touched() == 0
        assert well(project)
        states.add(shown(project))
    return states


def three_copies(origin, folder, begin, order):
    """Return Anna's and Bo's copies, in which both begin something, in this order."""
    for number in order:
        path = shutil.copy(origin, folder / f"{CODERS[number]}.qualcase")
        with open_project(path, coder=CODERS[number]) as project:
            begin(project, number)
    return [folder / f"{name}.qualcase" for name in CODERS]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("whose", [0, 1])
@pytest.mark.parametrize(
    ("begin", "acts"),
    [
        (value_of_a_source, 1),
        (type_of_an_attribute, 1),
        (value_of_an_actor, 1),
        (value_of_an_actor, 2),
        (role_of_an_actor, 2),
        (parts_of_an_actor, 2),
        (actor_of_a_speaker, 2),
        (case_of_a_source, 3),
        (case_of_a_source_that_both_know, 1),
        (word_that_a_source_is_coded_through, 1),
    ],
)
def test_what_one_of_two_took_back_in_a_third_copy_is_as_the_other_left_it(
    origin, tmp_path, monkeypatch, begin, acts, whose, order
):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    files = three_copies(origin, tmp_path, begin, order)
    third = shutil.copy(files[whose], tmp_path / "third.qualcase")
    with open_project(third, coder=CODERS[whose]) as project:
        project.journal.undo(acts)
    assert len(states_of(tmp_path, (*files, third))) == 1


def test_what_was_begun_in_both_shows_what_the_other_said_once_one_took_it_back(origin, tmp_path):
    files = three_copies(origin, tmp_path, value_of_a_source, (0, 1))
    third = shutil.copy(files[1], tmp_path / "third.qualcase")
    with open_project(third, coder="Bo") as project:
        project.journal.undo()
    with open_project(files[0], coder="Anna") as project:
        project.merging.merge(files[1])
        assert [one.values for one in project.attributes.list()] == [{"S1": "1"}]
        project.merging.merge(third)
        assert [one.values for one in project.attributes.list()] == [{"S1": "0"}]


def test_who_say_different_things_of_one_actor_both_hold(origin, tmp_path):
    files = three_copies(origin, tmp_path, parts_of_an_actor, (0, 1))
    with open_project(files[0], coder="Anna") as project:
        project.merging.merge(files[1])
        board = project.actors.find("Board")
        assert (board.role, board.sector) == ("judge", "public")
        project.actors.describe("Board", sector="private")
    with open_project(files[1], coder="Bo") as project:
        project.actors.describe("Board", type="group")
        project.merging.merge(files[0])
        board = project.actors.find("Board")
        assert (board.role, board.sector, board.type) == ("judge", "private", "group")


@pytest.mark.parametrize("whose", [0, 1])
@pytest.mark.parametrize(
    ("begin", "change", "shows"),
    [
        (role_of_an_actor, lambda carla: carla.actors.rename("Board", "The Board"), "'The Board'"),
        (value_of_an_actor, lambda carla: carla.actors.merge("Interviewer", "Berit"), "{'Interviewer': "),
        (the_same_file, other_file, "('S2', 'Grete Holm', 3)"),
        (case_of_a_source_that_both_know, moved_turn, "[('North', 3)]"),
    ],
)
def test_what_both_began_is_one_also_where_a_third_copy_has_changed_what_it_is_known_by(
    origin, tmp_path, monkeypatch, begin, change, shows, whose
):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    files = three_copies(origin, tmp_path, begin, (1, 0))
    third = shutil.copy(files[whose], tmp_path / "third.qualcase")
    with open_project(third, coder="Carla") as project:
        change(project)
    [(_, state)] = states_of(tmp_path, (*files, third))
    assert shows in state


def test_who_uses_a_name_again_means_another_by_it(origin, tmp_path):
    """Anna renames Berit's board and begins another of its name; Bo's is the first, and her two stay two."""
    files = three_copies(origin, tmp_path, role_of_an_actor, (0, 1))
    with open_project(files[0], coder="Anna") as project:
        project.actors.rename("Board", "First Board")
        project.actors.describe("Interviewer", organisation="Board")
        project.merging.merge(files[1])
        assert {one.name for one in project.actors.list()} >= {"First Board", "Board"}
        assert project.actors.find("First Board").role == "role 1"
        assert project.actors.find("Board").role is None


def board(project, _):
    project.actors.describe("Berit", organisation="Board")


def board_and_fund(project, number):
    board(project, number)
    if number:
        project.actors.rename("Board", "Fund")
    else:
        project.actors.describe("Interviewer", organisation="Fund")


def rename_the_fund(project):
    project.actors.rename("Fund", "Trust")


def begin_another_board(project):
    project.actors.rename("Board", "First Board")
    project.actors.describe("Interviewer", organisation="Board")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(
    ("begin", "change", "whose"),
    [
        (board_and_fund, rename_the_fund, 0),
        (board_and_fund, rename_the_fund, 1),
        (board, begin_another_board, 0),
    ],
)
def test_a_name_that_is_used_twice_over_in_three_copies_means_the_same_in_every_order(
    origin, tmp_path, monkeypatch, begin, change, whose, order
):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    files = three_copies(origin, tmp_path, begin, order)
    third = shutil.copy(files[whose], tmp_path / "third.qualcase")
    with open_project(third, coder="Carla") as project:
        change(project)
    assert len(states_of(tmp_path, (*files, third))) == 1


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (
            lambda anna: (board(anna, 0), anna.actors.rename("Board", "Same")),
            lambda bo: bo.actors.describe("Berit", organisation="Same"),
        ),
        (
            lambda anna: anna.actors.rename("Berit", "Same"),
            lambda bo: bo.actors.rename("Interviewer", "Same"),
        ),
    ],
)
def test_two_actors_that_come_to_one_name_are_told_apart(origin, tmp_path, mine, theirs):
    files = [shutil.copy(origin, tmp_path / f"{name}.qualcase") for name in CODERS]
    for path, name, change in zip(files, CODERS, (mine, theirs), strict=True):
        with open_project(path, coder=name) as project:
            change(project)
    with open_project(files[0], coder="Anna") as project:
        merged = project.merging.merge(files[1])
        assert [(one.record, one.before, one.since) for one in merged.renamed] == [
            ("actor", "Same", "Same-2")
        ]
        assert list(say_merged(merged))[-1] == (
            "Two actors are called Same; one of them is now Same-2. "
            "If they are the same: qualcase actor merge Same Same-2"
        )
        assert {"Same", "Same-2"} <= {one.name for one in project.actors.list()}
        assert well(project)
        project.actors.merge("Same", "Same-2")
    with open_project(files[1], coder="Bo") as project:
        project.merging.merge(files[0])
        names = [one.name for one in project.actors.list()]
        assert "Same" in names
        assert "Same-2" not in names


@pytest.mark.parametrize("bo_knows", [False, True])
def test_of_two_values_that_come_to_one_owner_the_other_is_told(origin, tmp_path, bo_knows):
    """Anna makes two actors one, and what was Berit's is the interviewer's, of whom Bo has said it too."""
    files = [shutil.copy(origin, tmp_path / f"{name}.qualcase") for name in CODERS]
    with open_project(files[0], coder="Anna") as project:
        give(project, "actor", "Berit", 1)
    if bo_knows:
        shutil.copy(files[0], files[1])
    with open_project(files[0], coder="Anna") as project:
        project.actors.merge("Interviewer", "Berit")
    with open_project(files[1], coder="Bo") as project:
        give(project, "actor", "Interviewer", 2)
    with open_project(files[0], coder="Anna") as project:
        merged = project.merging.merge(files[1])
        [told] = [one for one in merged.conflicts if one.record == "attribute_value"]
        assert (told.ours, told.theirs) == ({"text": "1"}, {"text": "2"})
        assert [one.values for one in project.attributes.list()] == [{"Interviewer": "2"}]
        with project.store.reading() as connection:
            values = read_fields(connection, RECORDS["attribute_value"], Names(connection))
        assert len(values) == 1
        assert well(project)


def bring_in(project, name, *speakers):
    """Import a file in which these speak, each twice."""
    file = project.store.path.parent / f"{name}.txt"
    file.write_text("".join(f"{one}: Of that.\n\n" for one in speakers * 2), encoding="utf-8")
    project.sources.import_paths([file])


def test_whom_an_import_named_is_nobody_who_had_the_name_before(origin, tmp_path, monkeypatch):
    """Berit is called Fund before a file brings another Berit; Anna lets her go, and Carla speaks of her."""
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    study = shutil.copy(origin, tmp_path / "study.qualcase")
    with open_project(study, coder="Zoe") as project:
        project.actors.rename("Berit", "Fund")
        bring_in(project, "other", "Ann", "Berit")
    files = [shutil.copy(study, tmp_path / f"{name}.qualcase") for name in (*CODERS, "Carla")]
    with open_project(files[0], coder="Anna") as project:
        project.actors.merge("Interviewer", "Fund")
    with open_project(files[1], coder="Bo") as project:
        bring_in(project, "third", "Eva", "Ole")
    with open_project(files[2], coder="Carla") as project:
        project.actors.describe("Ann", organisation="Fund")
    [(_, state)] = states_of(tmp_path, files)
    assert "('Ann', None, None, 'Fund'" in state
    assert "('Berit', None, None, None, (('S2', 'Berit', 2),))" in state


def test_actors_whose_names_differ_in_their_case_stay_what_files_call_them(origin, tmp_path):
    files = [shutil.copy(origin, tmp_path / f"{name}.qualcase") for name in CODERS]
    with open_project(files[0], coder="Anna") as project:
        bring_in(project, "board", "BOARD", "Board")
    with open_project(files[1], coder="Bo") as project:
        project.actors.describe("Berit", role="judge")
        assert not project.merging.merge(files[0]).renamed
        bring_in(project, "again", "BOARD", "Board")
        assert len(project.actors.list()) == 4


def test_what_is_said_of_an_actor_who_became_another_elsewhere_keeps_both(origin, tmp_path):
    files = [shutil.copy(origin, tmp_path / f"{name}.qualcase") for name in CODERS]
    with open_project(files[0], coder="Anna") as project:
        project.actors.merge("Interviewer", "Berit")
    with open_project(files[1], coder="Bo") as project:
        give(project, "actor", "Berit", 7)
    for mine, other in (files, files[::-1]):
        copy = shutil.copy(mine, tmp_path / "copy.qualcase")
        with open_project(copy, coder="Zoe") as project:
            project.merging.merge(other)
            assert [one.values for one in project.attributes.list()] == [{"Berit": "7"}]
            assert well(project)


def test_who_comes_again_with_a_file_that_was_taken_back_is_no_second_one(origin, tmp_path):
    files = [shutil.copy(origin, tmp_path / f"{name}.qualcase") for name in CODERS]
    with open_project(files[0], coder="Anna") as project:
        the_same_file(project, 0)
    shutil.copy(files[0], files[1])
    with open_project(files[0], coder="Anna") as project:
        project.journal.undo()
        the_same_file(project, 0)
    with open_project(files[1], coder="Bo") as project:
        project.actors.describe("Berit", organisation="Grete Holm")
    for mine, other in (files, files[::-1]):
        copy = shutil.copy(mine, tmp_path / "copy.qualcase")
        with open_project(copy, coder="Zoe") as project:
            assert not project.merging.merge(other).renamed
            assert [one.name for one in project.actors.list()].count("Grete Holm") == 1
            assert project.actors.find("Berit").organisation == "Grete Holm"
            assert well(project)
