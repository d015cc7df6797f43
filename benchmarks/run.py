"""Time what a researcher waits for, each in a process of its own, on material made from a fixed seed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

SOURCES, TURNS, RUNS = 100, 80, 5
HERE = Path(__file__).resolve().parent
# What has a script of its own, at a size that takes a minute or two; README.md says how to run them in full.
PARTS = (
    ("retrieval.py", "100000", "2000000"),
    ("storage.py",),
    ("merge.py", "5000"),
    ("terminal.py", "3000", "--times", "10", "--starts", "3"),
)
WORDS = (
    "we",
    "the",
    "network",
    "firms",
    "trust",
    "shared",
    "knowledge",
    "project",
    "idea",
    "member",
    "goal",
    "year",
)

# What is asked, how often, and the command; {source} is the first one's handle, {turn} another each time.
QUESTIONS = (
    ("start", RUNS, "--version"),
    ("new project", 1, "new bench.qualcase --codebook four-process"),
    (f"import {SOURCES} interviews", 1, "import interviews --kind interview"),
    ("list the sources", RUNS, "sources"),
    ("code one turn", RUNS, "code {source} KM.TRUST --turn {turn}"),
    ("suggest for one source", RUNS, "suggest {source}"),
    ("table, code by source", RUNS, "table --rows code --columns source --cell count --of codings"),
    ("report in HTML", 1, "report --format html -o report"),
    ("verify the journal", RUNS, "log --verify"),
)


def main() -> None:
    """Print one line a question: the median of its runs, in seconds of wall time."""
    with tempfile.TemporaryDirectory(prefix="qualcase-bench-") as name:
        folder = Path(name)
        make_interviews(folder / "interviews")
        for what, runs, command in QUESTIONS:
            source = first_source(folder) if "{source}" in command else ""
            seconds = [timed(folder, command.format(source=source, turn=turn)) for turn in range(1, runs + 1)]
            print(f"{what:<24} {median(seconds):7.2f} s   median of {runs}", flush=True)


def make_interviews(folder: Path) -> None:
    """Write invented interviews, the same on every machine."""
    folder.mkdir()
    chance = random.Random(2010)
    for number in range(1, SOURCES + 1):
        turns = (
            f"{speaker}: {' '.join(chance.choices(WORDS, k=chance.randint(5, 60))).capitalize()}."
            for _ in range(TURNS // 2)
            for speaker in ("Interviewer", "Manager")
        )
        (folder / f"interview-{number:03}.txt").write_text("\n\n".join(turns) + "\n", encoding="utf-8")


def timed(folder: Path, command: str) -> float:
    """Return the seconds that a user waits for one command."""
    began = time.perf_counter()
    qualcase(folder, command)
    return time.perf_counter() - began


def first_source(folder: Path) -> str:
    """Return the handle of the project's first source."""
    return str(json.loads(qualcase(folder, "sources --json"))["sources"][0]["source"])


def qualcase(folder: Path, command: str) -> str:
    """Run one command as a user would, and return what it prints."""
    words = [sys.executable, "-m", "qualcase", *command.split()]
    ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode:
        sys.exit(f"qualcase {command}\n{ran.stderr}")
    return ran.stdout


if __name__ == "__main__":
    main()
    for script, *size in PARTS:
        print(f"\n{script} {' '.join(size)}", flush=True)
        subprocess.run([sys.executable, str(HERE / script), *size], check=True)
