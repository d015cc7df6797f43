"""The laws of merging in real files: whoever merges whom, and killed at any moment.

The same histories are tried each time, as a check that runs on every change has to. They are no proof: set
QUALCASE_FIRST to any number for others, QUALCASE_CASES for how many pairs of histories (10,000 take hours),
QUALCASE_TRIPLES for how many threes, QUALCASE_KILLS for how many kills.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter

import pytest
from merge_acts import Coder
from two_copies import INTERVIEW, anna, bo, code, create, well

from qualcase.project import open_project
from qualcase.storage import merging as job
from qualcase.storage import sqlite
from qualcase.storage.snapshots import copy_file

pytestmark = pytest.mark.usefixtures("warm_statements")
CASES = int(os.environ.get("QUALCASE_CASES", "10"))
TRIPLES = int(os.environ.get("QUALCASE_TRIPLES", "4"))
FIRST = int(os.environ.get("QUALCASE_FIRST", "0"))
KILLS = int(os.environ.get("QUALCASE_KILLS", "20"))
IN_ONE_FILE = 5  # So many times two copies part and meet again.
MEANT = {
    "code",
    "recode",
    "resize",
    "describe",
    "uncode",
    "edit_text",
    "rewrite",
    "import_file",
    "undo",
    "redo",
}
MEANT |= {"redefine_code", "confirm_reading", "review", "write_memo_on_passage", "edit_memo", "remove_memo"}
MEANT |= {"describe_actor", "give_attribute"}
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


def merged(path, coder, *others):
    """Let a copy take others in, in this order; return what it holds then, and the last report."""
    with open_project(path, coder=coder) as project:
        reports = [project.merging.merge(other) for other in others]
        assert well(project)
        return project.store.digest(), reports[-1]


def come_together(folder, files, number):
    """Merge three copies in every way but those that mirror another; return the states, and what was met."""
    states, met = set(), Counter()

    def copy_of(path, name):
        return shutil.copy(path, folder / f"{number}-{name}.qualcase")

    for one, two, three in (files, files[::-1], (files[1], files[2], files[0])):
        names = "".join(path.stem[0] for path in (one, two, three))
        in_turn, pair, late = (
            copy_of(one, names),
            copy_of(two, f"pair-{names}"),
            copy_of(one, f"late-{names}"),
        )
        states.add(merged(in_turn, "Anna", two, three)[0])
        merged(pair, "Bo", three)
        state, report = merged(late, "Anna", pair)
        states |= {state, merged(pair, "Bo", one)[0]}
        met += Counter(
            conflicts=len(report.conflicts),
            renamed=len(report.renamed),
            review=report.review,
            kept=report.kept,
            twins=sum(report.added.values()) > 0,
        )
    states.add(merged(late, "Anna", in_turn, pair)[0])
    return states, met


def test_three_copies_come_to_one_state_whoever_merges_first(origin, tmp_path, monkeypatch):
    """Three coders, each with some dozen acts, some after a merge between two of them."""
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    done, met = Counter(), Counter()
    for number in range(TRIPLES):
        chance = random.Random(FIRST + number)
        files = [shutil.copy(origin, tmp_path / f"{name}.qualcase") for name in ("anna", "bo", "carla")]
        for _ in range(2):
            for path in files:
                with open_project(path, coder=path.stem) as project:
                    coder = Coder(project, tmp_path, chance)
                    for _ in range(chance.randint(5, 12)):
                        coder.act()
                    done += coder.done
            one, other = chance.sample(files, 2)
            merged(one, one.stem, other)
        states, found = come_together(tmp_path, files, number)
        assert len(states) == 1, FIRST + number
        met += found
    # A test of merging that meets nothing to be merged would pass whatever happens.
    assert not MEANT - done.keys()
    assert all(met[name] for name in ("conflicts", "renamed", "review", "kept", "twins")), met


@pytest.mark.parametrize("seed", range(-(-CASES // IN_ONE_FILE)))
def test_files_keep_the_laws(copies, tmp_path, seed):
    """Two histories at a time, each going on from where the last two met."""
    chance = random.Random(FIRST + seed)
    with anna(copies) as mine, bo(copies) as other:
        coders = Coder(mine, tmp_path, chance), Coder(other, tmp_path, chance)
        for number in range(min(IN_ONE_FILE, CASES - seed * IN_ONE_FILE)):
            for coder in coders:
                for _ in range(chance.randint(1, 8)):
                    coder.act()
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
    """Start a process that merges; return its id once it begins to write, and where it tells that it has."""
    out, into = os.pipe()
    process = os.fork()
    if process:
        os.close(into)
        assert os.read(out, 1) == b"w"
        return process, out
    try:
        write, sign = job._Job._write, job._Job._sign

        def tell_and_write(self, *words):
            os.write(into, b"w")
            return write(self, *words)

        def sign_and_tell(self, *words):
            sign(self, *words)
            os.write(into, b"s")

        job._Job._write, job._Job._sign = tell_and_write, sign_and_tell
        with open_project(path, coder="Anna") as project:
            project.merging.merge(other)
    finally:
        os._exit(0)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_kill_in_the_middle_changes_nothing(copies, tmp_path):
    """Killed while the merge is writing, or just after: the project is as before, or as after it."""
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
    lasted = how_long(path, copies[1])
    chance, seen = random.Random(3), Counter()
    for _ in range(KILLS):
        for left in tmp_path.glob("killed.qualcase*"):
            left.unlink()
        path.write_bytes(begun)
        process, told = merging(path, copies[1])
        time.sleep(chance.random() * lasted)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        written = os.read(told, 1) == b"s"
        os.close(told)
        with open_project(path, coder="Anna") as project:
            digest = project.store.digest()
            assert digest == before if not written else digest in {before, after}
            assert well(project)
        seen[written] += 1
    # Of these kills the merge had begun to write, and had not come to its end.
    assert seen[False] >= KILLS / 4


def how_long(path, other):
    """Return how many seconds a merge writes; it is done in the file."""
    process, told = merging(path, other)
    began = time.monotonic()
    assert os.read(told, 1) == b"s"
    lasted = time.monotonic() - began
    os.waitpid(process, 0)
    os.close(told)
    return lasted
