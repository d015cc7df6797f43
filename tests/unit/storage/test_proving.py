"""Proving a copy of a project: here, or in a process of its own beside the work it was made for."""

from __future__ import annotations

import sqlite3
import sys

import pytest
from two_copies import anna, bo, code

from qualcase.storage import merging, proving
from qualcase.storage.errors import DamagedProjectError, MergeCountError
from qualcase.storage.snapshots import backup_folder, copy_file, list_backups

ALTERED = "UPDATE operation SET clock = clock + 1 WHERE sequence = 1"


@pytest.fixture
def origin(path):
    """What the copies that are merged begin with."""
    return path


@pytest.fixture
def good(path):
    copy = path.with_name("copy.backup")
    copy_file(path, copy)
    return copy


def alter(copy):
    with sqlite3.connect(copy) as connection:
        for (trigger,) in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(ALTERED)
    connection.close()


@pytest.fixture
def apart(monkeypatch):
    """Have every copy proven in a process of its own, whatever its size; here it would fail."""

    def fail(_):
        raise AssertionError("it was proven here")

    monkeypatch.setattr(proving, "LARGE", 0)
    monkeypatch.setattr(proving, "prove_copy", fail)


@pytest.mark.usefixtures("apart")
def test_a_large_copy_is_proven_in_a_process_of_its_own(good):
    with proving.proving(good) as prove:
        prove()
    alter(good)
    with (
        proving.proving(good) as prove,
        pytest.raises(DamagedProjectError, match="a good copy: its journal"),
    ):
        prove()


def test_a_small_copy_is_proven_here(good, monkeypatch):
    monkeypatch.setattr(proving, "_start", None)
    with proving.proving(good) as prove:
        prove()
    alter(good)
    with proving.proving(good) as prove, pytest.raises(DamagedProjectError, match="operation 1: its content"):
        prove()


@pytest.mark.parametrize("command", [("/nowhere/python",), (sys.executable, "-c", "raise SystemExit(3)")])
def test_where_the_process_gives_no_answer_the_copy_is_proven_here(good, monkeypatch, command):
    monkeypatch.setattr(proving, "LARGE", 0)
    monkeypatch.setattr(proving, "_COMMAND", command)
    with proving.proving(good) as prove:
        prove()
    alter(good)
    with proving.proving(good) as prove, pytest.raises(DamagedProjectError):
        prove()


def test_what_is_no_project_any_more_is_said_as_it_is_here(good, monkeypatch):
    monkeypatch.setattr(proving, "LARGE", 0)
    good.write_bytes(good.read_bytes()[:5000])
    with pytest.raises(DamagedProjectError) as here:
        proving.prove_copy(good)
    with proving.proving(good) as prove, pytest.raises(DamagedProjectError) as there:
        prove()
    assert there.value.message == here.value.message


@pytest.mark.usefixtures("apart")
def test_a_module_of_the_folder_one_works_in_is_not_run(good, monkeypatch, tmp_path):
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    monkeypatch.chdir(tmp_path)
    with proving.proving(good) as prove:
        prove()


@pytest.mark.usefixtures("apart")
def test_a_process_that_nobody_waits_for_is_ended(good):
    begun = []
    plain = proving._start
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proving, "_start", lambda path: begun.append(plain(path)) or begun[0])
        with proving.proving(good):
            assert begun[0].poll() is None
    assert begun[0].returncode is not None


@pytest.mark.usefixtures("apart")
def test_a_merge_whose_backup_is_not_good_is_not_kept(copies, monkeypatch):
    plain = proving._start

    def start_altered(path):
        alter(path)
        return plain(path)

    monkeypatch.setattr(proving, "_start", start_altered)
    with anna(copies) as mine, bo(copies) as other:
        code(other, "Then we built trust")
        before = mine.store.digest()
        with pytest.raises(DamagedProjectError, match="not a good copy"):
            mine.merging.merge(copies[1])
        assert mine.store.digest() == before
        assert not list(backup_folder(copies[0]).iterdir())
        monkeypatch.setattr(proving, "_start", plain)
        made = mine.merging.merge(copies[1])
        assert [one.path for one in list_backups(copies[0])] == [made.backup]
        mine.journal.undo()
        assert mine.store.digest() == before


@pytest.mark.usefixtures("apart")
def test_a_merge_that_fails_leaves_no_backup(copies, monkeypatch):
    def fail(*_):
        raise MergeCountError("The sides do not add up.")

    monkeypatch.setattr(merging, "check_counts", fail)
    with anna(copies) as mine, bo(copies) as other:
        code(other, "Then we built trust")
        before = mine.store.digest()
        with pytest.raises(MergeCountError):
            mine.merging.merge(copies[1])
        assert mine.store.digest() == before
    assert not list(backup_folder(copies[0]).iterdir())
