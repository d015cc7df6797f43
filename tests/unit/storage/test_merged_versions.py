"""Two copies each change the codebook: the versions are one strict order after a merge, in real files."""

from __future__ import annotations

import shutil

import pytest

from qualcase.coding.places import SpanPlace
from qualcase.model.code import Code
from qualcase.project import create_project, open_project
from qualcase.project.codings_listing import CodingFilter
from qualcase.storage import sqlite
from qualcase.storage.snapshots import copy_file

TEXT = "We met twice. Nobody trusted anybody. Then we built trust, slowly. The workshop helped."


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with one text and one codebook, to be copied."""
    folder = tmp_path_factory.mktemp("origin")
    with create_project(folder / "study.qualcase", coder="Anna") as project:
        (folder / "note.txt").write_text(TEXT, encoding="utf-8")
        project.sources.import_paths([folder / "note.txt"])
        code(project, "KM.TRUST", "We met twice")
    return folder / "study.qualcase"


@pytest.fixture
def copies(origin, tmp_path, monkeypatch):
    """Anna's copy and Bo's."""
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    return tuple(shutil.copy(origin, tmp_path / f"{name}.qualcase") for name in ("anna", "bo"))


def code(project, handle, words):
    start = TEXT.index(words)
    place = SpanPlace(start, start + len(words))
    return project.codings.add(project.sources.find("S1"), handle, place)[0]


def anna(copies):
    return open_project(copies[0], coder="Anna")


def bo(copies):
    return open_project(copies[1], coder="Bo")


def both_change(mine, other):
    """Anna redefines a code, Bo adds one, each as version 2; each codes under it."""
    mine.codebook.edit("KM.TRUST", definition="Reliance without a paper.", reason="clearer")
    code(mine, "KM.TRUST", "Nobody trusted")
    code(mine, "IA", "twice")
    other.codebook.add(Code("WORKSHOP", "Workshops", None, "other", definition="A day together."))
    code(other, "WORKSHOP", "The workshop helped")
    code(other, "KM.TRUST", "built trust")


def kept(path):
    """Copy a file that is open, as a backup does."""
    return copy_file(path, path.with_suffix(".before")) or path.with_suffix(".before")


def made_under(project):
    return {one.quote: (one.code, one.codebook_version) for one in project.codings.list()}


def told(project):
    return [
        (one.number, one.coder, one.at, one.change, one.content["codes"])
        for one in project.codebook.history()
    ]


def waiting(project):
    return sorted((one.quote, one.made_under, one.changed_in) for one in project.codebook.reread())


def well(project):
    return project.journal.verify().verified and list(project.care.check().problems) == []


def test_versions_made_apart_are_one_order_whichever_way_round(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        before = kept(copies[0])
        mine.merging.merge(copies[1])
        other.merging.merge(before)
        assert [line[:2] + line[3:4] for line in told(mine)] == [
            (1, "Anna", "Brought in four-process"),
            (2, "Anna", "Redefined KM.TRUST"),
            (3, "Bo", "Added WORKSHOP (“Workshops”)"),
        ]
        assert told(mine) == told(other)
        book = mine.codebook.at_version("four-process", 3)
        assert (book.version, book.codes[-1].id) == (3, "WORKSHOP")
        assert mine.codebook.current().version == other.codebook.current().version == 3
        assert mine.store.digest() == other.store.digest()
        assert well(mine)
        assert well(other)


def test_codings_keep_the_version_that_they_were_made_under(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        before = kept(copies[0])
        mine.merging.merge(copies[1])
        other.merging.merge(before)
        assert (
            made_under(mine)
            == made_under(other)
            == {
                "We met twice": ("KM.TRUST", 1),
                "Nobody trusted": ("KM.TRUST", 2),
                "twice": ("IA", 2),
                "The workshop helped": ("WORKSHOP", 3),
                "built trust": ("KM.TRUST", 3),
            }
        )


def test_what_was_coded_without_knowing_of_a_new_meaning_is_read_again(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        before = kept(copies[0])
        mine.merging.merge(copies[1])
        other.merging.merge(before)
        # Bo's is of the younger version, in which the code still meant what it did in the first.
        assert waiting(mine) == waiting(other) == [("We met twice", 1, 2), ("built trust", 3, 2)]
        assert {one.quote for one in mine.codings.list(CodingFilter(older=True))} == {
            "We met twice",
            "built trust",
        }
        code(mine, "KM.TRUST", "slowly")
        assert len(waiting(mine)) == 2
        mine.codings.describe(mine.codebook.reread()[1].id, memo="hm")
        assert len(waiting(mine)) == 2
        mine.codebook.confirm(all_of="KM.TRUST")
        assert waiting(mine) == []
        other.merging.merge(copies[0])
        assert waiting(other) == []
        mine.journal.undo(1)
        assert len(waiting(mine)) == 2


def test_the_younger_of_two_new_meanings_holds_and_only_the_other_is_read_again(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.edit("KM.TRUST", definition="Reliance without a paper.")
        code(mine, "KM.TRUST", "Nobody trusted")
        other.codebook.edit("KM.TRUST", definition="To go first.")
        code(other, "KM.TRUST", "built trust")
        before = kept(copies[0])
        mine.merging.merge(copies[1])
        other.merging.merge(before)
        for project in (mine, other):
            assert project.codebook.find("KM.TRUST").definition == "To go first."
            assert waiting(project) == [("Nobody trusted", 2, 3), ("We met twice", 1, 3)]


def test_the_next_version_follows_and_the_merge_changes_nothing_the_second_time(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        mine.merging.merge(copies[1])
        mine.codebook.rename("KM", "What is known")
        assert mine.merging.merge(copies[1]).operations == 0
        other.merging.merge(copies[0])
        assert [line[0] for line in told(other)] == [1, 2, 3, 4]
        assert told(mine) == told(other)
        assert mine.store.digest() == other.store.digest()


def test_undoing_the_merge_gives_back_the_numbers(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        digest, history, codings = other.store.digest(), told(other), made_under(other)
        other.merging.merge(copies[0])
        assert told(other) != history
        other.journal.undo(1)
        assert (other.store.digest(), told(other), made_under(other)) == (digest, history, codings)


def test_an_act_from_before_the_merge_is_still_taken_back_and_done_again(copies):
    with anna(copies) as mine, bo(copies) as other:
        both_change(mine, other)
        gone = code(other, "KM", "slowly")
        other.codings.remove(gone.uid)
        mine.merging.merge(copies[1])
    with open_project(copies[0], coder="Bo") as project:
        held, history = made_under(project), told(project)
        project.journal.undo(1)
        assert made_under(project) == {**held, "slowly": ("KM", 3)}
        project.journal.undo(3)
        assert not {"built trust", "The workshop helped", "slowly"} & made_under(project).keys()
        project.journal.undo(1)
        assert [line[0] for line in told(project)] == [1, 2]
        assert project.codebook.current().version == 2
        project.journal.redo(5)
        assert (made_under(project), [line[0] for line in told(project)]) == (held, [1, 2, 3])
        assert [line[3:] for line in told(project)] == [line[3:] for line in history]
        assert project.codebook.current().version == 3
        assert well(project)


def test_a_reading_confirmed_before_a_merge_is_taken_back_in_the_new_numbers(copies):
    with anna(copies) as mine, bo(copies) as other:
        mine.codebook.rename("NS", "Staying together")
        other.codebook.edit("KM.TRUST", definition="To go first.")
        other.codebook.confirm(all_of="KM.TRUST")
        mine.merging.merge(copies[1])
    with open_project(copies[0], coder="Bo") as project:
        assert (made_under(project), waiting(project)) == ({"We met twice": ("KM.TRUST", 3)}, [])
        project.journal.undo(1)
        assert waiting(project) == [("We met twice", 1, 3)]
        project.journal.redo(1)
        assert waiting(project) == []


def test_three_copies_number_alike(copies, tmp_path):
    third = shutil.copy(copies[0], tmp_path / "carla.qualcase")
    with anna(copies) as mine, bo(copies) as other, open_project(third, coder="Carla") as carla:
        carla.codebook.rename("NS", "Staying together")
        code(carla, "NS", "slowly")
        both_change(mine, other)
        carla.codebook.edit("IA", definition="Who gains.")
        code(carla, "IA", "The workshop")
        files = {name: kept(path) for name, path in zip("abc", (*copies, third), strict=True)}
        mine.merging.merge(files["b"])
        mine.merging.merge(files["c"])
        carla.merging.merge(files["b"])
        carla.merging.merge(files["a"])
        assert [line[0] for line in told(mine)] == [1, 2, 3, 4, 5]
        assert told(mine) == told(carla)
        assert made_under(mine) == made_under(carla)
        assert waiting(mine) == waiting(carla)
        assert mine.store.digest() == carla.store.digest()
