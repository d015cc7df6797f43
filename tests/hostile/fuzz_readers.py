"""Damage small files in many ways and tell which reader breaks.

Each reader is given so many damaged files, in batches, in a process that has the limits of the one in which
files are read. Number n of a format is the same on every run of a seed, so that a finding can be made again.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import signal
import sys
import time
import traceback
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutations import damage
from seeds import SEEDS

from qualcase.model.errors import QualcaseError
from qualcase.readers.reader import RawFile
from qualcase.readers.registry import read_document
from qualcase.readers.tables import TABLE_FORMATS, read_tables
from qualcase.readers.worker import limit_memory, refuse_deeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.source import DocumentText

SECONDS = 10
BATCH = 1000


class UnsoundError(AssertionError):
    """A reader gave back what no text can be."""


@dataclass
class Tally:
    """What came of the damaged files of one format."""

    runs: int = 0
    read: int = 0
    refused: int = 0
    seconds: float = 0.0
    findings: dict[str, dict[str, Any]] = field(default_factory=dict)

    def note(self, where: str, number: int, data: bytes) -> None:
        """Keep the smallest file that ended so."""
        known = self.findings.setdefault(where, {"times": 0, "number": number, "data": data})
        known["times"] += 1
        if len(data) < len(known["data"]):
            known.update(number=number, data=data)


def make(suffix: str, seed: int, number: int) -> bytes:
    """Return damaged file `number` of a format."""
    chance = random.Random(f"{seed}{suffix}{number}")
    return damage(chance.choice(SEEDS[suffix]), chance, SEEDS[suffix])


def check(document: DocumentText) -> None:
    """Raise `UnsoundError` where a text cannot be stored, or its turns and blocks lie wrong."""
    document.text.encode()
    spans = sorted((span.start, span.end) for span in (*document.turns, *document.blocks))
    inside = all(0 <= start <= end <= len(document.text) for start, end in spans)
    if not inside or any(before[1] > after[0] for before, after in pairwise(spans)):
        raise UnsoundError("turns or blocks lie outside the text or across each other")
    if "\0" in document.text:
        raise UnsoundError("the text holds NUL")


def read(suffix: str, data: bytes) -> bool:
    """Say whether a file was read; whatever but a sentence of ours is the finding."""
    name = f"a{suffix}"
    good = True
    try:
        check(read_document(name, data))
    except (QualcaseError, MemoryError):
        good = False
    if suffix in TABLE_FORMATS:
        try:
            read_tables(RawFile(name, data))
        except (QualcaseError, MemoryError):
            return good
    return good


def batch(suffix: str, seed: int, numbers: Sequence[int], out: int) -> None:
    """Read damaged files and write a line on each to a pipe; runs in a process of its own."""
    limit_memory()
    sys.addaudithook(refuse_deeds)
    for number in numbers:
        os.write(out, f"{number}\n".encode())
        # Its ringing ends the process: a reader that takes so long is a finding.
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            ended = "read" if read(suffix, make(suffix, seed, number)) else "refused"
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what is looked for
            ended = f"{type(fault).__name__}: {_place(fault)}: {str(fault)[:80]}".replace("\n", " ")
        signal.setitimer(signal.ITIMER_PROF, 0)
        os.write(out, f"{ended}\n".encode())


def _place(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    ours = [one for one in traceback.extract_tb(fault.__traceback__) if "/qualcase/" in one.filename][-1]
    return f"{Path(ours.filename).name}:{ours.lineno} < {Path(last.filename).name}:{last.lineno}"


def run_batch(tally: Tally, suffix: str, seed: int, numbers: Sequence[int]) -> int:
    """Run a batch and note what it says; return how many of its numbers are done."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            batch(suffix, seed, numbers, writing)
        finally:
            os._exit(0)
    os.close(writing)
    lines = list(_lines(reading))
    _, status, used = os.wait4(child, 0)
    tally.seconds += used.ru_utime + used.ru_stime
    for number, ended in zip(map(int, lines[::2]), lines[1::2], strict=False):
        _count(tally, suffix, seed, number, ended)
    if len(lines) % 2:
        _count(tally, suffix, seed, int(lines[-1]), f"lost: by signal {os.WTERMSIG(status)}")
    return (len(lines) + 1) // 2


def _count(tally: Tally, suffix: str, seed: int, number: int, ended: str) -> None:
    tally.runs += 1
    if ended == "read":
        tally.read += 1
    elif ended == "refused":
        tally.refused += 1
    else:
        tally.note(ended.rpartition(": ")[0] or ended, number, make(suffix, seed, number))


def _lines(reading: int) -> Iterator[str]:
    with os.fdopen(reading, encoding="utf-8") as file:
        yield from file.read().splitlines()


def fuzz(suffix: str, seed: int, runs: int, until: float) -> Tally:
    """Damage and read `runs` files of a format, or as many as there is time for."""
    tally, done = Tally(), 0
    while done < runs and time.monotonic() < until:
        done += run_batch(tally, suffix, seed, range(done, min(done + BATCH, runs)))
    return tally


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Fuzz the readers that were asked for and print what came of it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("suffixes", nargs="*", default=list(SEEDS), metavar="SUFFIX")
    asked.add_argument("--runs", type=int, default=int(os.environ.get("QUALCASE_CASES", "1000")))
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--minutes", type=float, default=600.0, help="stop beginning batches after so many")
    asked.add_argument("--findings", type=Path, help="write what was found to this file, as JSON")
    given = asked.parse_args()
    until = time.monotonic() + given.minutes * 60
    found = {}
    for suffix in given.suffixes:
        tally = fuzz(suffix, given.seed, given.runs, until)
        tell(
            f"{suffix:6} {tally.runs:>8,} runs {tally.read:>8,} read {tally.refused:>8,} refused "
            f"{len(tally.findings):>3} findings {tally.seconds:>7.1f} s CPU"
        )
        for where, what in tally.findings.items():
            tell(f"       {what['times']} × {where} (number {what['number']})")
            shown = {**what, "data": base64.b64encode(what["data"]).decode()}
            found.setdefault(suffix, {})[where] = shown
    if given.findings:
        given.findings.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
