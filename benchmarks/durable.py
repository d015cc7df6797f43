"""What one durable act costs, and how much of that is the journal: each beside the other, in turns."""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from statistics import mean, median, quantiles
from typing import TYPE_CHECKING
from unittest.mock import patch

from qualcase.coding.acts.code import code_passages
from qualcase.model.identity import decode_uid, new_uid
from qualcase.storage import store as store_module
from qualcase.storage.applying import Stamp
from qualcase.storage.clock import tick
from qualcase.storage.journal import read_entries
from qualcase.storage.reading.codes import code_uids

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from qualcase.project import Project
    from qualcase.storage import sqlite

BAR_MILLISECONDS, BAR_SHARE = 15, 0.10
INSERT = """
    INSERT INTO coding
    (uid, start, "end", source_id, text_id, code_id, coder_id, codebook_version, since, clock)
    VALUES (?, ?, ?, 1, 1, 1, 1, 1, 1, 1)
"""


def measure_acts(project: Project, raw: sqlite.driver.Connection, runs: int) -> None:
    """Print the time of one coding with its journal, without, and as a bare INSERT into the same file.

    All three are durable (synchronous = FULL) and take turns, so that other work on the machine and the
    disk weighs on each alike. Without the journal, the same code writes the same rows and no operation.
    Between two acts lies a pause of chance length, as between two keys: begun at once after a sync, an act
    would always end with a later tick of the disk, and all times would be multiples of 4 ms.
    """
    chance = random.Random(1)
    taken: dict[str, tuple[list[float], list[float]]] = {}
    raw.execute("PRAGMA synchronous = FULL")
    acts = (
        ("with journal", _act(project)),
        ("without", _without(project, _act(project))),
        ("raw", _bare(raw)),
    )
    for run in range(-5, runs):
        for name, act in acts:
            time.sleep(chance.uniform(0, 0.008))
            began = time.perf_counter(), time.process_time()
            act(run + 5)
            spent = time.perf_counter() - began[0], time.process_time() - began[1]
            for kept, seconds in zip(taken.setdefault(name, ([], [])), spent, strict=True):
                if run >= 0:  # the first five warm up
                    kept.append(seconds * 1000)
    for name, (wall, process) in taken.items():
        told = f"mean {mean(wall):5.2f}  p50 {median(wall):5.2f}  p95 {p95(wall):5.2f} ms on the wall"
        print(f"one durable coding, {name:<13} {told}, p50 {median(process):5.2f} ms of this process")
    whole, rows = taken["with journal"][0], taken["without"][0]
    worst, share = p95(whole), mean(whole) / mean(rows) - 1
    print(f"  p95 {worst:.1f} ms (bar {BAR_MILLISECONDS}: {verdict(met=worst <= BAR_MILLISECONDS)})")
    told = verdict(met=share <= BAR_SHARE)
    print(f"  the journal adds {share:.1%} to the mean (bar {BAR_SHARE:.0%}: {told})")


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(values, n=20, method="inclusive")[-1]


def verdict(*, met: bool) -> str:
    """Say whether a bar was met."""
    return "met" if met else "MISSED"


def _act(project: Project) -> Callable[[int], object]:
    source = project.sources.list()[0]
    text, coder = project.sources.text_uid(source), project.codings.coder_uid()
    with project.store.reading() as connection:
        code_id, code = next(iter(code_uids(connection).items()))

    def act(run: int) -> object:
        operation = code_passages(
            source=source.uid, handle=source.handle, text=text, code=code, code_id=code_id, coder=coder,
            spans=[(run, run + 50)], codebook_version=1,
        )  # fmt: skip
        return project.store.commit(operation, coder=project.coder)

    return act


def _without(project: Project, act: Callable[[int], object]) -> Callable[[int], object]:
    with project.store.reading() as connection:
        entry = next(read_entries(connection, newest_first=True, limit=1))

    @contextmanager
    def no_journal() -> Iterator[None]:
        stamp = patch.object(store_module, "next_stamp", lambda _: Stamp(entry.sequence, new_uid(), tick(0)))
        with stamp, patch.object(store_module, "append", lambda *_, **__: entry):
            yield

    def bare(run: int) -> object:
        with no_journal():
            return act(run)

    return bare


def _bare(raw: sqlite.driver.Connection) -> Callable[[int], object]:
    def insert(run: int) -> None:
        with raw:
            raw.execute(INSERT, (decode_uid(new_uid()), run, run + 50))

    return insert
