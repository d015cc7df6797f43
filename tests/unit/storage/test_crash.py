"""A process that is killed while it codes loses nothing that it was told is kept.

tests/property/test_kills.py does the same to every kind of write.
"""

from __future__ import annotations

import os
import random
import threading
import time

import pytest

from qualcase.project import open_project
from qualcase.project.codings import CodingFilter
from qualcase.storage import sqlite

CODINGS, KILLS = 200, int(os.environ.get("QUALCASE_KILLS", "3"))
CODER = """
import sys
from qualcase.coding.places import SpanPlace
from qualcase.project import open_project

path, coder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open_project(path, coder=coder) as project:
    source = project.sources.find("S1")
    for number in range(count):
        place = SpanPlace(number * 7, number * 7 + 5)
        (coding,) = project.codings.add(source, "KM.TRUST", place)
        print(coding.uid, flush=True)
print("done", flush=True)
"""


def acknowledged(process, most):
    """The codings that a process says are kept, until there are so many or it ends."""
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if len(lines) >= most:
            break
    return lines


@pytest.mark.parametrize("kill", range(KILLS))
def test_no_acknowledged_coding_is_lost_in_a_kill(path, run, kill):
    chance = random.Random(kill)
    process = run(CODER, path, "Anna", CODINGS)
    told = acknowledged(process, chance.randint(1, CODINGS // 4))
    process.kill()
    told += [line.strip() for line in process.stdout if line.endswith("\n")]
    process.communicate()
    assert "done" not in told
    with open_project(path, coder="Anna") as project:
        kept = {coding.uid for coding in project.codings.list()}
        checked = project.care.check()
    assert set(told) <= kept
    assert len(kept) <= len(told) + 1
    assert (checked.ok, checked.problems) == (True, ())


def test_after_a_kill_the_file_is_whole_and_alone(path, run):
    process = run(CODER, path, "Anna", CODINGS)
    acknowledged(process, 100)
    process.kill()
    process.communicate()
    open_project(path, coder="Anna").close()
    assert sorted(file.name for file in path.parent.glob("study*")) == ["study.qualcase"]


def test_two_processes_write_at_once_and_both_are_kept(path, run):
    both = [run(CODER, path, coder, CODINGS // 2) for coder in ("Anna", "Bo")]
    told = {}
    for process, coder in zip(both, ("Anna", "Bo"), strict=True):
        out, err = process.communicate()
        told[coder] = out.split()
        assert (process.returncode, err) == (0, "")
        assert told[coder].pop() == "done"
    with open_project(path, coder="Anna") as project:
        for coder, uids in told.items():
            kept = {coding.uid for coding in project.codings.list(CodingFilter(coder=coder))}
            assert kept == set(uids)
            assert len(kept) == CODINGS // 2
        assert project.care.check().ok


def test_who_has_to_wait_says_so_and_then_writes(path, monkeypatch, caplog):
    monkeypatch.setattr(sqlite, "_BUSY_MILLISECONDS", 20)
    with open_project(path, coder="Anna") as one, open_project(path, coder="Bo") as other:
        held, free = threading.Event(), threading.Event()

        def hold():
            with one.store.writing():
                held.set()
                free.wait(30)

        holding = threading.Thread(target=hold)
        holding.start()
        held.wait(30)
        monkeypatch.setattr(time, "sleep", lambda _: (free.set(), holding.join(30)))
        other.cases.create("North")
        assert "North" in one.cases.list()
    assert caplog.messages == ["Other programs are writing to study.qualcase; waiting."]
