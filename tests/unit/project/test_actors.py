from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qualcase.model.errors import AmbiguousNameError, UnknownNameError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.project import Project

LATER = "Interviewer: Who decided?\n\nBERIT: We all did.\n\nOle: She did.\n\nInterviewer: So?\n\nBERIT: So.\n"


@pytest.fixture
def two(project: Project, tmp_path: Path) -> Project:
    """The project with a second interview, in which Berit's label is in capitals."""
    path = tmp_path / "later.txt"
    path.write_text(LATER + "\nOle: Yes.\n", encoding="utf-8")
    project.sources.import_paths([path])
    return project


def speakers(project: Project) -> dict[str, tuple[tuple[str, str, int], ...]]:
    return {actor.name: actor.speakers for actor in project.actors.list()}


def test_actors_are_listed_with_what_they_said_where(two: Project) -> None:
    assert speakers(two) == {
        "Interviewer": (("S1", "Interviewer", 2), ("S2", "Interviewer", 2)),
        "Berit": (("S1", "Berit", 2),),
        "BERIT": (("S2", "BERIT", 2),),
        "Ole": (("S2", "Ole", 2),),
    }
    assert [actor.name for actor in two.actors.list() if actor.interviewer] == ["Interviewer"]


def test_two_labels_become_one_person_and_two_again(two: Project) -> None:
    before = speakers(two)
    uid = next(actor.uid for actor in two.actors.list() if actor.name == "BERIT")
    merged = two.actors.merge("Ole", uid)
    assert merged.speakers == (("S2", "BERIT", 2), ("S2", "Ole", 2))
    two.journal.undo()
    assert speakers(two) == before
    two.journal.redo()
    assert "BERIT" not in speakers(two)


def test_a_merge_brings_attributes_roles_and_members(two: Project, tmp_path: Path) -> None:
    table = tmp_path / "actors.csv"
    table.write_text("actor,age,town\nBerit,41,\nOle,50,Oslo\n", encoding="utf-8")
    two.attributes.import_file(table, "actor")
    two.actors.describe("Ole", role="chair", organisation="The Board")
    two.actors.merge("Berit", "Ole")
    actor = two.actors.find("Berit")
    assert (actor.role, actor.organisation) == ("chair", "The Board")
    kept = {attribute.name: attribute.values for attribute in two.attributes.list("actor")}
    assert kept == {"age": {"Berit": "41"}, "town": {"Berit": "Oslo"}}
    two.journal.undo()
    kept = {attribute.name: attribute.values for attribute in two.attributes.list("actor")}
    assert kept == {"age": {"Berit": "41", "Ole": "50"}, "town": {"Ole": "Oslo"}}
    assert two.actors.find("Ole").role == "chair"


def test_merging_a_body_with_another_moves_its_members(two: Project) -> None:
    two.actors.describe("Ole", organisation="The Board")
    two.actors.describe("Interviewer", organisation="Board")
    two.actors.merge("The Board", "Board")
    assert two.actors.find("Interviewer").organisation == "The Board"
    two.actors.merge("Ole", "The Board")
    assert two.actors.find("Ole").organisation is None


def test_a_name_changes_and_the_labels_stay(two: Project) -> None:
    renamed = two.actors.rename("Ole", "Ole Hansen")
    assert renamed.speakers == (("S2", "Ole", 2),)
    assert two.actors.find("ole").name == "Ole Hansen"
    two.journal.undo()
    assert two.actors.find("Ole").name == "Ole"


def test_what_an_actor_is_can_be_said_and_emptied(two: Project) -> None:
    actor = two.actors.describe("Ole", role="member", sector="public", organisation="City", interviewer=True)
    assert (actor.role, actor.sector, actor.organisation, actor.interviewer) == (
        "member",
        "public",
        "City",
        True,
    )
    assert two.actors.find("City").type == "organisation"
    operations = len(two.journal.log())
    two.actors.describe("Ole", role="member")
    assert len(two.journal.log()) == operations
    actor = two.actors.describe("Ole", role="", organisation="", interviewer=False)
    assert (actor.role, actor.organisation, actor.interviewer) == (None, None, False)
    two.journal.undo(2)
    assert two.actors.find("Ole").organisation is None
    assert [actor.name for actor in two.actors.list()] == ["Interviewer", "Berit", "BERIT", "Ole"]


def test_wrong_wishes_are_refused(two: Project) -> None:
    with pytest.raises(UnknownNameError):
        two.actors.find("Nobody")
    with pytest.raises(AmbiguousNameError):
        two.actors.find("berit")
    with pytest.raises(UsageError, match="already"):
        two.actors.rename("Ole", "interviewer")
    with pytest.raises(UsageError, match="one actor already"):
        two.actors.merge("Ole", "ole")
    with pytest.raises(UsageError, match="needs a name"):
        two.actors.rename("Ole", " ")
    with pytest.raises(UsageError, match="not a type"):
        two.actors.describe("Ole", type="robot")
    with pytest.raises(UsageError, match="its own organisation"):
        two.actors.describe("Ole", organisation="Ole")


def test_a_merged_actor_is_named_in_events_once(two: Project) -> None:
    source = two.sources.find("S2")
    two.events.add(title="The decision", date="2009-06", actors=("Ole", "BERIT"), source=source)
    two.actors.merge("Ole", two.actors.list()[2].uid)
    (event,) = two.events.list()
    assert event.actors == ("Ole",)
    two.journal.undo()
    (event,) = two.events.list()
    assert event.actors == ("Ole", "BERIT")
