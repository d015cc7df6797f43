"""The real command line in a process of its own, without a network, measured, with all it writes listed."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import qualcase

HERE = Path(__file__).resolve().parent
PROGRAM = Path(qualcase.__file__).resolve().parent.parent
NOTES = 256 * 1024
WALL = 120  # for machines on which much else runs; what counts is the processor's time
CPU, MEGABYTES = 10.0, 1024.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a run gave and took; `megabytes` is the most that any of its processes held."""

    code: int
    out: str
    err: str
    wall: float
    cpu: float
    megabytes: float
    sockets: tuple[str, ...]
    outside: tuple[str, ...]

    @property
    def errors(self) -> list[str]:
        """Return the lines that tell of a fault."""
        return [line for line in self.err.splitlines() if line.startswith("error: ")]


class Place:
    """A home, a folder for passing files and a folder to work in, all fresh, for one study."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work = root / "work"
        for folder in (self.work, root / "home", root / "tmp"):
            folder.mkdir(parents=True)

    @property
    def project(self) -> Path:
        """Return the project's file."""
        return self.work / "study.qualcase"

    def run(self, *words: str) -> Seen:
        """Run a command line in the folder of the study."""
        notes, report = self.root / "notes", self.root / "report"
        notes.write_bytes(bytes(NOTES))
        before = self._elsewhere()
        program = [*_without_network(), sys.executable, "-m", "qualcase", *words]
        done = subprocess.run(
            [sys.executable, "-ISs", str(HERE / "measure.py"), str(report), str(WALL), *program],
            cwd=self.work,
            env=self._surroundings(notes),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        measured = json.loads(report.read_text(encoding="utf-8"))
        noted = notes.read_bytes().rstrip(b"\0").decode().splitlines()
        return Seen(
            done.returncode,
            done.stdout.decode("utf-8"),
            done.stderr.decode("utf-8"),
            **measured,
            sockets=tuple(line for line in noted if line.startswith("socket.")),
            outside=(*self._strays(noted), *sorted(self._elsewhere() - before)),
        )

    def listing(self) -> dict[str, str]:
        """Return the files of the study's folder with what they hold, hashed."""
        return {
            str(path.relative_to(self.work)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.work.rglob("*"))
            if path.is_file()
        }

    def _surroundings(self, notes: Path) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QUALCASE")}
        return {
            **kept,
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.root / "tmp"),
            "PYTHONPATH": os.pathsep.join((str(HERE / "watch"), str(PROGRAM))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONSAFEPATH": "1",
            "QUALCASE_CODER": "Anna",
            "QUALCASE_WATCH": str(notes),
        }

    def _elsewhere(self) -> set[str]:
        """Return what lies at home, among passing files, and where the listed files want to write."""
        folders = (self.root / "home", self.root / "tmp")
        found = {str(path) for folder in folders for path in folder.rglob("*")}
        return found | {str(path) for path in Path("/tmp").glob("qualcase-PWNED*")}

    def _strays(self, noted: list[str]) -> list[str]:
        """Return the notes of files opened to write that lie elsewhere than the study."""
        allowed = (f"'{self.work}", "'/dev/null'", "'/dev/tty'", "'fd'")
        return [
            line
            for line in noted
            if line.startswith("write ") and not line.removeprefix("write ").startswith(allowed)
            and "/" in line
        ]  # fmt: skip


def copy_of(pattern: Place, root: Path) -> Place:
    """Return a fresh place with the same study."""
    place = Place(root)
    shutil.copytree(pattern.work, place.work, dirs_exist_ok=True)
    return place


@functools.cache
def _without_network() -> tuple[str, ...]:
    """Return how a program is run without a network, where this system lets anybody do it."""
    command = ("/usr/bin/unshare", "-rn")
    if not Path(command[0]).exists():
        return ()
    tried = subprocess.run([*command, "/bin/true"], capture_output=True, check=False)
    return command if tried.returncode == 0 else ()
