"""Undo where a merge or a change of format lies between: what it takes back, and what it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

import qualcase
from qualcase.cli import cli
from qualcase.coding.errors import CannotUndoError
from qualcase.coding.places import SpanPlace, TurnPlace
from qualcase.project import open_project


@pytest.fixture
def merged(project, source, tmp_path):
    """Anna's project, into which Bo's codings were merged after she had coded and written a memo."""
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    other = tmp_path / "bo.backup"
    project.backups.write(other)
    with open_project(other, coder="Bo") as bo:
        bo.codings.add(bo.sources.find("S1"), "NS", TurnPlace(3))
    project.memos.add("Before.")
    project.merging.merge(other)
    return project


def coded(project):
    return sorted(one.code for one in project.codings.list())


def test_right_after_a_merge_undo_takes_back_the_merge(merged):
    [done] = merged.journal.undo()
    assert (done.kind, coded(merged)) == ("merge", ["KM.TRUST"])
    assert [one.summary for one in merged.journal.undo(2)][1].startswith("Coded")


def test_a_merge_is_not_taken_back_as_one_of_several(merged):
    before = merged.store.digest()
    with pytest.raises(CannotUndoError, match="by itself") as caught:
        merged.journal.undo(2)
    assert merged.store.digest() == before
    assert "alone" in caught.value.hint


def test_once_anything_follows_the_merge_stays_and_undo_may_go_on_before_it(merged):
    merged.memos.add("After.")
    summaries = [one.summary for one in merged.journal.undo(3, past_merge=True)]
    assert [one.split()[0] for one in summaries[:2]] == ["Wrote", "Wrote"]
    assert coded(merged) == ["NS"]
    assert merged.memos.list() == ()
    assert merged.care.check().ok
    assert merged.journal.verify().verified
    merged.journal.redo(3)
    assert coded(merged) == ["KM.TRUST", "NS"]


def undo(path):
    return CliRunner().invoke(
        cli, ["undo", "--project", str(path), "--coder", "Anna"], catch_exceptions=False
    )


def test_right_after_a_change_of_format_undo_says_that_it_goes_back_before_it(old, tmp_path):
    kept = shutil.copy(old, tmp_path / "kept")
    answer = undo(old)
    assert answer.exit_code == 0, answer.output
    assert "before the project was brought to today's format" in answer.stderr
    named = Path(answer.stderr.strip().rsplit(": ", 1)[1])
    assert named.read_bytes() == Path(kept).read_bytes()
    assert "format" not in undo(old).stderr


def test_once_anything_was_done_the_older_format_is_not_spoken_of(old):
    with qualcase.open(old, coder="Anna") as project:
        assert project.backups.before_migration().name.split("-")[3] == "migration"
        project.memos.add("After.")
        assert project.backups.before_migration() is None
    assert "format" not in undo(old).stderr


def test_who_began_in_two_copies_can_take_back_their_merge_and_is_no_rival_of_their_own(project, tmp_path):
    other = tmp_path / "other.backup"
    project.backups.write(other)
    project.coder = "Cleo"
    project.codings.add(project.sources.find("S1"), "KM.TRUST", TurnPlace(2))
    before = project.store.digest()
    with open_project(other, coder="Cleo") as there:
        there.codings.add(there.sources.find("S1"), "NS", TurnPlace(3))
    project.merging.merge(other)
    after = project.store.digest()
    project.journal.undo()
    assert project.store.digest() == before
    project.merging.merge(other)
    assert project.store.digest() == after
    project.memos.add("After.")
    assert len(project.journal.undo(3, past_merge=True)) == 3
    assert project.codings.list() == ()


def test_what_was_coded_in_ones_own_copy_of_a_file_is_taken_back_where_it_met_anothers(project, tmp_path):
    other, file = tmp_path / "bo.backup", tmp_path / "note.txt"
    file.write_text("Some other words here.", encoding="utf-8")
    project.backups.write(other)
    project.sources.import_paths([file])
    with open_project(other, coder="Bo") as bo:
        bo.sources.import_paths([file])
        bo.codings.add(bo.sources.find("S2"), "NS", SpanPlace(0, 4))
    project.merging.merge(other)
    project.coder = "Bo"
    with pytest.raises(CannotUndoError):
        project.journal.undo(2)  # The import met Anna's, which is not Bo's to take back.
    project.journal.undo()
    assert project.codings.list() == ()
    project.journal.redo()
    assert [(one.source, one.coder) for one in project.codings.list()] == [("S2", "Bo")]
    assert project.care.check().ok


@pytest.mark.parametrize(
    ("knew", "told"), [(True, "Bo has since built on it"), (False, "without knowing of it")]
)
def test_a_refusal_says_of_what_was_done_in_another_copy_only_what_is_known(project, tmp_path, knew, told):
    memo = project.memos.add("Once.").uid
    other = tmp_path / "bo.backup"
    if knew:
        project.memos.edit(memo, "Now.")
    project.backups.write(other)
    if not knew:
        project.memos.edit(memo, "Now.")
    with open_project(other, coder="Bo") as bo:
        bo.memos.edit(memo, "Later.")
    project.merging.merge(other)
    project.memos.add("After.")
    with pytest.raises(CannotUndoError, match=told) as refused:
        project.journal.undo(2, past_merge=True)
    assert "“Changed a memo” cannot be undone: Bo has " in refused.value.message
    assert ("since" in refused.value.message) == knew
