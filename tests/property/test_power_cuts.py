"""The power goes at any moment: every acknowledged act is there, and what is there is whole.

The store itself runs on a disk that remembers. QUALCASE_CUTS says how many cuts of each kind of write; 1,000
of each take about a quarter of an hour, so `make test` tries fewer.
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
from pathlib import Path

import pytest

from qualcase.coding.places import SpanPlace
from qualcase.model.code import Code
from qualcase.project import create_project, open_project
from qualcase.storage import sqlite
from qualcase.storage.store import Store

_spec = importlib.util.spec_from_file_location(
    "remembering_disk", Path(__file__).with_name("remembering_disk.py")
)
disks = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(disks)

CUTS = int(os.environ.get("QUALCASE_CUTS", "12"))
ACTS = 8
NAME = "study.qualcase"
INTERVIEW = (
    "Interviewer: How did it begin?\n\nBerit: We met twice. Nobody trusted anybody. Then we built trust.\n"
)


@pytest.fixture(scope="module")
def disk():
    return disks.Disk()


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A project with a source, codings and memos, and a colleague's copy of it."""
    folder = tmp_path_factory.mktemp("begun")
    with create_project(folder / NAME, coder="Anna") as project:
        (folder / "berit.txt").write_text(INTERVIEW, encoding="utf-8")
        project.sources.import_paths([folder / "berit.txt"])
        source = project.sources.find("S1")
        for number in range(ACTS):
            project.codings.add(source, "KM", SpanPlace(number, number + 5))
            project.memos.add(f"Thought {number}")
    for number in range(ACTS):
        shutil.copy(folder / NAME, folder / f"copy-{number}.qualcase")
        with open_project(folder / f"copy-{number}.qualcase", coder="Bo") as copy:
            copy.codings.add(copy.sources.find("S1"), "NS", SpanPlace(number, number + 9))
    return folder


def code(project, number, _):
    project.codings.add(project.sources.find("S1"), "NS", SpanPlace(number, number + 7))


def uncode(project, _, __):
    project.codings.remove(project.codings.list()[0].uid)


def recode(project, number, _):
    project.codings.recode(project.codings.list()[number].uid, "KM.TRUST")


def resize(project, number, _):
    project.codings.resize(project.codings.list()[number].uid, 1, 20 + number)


def write_memo(project, number, _):
    project.memos.edit(project.memos.list()[number].uid, "Otherwise.")


def add_code(project, number, _):
    project.codebook.add(Code(id=f"X.N{number}", name=f"N{number}", definition="New."))


def add_event(project, number, _):
    project.events.add(f"They met {number}", "2006")


def import_note(project, number, folder):
    file = folder / f"note-{number}.txt"
    file.write_text(f"Field note {number}.\n" * 40, encoding="utf-8")
    project.sources.import_paths([file])


def undo(project, _, __):
    project.journal.undo()


def merge(project, number, folder):
    project.merging.merge(folder / f"copy-{number}.qualcase")


def redact(project, number, _):
    from qualcase.storage.redaction import redact as take_out

    take_out(project.store, 3 + number, coder="Anna")


KINDS = (code, uncode, recode, resize, write_memo, add_code, add_event, import_note, undo, merge, redact)


def worked(disk, begun, folder, act):
    """Do acts of one kind on the disk that remembers; return the state after each number of operations."""
    for file in begun.iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    disk.start_with(folder / NAME)
    states = {}
    with open_project(folder / NAME, coder="Anna") as project:
        note(project, disk, states)
    for half in (range(ACTS // 2), range(ACTS // 2, ACTS)):
        with open_project(folder / NAME, coder="Anna") as project:
            for number in half:
                act(project, number, folder)
                note(project, disk, states)
    return states


def note(project, disk, states):
    operations = project.journal.log(1)[0].sequence
    states[operations] = project.store.digest()
    disk.acknowledge(operations)


def lost(disk, states, folder, cuts):
    """Cut the power that often; return how many cuts lost an acknowledged act, or left a half."""
    chance, faults = random.Random(1), 0
    for number in range(cuts):
        left = folder / f"cut-{number}"
        left.mkdir()
        acknowledged = disks.cut(disk.log, chance.randint(2, len(disk.log)), NAME, chance, left)
        store = Store.open(left / NAME)
        found, digest = store.verify(), store.digest()
        store.close()
        assert found.verified, found.problem
        # Between two acts that were noted there may be one more, of a coder who joins or a merge that began.
        faults += found.operations < acknowledged or states.get(found.operations, digest) != digest
        shutil.rmtree(left)
    return faults


@pytest.mark.parametrize("act", KINDS, ids=lambda act: act.__name__)
def test_no_acknowledged_act_is_lost(disk, begun, tmp_path, act):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "driver", disks.Driver)
        states = worked(disk, begun, tmp_path, act)
    assert len(states) > ACTS
    assert lost(disk, states, tmp_path, CUTS) == 0


def test_the_same_cuts_show_that_less_than_full_syncing_would_not_do(disk, begun, tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "driver", disks.Driver)
        patch.setattr(sqlite, "SYNCHRONOUS", "NORMAL")
        states = worked(disk, begun, tmp_path, code)
    cuts = max(CUTS, 40)
    assert lost(disk, states, tmp_path, cuts) >= cuts / 2
