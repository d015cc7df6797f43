"""Who is called R1 in one file is somebody else than R1 in another, also where copies are merged."""

from __future__ import annotations

import itertools
import shutil

import pytest
from two_copies import INTERVIEW, alike, anna, bo, create, merge_both_ways, well

from qualcase.project import open_project

FIRST = "I: How was it?\n\nR1: We met in spring.\n"
OTHER = "I: And you?\n\nR1: I was never asked.\n"


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with one interview, to be copied."""
    with create(tmp_path_factory.mktemp("origin"), INTERVIEW) as project:
        return project.path


def bring_in(project, folder, text, name="talk.txt"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    project.sources.import_paths([folder / name])


def speaking(project):
    """Return every actor that speaks as R1, with the texts in which it does."""
    texts = {source.handle: project.sources.text(source) for source in project.sources.list()}
    return sorted(
        (
            actor.name,
            sorted(texts[source].split("R1: ")[1] for source, label, _ in actor.speakers if label == "R1"),
        )
        for actor in project.actors.list()
        if any(label == "R1" for _, label, _ in actor.speakers)
    )


def test_two_people_of_one_label_stay_two(copies, tmp_path):
    with anna(copies) as mine, bo(copies) as other:
        bring_in(mine, tmp_path / "a", FIRST)
        bring_in(other, tmp_path / "b", OTHER)
    merge_both_ways(copies)
    shown = alike(copies, speaking)
    assert sorted(words for _, words in shown) == [["I was never asked.\n"], ["We met in spring.\n"]]
    assert [name for name, _ in shown] == ["R1 (S2)", "R1 (S2)-2"]


def test_one_person_in_one_file_that_both_brought_in_is_one(copies, tmp_path):
    with anna(copies) as mine, bo(copies) as other:
        bring_in(mine, tmp_path / "a", OTHER, "before.txt")
        bring_in(mine, tmp_path / "a", FIRST)
        bring_in(other, tmp_path / "b", FIRST)
    merge_both_ways(copies)
    shown = alike(copies, speaking)
    assert sorted(words for _, words in shown) == [["I was never asked.\n"], ["We met in spring.\n"]]


def taken_back(folder, copies):
    """Let both bring in one file, and Bo another; a third renames her R1, a fourth takes the import back."""
    with anna(copies) as mine, bo(copies) as other:
        bring_in(mine, folder / "a", FIRST)
        bring_in(other, folder / "b", OTHER, "other.txt")
        bring_in(other, folder / "b", FIRST)
    renamed, without = (folder / f"{name}.qualcase" for name in ("carla", "dora"))
    shutil.copy(copies[0], renamed)
    with open_project(renamed, coder="Anna") as project:
        project.actors.rename("R1 (S2)", "Kari")
    shutil.copy(copies[0], without)
    with open_project(without, coder="Anna") as project:
        project.journal.undo()
    return renamed, without, copies[1]


def test_whoever_merges_first(copies, tmp_path):
    files = taken_back(tmp_path, copies)
    states = set()
    for number, order in enumerate(itertools.permutations(files)):
        first, second = (
            shutil.copy(one, tmp_path / f"{number}-{place}.qualcase") for place, one in enumerate(order[:2])
        )
        with open_project(second, coder="Zoe") as project:
            project.merging.merge(order[2])
        with open_project(first, coder="Zoe") as project:
            project.merging.merge(second)
            assert project.merging.merge(second).touched() == 0
            assert well(project)
            states.add((project.store.digest(), str(speaking(project))))
    assert len(states) == 1, states
