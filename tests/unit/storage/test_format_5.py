"""A project of the fourth format becomes one of the fifth: what was the head of its journal is its seal."""

from __future__ import annotations

import shutil
from contextlib import closing

import pytest
from two_copies import TEXT, create, kept, well

from qualcase.project import open_project
from qualcase.project.backups import restore_project
from qualcase.storage import sqlite
from qualcase.storage.errors import DamagedProjectError, NotAProjectError
from qualcase.storage.snapshots import copy_file, hash_file, list_backups

FOURTH = """
    ALTER TABLE seal RENAME TO head;
    UPDATE head SET (hash, operations) =
        (SELECT hash, (SELECT count(*) FROM operation) FROM operation ORDER BY sequence DESC LIMIT 1);
    UPDATE alembic_version SET version_num = '0004';
    PRAGMA user_version = 4;
"""


def make_fourth(path):
    """Make a file what the fourth format had been; a backup is named by what it holds then."""
    with closing(sqlite.driver.connect(str(path))) as connection:
        connection.executescript(FOURTH)
    name, _, digest = path.stem.rpartition("-")
    if path.suffix == ".backup":
        assert len(digest) == 16
        path = path.rename(path.with_name(f"{name}-{hash_file(path)[:16]}.backup"))
    return path


@pytest.fixture
def copies(tmp_path):
    """Anna's project and Bo's copy of it, in both of which somebody has acted since; both of format 4."""
    with create(tmp_path, TEXT) as project:
        bo = shutil.copy(kept(project.store.path), tmp_path / "bo.qualcase")
        project.memos.add("Anna's")
        path = project.store.path
    with open_project(bo, coder="Bo") as project:
        project.memos.add("Bo's")
    return make_fourth(path), make_fourth(bo)


def thoughts(project):
    return {memo.text for memo in project.memos.list()}


@pytest.fixture
def merged(copies):
    """Anna's project of format 4, in which she has merged Bo's copy and done nothing since."""
    with open_project(copies[0], coder="Anna") as project:
        project.merging.merge(copies[1])
    for backup in list_backups(copies[0]):
        make_fourth(backup.path) if backup.reason == "merge" else backup.path.unlink()
    return make_fourth(copies[0])


def test_its_journal_verifies_and_goes_on(copies):
    with open_project(copies[0], coder="Anna") as project:
        assert well(project)
        project.memos.add("More")
        assert well(project)


def test_its_copies_are_merged_whichever_is_brought_up_to_date_first(copies):
    with open_project(copies[0], coder="Anna") as project:
        project.merging.merge(copies[1])
        assert thoughts(project) == {"Anna's", "Bo's"}
        assert well(project)
        both = copies[0].with_name("both.qualcase")
        copy_file(copies[0], both)
    with open_project(copies[1], coder="Bo") as project:
        project.merging.merge(both)
        assert thoughts(project) == {"Anna's", "Bo's"}
        assert well(project)


def test_a_merge_that_was_made_before_is_taken_back_into_a_file_of_today(merged):
    with open_project(merged, coder="Anna") as project:
        assert well(project)
        project.journal.undo()
        assert thoughts(project) == {"Anna's"}
        assert well(project)
        project.memos.add("More")
        assert well(project)
    with open_project(merged, coder="Anna") as project:
        assert thoughts(project) == {"Anna's", "More"}
        with project.store.reading() as connection:
            assert sqlite.fingerprint(connection) == sqlite.FINGERPRINT
    assert not list(merged.parent.glob(f".{merged.name}.*"))


def test_its_backup_is_restored_into_a_file_of_today(merged):
    [backup] = list_backups(merged)
    with open_project(merged, coder="Anna") as project:
        restore_project(merged, backup.path)
        assert thoughts(project) == {"Anna's"}
        project.memos.add("More")
        assert well(project)


def test_one_whose_head_is_another_than_its_last_act_stays_as_it_is(copies):
    with closing(sqlite.driver.connect(str(copies[0]))) as connection:
        connection.executescript("UPDATE head SET operations = operations - 1")
    before = copies[0].read_bytes()
    with pytest.raises(DamagedProjectError, match="another head"):
        open_project(copies[0], coder="Anna")
    assert copies[0].read_bytes() == before


@pytest.mark.parametrize("how", ["DROP TABLE head", "CREATE TABLE seal (id INTEGER)"])
def test_one_that_is_not_built_as_it_was_stays_as_it_is(copies, how):
    with closing(sqlite.driver.connect(str(copies[0]))) as connection:
        connection.executescript(how)
    before = copies[0].read_bytes()
    with pytest.raises(NotAProjectError, match="altered"):
        open_project(copies[0], coder="Anna")
    assert copies[0].read_bytes() == before
