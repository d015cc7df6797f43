"""Proving a copy of a project: here, or in a process of its own beside the work it was made for."""

from __future__ import annotations

import sqlite3
import sys

import pytest
from two_copies import anna, bo, code

from qualcase.storage import merging, proving, sqlite
from qualcase.storage.codec import hash_body, hash_written, write_header
from qualcase.storage.errors import BrokenJournalError, DamagedProjectError, MergeCountError
from qualcase.storage.snapshots import backup_folder, copy_file, list_backups

FIND_FAULTS = proving.find_faults
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

    def fail(*_):
        raise AssertionError("it was proven here")

    monkeypatch.setattr(proving, "LARGE", 0)
    monkeypatch.setattr(proving, "find_faults", fail)


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
        patch.setattr(proving, "_start", lambda *files: begun.append(plain(*files)) or begun[0])
        with proving.proving(good):
            assert begun[0].poll() is None
    assert begun[0].returncode is not None


@pytest.mark.usefixtures("apart")
def test_a_merge_whose_backup_is_not_good_is_not_kept(copies, monkeypatch):
    plain = proving._start

    def start_altered(path, other):
        alter(path)
        return plain(path, other)

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


def change_last(copy, change):
    """Change the last act of a copy behind its back; `change` gets its row and gives values by column."""
    connection = sqlite.driver.connect(str(copy), isolation_level=None)
    trigger = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'operation_is_final'").fetchone()
    connection.execute("DROP TRIGGER operation_is_final")
    cursor = connection.execute("SELECT * FROM operation ORDER BY sequence DESC LIMIT 1")
    row = dict(zip([name for name, *_ in cursor.description], cursor.fetchone(), strict=True))
    values = change(row, connection)
    for name, value in values.items():
        connection.execute(f"UPDATE operation SET {name} = ? WHERE sequence = ?", (value, row["sequence"]))  # noqa: S608 - a column
    connection.execute(trigger[0])
    connection.close()


def other_time(row, _):
    return {"clock": row["clock"] + 1}


def no_body(_, __):
    return {"body": b"no body at all"}


def made_up_parent(row, connection):
    who = connection.execute("SELECT uid FROM coder WHERE id = ?", (row["coder_id"],)).fetchone()[0]
    uid, coder = map(proving.grafting.encode_uid, (row["uid"], who))
    header = write_header(uid, row["kind"], coder, row["clock"], row["codebook_version"], None)
    digest = hash_written([b"?" * 32], header, hash_body(row["nonce"], row["body"]))
    connection.execute(
        "UPDATE seal SET operations = 1, hash = (SELECT hash FROM operation WHERE sequence = 1)"
    )
    return {"parents": b"?" * 32, "hash": digest}


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (other_time, "has been altered"),
        (no_body, "has been altered"),
        (made_up_parent, "names operations that it has not"),
    ],
)
def test_what_a_large_project_takes_in_is_checked_in_the_other_process(copies, change, told):
    with bo(copies) as other:
        code(other, "Then we built trust")
    change_last(copies[1], change)
    with anna(copies) as mine:
        before = mine.store.digest()
        with pytest.raises(BrokenJournalError, match=f"{told}; nothing was changed"):
            mine.merging.merge(copies[1])
        assert mine.store.digest() == before
    assert not list(backup_folder(copies[0]).iterdir())


@pytest.mark.usefixtures("apart")
def test_what_failed_for_an_altered_act_is_said_to_be_altered(copies, monkeypatch):
    def fail(*_):
        raise ValueError("what was altered cannot be read")

    with bo(copies) as other:
        code(other, "Then we built trust")
    monkeypatch.setattr(merging, "check_counts", fail)
    with anna(copies) as mine:
        with pytest.raises(ValueError, match="cannot be read"):
            mine.merging.merge(copies[1])
        change_last(copies[1], other_time)
        with pytest.raises(BrokenJournalError, match="has been altered"):
            mine.merging.merge(copies[1])


def test_where_the_process_gives_no_answer_what_arrives_is_checked_here(copies, monkeypatch):
    monkeypatch.setattr(proving, "LARGE", 0)
    monkeypatch.setattr(proving, "_COMMAND", (sys.executable, "-c", "raise SystemExit(3)"))
    with bo(copies) as other:
        code(other, "Then we built trust")
    with anna(copies) as mine:
        assert mine.merging.merge(copies[1]).added == {"coding": 1}
        mine.journal.undo()
        change_last(copies[1], other_time)
        with pytest.raises(BrokenJournalError, match="has been altered"):
            mine.merging.merge(copies[1])


@pytest.mark.usefixtures("apart")
def test_a_copy_that_brings_only_a_merge_changes_nothing_and_is_checked(copies):
    third = copies[1].with_name("third.copy")
    with anna(copies) as mine, bo(copies) as other:
        code(other, "Then we built trust")
        code(mine, "Interviewer")
        copy_file(copies[1], third)
        other.merging.merge(copies[0])
        mine.merging.merge(third)
    with anna(copies) as mine:
        before = mine.store.digest()
        assert mine.merging.merge(copies[1]).operations == 0
        change_last(copies[1], other_time)
        with pytest.raises(BrokenJournalError, match="has been altered"):
            mine.merging.merge(copies[1])
        assert mine.store.digest() == before


@pytest.mark.usefixtures("apart")
def test_a_backup_that_cannot_be_read_is_said_to_be_damaged(copies, monkeypatch):
    plain = proving._start

    def start_on_a_bad_disk(path, other):
        with path.open("r+b") as file:
            file.seek(100)
            file.write(b"\xff" * 12)
        return plain(path, other)

    monkeypatch.setattr(proving, "find_faults", FIND_FAULTS)
    monkeypatch.setattr(proving, "_start", start_on_a_bad_disk)
    with bo(copies) as other:
        code(other, "Then we built trust")
    with anna(copies) as mine, pytest.raises(DamagedProjectError, match="damaged and cannot be read"):
        mine.merging.merge(copies[1])


@pytest.mark.parametrize("said", ["print('a note'); print('[null, null]')", "print('[]')", "print(1)", "0"])
def test_an_answer_that_is_none_is_asked_for_here(good, monkeypatch, said):
    monkeypatch.setattr(proving, "LARGE", 0)
    monkeypatch.setattr(proving, "_COMMAND", (sys.executable, "-c", said))
    with proving.proving(good) as prove:
        prove()
    alter(good)
    with proving.proving(good) as prove, pytest.raises(DamagedProjectError):
        prove()
