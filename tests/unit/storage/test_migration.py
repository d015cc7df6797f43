"""An older file becomes one of today's format whole, or stays exactly what it was."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys

import pytest

from qualcase.project import open_project
from qualcase.storage import migration, sqlite
from qualcase.storage.errors import DamagedProjectError, NotAProjectError
from qualcase.storage.schema import metadata
from qualcase.storage.snapshots import list_backups
from qualcase.storage.store import Store

# A later format that rebuilds a table to which others point, as SQLite needs it for most changes.
LATER = """
from __future__ import annotations

import sqlalchemy
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    for table in ("source", "coder", "operation"):
        with op.batch_alter_table(table, recreate="always", table_kwargs={{"sqlite_strict": True}}) as batch:
            batch.add_column(sqlalchemy.Column("added", sqlalchemy.Text()))
"""
UPGRADE = """
import os, signal, sys
from pathlib import Path
from qualcase.storage import migration, sqlite
from qualcase.storage.store import Store

path, folder, point = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
migration.FOLDER = folder
sqlite.USER_VERSION += 1
steps = 0


def step(*_):
    global steps
    steps += 1
    if steps == point:
        os.kill(os.getpid(), signal.SIGKILL)


connect = sqlite._open_connection


def watched(path):
    connection = connect(path)
    connection.set_trace_callback(step)
    return connection


sqlite._open_connection = watched
engine = sqlite.connect_file(path)
migration._refuse_altered = lambda altered: None
migration.upgrade(engine)
engine.dispose()
print(steps)
"""


@pytest.fixture
def later(tmp_path, monkeypatch):
    """A folder of revisions with one more than there are, in force for this test."""
    folder = tmp_path / "migrations"
    shutil.copytree(migration.FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    code = LATER.format(head=migration.HEAD_REVISION)
    (folder / "versions" / "9999_later.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(migration, "FOLDER", folder)
    monkeypatch.setattr(sqlite, "USER_VERSION", sqlite.USER_VERSION + 1)
    return folder


def rows(path):
    """Every row of every table that a project of today has, the journal's bodies among them."""
    connection = sqlite.driver.connect(str(path))
    found = {}
    for name, table in metadata.tables.items():
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        query = f'SELECT {columns} FROM "{name}"'  # noqa: S608 - our own tables
        found[name] = sorted(connection.execute(query).fetchall(), key=repr)
    connection.close()
    return found


def version(path):
    return int.from_bytes(path.read_bytes()[60:64], "big")


def alone(path):
    return sorted(file.name for file in path.parent.glob("study*")) == ["study.qualcase"]


def test_an_empty_file_becomes_what_a_new_project_is(tmp_path):
    sqlite.create_file(tmp_path / "empty.qualcase")
    engine = sqlite.connect_file(tmp_path / "empty.qualcase")
    migration.upgrade(engine)
    with engine.connect() as connection:
        assert sqlite.fingerprint(connection) == sqlite.FINGERPRINT
    engine.dispose()
    assert version(tmp_path / "empty.qualcase") == sqlite.USER_VERSION


def test_a_new_project_is_what_the_revisions_make(path):
    with open_project(path, coder="Anna") as project, project.store.reading() as connection:
        assert sqlite.fingerprint(connection) == sqlite.FINGERPRINT
        revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()
    assert revision == migration.HEAD_REVISION


@pytest.mark.parametrize(
    ("database", "digest"),
    [
        ("sqlite", "ce7ac272940ae93976583f2ece43140e84151705348b77e40a6e290a0e906212"),
        ("postgresql", "64877bc48a62ec4874dc2a70b2027b7ef216228f1e635c923c31b1001fc3e79c"),
    ],
)
def test_the_first_format_never_changes(database, digest):
    script = migration.FOLDER / "versions" / f"0001_first.{database}.sql"
    assert hashlib.sha256(script.read_bytes()).hexdigest() == digest
    assert "schema" not in (migration.FOLDER / "versions" / "0001_first.py").read_text(encoding="utf-8")


def test_a_file_with_an_older_number_is_brought_up_and_keeps_every_row(path):
    before = rows(path)
    connection = sqlite.driver.connect(str(path))
    connection.execute("PRAGMA user_version = 0")
    connection.close()
    with open_project(path, coder="Anna") as project:
        assert project.care.check().ok
        assert project.journal.verify().verified
    assert (rows(path), version(path)) == (before, sqlite.USER_VERSION)


def test_rebuilding_a_table_keeps_the_rows_that_point_to_it_and_the_triggers(path, later, monkeypatch):
    monkeypatch.setattr(migration, "_refuse_altered", lambda altered: None)
    before = rows(path)
    engine = sqlite.connect_file(path)
    migration.upgrade(engine)
    with engine.connect() as connection:
        triggers = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        assert {name for (name,) in triggers} == set(sqlite.TRIGGERS)
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
        assert sqlite.integrity_problems(connection) == []
    engine.dispose()
    assert (rows(path), version(path)) == (before, sqlite.USER_VERSION)


def test_an_upgrade_that_would_lose_rows_leaves_the_file_as_it_was(path, later):
    code = later / "versions" / "9999_later.py"
    loss = '    op.execute("DELETE FROM sentence")\n'
    code.write_text(code.read_text(encoding="utf-8") + loss, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DamagedProjectError, match="rows of sentence would be lost; it was left as it was"):
        Store.open(path, keep_old=False)
    assert path.read_bytes() == before
    assert alone(path)


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(path, later):
    code = later / "versions" / "9999_later.py"
    code.write_text(
        code.read_text(encoding="utf-8") + "    raise RuntimeError('half way')\n", encoding="utf-8"
    )
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match="half way"):
        Store.open(path, keep_old=False)
    assert path.read_bytes() == before
    assert alone(path)


def test_a_journal_that_was_cut_before_is_not_taken_for_a_whole_one(old):
    connection = sqlite.driver.connect(str(old))
    connection.execute("UPDATE head SET operations = operations + 1")
    connection.commit()
    connection.close()
    before = old.read_bytes()
    with pytest.raises(DamagedProjectError, match="another head than its last operation"):
        Store.open(old)
    assert old.read_bytes() == before
    assert list_backups(old) == ()
    store = Store.open(old, keep_old=False)
    assert store.verify().problem == "the operation that it is sealed with is missing"
    store.close()


def test_an_older_file_with_a_trigger_of_somebody_else_is_not_touched(path):
    connection = sqlite.driver.connect(str(path))
    connection.executescript(
        "PRAGMA user_version = 0;CREATE TRIGGER evil AFTER INSERT ON operation BEGIN DELETE FROM source; END;"
    )
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NotAProjectError, match="altered"):
        Store.open(path, keep_old=False)
    assert path.read_bytes() == before


def test_a_kill_at_any_step_leaves_the_old_file_or_the_new_one(path, later, run, tmp_path):
    before, old = rows(path), sqlite.USER_VERSION - 1
    whole = run(UPGRADE, shutil.copy(path, tmp_path / "count.qualcase"), later, -1)
    steps = int(whole.communicate()[0])
    seen = set()
    for point in [*range(1, steps, max(1, steps // 8)), steps - 1, steps]:
        copy = tmp_path / "study-killed.qualcase"
        shutil.copy(path, copy)
        process = run(UPGRADE, copy, later, point)
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert rows(copy) == before
        seen.add(version(copy))
        copy.unlink()
    assert seen <= {old, old + 1}
    assert old in seen


def test_whoever_opens_an_older_file_is_told_even_to_read_it(old, repo):
    command = [sys.executable, "-m", "qualcase", "--coder", "Anna", "-p", old.name, "sources", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(repo)}
    said, again = (
        subprocess.run(command, cwd=old.parent, env=environment, capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    assert "sources" in json.loads(said.stdout)
    [kept] = list_backups(old)
    told = f"old.qualcase had format 1 and was brought to today's, {sqlite.USER_VERSION}"
    assert said.stderr == f"{told}; as it was before: {kept.path.relative_to(old.parent)}\n"
    assert again.stderr == ""


def test_who_opens_it_beside_whoever_brought_it_up_to_date_has_nothing_to_bring(old, caplog):
    raw = sqlite.driver.connect(str(old))
    raw.execute("PRAGMA journal_mode = WAL")  # What is new then lies beside the file for a while.
    raw.close()
    with open_project(old, coder="Anna"), open_project(old, coder="Bo") as beside:
        [kept] = list_backups(old)
        assert beside.backups.before_migration() == kept.path
    assert [record.levelname for record in caplog.records] == ["WARNING"]
