"""The backup of half an hour of edits: beside the work, of one moment, whole or not there at all."""

from __future__ import annotations

import os
import signal
import threading
from datetime import timedelta

import pytest

from qualcase.project import open_project
from qualcase.storage import keeping, proving, snapshots, sqlite
from qualcase.storage.snapshots import backup_folder, list_backups

# What a process of its own does: EVERY act is due for a backup.
DUE = """
import os, signal, sys, threading
from datetime import timedelta
from qualcase.project import open_project
from qualcase.storage import keeping, snapshots
snapshots.EVERY = timedelta(0)
"""


@pytest.fixture(autouse=True)
def due(path, monkeypatch):
    """Have every act due for a backup."""
    monkeypatch.setattr(snapshots, "EVERY", timedelta(0))


@pytest.fixture
def held(monkeypatch):
    """Hold up every backup until it is let go; give that, and how many were begun."""
    go, begun, copy = threading.Event(), [], snapshots.keep_backup

    def keep_late(*words):
        begun.append(words)
        assert go.wait(20)
        return copy(*words)

    monkeypatch.setattr(snapshots, "keep_backup", keep_late)
    yield go, begun
    go.set()


def ended(process):
    """How a process ended, and what it said of faults."""
    said = process.communicate(timeout=60)[1]
    return process.returncode, said


def memos(path):
    with proving.reading_file(path) as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM memo").scalar()


def test_no_act_waits_for_it_and_there_is_never_a_second(path, held):
    go, begun = held
    with open_project(path, coder="Anna") as project:
        for number in range(3):
            project.memos.add(f"Thought {number}")
        assert (len(begun), list_backups(path)) == (1, ())
        go.set()
    assert len(begun) == 1
    (made,) = list_backups(path)
    assert (made.reason, made.holds()) == ("edits", True)


def test_it_is_of_one_moment_whoever_writes_meanwhile(path, monkeypatch):
    monkeypatch.setattr(sqlite, "_PORTION", 4)
    monkeypatch.setattr(snapshots, "EVERY", timedelta(minutes=30))
    written = []

    def write_meanwhile():
        if len(written) < 3:
            with open_project(path, coder="Bo") as elsewhere:
                written.append(elsewhere.memos.add("Meanwhile " * 20_000))

    with open_project(path, coder="Anna") as project:
        project.memos.add("Before")
        made = snapshots.keep_backup(path, "edits", write_meanwhile)
        assert len(project.memos.list()) == 4
    assert (memos(made.path), made.holds(), len(written)) == (1, True, 3)
    proving.prove_copy(made.path)


def test_a_project_is_closed_when_it_is_whole_and_nothing_is_left_beside(path, tmp_path):
    with open_project(path, coder="Anna") as project:
        project.memos.add("Thought")
    (made,) = list_backups(path)
    assert [one.name for one in backup_folder(path).iterdir()] == [made.path.name]
    assert memos(made.path) == 1
    assert {one.name for one in tmp_path.iterdir()} == {"berit.txt", path.name, backup_folder(path).name}


def test_whoever_interrupts_the_closing_does_without_it(path, monkeypatch):
    wait, begun = threading.Thread.join, threading.Event()

    def interrupt(_):
        monkeypatch.setattr(threading.Thread, "join", wait)
        raise KeyboardInterrupt

    def pause(self):
        begun.set()
        assert self._abandoned.wait(20)
        keep_on(self)

    keep_on = keeping.Keeper._pause
    monkeypatch.setattr(keeping.Keeper, "_pause", pause)
    with open_project(path, coder="Anna") as project:
        project.memos.add("Thought")
        assert begun.wait(20)
        monkeypatch.setattr(threading.Thread, "join", interrupt)
        with pytest.raises(KeyboardInterrupt):
            project.close()
    assert list(backup_folder(path).iterdir()) == []
    with open_project(path, coder="Anna") as again:
        assert len(again.memos.list()) == 1


def test_what_fails_is_told_once(path, monkeypatch, caplog):
    monkeypatch.setattr(sqlite, "page_problems", lambda _: ["page 7 is torn"])
    with open_project(path, coder="Anna") as project:
        project.memos.add("Thought")
        assert len(project.memos.list()) == 1
    assert [one.getMessage().rpartition(": ")[2] for one in caplog.records] == ["page 7 is torn."]
    assert list(backup_folder(path).iterdir()) == []


def test_an_interpreter_that_ends_finishes_it(path, run):
    act = f"{DUE}open_project(sys.argv[1], coder='Anna').memos.add('Thought')"
    assert ended(run(act, path)) == (0, "")
    (made,) = list_backups(path)
    assert (made.holds(), len(list(backup_folder(path).iterdir()))) == (True, 1)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nothing is killed so here")
def test_what_a_kill_leaves_is_no_backup(path, run):
    kill = "keeping.Keeper._pause = lambda self: os.kill(os.getpid(), signal.SIGKILL)\n"
    act = "open_project(sys.argv[1], coder='Anna').memos.add('Thought')\nthreading.Event().wait(60)"
    assert ended(run(DUE + kill + act, path))[0] == -signal.SIGKILL
    (left,) = [one for one in backup_folder(path).iterdir() if not one.name.endswith("-journal")]
    assert list_backups(path) == ()
    with open_project(path, coder="Anna") as again:
        assert [memo.text for memo in again.memos.list()] == ["Thought"]
        # For a minute it may be what another program is making; then it is not waited for, and later removed.
        again.memos.add("Another")
    assert list_backups(path) == ()
    os.utime(left, (0, 0))
    with open_project(path, coder="Anna") as again:
        again.memos.add("One more")
    assert [one.reason for one in list_backups(path)] == ["edits"]
    assert not left.exists()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="files are locked otherwise here")
def test_the_project_stays_locked_while_it_is_open(path, run):
    way = "fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 2**30 + 2"  # What SQLite locks of a file, out of all bytes.
    lock = f"import fcntl, sys\nwith open(sys.argv[1], 'r+b') as file: fcntl.lockf(file, {way})"
    with open_project(path, coder="Anna") as project:
        project.memos.add("Thought")
        project.store._keeper.finish()
        assert len(list_backups(path)) == 1
        assert "BlockingIOError" in ended(run(lock, path))[1]
    assert ended(run(lock, path)) == (0, "")
