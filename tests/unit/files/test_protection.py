"""A project, a backup and what SQLite keeps are known by whatever name they are reached."""

from __future__ import annotations

import os
import shutil

import pytest

from qualcase.files.errors import ProtectedFileError
from qualcase.files.protection import refuse_place, refuse_protected
from qualcase.project import create_project


@pytest.fixture
def path(tmp_path):
    """Return a project with a folder of backups beside it."""
    with create_project(tmp_path / "p.qualcase", ("none",), coder="Anna") as project:
        project.backups.write()
    return project.path


def names_of(path):
    """Make and return other names of a file."""
    home = path.parent
    (home / "soft.csv").symlink_to(path.name)
    (home / "twice.csv").symlink_to("soft.csv")
    os.link(path, home / "hard.csv")
    (home / "sub").mkdir()
    (home / "other").symlink_to(home)
    return [
        path,
        home / "soft.csv",
        home / "twice.csv",
        home / "hard.csv",
        home / "sub" / ".." / path.name,
        home / "other" / path.name,
    ]


def test_a_project_is_known_by_each_of_its_names(path):
    for name in names_of(path):
        with pytest.raises(ProtectedFileError, match="is a project, or a backup of one"):
            refuse_protected((name,))


def test_a_project_that_is_open_here_is_known_though_its_beginning_was_spoilt(path, tmp_path):
    with create_project(tmp_path / "q.qualcase", ("none",), coder="Anna") as project:
        os.link(project.path, tmp_path / "x.csv")
        with project.path.open("r+b") as file:
            file.write(b"spoilt")
        with pytest.raises(ProtectedFileError, match="is a project"):
            refuse_protected((tmp_path / "x.csv",))
        with project.path.open("r+b") as file:
            file.write(b"SQLite")


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal", "-WAL"])
def test_what_sqlite_keeps_beside_it_is_refused_whether_it_is_there_or_not(path, ending):
    beside = path.with_name(path.name + ending)
    (path.parent / "x.csv").symlink_to(beside)
    for name in (beside, path.parent / "x.csv"):
        with pytest.raises(ProtectedFileError, match=r"belongs to the database p\.qualcase"):
            refuse_protected((name,))


def test_such_a_name_beside_no_database_is_free(tmp_path):
    (tmp_path / "a.csv").write_text("words")
    refuse_protected((tmp_path / "a.csv-wal", tmp_path / "none-journal", tmp_path / "-wal"))


@pytest.mark.parametrize("begins", [b"\x37\x7f\x06\x82 wal", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 journal"])
def test_a_log_is_known_by_its_bytes(tmp_path, begins):
    (tmp_path / "a.csv").write_bytes(begins)
    with pytest.raises(ProtectedFileError, match="belongs to a database"):
        refuse_protected((tmp_path / "a.csv",))


def test_a_backup_that_lies_elsewhere_is_known_too(path, tmp_path):
    (kept,) = (tmp_path / ".p-backups").iterdir()
    shutil.copy(kept, tmp_path / "mine.csv")
    with pytest.raises(ProtectedFileError, match="a backup of one"):
        refuse_protected((tmp_path / "mine.csv",))


@pytest.mark.parametrize("name", [".p-backups/a.csv", ".p-backups/sub/a.csv", "in/a.csv", ".P-Backups/a.csv"])
def test_the_folder_of_backups_takes_nothing(path, tmp_path, name):
    (tmp_path / "in").symlink_to(".p-backups")
    for refuse in (lambda one: refuse_protected((one,)), refuse_place):
        with pytest.raises(ProtectedFileError, match="folder of backups"):
            refuse(tmp_path / name)


def test_what_would_look_like_a_project_is_refused_and_other_names_are_free(tmp_path):
    with pytest.raises(ProtectedFileError, match="name for projects"):
        refuse_protected((tmp_path / "new.qualcase",))
    (tmp_path / "backups").mkdir()
    refuse_protected((tmp_path / "new.csv", tmp_path / "backups" / "a.csv", tmp_path))
