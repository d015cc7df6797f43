"""The program is killed while it writes, whatever it writes: what it was told is kept, is kept, and is whole.

A process works and says after each act that it is done; it is killed at a random moment. QUALCASE_KILLS says
how often for each kind of write; 1,000 of each take hours, so `make test` kills less.
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import signal
import time
from pathlib import Path

import pytest

from qualcase.project import open_project
from qualcase.storage import sqlite
from qualcase.storage.chain import verify

_spec = importlib.util.spec_from_file_location("kinds", Path(__file__).with_name("kinds_of_write.py"))
writes = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(writes)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
KILLS = int(os.environ.get("QUALCASE_KILLS", "1"))
ROUNDS = writes.ACTS // 2 if KILLS >= 100 else 2
LOOKED_OVER = 10  # One in so many is looked over as `qualcase check` does; pages and journal always.


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A project, and a colleague's copies of it."""
    folder = tmp_path_factory.mktemp("begun")
    writes.begin(folder)
    return folder


def started(act, folder):
    """Start a process that does one kind of act; return its id and where it says which heads were reached."""
    out, into = os.pipe()
    process = os.fork()
    if process:
        os.close(into)
        return process, out
    try:
        with open_project(folder / writes.NAME, coder="Anna") as project:
            for number in range(ROUNDS):
                act(project, number, folder)
                os.write(into, head_of(project.store).hex().encode() + b"\n")
    finally:
        os._exit(0)


def head_of(store):
    with store.reading() as connection:
        return connection.exec_driver_sql("SELECT hash FROM head").scalar_one()


def heard(out):
    """The heads that the process acknowledged, till it ended."""
    with open(out, encoding="ascii") as said:  # noqa: PTH123 - a pipe has no path
        return [bytes.fromhex(line) for line in said.read().split("\n")[:-1]]


def fresh(begun, folder):
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(begun, folder, ignore=shutil.ignore_patterns(".*"))
    return folder


def killed(act, begun, folder, moment):
    """Kill a process after so many seconds; return what it acknowledged, and whether it was still at work."""
    process, out = started(act, fresh(begun, folder))
    time.sleep(moment)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    return heard(out), os.WIFSIGNALED(status)


def faults(path, told, others):
    """What is wrong with a file after a kill: acts that are not there, pages, references, the journal."""
    engine = sqlite.connect_file(path)
    with engine.connect() as connection:
        hashes = set(connection.exec_driver_sql("SELECT hash FROM operation").scalars())
        found = sqlite.integrity_problems(connection)
        verified = verify(connection)
    engine.dispose()
    # Where another file was restored in place of this one, its journal is that file's.
    whole = set(told) <= hashes or others.get(verified.head, -1) >= len(told) - 1
    return [*found, *([] if whole else ["an act is lost"]), *([verified.problem] if verified.problem else [])]


@pytest.mark.parametrize("act", writes.KINDS, ids=lambda act: act.__name__)
def test_no_acknowledged_act_is_lost_in_a_kill(begun, tmp_path, act):
    began = time.monotonic()
    process, out = started(act, fresh(begun, tmp_path / "whole"))
    assert len(heard(out)) == ROUNDS
    lasted = time.monotonic() - began
    os.waitpid(process, 0)
    others = restorable(begun) if act is writes.restore else {}
    chance, kills = random.Random(act.__name__), 0
    for attempt in range(KILLS * 3 + 9):
        folder = tmp_path / "killed"
        told, at_work = killed(act, begun, folder, chance.uniform(0, lasted * 1.2))
        assert faults(folder / writes.NAME, told, others) == []
        if attempt % LOOKED_OVER == 0:
            with open_project(folder / writes.NAME, coder="Anna") as project:
                assert list(project.care.check().problems) == []
        kills += at_work
        if kills == KILLS:
            break
    assert kills == KILLS


def restorable(begun):
    """The heads of the copies that are restored, in their order."""
    found = {}
    for number in range(writes.ACTS):
        with open_project(begun / f"copy-{number}.qualcase", coder="Anna") as project:
            found[head_of(project.store).hex()] = number
    return found
