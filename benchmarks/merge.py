"""Time the merge of two copies with 50,000 new codings each, besides edits, renames and deletions in both.

Run as `python benchmarks/merge.py [CODINGS]`. Every coding is an act of its own, as at the keyboard.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.coding.acts.code import code_passages
from qualcase.project import create_project, open_project
from qualcase.storage import sqlite
from qualcase.storage.merging import merge
from qualcase.storage.reading.codes import code_uids

if TYPE_CHECKING:
    from qualcase.project import Project

NEW, BASE, SOURCES, EDITS = 50_000, 10_000, 20, 1_000
WORDS = ("we", "the", "network", "trust", "knowledge", "project", "idea", "goal")


def main() -> None:
    new = int(sys.argv[1]) if len(sys.argv) > 1 else NEW
    sqlite.SYNCHRONOUS = "OFF"  # only while the copies are made
    with tempfile.TemporaryDirectory(prefix="qualcase-bench-") as name:
        folder = Path(name)
        begin(folder, BASE)
        shutil.copy(folder / "anna.qualcase", folder / "bo.qualcase")
        for number, coder in enumerate(("Anna", "Bo")):
            work(folder / f"{coder.lower()}.qualcase", coder, new, random.Random(number))
        shutil.copy(folder / "bo.qualcase", folder / "bo-also.qualcase")
        sqlite.SYNCHRONOUS = "FULL"
        first = timed(folder / "anna.qualcase", folder / "bo.qualcase", "Anna", "merge")
        timed(folder / "anna.qualcase", folder / "bo.qualcase", "Anna", "the second time")
        other = timed(folder / "bo-also.qualcase", folder / "anna.qualcase", "Bo", "the other way")
        print("both ways the same state:", first == other)


def begin(folder: Path, codings: int) -> None:
    """Make the project that both copies come from."""
    chance = random.Random(2010)
    for number in range(SOURCES):
        text = " ".join(chance.choices(WORDS, k=5000))
        (folder / f"note-{number}.txt").write_text(text, encoding="utf-8")
    with create_project(folder / "anna.qualcase", coder="Anna") as project:
        project.sources.import_paths([folder])
        add_codings(project, codings, chance)


def work(path: Path, coder: str, codings: int, chance: random.Random) -> None:
    """Do what a coder does in a copy: new codings, and edits and deletions of what was there."""
    with open_project(path, coder=coder) as project:
        old = [coding.uid for coding in project.codings.list()]
        project.codebook.rename(chance.choice(("KM.TRUST", "NS")), f"Named by {coder}")
        for uid in chance.sample(old, EDITS):
            project.codings.describe(uid, memo=f"{coder} wonders")
        gone = {coding.uid for coding in project.codings.list()}
        for uid in chance.sample(sorted(gone), EDITS):
            project.codings.remove(uid)
        add_codings(project, codings, chance)


def add_codings(project: Project, count: int, chance: random.Random) -> None:
    """Put codes on passages, each by an act of its own, in one transaction for speed."""
    with project.store.writing() as connection:
        codes = list(code_uids(connection).items())
        sources = [(one, project.sources.text_uid(one)) for one in project.sources.list()]
        coder = project.codings.coder_uid()
        for _ in range(count):
            (source, text), (code_id, code) = chance.choice(sources), chance.choice(codes)
            start = chance.randrange(source.characters - 200)
            operation = code_passages(
                source=source.uid,
                handle=source.handle,
                text=text,
                code=code,
                code_id=code_id,
                coder=coder,
                spans=[(start, start + chance.randint(5, 200))],
                codebook_version=1,
            )
            project.store.write(connection, operation, coder=project.coder)


def timed(path: Path, other: Path, coder: str, what: str) -> str:
    """Merge one file into another, print how long that took, and return the state digest."""
    with open_project(path, coder=coder) as project:
        began = time.perf_counter()
        cpu = time.process_time()
        merged = merge(project.store, other, coder=coder)
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
        groups = (("+", merged.added), ("~", merged.changed), ("-", merged.removed))
        counts = " ".join(f"{sign}{sum(group.values()):,}" for sign, group in groups)
        print(
            f"{what:<18} {wall:6.2f} s ({cpu:.2f} s CPU)  {counts}  {len(merged.conflicts)} conflicts",
            flush=True,
        )
        return project.store.digest()


if __name__ == "__main__":
    main()
