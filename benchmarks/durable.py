"""What one durable act costs, and how much of that is the journal: each beside the other, in turns.

Run by itself it makes a project of 40 interviews anew: `python benchmarks/durable.py [ROUNDS] [TIMES]`.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean, median, quantiles
from typing import TYPE_CHECKING, Any

from qualcase.coding.acts.code import code_passages
from qualcase.model.identity import decode_uid, new_uid
from qualcase.project import create_project
from qualcase.storage import sqlite
from qualcase.storage import store as store_module
from qualcase.storage.applying import Stamp
from qualcase.storage.clock import tick
from qualcase.storage.journal import read_entries, read_operation
from qualcase.storage.reading.codes import code_uids

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.project import Project

    Act = Callable[[int], object]

BAR_MILLISECONDS, BAR_SHARE = 15, 0.10
WARM = 20
INSERT = """
    INSERT INTO coding
    (uid, start, "end", source_id, text_id, code_id, coder_id, codebook_version, since, clock)
    VALUES (?, ?, ?, 1, 1, 1, 1, 1, 1, 1)
"""


def main(rounds: int = 400, times: int = 5) -> None:
    """Measure a few times, each in a new project, and print what the journal adds over all of them."""
    whole, rows = [], []
    for _ in range(times):
        with tempfile.TemporaryDirectory(prefix="qualcase-bench-") as name:
            taken = _measure_anew(Path(name), rounds)
        whole += taken["with journal"]
        rows += taken["without"]
    print(f"all {len(whole)} rounds: ", end="")
    _tell_share(whole, rows)


def _measure_anew(folder: Path, rounds: int) -> dict[str, list[float]]:
    from storage import import_interviews  # noqa: PLC0415 - the script beside this one, not the room

    with create_project(folder / "bench.qualcase", ("four-process",), coder="Anna") as project:
        import_interviews(project, folder)
        raw = sqlite.driver.connect(str(project.path), isolation_level=None)
        try:
            return measure_acts(project, raw, rounds)
        finally:
            raw.close()


def measure_acts(project: Project, raw: sqlite.driver.Connection, runs: int) -> dict[str, list[float]]:
    """Print the time of one coding with its journal, without, and as a bare INSERT into the same file.

    All three are durable (synchronous = FULL) and take turns in chance order, so that other work on the
    machine and the disk weighs on each alike. Without the journal, the same code writes the same rows; what
    only the journal needs is exchanged for a constant before the clock starts: finding out or remembering
    the last operation and the coder, and the operation with its hash. Between two acts lies a
    pause of chance length, as between two keys: begun at once after a sync, an act would always end with a
    later tick of the disk, and all times would be multiples of 4 ms. Returns the milliseconds.
    """
    chance = random.Random(1)
    raw.execute("PRAGMA synchronous = FULL")
    act = _act(project)
    act(0)  # the newest operation is a coding from here on
    usual, constant = _journal(project)
    acts: list[tuple[str, Act, dict[str, Any]]] = [
        ("with journal", act, usual),
        ("without", act, constant),
        ("raw", _bare(raw), usual),
    ]
    taken: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name, _, _ in acts}
    for run in range(runs + WARM):
        for name, each, journal in chance.sample(acts, len(acts)):
            vars(store_module).update(journal)
            time.sleep(chance.uniform(0, 0.008))
            began = time.perf_counter(), time.process_time()
            each(run)
            spent = time.perf_counter() - began[0], time.process_time() - began[1]
            for kept, seconds in zip(taken[name], spent, strict=True):
                if run >= WARM:
                    kept.append(seconds * 1000)
    vars(store_module).update(usual)
    _tell(taken)
    return {name: wall for name, (wall, _) in taken.items()}


def _tell(taken: dict[str, tuple[list[float], list[float]]]) -> None:
    for name, (wall, process) in taken.items():
        told = f"mean {mean(wall):5.2f}  p50 {median(wall):5.2f}  p95 {p95(wall):5.2f} ms on the wall"
        print(f"one durable coding, {name:<13} {told}, p50 {median(process):5.2f} ms of this process")
    whole, rows = taken["with journal"][0], taken["without"][0]
    worst = p95(whole)
    print(f"  p95 {worst:.1f} ms (bar {BAR_MILLISECONDS}: {verdict(met=worst <= BAR_MILLISECONDS)})")
    _tell_share(whole, rows)


def _tell_share(whole: list[float], rows: list[float]) -> None:
    share, middle = mean(whole) / mean(rows) - 1, median(whole) / median(rows) - 1
    told = verdict(met=share <= BAR_SHARE)
    bar = f"(bar {BAR_SHARE:.0%}: {told})"
    print(f"  the journal adds {share:.1%} to the mean {bar}, {middle:.1%} to the median")


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(values, n=20, method="inclusive")[-1]


def verdict(*, met: bool) -> str:
    """Say whether a bar was met."""
    return "met" if met else "MISSED"


def _act(project: Project) -> Act:
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


def _journal(project: Project) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the store calls to write the journal, and a constant that may stand for it.

    What an act's rows need is not the journal's: a new identifier and the clock.
    """
    with project.store.reading() as connection:
        entry = next(read_entries(connection, newest_first=True, limit=1))
    operation = read_operation(entry)
    constant = {"enter": lambda *_, **__: (Stamp(entry.sequence, new_uid(), tick(0)), operation, entry)}
    return {name: vars(store_module)[name] for name in constant}, constant


def _bare(raw: sqlite.driver.Connection) -> Act:
    def insert(run: int) -> None:
        with raw:
            raw.execute(INSERT, (decode_uid(new_uid()), run, run + 50))

    return insert


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
