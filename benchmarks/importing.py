"""Measure an import: each format beside Taguette's own converter, memory over the run, one very long file.

The documents are invented and the same on every machine. Only ratios within one run mean anything. Taguette
converts a document and no more; qualcase reads it, finds turns, sentences and words, and stores all of it
with the file itself. Word, PDF and plain text go through Calibre in Taguette, a process for each document;
where that program is missing, they are not compared, and the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.documents import FORMATS, make_interview

ROOT = Path(__file__).resolve().parent.parent
SEED = 20261122
LONG_WORDS = 127_771
LONG_FILE = ROOT.parent / "shared/data/corpora/real/txt/fwp_alabama_1_LONG.txt"
# What Taguette converts by itself; for the rest it runs a program for each document.
ITS_OWN = ("html",)
MARKS = (0.25, 0.5, 1.0)
Figures = dict[str, Any]


def main() -> None:
    """Print a table of formats, one of memory, and what one long file takes."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--documents", type=int, default=200, help="how many in each format")
    words.add_argument("--words", type=int, default=8000, help="how many in each document")
    words.add_argument("--converted", type=int, default=5, help="how many Taguette converts by Calibre")
    words.add_argument("--taguette", type=Path, help="the Python that Taguette is installed for")
    words.add_argument("--measure", nargs=2, metavar=("FOLDER", "PROJECT"), help=argparse.SUPPRESS)
    chosen = words.parse_args()
    if chosen.measure:
        print(json.dumps(measure_import(*map(Path, chosen.measure))))
        return
    with tempfile.TemporaryDirectory(prefix="qualcase-bench-") as name:
        folder = Path(name)
        make_documents(folder, chosen.documents, chosen.words)
        print(f"import of {chosen.documents} documents of {chosen.words:,} words in each format\n")
        print_formats(folder, chosen)
        print_long(folder / "long")


def make_documents(folder: Path, count: int, words: int) -> None:
    """Write so many interviews in every format."""
    for kind in FORMATS:
        (folder / kind).mkdir()
    for number in range(1, count + 1):
        turns = make_interview(random.Random(SEED + number), words)
        for kind, make in FORMATS.items():
            (folder / kind / f"interview-{number:04}.{kind}").write_bytes(make(turns))


def print_formats(folder: Path, chosen: argparse.Namespace) -> None:
    """Print for each format what a document takes here and there, and then the memory at three moments."""
    print("format   qualcase: ms wall, processor   Taguette: ms wall, processor   ratio wall, processor")
    memory = []
    for kind in FORMATS:
        files = sorted((folder / kind).iterdir())
        ours = import_apart(folder / kind, folder / f"{kind}.qualcase")
        count = len(files) if kind in ITS_OWN else min(chosen.converted, len(files))
        theirs = convert(chosen.taguette, files[:count])
        print(format_line(kind, ours, len(files), theirs, count), flush=True)
        memory.append((kind, ours["memory"]))
    print("\npeak memory in MB when a share of the files was read: qualcase + the process that reads for it")
    for kind, marks in memory:
        shown = (f"{share:4.0%}: {own:4.0f} + {reader:3.0f}" for share, own, reader in marks)
        print(f"{kind:<7}  {'   '.join(shown)}")


def format_line(kind: str, ours: Figures, count: int, theirs: Figures, converted: int) -> str:
    """Return one line: a document's milliseconds, and ratios of qualcase to Taguette (below 1 is faster)."""
    own = [1000 * ours[clock] / count for clock in ("wall", "processor")]
    line = f"{kind:<7}  {own[0]:12.0f} {own[1]:12.0f}"
    if "fault" in theirs:
        return f"{line}      not compared: {theirs['fault']}"
    other = [1000 * theirs[clock] / converted for clock in ("wall", "processor")]
    ratios = [mine / its for mine, its in zip(own, other, strict=True)]
    return f"{line} {other[0]:14.0f} {other[1]:12.0f} {ratios[0]:14.2f} {ratios[1]:8.2f}   of {converted}"


def import_apart(folder: Path, project: Path) -> Figures:
    """Import a folder in a process of its own, so that its memory is its own."""
    command = [sys.executable, __file__, "--measure", str(folder), str(project)]
    took: Figures = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return took


def measure_import(folder: Path, file: Path) -> Figures:
    """Import a folder into a new project; memory is the peak so far, in MB, here and in the reader."""
    from qualcase.project import create_project  # noqa: PLC0415 - only here is qualcase needed

    memory: list[tuple[float, float, float]] = []
    readers = [0.0]

    def note(done: int, total: int, name: str) -> None:
        del name
        readers[0] = max(readers[0], reader_peak())
        if len(memory) < len(MARKS) and done >= MARKS[len(memory)] * total:
            memory.append((MARKS[len(memory)], peak(), readers[0]))

    with create_project(file, ("four-process",), coder="Anna") as project:
        wall, processor = time.perf_counter(), spent()
        report = project.sources.import_paths([folder], progress=note)
        took = {"wall": time.perf_counter() - wall, "processor": spent() - processor}
    if report.refused:
        sys.exit(f"refused: {report.refused[0].path}: {report.refused[0].reason}")
    return took | {"memory": [*memory[:-1], (1.0, peak(), readers[0])] if memory else []}


def convert(python: Path | None, files: list[Path]) -> Figures:
    """Convert files by Taguette; a fault says why that cannot be."""
    if python is None or not python.exists():
        return {"fault": "Taguette is not installed; `make bench` installs it"}
    script = Path(__file__).with_name("taguette_converter.py")
    ran = subprocess.run([python, script, *files], capture_output=True, check=False, text=True)
    if ran.returncode:
        return {"fault": ran.stderr.strip().splitlines()[-1]}
    took: Figures = json.loads(ran.stdout)
    return took


def print_long(folder: Path) -> None:
    """Print what one file of 127,771 words takes: the real one as text, an invented one in each format."""
    folder.mkdir()
    turns = make_interview(random.Random(SEED), LONG_WORDS)
    print(f"\none file of {LONG_WORDS:,} words, seconds: wall, processor")
    if LONG_FILE.exists():
        (folder / "real").mkdir()
        (folder / "real" / LONG_FILE.name).write_bytes(LONG_FILE.read_bytes())
    for kind, make in FORMATS.items():
        (folder / kind).mkdir()
        (folder / kind / f"long.{kind}").write_bytes(make(turns))
    for one in sorted(folder.iterdir()):
        took = import_apart(one, folder.with_name(f"{one.name}-long.qualcase"))
        print(f"{one.name:<7}  {took['wall']:6.2f} {took['processor']:6.2f}", flush=True)


def peak() -> float:
    """Return the largest size that this process has had in memory, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def reader_peak() -> float:
    """Return the same of the process that reads now; 0 where there is none or the system does not tell."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            facts = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(facts.get("PPid", 0)) == os.getpid():
            return int(facts.get("VmHWM", "0 kB").split()[0]) / 1024
    return 0.0


def spent() -> float:
    """Return the processor time of this process and of those that it ran and that ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main()
