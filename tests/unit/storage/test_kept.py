"""What must not get lost or torn: acts made while a project is replaced, copies, and what is remembered."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from qualcase.coding.places import SpanPlace
from qualcase.model.errors import UsageError
from qualcase.project import create_project, open_project
from qualcase.project.backups import restore_project
from qualcase.storage import backup, sqlite
from qualcase.storage.errors import BrokenJournalError, BusyProjectError, StaleProjectError
from qualcase.storage.redaction import redact
from qualcase.storage.snapshots import backup_folder, keep_backup, list_backups

MOMENT = "01m823hk4qeg8bgg96w2jjg65v"


def add(project, start):
    project.codings.add(project.sources.find("S1"), "KM", SpanPlace(start, start + 9))


def rename_in_vain(project):
    with project.store.writing() as connection:
        sqlite.defer_references(connection)
        project.codebook.rename("KM", "Knowing")
        assert project.codebook.find("KM").name == "Knowing"
        # A turn of no text: that is found out only when all of it is to be kept.
        connection.exec_driver_sql('INSERT INTO turn (text_id, position, start, "end") VALUES (99, 1, 0, 1)')


def coded_by_bo(path, folder):
    shutil.copy(path, folder / "bo.copy")
    with open_project(folder / "bo.copy", coder="Bo") as other:
        add(other, 50)


def test_what_could_not_be_kept_is_not_remembered(path):
    with open_project(path, coder="Anna") as project:
        named = project.codebook.find("KM").name
        with pytest.raises(DatabaseError):
            rename_in_vain(project)
        assert project.codebook.find("KM").name == named
        add(project, 40)
        versions = [version.number for version in project.codebook.history()]
        assert {coding.codebook_version for coding in project.codings.list()} == set(versions) == {1}


@pytest.fixture
def meanwhile(path, monkeypatch):
    """Have Cleo code a passage at the moment in which a named function of `backup` has been called."""

    def arrange(name, times=1):
        plain, left = getattr(backup, name), list(range(times))

        def called(*given):
            answer = plain(*given)
            if left:
                with open_project(path, coder="Cleo") as project:
                    add(project, 60 + 10 * left.pop())
            return answer

        monkeypatch.setattr(backup, name, called)

    return arrange


def cleo_in(path):
    with open_project(path, coder="Anna") as project:
        return sum(coding.coder == "Cleo" for coding in project.codings.list())


def test_what_comes_between_keeping_a_project_and_restoring_another_is_kept_too(path, meanwhile):
    with open_project(path, coder="Anna") as project:
        made = project.backups.write()
    meanwhile("keep_backup")
    done = restore_project(path, made.path)
    assert cleo_in(path) == 0
    shutil.copy(done.replaced, path.with_name("replaced.qualcase"))
    assert cleo_in(path.with_name("replaced.qualcase")) == 1


def test_a_project_that_others_go_on_writing_to_is_not_replaced(path, meanwhile):
    with open_project(path, coder="Anna") as project:
        made = project.backups.write()
    meanwhile("keep_backup", times=9)
    with pytest.raises(BusyProjectError, match="nothing was changed"):
        restore_project(path, made.path)
    assert cleo_in(path) == 3


def test_undoing_a_merge_stops_where_somebody_has_acted_since_it_was_looked_at(path, tmp_path, meanwhile):
    coded_by_bo(path, tmp_path)
    with open_project(path, coder="Anna") as project:
        project.merging.merge(tmp_path / "bo.copy")
        before = project.store.digest()
        meanwhile("keep_backup")
        with pytest.raises(StaleProjectError, match="Another program has written"):
            project.journal.undo()
        assert project.store.digest() != before
        assert len(project.codings.list()) == 2
    assert cleo_in(path) == 1


def test_undoing_a_merge_keeps_what_it_gives_up(path, tmp_path):
    coded_by_bo(path, tmp_path)
    with open_project(path, coder="Anna") as project:
        project.merging.merge(tmp_path / "bo.copy")
        merged = project.store.digest()
        project.journal.undo()
        assert project.codings.list() == ()
    kept = next(one for one in list_backups(path) if one.reason == "undo")
    restore_project(path, kept.path)
    with open_project(path, coder="Anna") as project:
        assert project.store.digest() == merged


def test_a_project_that_another_program_holds_is_not_waited_for_without_end(path, monkeypatch):
    monkeypatch.setattr(sqlite, "_BUSY_MILLISECONDS", 20)
    with open_project(path, coder="Anna") as project:
        kept = keep_backup(path, "asked")
        add(project, 40)
        before, head = project.store.digest(), bytes.fromhex(project.journal.verify().head)
        with (
            open_project(path, coder="Bo") as other,
            other.store.writing(),
            pytest.raises(BusyProjectError, match="Another program is writing"),
        ):
            project.store.take_over(kept.path, instead_of=head)
        assert project.store.digest() == before


def bytes_of(folder):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_nothing_is_written_to_the_file_that_is_merged_nor_to_what_lies_beside_it(path, tmp_path, run):
    folder = tmp_path / "colleague"
    folder.mkdir()
    shutil.copy(path, folder / "bo.qualcase")
    code = (
        "import os, sys; from qualcase.project import open_project; "
        "project = open_project(sys.argv[1], coder='Bo'); project.memos.add('By Bo'); "
        f"os.kill(os.getpid(), {int(signal.SIGKILL)})"
    )
    run(code, folder / "bo.qualcase").communicate()
    assert (folder / "bo.qualcase-wal").stat().st_size > 0
    before = bytes_of(folder)
    with open_project(path, coder="Anna") as project:
        assert project.merging.merge(folder / "bo.qualcase", dry_run=True).operations
        assert bytes_of(folder) == before
        project.merging.merge(folder / "bo.qualcase")
        assert [memo.text for memo in project.memos.list()] == ["By Bo"]
    assert bytes_of(folder) == before


def test_bodies_that_no_redaction_names_are_not_taken_out_of_ones_own_journal(path, tmp_path):
    with open_project(path, coder="Anna") as project:
        project.memos.add("Kept")
        act = project.journal.log(1)[0].sequence
    coded_by_bo(path, tmp_path)
    shutil.copy(tmp_path / "bo.copy", tmp_path / "honest.copy")
    altered = sqlite.driver.connect(str(tmp_path / "bo.copy"))
    nonce, body = altered.execute("SELECT nonce, body FROM operation WHERE sequence = ?", (act,)).fetchone()
    altered.execute(
        "UPDATE operation SET nonce = NULL, body = NULL, body_hash = ? WHERE sequence = ?",
        (hashlib.sha256(nonce + body).digest(), act),
    )
    altered.commit()
    altered.close()
    with open_project(path, coder="Anna") as project:
        before = project.store.digest()
        with pytest.raises(BrokenJournalError, match="has been altered; nothing was changed"):
            project.merging.merge(tmp_path / "bo.copy")
        assert project.store.digest() == before
        assert project.journal.verify().verified
    with open_project(tmp_path / "honest.copy", coder="Bo") as other:
        redact(other.store, act, coder="Bo")
    with open_project(path, coder="Anna") as project:
        project.merging.merge(tmp_path / "honest.copy")
        assert project.journal.verify().verified
        assert next(one.redacted for one in project.journal.log() if one.sequence == act)


def test_copies_that_a_killed_program_left_among_the_backups_are_removed(path):
    folder = backup_folder(path)
    kept = keep_backup(path, "asked").path
    litter = [folder / f".{MOMENT}", folder / f".{kept.name}.{MOMENT}", folder / f".{MOMENT[:-1]}z"]
    for file in litter:
        file.write_bytes(b"what participants said")
    for file in litter[:2]:
        os.utime(file, (0, 0))
    again = keep_backup(path, "asked").path
    assert {file.name for file in folder.iterdir()} == {kept.name, again.name, litter[2].name}


def test_a_name_that_says_no_moment_is_no_backup(path):
    kept = keep_backup(path, "asked")
    (kept.path.parent / "99999999-999999-999999-x-0123456789abcdef.backup").touch()
    assert list_backups(path) == (kept,)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system does not say what is open")
def test_a_project_that_cannot_begin_leaves_nothing_open(tmp_path):
    with pytest.raises(UsageError, match="A coder needs a name") as kept:
        create_project(tmp_path / "study.qualcase", coder="  ")
    assert kept.value
    held = [file.readlink() for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]
    assert [file for file in held if tmp_path in file.parents] == []
