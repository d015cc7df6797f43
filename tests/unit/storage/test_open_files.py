"""Reading a project's bytes takes no lock from SQLite: another program still sees that it is in use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qualcase.project import open_project
from qualcase.storage import sqlite
from qualcase.storage.snapshots import copy_file

fcntl = pytest.importorskip("fcntl")

# The bytes that SQLite locks in a database that it reads.
SHARED_FIRST, SHARED_SIZE = 0x40000002, 510
ASK = f"""
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, {SHARED_SIZE}, {SHARED_FIRST})
        print("free")
    except OSError:
        print("locked")
"""


@pytest.fixture
def seen(path, run):
    """Ask another process whether the project is locked."""

    def ask():
        process = run(ASK, path)
        said, _ = process.communicate(timeout=60)
        return said.strip()

    return ask


def files_here():
    """How many files this process has open, where that can be told."""
    listed = Path("/proc/self/fd")
    return len(list(listed.iterdir())) if listed.exists() else None


def test_a_backup_a_copy_and_a_look_at_the_header_leave_the_locks(path, seen, tmp_path):
    assert seen() == "free"
    with open_project(path, coder="Anna") as project:
        project.memos.add("Thought")
        assert seen() == "locked"
        project.backups.write()
        sqlite.check_header(path)
        copy_file(path, tmp_path / "copy")
        assert seen() == "locked"
    assert seen() == "free"


def test_a_merge_leaves_the_locks(path, seen, tmp_path):
    other = shutil.copy(path, tmp_path / "bo.qualcase")
    with open_project(other, coder="Bo") as copy:
        copy.memos.add("Elsewhere")
    with open_project(path, coder="Anna") as project:
        project.merging.merge(other)
        assert seen() == "locked"
        project.journal.undo()
        assert seen() == "locked"


def test_whoever_closes_first_leaves_the_locks_of_the_other(path, seen):
    with open_project(path, coder="Anna") as one:
        one.memos.add("One")
        with open_project(path, coder="Bo") as two:
            two.backups.write()
        assert seen() == "locked"
    assert seen() == "free"


def test_files_that_stay_open_do_not_pile_up(path, tmp_path):
    with open_project(path, coder="Anna") as project:
        project.memos.add("Thought")
        project.backups.write()
        before = files_here()
        for number in range(5):
            copy_file(path, tmp_path / f"copy-{number}")
        assert files_here() == before
    assert before is None or files_here() < before


def test_a_file_that_is_read_again_is_read_from_its_beginning(path):
    with open_project(path, coder="Anna"):
        for _ in range(2):
            with sqlite.reading_bytes(path) as file:
                assert file.read(15) == b"SQLite format 3"


def test_a_file_in_the_place_of_one_that_was_read_is_read_itself(path, tmp_path):
    with open_project(path, coder="Anna") as project:
        project.backups.write()
    path.unlink()
    path.write_bytes(b"Something else")
    with sqlite.reading_bytes(path) as file:
        assert file.read() == b"Something else"
