"""Undo, redo and the log, as a coder meets them."""

from __future__ import annotations

import pytest

from qualcase.coding.errors import CannotUndoError, NothingToUndoError
from qualcase.coding.places import SpanPlace, TurnPlace
from qualcase.model.errors import UsageError


def test_undo_and_redo_walk_the_coders_own_acts(project, source):
    start = project.store.digest()
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    one = project.store.digest()
    project.codings.add(source, "NS", TurnPlace(1))
    two = project.store.digest()
    project.journal.undo()
    assert project.store.digest() == one
    project.journal.undo()
    assert project.store.digest() == start
    project.journal.redo(2)
    assert project.store.digest() == two
    assert project.journal.verify().verified


def test_a_new_act_ends_what_could_be_done_again(project, source):
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    project.journal.undo()
    project.codings.add(source, "NS", TurnPlace(1))
    with pytest.raises(NothingToUndoError):
        project.journal.redo()


def test_undo_leaves_others_acts_alone(project, source):
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    project.coder = "Bo"
    project.codings.add(source, "NS", TurnPlace(1))
    project.coder = "Anna"
    project.journal.undo()
    assert [coding.coder for coding in project.codings.list()] == ["Bo"]


def test_undo_refuses_what_somebody_has_changed_since_and_names_them(project, source):
    (coding,) = project.codings.add(source, "KM.TRUST", TurnPlace(2))
    project.coder = "Bo"
    project.codings.recode(coding.uid, "NS")
    project.coder = "Anna"
    before = project.store.digest()
    with pytest.raises(CannotUndoError, match="Bo"):
        project.journal.undo()
    assert project.store.digest() == before


def test_an_import_cannot_be_taken_back_from_under_anothers_codings(project, source):
    project.coder = "Bo"
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    project.coder = "Anna"
    with pytest.raises(CannotUndoError, match="Bo"):
        project.journal.undo()
    assert len(project.sources.list()) == 1


def test_several_at_once_are_all_or_nothing(project, source):
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    before = project.store.digest()
    with pytest.raises(NothingToUndoError, match="2 acts"):
        project.journal.undo(5)
    assert project.store.digest() == before
    with pytest.raises(UsageError):
        project.journal.undo(0)


def test_the_beginning_of_a_project_cannot_be_taken_back(project):
    project.journal.undo()
    with pytest.raises(NothingToUndoError):
        project.journal.undo()
    assert project.codebook.current().id == "four-process"


def test_an_undone_import_comes_back_with_text_turns_and_speakers(project, source):
    before = project.store.digest()
    turns = project.sources.turns(source)
    project.journal.undo()
    assert project.sources.list() == ()
    project.journal.redo()
    assert project.store.digest() == before
    assert project.sources.turns(project.sources.find("S1")) == turns
    assert project.care.check().ok


def test_the_log_tells_who_did_what_and_what_was_undone(project, source):
    project.codings.add(source, "KM.TRUST", SpanPlace(0, 5), memo="m")
    project.journal.undo()
    newest = project.journal.log(3)
    assert [entry.kind for entry in newest] == ["undo", "code", "import"]
    assert newest[1].undone_by == newest[0].id
    assert newest[1].summary == "Coded S1 0:5 as KM.TRUST"
    assert {entry.coder for entry in newest} == {"Anna"}
    whole = project.journal.log()
    assert [entry.parents for entry in whole] == [*((entry.hash,) for entry in whole[1:]), ()]


def test_merging_codes_is_one_act(project, source):
    project.codings.add(source, "KM.SHARE", TurnPlace(2))
    before = project.store.digest()
    project.codebook.merge("KM.SHARE", "KM.ACQUIRE", reason="they were one")
    assert [coding.code for coding in project.codings.list()] == ["KM.ACQUIRE"]
    project.journal.undo()
    assert project.store.digest() == before


def test_what_an_operation_changed_is_told_by_its_id(project, source):
    [coding] = project.codings.add(source, "KM.TRUST", TurnPlace(2))
    [undone] = project.journal.undo()
    changes = {change.record: change for change in project.journal.changes(undone.id)}
    assert changes["coding"].uid == coding.uid
    assert changes["coding"].after["start"] == coding.start
    assert project.journal.changes(coding.uid) == ()


def test_the_log_is_read_page_by_page_in_both_directions(project, source):
    for number in range(5):
        project.memos.add(f"note {number}")
    project.journal.undo()
    whole = project.journal.log()
    assert project.journal.size() == len(whole)
    paged, beyond = [], None
    while page := project.journal.page(2, beyond):
        paged += page
        beyond = page[-1].sequence
    assert [(one.id, one.undone_by) for one in paged] == [(one.id, one.undone_by) for one in whole]
    assert any(one.undone_by for one in paged)
    backwards = project.journal.page(3, newest_first=False)
    assert [one.id for one in backwards] == [one.id for one in whole[::-1][:3]]
    assert project.journal.page(1, backwards[-1].sequence, newest_first=False)[0].id == whole[::-1][3].id


def test_a_page_of_the_log_is_of_one_coder_where_one_is_named(project, source):
    project.memos.add("mine")
    project.coder = "Bo"
    project.memos.add("theirs")
    assert {one.coder for one in project.journal.page(10, coder="bo")} == {"Bo"}
    assert {one.coder for one in project.journal.page(10)} == {"Anna", "Bo"}
    assert project.journal.page(10, coder="Nobody") == ()
