"""How soon a command answers: each beside bare Python, in turns, on a small project.

`python benchmarks/start.py [TIMES]`. A command that touches no text is to answer within 0.4 s on a machine
with nothing else to do, and `--help` within 0.25 s more than bare Python. CPU seconds are told beside those
on the wall, since other work weighs less on them. Modules are read as an installer leaves them, compiled:
all calls share a folder of bytecode, which the first of each fills.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

BAR, BAR_HELP = 0.4, 0.25
TEXT = (
    "Interviewer: How was it?\n\nBerit: We met, and then trust came.\n\nInterviewer: Why?\n\nBerit: It did.\n"
)
COMMANDS = ("--help", "sources", "codings", "log")


def main(times: int = 20) -> None:
    """Print one line a command: seconds of CPU and on the wall, and both as ratios to bare Python."""
    with tempfile.TemporaryDirectory(prefix="qualcase-bench-") as name:
        folder = Path(name)
        make_project(folder)
        calls = {"bare Python": ["-c", "0"], **{word: ["-m", "qualcase", word] for word in COMMANDS}}
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
        chance = random.Random(1)
        for run in range(times + 1):
            for call in chance.sample(list(calls), len(calls)):
                spent = timed(folder, calls[call])
                if run:  # the first of each warms the disk's memory and compiles
                    taken[call].append(spent)
    bare = middles(taken["bare Python"])
    for call, times_taken in taken.items():
        cpu, wall = middles(times_taken)
        ratios = f"{cpu / bare[0]:5.1f} and {wall / bare[1]:5.1f} times bare Python"
        told = f"{call:<12} {cpu:6.3f} s CPU  {wall:6.3f} s on the wall  {ratios}"
        print(f"{told}  {verdict(call, wall, bare[1])}")


def make_project(folder: Path) -> None:
    """Make a project of three short interviews with one coding."""
    for number in range(3):
        (folder / f"interview-{number}.txt").write_text(f"{number}\n\n{TEXT}", encoding="utf-8")
    for words in (
        "new small.qualcase --codebook four-process",
        "import interview-0.txt interview-1.txt interview-2.txt --kind interview",
        "code S1 KM.TRUST --span 30:50",
    ):
        timed(folder, ["-m", "qualcase", *words.split()])


def timed(folder: Path, arguments: list[str]) -> tuple[float, float]:
    """Return the seconds of CPU and on the wall that one call of Python takes, and end where it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        env=compiled(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    if status:
        sys.exit(f"{' '.join(arguments)}: {process.stderr.read().decode() if process.stderr else ''}")
    process.returncode = 0
    return used.ru_utime + used.ru_stime, wall


def compiled(folder: Path) -> dict[str, str]:
    """Return an environment in which Python keeps what it has compiled, in a folder of ours."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def middles(taken: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the medians of CPU and wall time."""
    return median(cpu for cpu, _ in taken), median(wall for _, wall in taken)


def verdict(call: str, wall: float, bare: float) -> str:
    """Say whether a call kept to its bar."""
    if call == "bare Python":
        return ""
    if call == "--help":
        return f"bar {BAR_HELP} s more: {'met' if wall - bare <= BAR_HELP else 'MISSED'}"
    return f"bar {BAR} s: {'met' if wall <= BAR else 'MISSED'}"


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
