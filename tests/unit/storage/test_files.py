"""The file itself: who may read it, what stands beside it, and which SQLite is trusted with it."""

from __future__ import annotations

import os
import stat

import pytest

from qualcase.coding.places import SpanPlace
from qualcase.model.operation import Change, Operation
from qualcase.project import create_project, open_project
from qualcase.storage import sqlite
from qualcase.storage.errors import (
    BusyProjectError,
    ProjectExistsError,
    ProjectMissingError,
    StaleChangeError,
    UnwritableProjectError,
)
from qualcase.storage.reading.codes import code_uids
from qualcase.storage.store import Store


def modes(folder):
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.glob("study*")}


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def test_only_its_owner_may_read_a_project_or_what_stands_beside_it(tmp_path, open_umask):
    with create_project(tmp_path / "study.qualcase", coder="Anna") as project:
        project.cases.create("North")
        found = modes(tmp_path)
    assert found == {"study.qualcase": 0o600, "study.qualcase-wal": 0o600, "study.qualcase-shm": 0o600}
    assert modes(tmp_path) == {"study.qualcase": 0o600}


def test_nothing_stands_beside_a_closed_project(path):
    with open_project(path, coder="Anna") as project:
        project.codings.add(project.sources.find("S1"), "KM", SpanPlace(0, 9))
    names = {file.name for file in path.parent.iterdir()} - {"berit.txt"}
    assert names == {"study.qualcase"}


def test_a_project_that_cannot_be_finished_leaves_nothing(tmp_path):
    wrong = Operation("new", "Began", (Change("memo", "0" * 26, None, {"text": "no coder", "kind": "x"}),))
    with pytest.raises(Exception, match="NOT NULL"):
        Store.create(tmp_path / "study.qualcase", wrong, coder="Anna")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("make", [lambda p: p.write_bytes(b""), lambda p: p.symlink_to("nowhere")])
def test_a_new_project_never_replaces_anything(tmp_path, make):
    make(tmp_path / "study.qualcase")
    before = os.lstat(tmp_path / "study.qualcase").st_ino
    with pytest.raises(ProjectExistsError, match="already exists"):
        create_project(tmp_path / "study.qualcase", coder="Anna")
    assert os.lstat(tmp_path / "study.qualcase").st_ino == before
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_is_said_to_be_so(tmp_path):
    with pytest.raises(ProjectMissingError, match="cannot be made"):
        create_project(tmp_path / "nowhere" / "study.qualcase", coder="Anna")


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "DELETE"),
        ((3, 51, 2), "DELETE"),
        ((3, 51, 3), "WAL"),
        ((3, 53, 4), "WAL"),
        ((4, 0), "WAL"),
    ],
)
def test_write_ahead_logs_are_for_versions_that_do_not_corrupt_them(version, mode):
    assert sqlite.safe_journal_mode(version) == mode


def test_an_old_sqlite_keeps_a_project_without_a_write_ahead_log(path, monkeypatch):
    monkeypatch.setattr(sqlite.driver, "sqlite_version_info", (3, 51, 2))
    with open_project(path, coder="Anna") as project:
        project.cases.create("North")
        with project.store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
        assert {file.name for file in path.parent.glob("study*")} == {"study.qualcase"}


def test_what_is_measured_to_matter_is_set(path):
    asked = {
        "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1, "mmap_size": 0,
        "journal_mode": "wal", "busy_timeout": 5000,
    }  # fmt: skip
    with open_project(path, coder="Anna") as project, project.store.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked}
    assert found == asked


def test_somebody_who_writes_too_long_is_named_as_the_reason(path, monkeypatch):
    monkeypatch.setattr(sqlite, "_BUSY_MILLISECONDS", 20)
    with open_project(path, coder="Anna") as one, open_project(path, coder="Bo") as other:
        with one.store.writing(), pytest.raises(BusyProjectError, match="Another program is writing"):
            other.cases.create("North")
        other.cases.create("North")
        assert "North" in one.cases.list()


def set_pragma(project, pragma):
    with project.store.reading() as connection:
        connection.exec_driver_sql(f"PRAGMA {pragma}")


@pytest.mark.parametrize(
    ("closed", "opened", "reason"),
    [
        ("query_only = 1", "query_only = 0", "may only be read"),
        ("max_page_count = 1", "max_page_count = 1000000", "the disk is full"),
    ],
)
def test_what_cannot_be_written_is_a_sentence_and_nothing_changes(path, closed, opened, reason):
    with open_project(path, coder="Anna") as project:
        set_pragma(project, closed)
        with pytest.raises(
            UnwritableProjectError, match=f"cannot be written: .*{reason}.* Nothing was changed"
        ):
            project.memos.add(" ".join(map(str, range(200_000))), about=("source", "S1"))
        set_pragma(project, opened)
        project.cases.create("North")
        assert "North" in project.cases.list()


def test_what_another_process_wrote_is_seen(path):
    with open_project(path, coder="Anna") as one, open_project(path, coder="Bo") as other:
        before = one.codebook.find("KM").name
        other.codebook.rename("KM", "Knowing")
        assert (before, one.codebook.find("KM").name) == ("Managing knowledge mobility", "Knowing")


def test_what_is_taken_back_is_not_remembered(path):
    def rename_and_fail(project):
        with project.store.writing():
            project.codebook.rename("KM", "Knowing")
            assert project.codebook.find("KM").name == "Knowing"
            raise ZeroDivisionError

    with open_project(path, coder="Anna") as project:
        with pytest.raises(ZeroDivisionError):
            rename_and_fail(project)
        assert project.codebook.find("KM").name == "Managing knowledge mobility"


def test_a_name_given_away_meanwhile_does_not_come_back_twice(path):
    with open_project(path, coder="Anna") as project:
        project.cases.create("North")
        project.journal.undo()
        project.coder = "Bo"
        project.cases.create("North")
        project.coder = "Anna"
        before = project.store.digest()
        with pytest.raises(Exception, match="another case “North”"):
            project.journal.redo()
        assert project.store.digest() == before


def test_nothing_comes_back_onto_what_is_gone(path):
    with open_project(path, coder="Anna") as project:
        source = project.sources.find("S1")
        text, coder = project.sources.text_uid(source), project.codings.coder_uid()
        with project.store.reading() as connection:
            code = code_uids(connection)["KM"]
        project.journal.undo()
        place = {"source": source.uid, "text": text, "start": 0, "end": 5, "coder": coder}
        with pytest.raises(StaleChangeError, match="not in the project any more"):
            project.perform(
                "code-many", shared=place, passages=[{"code": code, "codebook_version": 1}], summary="Coded"
            )
