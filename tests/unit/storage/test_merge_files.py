"""The laws of merging in real files: whoever merges whom, and killed at any moment.

QUALCASE_CASES says for how many pairs of histories, QUALCASE_KILLS how many kills; 10,000 pairs take an hour.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter

import pytest
from two_copies import INTERVIEW, anna, bo, code, create, well

from qualcase.model.code import Code
from qualcase.model.errors import QualcaseError
from qualcase.project import open_project
from qualcase.storage.snapshots import copy_file

pytestmark = pytest.mark.usefixtures("warm_statements")
CASES = int(os.environ.get("QUALCASE_CASES", "10"))
KILLS = int(os.environ.get("QUALCASE_KILLS", "20"))
IN_ONE_FILE = 5  # So many times two copies part and meet again.
BOOK = """format: qualcase-codebook/1
codebook: small
title: Small
version: 1
codes:
  - {id: KM, name: Knowledge, kind: other, definition: What is shared.}
  - {id: KM.TRUST, name: Trust, kind: other, definition: That others are relied upon.}
  - {id: NS, name: Network, kind: other, definition: Who works with whom.}
"""


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A project with three codes, an interview, two codings and a memo, to be copied."""
    folder = tmp_path_factory.mktemp("origin")
    (folder / "small.yaml").write_text(BOOK, encoding="utf-8")
    with create(folder, INTERVIEW, [folder / "small.yaml"]) as project:
        code(project, "We met twice", "KM")
        code(project, "The workshop helped", "NS")
        project.memos.add("It is not so simple.")
    return folder / "study.qualcase"


def test_three_copies_come_to_one_state_whoever_merges_first(copies, tmp_path):
    chance = random.Random(7)
    names = ("anna", "bo", "carla")
    shutil.copy(copies[0], tmp_path / "carla.qualcase")
    for name in names:
        with open_project(tmp_path / f"{name}.qualcase", coder=name) as project:
            for _ in range(12):
                act(project, chance, name)
    states = set()
    for number, order in enumerate((names, names[::-1], ("bo", "carla", "anna"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name in names:
            shutil.copy(tmp_path / f"{name}.qualcase", folder)
        with open_project(folder / f"{order[0]}.qualcase", coder=order[0]) as project:
            for other in order[1:]:
                project.merging.merge(folder / f"{other}.qualcase")
            states.add(project.store.digest())
            assert well(project)
    assert len(states) == 1


def act(project, chance, name):
    """One thing that a coder does; it may be refused."""
    old = project.codings.list()
    words = chance.choice(["We met twice", "Nobody trusted", "built trust", "workshop", "slowly"])
    acts = (
        lambda: code(project, words, chance.choice(["KM", "NS", "KM.TRUST"])),
        lambda: project.codings.remove(chance.choice(old).uid),
        lambda: project.codings.describe(chance.choice(old).uid, memo=f"{name} {chance.randint(1, 3)}"),
        lambda: project.codings.recode(chance.choice(old).uid, chance.choice(["KM", "NS"])),
        lambda: project.memos.edit(project.memos.list()[0].uid, f"{name} {chance.randint(1, 3)}"),
        lambda: project.memos.add(f"By {name}"),
        lambda: project.codebook.rename("KM", f"{name} {chance.randint(1, 3)}"),
        lambda: project.codebook.add(Code(id=chance.choice(["X.A", "X.B"]), name=name, definition=name)),
        lambda: project.cases.create(chance.choice(["North", "South"])),
        lambda: project.events.add(name, "2006", source=project.sources.find("S1"), quote="We met twice."),
        project.journal.undo,
    )
    try:
        chance.choice(acts)()
    except (QualcaseError, IndexError):
        return


@pytest.mark.parametrize("seed", range(-(-CASES // IN_ONE_FILE)))
def test_files_keep_the_laws(copies, tmp_path, seed):
    """Two histories at a time, each going on from where the last two met."""
    chance = random.Random(seed)
    with anna(copies) as mine, bo(copies) as other:
        for number in range(min(IN_ONE_FILE, CASES - seed * IN_ONE_FILE)):
            for project, name in ((mine, "Anna"), (other, "Bo")):
                for _ in range(chance.randint(1, 8)):
                    act(project, chance, name)
            as_it_was = tmp_path / f"{number}.qualcase"
            copy_file(copies[0], as_it_was)
            mine.merging.merge(copies[1])
            other.merging.merge(as_it_was)
            digest = mine.store.digest()
            assert other.store.digest() == digest
            assert mine.merging.merge(copies[1]).touched() == 0
            assert mine.store.digest() == digest
        assert well(mine)
        assert well(other)


def merging(path, other):
    """Start a process that merges; return its id once it has the project open."""
    out, into = os.pipe()
    process = os.fork()
    if process:
        os.read(out, 1)
        os.close(out)
        os.close(into)
        return process
    try:
        with open_project(path, coder="Anna") as project:
            os.write(into, b".")
            project.merging.merge(other)
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_kill_in_the_middle_changes_nothing(copies, tmp_path):
    """Killed at any moment: the project is as before the merge, or as after it."""
    with bo(copies) as other:
        for words in ("We met twice", "Nobody trusted anybody", "Then we built trust"):
            code(other, words)
    with anna(copies) as mine:
        before = mine.store.digest()
    path = shutil.copy(copies[0], tmp_path / "killed.qualcase")
    with anna(copies) as mine:
        mine.merging.merge(copies[1])
        after = mine.store.digest()
    begun = path.read_bytes()
    began = time.monotonic()
    os.waitpid(merging(path, copies[1]), 0)
    lasted, chance, seen = time.monotonic() - began, random.Random(3), Counter()
    for _ in range(KILLS):
        for left in tmp_path.glob("killed.qualcase*"):
            left.unlink()
        path.write_bytes(begun)
        process = merging(path, copies[1])
        time.sleep(chance.random() * lasted)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        with open_project(path, coder="Anna") as project:
            digest = project.store.digest()
            assert digest in {before, after}
            assert project.journal.verify().verified
        seen[digest] += 1
    assert seen[before] > 0
