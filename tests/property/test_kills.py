"""The program is killed while it writes, whatever it writes: what it said is kept, is kept and whole.

A process works, says after each act that it is done, and is killed by the system at a random moment, within
an act as well as between two. Chance and the clock are given, so that every run of the same acts comes to the
same rows: what a kill leaves has to be, row by row, a state that an undisturbed run passes through, and none
before the last act that was acknowledged.

QUALCASE_KILLS says how often for each kind of write; 1,000 of each take about an hour on a quiet machine. The
report that `--junitxml` writes counts the kills, the acts that were acknowledged, and where the kills fell.
"""

from __future__ import annotations

import hashlib
import importlib.util
import mmap
import os
import random
import shutil
import signal
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest

from qualcase.model import identity
from qualcase.project import open_project
from qualcase.storage import clock, journal, merging, snapshots, sqlite
from qualcase.storage.store import Store

_spec = importlib.util.spec_from_file_location("kinds", Path(__file__).with_name("kinds_of_write.py"))
writes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(writes)

pytestmark = [
    pytest.mark.usefixtures("warm_statements"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]
KILLS = int(os.environ.get("QUALCASE_KILLS", "1"))
ROUNDS = 3 if KILLS >= 100 else 2
LOOKED_OVER = 20  # In one of so many work goes on, and `qualcase check` looks; at rows and pages always.
IDLE, WRITING, KEEPING = range(3)  # Between transactions, in one, and while it is being committed.
STATES = ("idle", "writing", "keeping")
PROCESS = os.getpid()  # A text on its way in says whose it is.
FROM_ELSEWHERE = (writes.merge, writes.restore)


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A project, and a colleague's copies of it."""
    folder = tmp_path_factory.mktemp("begun")
    writes.begin(folder)
    return folder


def settle(patch, begun):
    """Let every run of the same acts draw the same identifiers and see the same clock and process."""
    chance = random.Random(1)
    moments = count((begun / writes.NAME).stat().st_mtime_ns, 1_000_000)
    drawn = SimpleNamespace(randbits=chance.getrandbits, token_bytes=chance.randbytes)
    for room in (identity, journal):
        patch.setattr(room, "secrets", drawn)
    for room in (identity, clock, merging):
        patch.setattr(room, "time", SimpleNamespace(time_ns=lambda: next(moments)))
    patch.setattr(identity, "_newest", [0])
    # The backup of half an hour's edits is made beside the work: it would draw whenever its turn came.
    patch.setattr(snapshots, "EVERY", timedelta(days=1))
    patch.setattr(os, "getpid", lambda: PROCESS)


def watch(patch, begin, end, kept):
    """Hear of every transaction that writes: that it has begun, that it is to be kept, and that it is."""
    write, take_over, depth = Store.writing, Store.take_over, [0]

    @contextmanager
    def writing(store):
        depth[0] += 1
        try:
            with write(store) as connection:
                begin()
                yield connection
                if depth[0] == 1:
                    end()
        finally:
            depth[0] -= 1
            if not depth[0]:
                kept()

    def taking_over(store, path, **given):
        begin()
        take_over(store, path, **given)
        kept()

    patch.setattr(Store, "writing", writing)
    patch.setattr(Store, "take_over", taking_over)


def work(act, project, folder, tell):
    """What is killed: a coder who does one kind of act, and hears after each that it is kept."""
    for number in range(ROUNDS):
        act(project, number, folder)
        tell()


def work_too_quick(act, project, folder, tell):
    """What would lose acts: each is acknowledged before it is committed."""
    for number in range(ROUNDS):
        with project.store.writing():
            act(project, number, folder)
            tell()


def rows_of(path):
    """A hash of every row of every table, and what is wrong with the pages and references."""
    connection = sqlite.driver.connect(str(path))
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    found = hashlib.sha256()
    for (name,) in connection.execute(f"{tables} ORDER BY name").fetchall():
        found.update(repr(connection.execute(f'SELECT * FROM "{name}"').fetchall()).encode())  # noqa: S608
    faults = [*connection.execute("PRAGMA integrity_check"), *connection.execute("PRAGMA foreign_key_check")]
    connection.close()
    return found.digest(), [fault for fault in faults if fault != ("ok",)]


class Course:
    """An undisturbed run: the states it passed through, and at which of them each act was acknowledged."""

    def __init__(self, act, begun, folder, work=work):
        self.states, self.told, self._path = [], [0], folder / writes.NAME
        fresh(act, begun, folder)
        self._note()
        with pytest.MonkeyPatch.context() as patch:
            settle(patch, begun)
            watch(patch, int, int, self._note)
            with open_project(self._path, coder="Anna") as project:
                work(act, project, folder, lambda: self.told.append(len(self.states) - 1))
        self.places = {rows: place for place, rows in enumerate(self.states)}

    def _note(self):
        rows, faults = rows_of(self._path)
        assert faults == []
        if rows not in self.states[-1:]:
            self.states.append(rows)

    def fault(self, path, told):
        """What is wrong with a file after a kill, with so many acts acknowledged; None if nothing is."""
        rows, faults = rows_of(path)
        if faults:
            return "pages or references are damaged"
        if rows not in self.places:
            return "it is half of something"
        return "an act is lost" if self.places[rows] < self.told[told] else None


def fresh(act, begun, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    names = [f"copy-{number}.qualcase" for number in range(ROUNDS) if act in FROM_ELSEWHERE]
    for name in (writes.NAME, *names):
        shutil.copyfile(begun / name, folder / name)
    return folder


class Killer:
    """Starts processes that do one kind of act, kills them, and counts what they were at."""

    def __init__(self, act, begun, folder, work=work):
        self.act, self.begun, self.folder, self.work = act, begun, folder, work
        self.state, self.counts = mmap.mmap(-1, 1), Counter()
        fresh(act, begun, folder)
        # No connection may cross a fork. What was read stays known, and each process opens one of its own.
        with open_project(folder / writes.NAME, coder="Anna") as self.project:
            self.project.codings.list()
            self.project.codebook.all()
        began = time.monotonic()
        process, out = self._start()
        assert heard(out) == ROUNDS
        self.lasted = time.monotonic() - began
        os.waitpid(process, 0)

    def _start(self):
        """Start a process; return its id, and the pipe through which it says that an act is kept."""
        fresh(self.act, self.begun, self.folder)
        self.state[0] = IDLE
        out, into = os.pipe()
        process = os.fork()
        if process:
            os.close(into)
            return process, out
        try:
            patch = pytest.MonkeyPatch()
            settle(patch, self.begun)
            marks = [lambda mark=mark: self.state.__setitem__(0, mark) for mark in (WRITING, KEEPING, IDLE)]
            watch(patch, *marks)
            self.work(self.act, self.project, self.folder, lambda: os.write(into, b"."))
        finally:
            os._exit(0)

    def kill(self, share):
        """Kill a process after a share of the time that it needs; return how many acts it acknowledged."""
        process, out = self._start()
        time.sleep(share * self.lasted)
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        told, at_work = heard(out), os.WIFSIGNALED(status)
        self.counts.update({"kills": at_work, "acknowledged": told, STATES[self.state[0]]: at_work})
        # The machine has other things to do as well, now more of them and now fewer.
        self.lasted *= 0.95 if not at_work else 1.1 if share > 0.9 else 1
        return told


def heard(out):
    """How many acts a process acknowledged, till it ended."""
    with open(out, "rb") as said:  # noqa: PTH123 - a pipe has no path
        return len(said.read())


@pytest.mark.parametrize("act", writes.KINDS, ids=lambda act: act.__name__)
def test_no_acknowledged_act_is_lost_in_a_kill(begun, tmp_path, act, record_testsuite_property):
    course = Course(act, begun, tmp_path / "work")
    killer, chance = Killer(act, begun, tmp_path / "work"), random.Random(act.__name__)
    for attempt in range(KILLS * 3 + 9):
        told = killer.kill(chance.uniform(0, 1.1))
        assert course.fault(tmp_path / "work" / writes.NAME, told) is None
        if attempt % LOOKED_OVER == 0:
            with open_project(tmp_path / "work" / writes.NAME, coder="Anna") as project:
                writes.code(project, writes.ACTS, tmp_path)
                assert list(project.care.check().problems) == []
        if killer.counts["kills"] == KILLS:
            break
    for name, number in killer.counts.items():
        record_testsuite_property(f"{act.__name__}: {name}", number)
    assert killer.counts["kills"] == KILLS


def faults_of(course, killer, kills):
    """What so many kills find, till one finds something."""
    chance = random.Random(3)
    for _ in range(kills):
        told = killer.kill(chance.uniform(0, 1.1))
        found = course.fault(killer.folder / writes.NAME, told)
        if found:
            return found
    return None


def test_an_act_that_is_acknowledged_before_it_is_committed_is_found_lost(begun, tmp_path):
    course = Course(writes.code, begun, tmp_path / "work", work_too_quick)
    killer = Killer(writes.code, begun, tmp_path / "work", work_too_quick)
    course.told = list(range(ROUNDS + 1))
    assert faults_of(course, killer, 400) == "an act is lost"


def test_an_act_that_is_written_bit_by_bit_is_found_halved(begun, tmp_path, monkeypatch):
    course = Course(writes.code, begun, tmp_path / "work")
    monkeypatch.setattr(sqlite, "_begin", lambda _: None)
    killer = Killer(writes.code, begun, tmp_path / "work")
    assert faults_of(course, killer, 400) == "it is half of something"
