"""A project of the first format becomes one of the second, with every row, trigger and word."""

from __future__ import annotations

import shutil

import pytest

import qualcase
from qualcase.storage import sqlite
from qualcase.storage.errors import DamagedProjectError, NotAProjectError
from qualcase.storage.migration import HEAD_REVISION

# What the state digest of the file of the first format was when the version that wrote it made it.
DIGEST = "e88810696a388bc2a6c2a7db140a11b145fc75873bd5e744391bc31cbe9ca981"


def ask(path, query):
    connection = sqlite.driver.connect(str(path))
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def count(path, table):
    return ask(path, f'SELECT count(*) FROM "{table}"')[0][0]  # noqa: S608 - the file's own tables


def test_every_row_and_the_chain_come_along(old):
    before = {
        name: count(old, name) for (name,) in ask(old, "SELECT name FROM sqlite_schema WHERE type = 'table'")
    }
    with qualcase.open(old, coder="Anna") as project:
        assert project.store.digest() == DIGEST
        assert project.journal.verify().verified
        assert project.care.check().ok
    before["seal"] = before.pop("head")
    after = {name: count(old, name) for name in before}
    assert after == before
    assert ask(old, "SELECT version_num FROM alembic_version") == [(HEAD_REVISION,)]
    assert ask(old, "PRAGMA user_version") == [(sqlite.USER_VERSION,)]


def test_the_triggers_still_keep_the_journal(old):
    qualcase.open(old, coder="Anna").close()
    names = {name for (name,) in ask(old, "SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    assert names == set(sqlite.TRIGGERS)
    with pytest.raises(sqlite.driver.DatabaseError, match="only grows"):
        ask(old, "DELETE FROM operation")


def test_what_was_there_before_is_found_by_its_words(old):
    with qualcase.open(old, coder="Anna") as project, project.store.reading() as connection:
        assert len(list(sqlite.find_words(connection, '"odegard"'))) == 1
        assert len(list(sqlite.find_words(connection, '"cafe"'))) == 1
        assert not list(sqlite.find_words(connection, '"absent"'))


def test_it_is_one_structure_whichever_way_it_came(old, tmp_path):
    qualcase.create(tmp_path / "new.qualcase", coder="Anna").close()
    prints = []
    for path in (old, tmp_path / "new.qualcase"):
        with qualcase.open(path, coder="Anna") as project, project.store.reading() as connection:
            prints.append(sqlite.fingerprint(connection))
    assert prints == [sqlite.FINGERPRINT] * 2


def test_a_file_that_would_lose_rows_is_left_as_it_was(old, monkeypatch):
    copy = shutil.copy(old, old.with_suffix(".copy"))
    monkeypatch.setattr(
        "qualcase.storage.migration.rebuild_index", lambda held: held.exec_driver_sql("DELETE FROM memo")
    )
    with pytest.raises(DamagedProjectError, match="memo"):
        qualcase.open(old, coder="Anna")
    assert ask(old, "SELECT count(*) FROM memo") == ask(copy, "SELECT count(*) FROM memo") == [(1,)]
    assert ask(old, "PRAGMA user_version") == [(1,)]


def test_another_tokenizer_in_the_index_is_noticed(old):
    qualcase.open(old, coder="Anna").close()
    connection = sqlite.driver.connect(str(old))
    connection.execute("DROP TABLE segment_words")
    connection.execute("CREATE VIRTUAL TABLE segment_words USING fts5(words, content='', tokenize='trigram')")
    connection.close()
    with pytest.raises(NotAProjectError, match="altered"):
        qualcase.open(old, coder="Anna")
