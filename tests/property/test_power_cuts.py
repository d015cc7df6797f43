"""The power goes at any moment: every acknowledged act is there, and what is there is whole.

The store itself runs on a disk that remembers. QUALCASE_CUTS says how many cuts of each kind of write; 1,000
of each take a quarter of an hour, so `make test` tries fewer.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import random
import shutil
from pathlib import Path

import pytest

from qualcase.coding.operations import acts
from qualcase.project import create_project, open_project
from qualcase.storage import sqlite
from qualcase.storage.snapshots import keep_backup
from qualcase.storage.store import Store


def _beside(name):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


disks, writes = _beside("remembering_disk"), _beside("kinds_of_write")
CUTS = int(os.environ.get("QUALCASE_CUTS", "6"))
ROUNDS = writes.ACTS if CUTS >= 100 else writes.ACTS // 2
NAME = writes.NAME
OLD = Path(__file__).resolve().parent.parent / "unit" / "storage" / "version_1.sql"


@pytest.fixture(scope="module")
def disk():
    return disks.Disk()


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A project with a source, codings and memos, and a colleague's copies of it."""
    folder = tmp_path_factory.mktemp("begun")
    writes.begin(folder)
    return folder


class Course:
    """The states that a project went through: the rows of each, and how many operations it then had."""

    def __init__(self, disk):
        self.disk, self.operations, self.digests, self.places, self.kinds = disk, [], {}, {}, set()

    def note(self, project):
        """What has been done up to here is acknowledged."""
        with project.store.reading() as connection:
            rows = rows_of(connection.exec_driver_sql)
        last = project.journal.log(1)[0]
        self.kinds.update(entry.kind for entry in project.journal.log(3))
        self.places[rows] = len(self.operations)
        self.digests[last.sequence] = project.store.digest()
        self.operations.append(last.sequence)
        self.disk.acknowledge(self.places[rows])


def rows_of(ask):
    """A hash of every row of every table."""
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    found = hashlib.sha256()
    for (name,) in list(ask(f"{tables} ORDER BY name")):
        found.update(repr([tuple(row) for row in ask(f'SELECT * FROM "{name}"')]).encode())  # noqa: S608
    return found.digest()


def worked(disk, begun, folder, act, rounds=ROUNDS):
    """Do acts of one kind on the disk that remembers, and return what came of each."""
    for file in begun.iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    disk.start_with(folder / NAME)
    course = Course(disk)
    with open_project(folder / NAME, coder="Anna") as project:
        course.note(project)
    for half in (range(rounds // 2), range(rounds // 2, rounds)):
        with open_project(folder / NAME, coder="Anna") as project:
            for number in half:
                act(project, number, folder)
                course.note(project)
    return course


def lost(course, folder, cuts):
    """Cut the power that often; return how many cuts lost an acknowledged act, or left a half."""
    chance, faults = random.Random(1), 0
    for number in range(cuts):
        left = folder / f"cut-{number}"
        left.mkdir()
        log = course.disk.log
        acknowledged = disks.cut(log, chance.randint(2, len(log)), NAME, chance, left)
        connection = sqlite.driver.connect(str(left / NAME))
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        rows = rows_of(connection.execute)
        connection.close()
        if rows in course.places:
            faults += course.places[rows] < acknowledged
        else:
            faults += is_short(course, left / NAME, course.operations[acknowledged])
        shutil.rmtree(left)
    return faults


def is_short(course, path, operations):
    """Whether a state that nobody noted lacks what had been acknowledged, or is none that can be."""
    # Between two acts that were noted there may be one more, of a coder who joins or a text on its way in.
    store = Store.open(path)
    found, digest = store.verify(), store.digest()
    store.close()
    assert found.verified, found.problem
    return found.operations < operations or course.digests.get(found.operations, digest) != digest


@pytest.mark.parametrize("act", writes.KINDS, ids=lambda act: act.__name__)
def test_no_acknowledged_act_is_lost(disk, begun, tmp_path, act):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "driver", disks.Driver)
        disk.remember_files(patch)
        course = worked(disk, begun, tmp_path, act)
    assert len(course.places) > ROUNDS
    assert lost(course, tmp_path, CUTS) == 0


def test_the_same_cuts_show_that_less_than_full_syncing_would_not_do(disk, begun, tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "driver", disks.Driver)
        patch.setattr(sqlite, "SYNCHRONOUS", "NORMAL")
        course = worked(disk, begun, tmp_path, writes.code, writes.ACTS)
    cuts = max(CUTS, 40)
    assert lost(course, tmp_path, cuts) >= cuts / 2


def test_every_kind_of_operation_is_among_the_writes(begun, tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    kinds = set()
    for act in writes.KINDS:
        folder = tmp_path / act.__name__
        shutil.copytree(begun, folder, ignore=shutil.ignore_patterns(".*"))
        with open_project(folder / NAME, coder="Anna") as project:
            before = project.journal.log(1)[0].sequence
            for number in range(2):
                act(project, number, folder)
            kinds.update(entry.kind for entry in project.journal.log() if entry.sequence > before)
    others = {"import", "case", "codebook", "phase", "undo", "redo", "merge", "redact", "coder"}
    assert kinds == {*acts(), *others}


def test_a_change_of_format_is_there_or_not_at_all(disk, tmp_path):
    path = tmp_path / NAME
    sqlite.create_file(path)
    connection = sqlite.driver.connect(str(path))
    connection.executescript(OLD.read_text(encoding="utf-8"))
    connection.executescript(f"PRAGMA application_id = {sqlite.APPLICATION_ID}; PRAGMA user_version = 1;")
    old = rows_of(connection.execute)
    connection.close()
    disk.start_with(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "driver", disks.Driver)
        Store.open(path, keep_old=False).close()
        disk.acknowledge(1)
    connection = sqlite.driver.connect(str(path))
    course = Course(disk)
    course.places = {old: 0, rows_of(connection.execute): 1}
    connection.close()
    assert len(course.places) == 2
    assert lost(course, tmp_path, CUTS) == 0


def test_a_file_bears_its_name_only_once_all_of_it_is_on_the_disk(disk, begun, tmp_path):
    placed = []
    place = sqlite.place_file

    def note(draft, path):
        placed.append((draft.name, len(disk.log), draft.read_bytes()))
        place(draft, path)

    disk.log.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "driver", disks.Driver)
        disk.remember_files(patch)
        patch.setattr(sqlite, "place_file", note)
        create_project(tmp_path / NAME, coder="Anna").close()
        with open_project(tmp_path / NAME, coder="Anna") as project:
            for number in range(4):
                project.cases.create(f"South {number}")
                project.backups.write()
        for _ in range(4):
            keep_backup(tmp_path / NAME, "asked")  # of a file that nobody has open
        for _ in range(4):
            keep_backup(tmp_path / NAME, "edits", pause=int)  # beside the work
    assert len(placed) == 13
    chance = random.Random(1)
    for number in range(CUTS):
        left = tmp_path / f"cut-{number}"
        left.mkdir()
        name, since, content = chance.choice(placed)
        disks.cut(disk.log, chance.randint(since, len(disk.log)), name, chance, left)
        assert (left / name).read_bytes() == content
        shutil.rmtree(left)
