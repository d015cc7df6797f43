"""Text versions of one source that two copies made: one strict order of numbers, whoever merges whom."""

from __future__ import annotations

import shutil

import pytest
from sqlalchemy import select
from two_copies import TEXT, anna, bo, create, kept, well

from qualcase.coding.errors import CannotUndoError
from qualcase.project import open_project
from qualcase.storage.schema import material


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with one text, to be copied."""
    folder = tmp_path_factory.mktemp("origin")
    create(folder, TEXT).close()
    return folder / "study.qualcase"


def correct(project, was, now):
    source = project.sources.find("S1")
    return project.editing.replace_text(source, project.sources.text(source).replace(was, now)).version


def numbered(project):
    """Return the texts of S1 by number, those that were taken back in brackets."""
    version, content = material.text_version, material.content
    query = select(version.c.number, content.c.text, version.c.deleted).join(
        content, content.c.sha256 == version.c.sha256
    )
    with project.store.reading() as connection:
        found = connection.execute(query.order_by(version.c.number)).all()
    return [(number, f"[{text}]" if deleted else text) for number, text, deleted in found]


def numbers(project):
    return [number for number, _ in numbered(project)]


def test_versions_corrected_in_both_copies_are_one_order_by_their_making(copies):
    with anna(copies) as mine, bo(copies) as other:
        assert correct(mine, "twice", "three times") == 2
        assert correct(other, "slowly", "very slowly") == 2
        assert correct(mine, "workshop", "workshops") == 3
        before = kept(copies[0])
        mine.merging.merge(copies[1])
        other.merging.merge(before)
        assert numbers(mine) == [1, 2, 3, 4]
        assert numbered(mine) == numbered(other)
        assert [text for _, text in numbered(mine)][2] == TEXT.replace("slowly", "very slowly")
        assert mine.store.digest() == other.store.digest()
        assert mine.merging.merge(copies[1]).operations == 0
        assert correct(mine, "Nobody", "No one") == 5
        assert well(mine)
        assert well(other)


def test_three_copies_number_their_texts_alike(copies, tmp_path):
    third = shutil.copy(copies[0], tmp_path / "carla.qualcase")
    with anna(copies) as mine, bo(copies) as other, open_project(third, coder="Carla") as carla:
        correct(carla, "twice", "once")
        correct(mine, "twice", "three times")
        correct(other, "slowly", "very slowly")
        files = {name: kept(path) for name, path in zip("abc", (*copies, third), strict=True)}
        mine.merging.merge(files["b"])
        mine.merging.merge(files["c"])
        carla.merging.merge(files["b"])
        carla.merging.merge(files["a"])
        assert numbers(mine) == [1, 2, 3, 4]
        assert numbered(mine) == numbered(carla)
        assert mine.store.digest() == carla.store.digest()


def test_a_number_is_not_given_twice_also_where_a_correction_was_taken_back(copies):
    with anna(copies) as mine:
        assert correct(mine, "twice", "three times") == 2
        mine.journal.undo()
        assert correct(mine, "twice", "four times") == 3
        assert numbers(mine) == [1, 2, 3]


def test_a_correction_is_taken_back_and_done_again_under_the_number_it_has_since(copies):
    with anna(copies) as mine, bo(copies) as other:
        correct(mine, "twice", "three times")
        correct(other, "slowly", "very slowly")
        mine.merging.merge(copies[1])
    with open_project(copies[0], coder="Bo") as project:
        held = numbered(project)
        assert [number for number, _ in held] == [1, 2, 3]
        project.journal.undo()
        assert numbered(project)[2] == (3, f"[{held[2][1]}]")
        project.journal.redo()
        assert numbered(project) == held
        assert well(project)


def test_a_correction_taken_back_before_the_merge_has_its_place_when_done_again(copies):
    with anna(copies) as mine, bo(copies) as other:
        correct(mine, "twice", "three times")
        correct(other, "slowly", "very slowly")
        other.journal.undo()
        before = kept(copies[0])
        mine.merging.merge(copies[1])
        other.merging.merge(before)
        assert numbers(mine) == numbers(other) == [1, 2, 3]
        mine.coder = "Bo"
        mine.journal.redo()
        assert [number for number, text in numbered(mine) if not text.startswith("[")] == [1, 2, 3]
        assert well(mine)


def test_a_correction_is_not_taken_back_from_under_an_event_that_came_to_it_by_a_merge(copies):
    with bo(copies) as other, anna(copies) as mine:
        correct(other, "We met", "New words. We met")
        mine.events.add("Help", source=mine.sources.find("S1"), quote="The workshop helped.")
        mine.merging.merge(copies[1])
        mine.coder = "Bo"
        with pytest.raises(CannotUndoError, match="1 event of Anna"):
            mine.journal.undo()
        [event] = mine.events.list()
        assert mine.sources.text(mine.sources.find("S1"))[event.start : event.end] == event.quote
        assert well(mine)
