"""A thousand random changes to the journal, each behind its back, are each found by verifying it."""

# ruff: noqa: S608 - the statements are made up here, of names that are written here
from __future__ import annotations

import random
import secrets
import shutil

import pytest
from kinds_of_write import KINDS, NAME, begin

from qualcase.coding.errors import NothingToUndoError
from qualcase.model.errors import QualcaseError, UsageError
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation
from qualcase.project import open_project
from qualcase.storage import sqlite
from qualcase.storage.codec import encode_body, hash_body
from qualcase.storage.people import find_coder
from qualcase.storage.records import RECORDS
from qualcase.storage.redaction import redact
from qualcase.storage.store import Store

CHANGES, FLIPS = 1000, 200
WHOLE = ("sequence", "coder_id", "clock", "codebook_version", "target")
BLOBS = ("uid", "parents", "nonce", "body", "body_hash", "hash")
NULLABLE = ("target", "parents", "nonce", "body", "body_hash")


TABLES = [record.table.name for record in RECORDS.values() if not record.temporal]


class TakenBackError(Exception):
    """Ends a transaction whose changes were only tried."""


def take_back():
    raise TakenBackError


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A project with acts of two coders, taken back and done again, one of them redacted."""
    path = tmp_path_factory.mktemp("journal") / "study.qualcase"
    project = Change("project", new_uid(), None, {"name": "study", "mode": "codebook"})
    store = Store.create(path, Operation("new", "Began", (project,)), coder="Anna")
    with store.reading() as connection:
        anna = find_coder(connection, "Anna")
    for number in range(12):
        fields = {"kind": "analytic", "text": f"Thought {number} " * 5, "coder": anna}
        change = Change("memo", new_uid(), None, fields)
        store.commit(Operation("memo", "Wrote a memo", (change,)), coder=("Anna", "Bo")[number % 2])
    store.close()
    with open_project(path, coder="Bo") as project:
        project.journal.undo(2)
        project.journal.redo()
        redact(project.store, 4, coder="Bo")
    return path


@pytest.fixture
def copy(file, tmp_path):
    return shutil.copy(file, tmp_path / "study.qualcase")


def rows(connection, table):
    return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1")]


def altered_blob(chance, value):
    """The same bytes with one bit, the length or all of them changed."""
    how = chance.choice(["bit", "bit", "bit", "shorter", "longer", "other"])
    if how == "shorter":
        return value[:-1]
    if how == "longer":
        return value + bytes([chance.randrange(256)])
    if how == "other" or not value:
        return chance.randbytes(len(value) or 32)
    place = chance.randrange(len(value))
    return value[:place] + bytes([value[place] ^ 1 << chance.randrange(8)]) + value[place + 1 :]


def alter_blob(chance, run, sequence):
    column = chance.choice(BLOBS)
    value = run(f"SELECT {column} FROM operation WHERE sequence = ?", sequence)[0][0]
    new = altered_blob(chance, bytes(value)) if value is not None else chance.randbytes(32)
    run(f"UPDATE operation SET {column} = ? WHERE sequence = ?", new, sequence)


def alter_number(chance, run, sequence):
    column = chance.choice(WHOLE)
    value = run(f"SELECT {column} FROM operation WHERE sequence = ?", sequence)[0][0] or 0
    new = value + chance.choice([-2, -1, 1, 2, 1000, -value, 1 << 40])
    run(f"UPDATE operation SET {column} = ? WHERE sequence = ?", new, sequence)


def alter_kind(chance, run, sequence):
    kind = chance.choice(["code", "undo", "", "redact", "memo ", "Memo", "\x00"])
    run("UPDATE operation SET kind = ? WHERE sequence = ?", kind, sequence)


def empty(chance, run, sequence):
    run(f"UPDATE operation SET {chance.choice(NULLABLE)} = NULL WHERE sequence = ?", sequence)


def empty_body_and_nonce(chance, run, sequence):
    # As a redaction does it, but without saying so.
    nonce, body = run("SELECT nonce, body FROM operation WHERE sequence = ?", sequence)[0]
    if body is not None:
        digest = hash_body(bytes(nonce), bytes(body))
        statement = "UPDATE operation SET nonce = NULL, body = NULL, body_hash = ? WHERE sequence = ?"
        run(statement, digest, sequence)


def rewrite_body(chance, run, sequence):
    body = encode_body(Operation("memo", f"Something else {chance.random()}", ()))
    run("UPDATE operation SET body = ? WHERE sequence = ?", body, sequence)


def name_the_parent(chance, run, sequence):
    parents = chance.choice(run("SELECT hash FROM operation"))[0]
    run("UPDATE operation SET parents = ? WHERE sequence = ?", parents, sequence)


def move_a_byte(chance, run, sequence):
    # nonce ‖ body stays the same bytes.
    nonce, body = run("SELECT nonce, body FROM operation WHERE sequence = ?", sequence)[0]
    if body is not None:
        run(
            "UPDATE operation SET nonce = ?, body = ? WHERE sequence = ?",
            bytes(nonce) + bytes(body[:1]), bytes(body[1:]), sequence,
        )  # fmt: skip


def swap(chance, run, sequence):
    other = chance.choice(run("SELECT sequence FROM operation WHERE sequence <> ?", sequence))[0]
    for old, new in ((sequence, -1), (other, sequence), (-1, other)):
        run("UPDATE operation SET sequence = ? WHERE sequence = ?", new, old)


def delete(chance, run, sequence):
    run("DELETE FROM operation WHERE sequence = ?", sequence)


def delete_all(chance, run, sequence):
    run("DELETE FROM operation")


def cut_off(chance, run, sequence):
    run("DELETE FROM operation WHERE sequence >= ?", sequence)


def double(chance, run, sequence):
    columns = "kind, coder_id, clock, codebook_version, target, parents, nonce, body, body_hash, hash"
    place = chance.choice(["(SELECT max(sequence) + 1 FROM operation)", "0", "-5"])
    statement = (
        f"INSERT INTO operation (sequence, uid, {columns}) "
        f"SELECT {place}, ?, {columns} FROM operation WHERE sequence = ?"
    )
    run(statement, secrets.token_bytes(16), sequence)


def alter_seal(chance, run, sequence):
    what = chance.choice(["hash", "operations", "id", "row", "none"])
    if what == "hash":
        run("UPDATE seal SET hash = ?", altered_blob(chance, bytes(run("SELECT hash FROM seal")[0][0])))
    elif what == "row":
        run("INSERT INTO seal (id, hash, operations) SELECT 2, hash, operations FROM seal")
    elif what == "none":
        run("DELETE FROM seal")
    else:
        run(f"UPDATE seal SET {what} = {what} + ?", chance.choice([-1, 1, 7]))


CHANGERS = (
    alter_blob, alter_blob, alter_blob, alter_number, alter_number, alter_kind, empty, empty_body_and_nonce,
    rewrite_body, name_the_parent, move_a_byte, swap, delete, delete_all, cut_off, double, alter_seal,
)  # fmt: skip


def test_every_change_to_the_journal_is_found(copy):
    chance, found, missed = random.Random(7), 0, []
    store = Store.open(copy)
    assert store.verify().verified
    while found + len(missed) < CHANGES:
        changer = chance.choice(CHANGERS)
        result = tried(store, changer, chance)
        if result is not None and result.verified:
            missed.append(changer.__name__)
        found += result is not None and not result.verified
    again = store.verify()
    store.close()
    assert missed == []
    assert again.verified


def tried(store, changer, chance):
    """What verifying says while a change stands; None where nothing was changed after all."""
    answer = None
    try:
        with store.writing() as connection:
            before = rows(connection, "operation"), rows(connection, "seal")
            for trigger in sqlite.TRIGGERS:
                connection.exec_driver_sql(f"DROP TRIGGER {trigger}")

            def run(statement, *values):
                result = connection.exec_driver_sql(statement, values)
                return result.fetchall() if result.returns_rows else None

            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            changer(chance, run, chance.choice(run("SELECT sequence FROM operation"))[0])
            if (rows(connection, "operation"), rows(connection, "seal")) != before:
                answer = store.verify()
            take_back()
    except TakenBackError:
        return answer
    except Exception as error:
        if "constraint failed" in str(error):  # SQLite itself would not have it
            return None
        raise


@pytest.mark.parametrize("act", KINDS, ids=lambda act: act.__name__)
def test_the_last_act_is_missed_whatever_it_was(act, begun, tmp_path):
    folder = shutil.copytree(begun, tmp_path / "study")
    with open_project(folder / NAME, coder="Anna") as project:
        before = project.journal.log(1)[0].sequence
        act(project, 0, folder)
        assert project.journal.log(1)[0].sequence > before
        assert project.journal.verify().verified
        cut(project.path, 1)
        found = project.journal.verify()
    assert not found.verified
    assert "missing" in found.problem


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    folder = tmp_path_factory.mktemp("begun")
    begin(folder)
    return folder


def cut(path, acts):
    """Take acts from the end of a journal, without a word to what they wrote."""
    connection = sqlite.driver.connect(str(path))
    for trigger in sqlite.TRIGGERS:
        connection.execute(f"DROP TRIGGER {trigger}")
    last = connection.execute("SELECT max(sequence) FROM operation").fetchone()[0]
    connection.execute("DELETE FROM operation WHERE sequence > ?", (last - acts,))
    connection.commit()
    connection.close()


def test_a_merge_of_which_nothing_but_the_act_is_taken_is_missed(begun, tmp_path):
    folder = shutil.copytree(begun, tmp_path / "study")
    with open_project(folder / NAME, coder="Anna") as project:
        project.memos.add("Anna went on, too")
        project.merging.merge(folder / "copy-0.qualcase")
        assert project.journal.verify().verified
        cut(project.path, 1)
        connection = sqlite.driver.connect(str(project.path))
        # As if nothing else told of it.
        connection.execute("UPDATE seal SET (hash, operations) = (SELECT hash, 1 FROM operation LIMIT 1)")
        for table in TABLES:
            connection.execute(f"UPDATE {table} SET writer = (SELECT uid FROM operation WHERE sequence = 1)")
        connection.commit()
        connection.close()
        found = project.journal.verify()
    assert not found.verified
    assert "more than one end" in found.problem


def test_every_flipped_bit_of_the_journal_in_the_file_is_found(file, tmp_path):
    chance, missed = random.Random(11), []
    store = Store.open(file)
    with store.reading() as connection:
        blobs = [
            bytes(value)
            for row in rows(connection, "operation")
            for value in row
            if isinstance(value, bytes | memoryview) and len(bytes(value)) >= 32
        ]
    store.close()
    whole = file.read_bytes()
    places = [whole.find(blob) + offset for blob in blobs if blob in whole for offset in range(len(blob))]
    assert len(places) > FLIPS
    for place in chance.sample(places, FLIPS):
        path = tmp_path / "flipped.qualcase"
        path.write_bytes(
            whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :]
        )
        if verifies(path):
            missed.append(place)
    assert missed == []


def verifies(path):
    try:
        store = Store.open(path)
    except QualcaseError:
        return False
    try:
        return store.verify().verified
    finally:
        store.close()


def test_the_file_itself_refuses_to_forget(copy):
    connection = sqlite.driver.connect(str(copy))
    for statement in (
        "DELETE FROM operation",
        "UPDATE operation SET kind = 'code'",
        "UPDATE operation SET body = x'00'",
        "UPDATE operation SET body = NULL, nonce = NULL, body_hash = hash, kind = 'code' WHERE sequence = 3",
    ):
        with pytest.raises(sqlite.driver.DatabaseError, match="only grows"):
            connection.execute(statement)
    connection.close()


def test_a_redaction_leaves_a_chain_that_verifies(copy):
    with open_project(copy, coder="Anna") as project:
        project.memos.add(random.Random(3).randbytes(12_000).hex())
        target = project.journal.log(1)[0]
        with project.store.reading() as connection:
            query = "SELECT body FROM operation WHERE sequence = ?"
            body = bytes(connection.exec_driver_sql(query, (target.sequence,)).scalar_one())
        redact(project.store, target.sequence, coder="Anna")
        verified = project.journal.verify()
        shown = {entry.sequence: entry for entry in project.journal.log()}[target.sequence]
        with pytest.raises(UsageError):
            redact(project.store, target.sequence, coder="Anna")
        project.coder = target.coder
        project.journal.undo()
    assert verified.verified
    assert (shown.redacted, shown.summary, shown.hash) == (True, "(redacted)", target.hash)
    # Longer than a page, so that its pages are freed rather than written over.
    whole = copy.read_bytes()
    assert len(body) > 10_000
    assert not any(body[start : start + 64] in whole for start in range(0, len(body), 64))


def test_what_was_redacted_is_not_done_again(copy):
    with open_project(copy, coder="Anna") as project:
        (undone,) = project.journal.undo()
        redact(project.store, undone.sequence, coder="Bo")
        with pytest.raises(NothingToUndoError):
            project.journal.redo()
