"""How long a person at a terminal waits: the real program behind a pseudo-terminal, from spawn and key.

Run from the clone: python benchmarks/terminal.py [WORDS …] [--times N] [--starts N]. A key goes in when
nothing has been written for a while, and its first and last byte are timed until nothing is written again.
What is first painted is the source's own text, not the terminal's set-up. Each line ends with its bar, met
or missed.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qualcase.project import create_project  # noqa: E402 -- found by the line above

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualcase.model.source import Turn

SIZES = (3_000, 30_000, 300_000)
COLUMNS, ROWS = 160, 48
QUIET, PATIENCE = 0.12, 120.0
# In seconds: a key's last byte, the first paint of the longest source, and what may come on top of the bare.
LAST_BYTE, FIRST_PAINT, OVER_TEXTUAL, OVER_PYTHON = 0.050, 1.0, 0.6, 0.25
LONGEST = 300_000
CODES = ("KM.TRUST", "NS.THREAT", "IA")
SENTENCE = "We work in networks although it takes a great deal of patience from all of us here. "
# A word of each source that stands nowhere else on the screen.
LONG, SHORT, EMPTY = "Marguerite", "Bartholomew", "emptiness"
FRAME = "quit"  # the last word of the line of keys
EMPTY_APP = f"""
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("{EMPTY}")

Empty().run()
"""
# What is timed: its key, and the keys pressed first so that there is something to do.
KEYS = {
    "sentence": ("s", ""),
    "extend": ("W", ""),
    "apply code": (".", "l"),
    "undo": ("u", "l."),
}


@dataclass
class Terminal:
    """A program behind a pseudo-terminal: keys go in, bytes come out at a time."""

    words: Sequence[str]
    folder: Path
    pid: int = 0
    device: int = 0
    began: float = 0.0
    seen: bytearray = field(default_factory=bytearray)

    def __enter__(self) -> Self:
        """Start the program."""
        self.began = time.perf_counter()
        self.pid, self.device = pty.fork()
        if self.pid == 0:
            _become(self.words, self.folder)
        fcntl.ioctl(self.device, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        return self

    def __exit__(self, *_: object) -> None:
        """End it by its own key; what does not end is killed."""
        self.type("q")
        try:
            self.read_until(lambda: False, 5.0)
        except EOFError:
            pass
        else:
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.device)

    def type(self, keys: str) -> None:
        """Send keys as a terminal does."""
        os.write(self.device, keys.encode())

    def read(self, wait: float) -> bool:
        """Take in what comes within so many seconds; False where nothing came. Raises EOFError at the end."""
        if not select.select([self.device], [], [], max(0.0, wait))[0]:
            return False
        try:
            got = os.read(self.device, 65536)
        except OSError:
            got = b""
        if not got:
            raise EOFError(self.seen[-2000:].decode("utf-8", "replace"))
        self.seen += got
        return True

    def read_until(self, done: Callable[[], bool], patience: float = PATIENCE) -> float:
        """Read until that is so, and return the moment; the end of patience where it never is."""
        end = time.perf_counter() + patience
        while not done() and (left := end - time.perf_counter()) > 0:
            self.read(left)
        return time.perf_counter()

    def wait_for(self, word: str) -> float:
        """Read until a word is painted, and return the moment."""
        self.read_until(lambda: word.encode() in self.seen)
        if word.encode() not in self.seen:
            sys.exit(f"“{word}” was never painted:\n{self.seen[-2000:].decode('utf-8', 'replace')}")
        return time.perf_counter()

    def settle(self) -> float:
        """Wait until nothing is painted nor computed any more; return the moment of the last byte."""
        last, end = time.perf_counter(), time.perf_counter() + PATIENCE
        while time.perf_counter() < end:
            worked = seconds_of(self.pid)
            if self.read(QUIET):
                last = time.perf_counter()
            elif seconds_of(self.pid) - worked < QUIET / 4:
                break
        self.seen.clear()
        return last

    def press(self, key: str) -> tuple[float, float, int]:
        """Send one key when all is quiet; return the seconds to its first and last byte, and their number."""
        self.settle()
        began = time.perf_counter()
        self.type(key)
        self.read(2.0)
        first = last = time.perf_counter()
        while self.read(QUIET):
            last = time.perf_counter()
        return first - began, last - began, len(self.seen)


@dataclass(frozen=True)
class Spread:
    """A place in a source: so many spans of different lengths, all over it."""

    count: int

    def spans(self, text: str, _: Sequence[Turn]) -> tuple[tuple[int, int], ...]:
        """Return the spans `[start, end)`, no two alike."""
        starts = (number * len(text) // self.count for number in range(self.count))
        return tuple((start, min(len(text), start + 40 + 7 * (start % 60))) for start in starts)


def main() -> None:
    """Print the start of things, then each size of source."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument(
        "words", nargs="*", type=int, help="of the sources; 3,000, 30,000 and 300,000 if none is named"
    )
    given.add_argument("--times", type=int, default=25, help="each key is pressed so often")
    given.add_argument("--starts", type=int, default=5, help="each program is started so often")
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory(prefix="qualcase-bench-") as name:
        folder = Path(name)
        sizes = chosen.words or SIZES
        projects = {words: make_project(folder / f"{words}.qualcase", words) for words in sizes}
        measure_starts(folder, projects[min(sizes)], chosen.starts)
        for words, project in projects.items():
            measure_source(folder, project, words, chosen.times, chosen.starts)


def make_project(path: Path, words: int) -> Path:
    """Make a project of a long source with words/10 coded spans, and a short one."""
    turn = f"Interviewer: And then?\nMs Holm: {SENTENCE * 4}\n"
    long = path.with_suffix(".txt")
    opening = f"Interviewer: How did it begin?\nMs Holm: With {LONG}, at a fair.\n"
    long.write_text(opening + turn * max(1, round(words / len(turn.split()))), encoding="utf-8")
    short = path.with_suffix(".md")
    short.write_text(f"We waited for an hour.\n\nNobody but {SHORT} came.\n", encoding="utf-8")
    with create_project(path, ("four-process",), coder="Anna") as project:
        [source] = project.sources.import_paths([long]).imported
        project.sources.import_paths([short])
        for code in CODES:
            project.codings.add(source, code, Spread(source.words // 10 // len(CODES)))
    return path


def measure_starts(folder: Path, project: Path, times: int) -> None:
    """Time the command line beside bare Python, and the interface beside an empty Textual application."""
    bare, helped, empty, frame, text = [], [], [], [], []
    for _ in range(times + 1):
        bare.append(run_time(folder, "-c", "pass"))
        helped.append(run_time(folder, "-m", "qualcase", "--help"))
        empty.append(paint_time(folder, ("-c", EMPTY_APP), EMPTY))
        frame.append(paint_time(folder, interface(project), FRAME))
        text.append(paint_time(folder, interface(project), LONG))
    for taken in (bare, helped, empty, frame, text):
        del taken[0]  # the first of each compiles modules, as an installer does
    print(f"start, median of {times}; CPU in brackets")
    print(
        f"  bare Python {shown(bare)}   qualcase --help {shown(helped)}   {over(helped, bare, OVER_PYTHON)}"
    )
    print(f"  empty Textual {shown(empty)}   first paint {shown(frame)}   {over(frame, empty, OVER_TEXTUAL)}")
    print(f"  {'':<29} with its text {shown(text)}   {over(text, empty, OVER_TEXTUAL)}", flush=True)


def measure_source(folder: Path, project: Path, words: int, times: int, starts: int) -> None:
    """Time the first paint of a source, and then each key in it."""
    painted = [paint_time(folder, interface(project), LONG) for _ in range(starts)]
    with Terminal(interface(project), folder) as terminal:
        terminal.wait_for(LONG)
        settled = terminal.settle() - terminal.began
        opened = statistics.median(reopen(terminal) for _ in range(3))
        bar = f"   {judge(opened, FIRST_PAINT)}" if words >= LONGEST else ""
        print(f"{words:,} words, {words // 10:,} coded spans; settled {settled:.2f} s after its spawn")
        back = f"{opened * 1000:.0f} ms{bar}"
        print(f"  spawn → its text {shown(painted)}   from another source → its text {back}")
        for keys in ("l", "c", "trust", "\r", "l"):
            terminal.type(keys)
            terminal.settle()
        for name, (key, before) in KEYS.items():
            print_key(name, [press_after(terminal, key, before) for _ in range(times)])


def reopen(terminal: Terminal) -> float:
    """Go to the short source and come back; return the seconds that coming back takes."""
    terminal.type("n")
    terminal.wait_for(SHORT)
    terminal.settle()
    began = time.perf_counter()
    terminal.type("p")
    taken = terminal.wait_for(LONG) - began
    terminal.settle()
    return taken


def press_after(terminal: Terminal, key: str, before: str) -> tuple[float, float, int]:
    for earlier in before:
        terminal.press(earlier)
    return terminal.press(key)


def print_key(name: str, taken: list[tuple[float, float, int]]) -> None:
    first, last = (sorted(one[place] for one in taken) for place in (0, 1))
    size = statistics.median(one[2] for one in taken)
    print(
        f"  {name:<11} first byte p50 {at(first, 0.5):5.1f} p95 {at(first, 0.95):5.1f} ms   last byte "
        f"p50 {at(last, 0.5):5.1f} p95 {at(last, 0.95):5.1f} ms   {size:6,.0f} bytes   "
        f"{judge(at(last, 0.95) / 1000, LAST_BYTE)}",
        flush=True,
    )


def at(ordered: list[float], part: float) -> float:
    """Return a quantile of ordered seconds, in milliseconds."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] * 1000


def interface(project: Path) -> tuple[str, ...]:
    """Return the words after Python's that open a project in the interface."""
    return ("-m", "qualcase", "-p", str(project), "--coder", "Anna", "tui")


def paint_time(folder: Path, words: Sequence[str], word: str) -> tuple[float, float]:
    """Start a program behind a terminal; return the wall and CPU seconds until a word is painted."""
    (folder / "state.json").unlink(missing_ok=True)
    with Terminal(words, folder) as terminal:
        painted = terminal.wait_for(word) - terminal.began
        worked = seconds_of(terminal.pid)
        terminal.settle()
        if word == EMPTY:
            terminal.type("\x11")  # Textual's own key to leave
    return painted, worked


def run_time(folder: Path, *words: str) -> tuple[float, float]:
    """Return the wall and CPU seconds that a program takes without a terminal."""
    before, began = os.times(), time.perf_counter()
    subprocess.run([sys.executable, *words], env=surroundings(folder), stdout=subprocess.DEVNULL, check=True)
    taken, after = time.perf_counter() - began, os.times()
    return taken, after.children_user + after.children_system - before.children_user - before.children_system


def seconds_of(pid: int) -> float:
    """Return the CPU seconds that a process has used; 0 where the system has no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def shown(taken: list[tuple[float, float]]) -> str:
    """Return the medians of wall and CPU time as read."""
    wall, cpu = (statistics.median(one[place] for one in taken) for place in (0, 1))
    return f"{wall:.2f} s ({cpu:.2f})"


def over(ours: list[tuple[float, float]], bare: list[tuple[float, float]], bar: float) -> str:
    """Return how much more one takes than the other beside it, run by run, and whether it may."""
    more = statistics.median(one[0] - other[0] for one, other in zip(ours, bare, strict=True))
    return f"{more:+.2f} s {judge(more, bar)}"


def judge(taken: float, bar: float) -> str:
    """Return the bar, and whether it was met."""
    least = f"{bar * 1000:.0f} ms" if bar < OVER_PYTHON else f"{bar:g} s"
    return f"(bar {least}: {'met' if taken <= bar else 'MISSED'})"


def surroundings(folder: Path) -> dict[str, str]:
    """Return the environment: a memory of its own, common colours, and modules kept compiled."""
    left_out = ("NO_COLOR", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if name not in left_out} | {
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "QUALCASE_STATE": str(folder / "state.json"),
        "QUALCASE_KEYS": str(folder / "keys.toml"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "COLUMNS": str(COLUMNS),
        "LINES": str(ROWS),
    }


def _become(words: Sequence[str], folder: Path) -> None:
    os.execve(sys.executable, [sys.executable, *words], surroundings(folder))  # noqa: S606 -- our own interpreter


if __name__ == "__main__":
    main()
