"""A new display, reader or act is one new file: nothing that exists has to change for it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

DISPLAY = '''
"""How many sources there are, and nothing else."""

from __future__ import annotations

from qualcase.analysis.registry import DisplaySpec
from qualcase.model.display import Cell, Column, Display, Manifest, Row


def build(data):
    """Count the sources."""
    count = len(data.sources)
    manifest = Manifest("all coders", "1", (), count, "0")
    row = Row("sources", "Sources", (Cell(count, str(count), tuple(source.id for source in data.sources)),))
    return Display("dummy", "A dummy", manifest, (Column("n", "n", numeric=True),), (row,))


DISPLAY = DisplaySpec("dummy", "A dummy", "How many sources are there?", build)
'''

READER = '''
"""Files that are written back to front."""

from __future__ import annotations

from qualcase.model.source import DocumentText
from qualcase.readers.reader import Reader


def read(file):
    """Turn the text round."""
    return DocumentText(file.data.decode("utf-8")[::-1], "back", "utf-8")


READER = Reader((".back",), read)
'''

ACT = '''
"""Beginning a case whose name is shouted."""

from __future__ import annotations

from qualcase.coding.operations import Act
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation


def shout(*, name):
    """Return the operation that makes the case."""
    change = Change("study_case", new_uid(), None, {"name": name.upper()})
    return Operation("shout", f"Shouted {name}", (change,))


ACT = Act("shout", "Begin a case whose name is shouted", shout)
'''

PERFORM = """
import qualcase

with qualcase.create("study.qualcase", coder="Anna") as project:
    before = project.cases.list()
    project.perform("shout", name="north")
    print(len(project.cases.list()) - len(before))
    print(*(operation.kind for operation in project.journal.undo()))
    print(project.cases.list() == before)
    print(project.journal.verify().verified)
"""


@dataclass(frozen=True, slots=True)
class House:
    """A copy of the package that a test may build on to."""

    root: Path

    def add(self, path, text):
        """Add a file that is not there yet."""
        target = self.root / path
        assert not target.exists()
        target.write_text(text.lstrip(), encoding="utf-8")

    def files(self):
        """Return the digest of every file of Python below the root."""
        paths = sorted((self.root / "qualcase").rglob("*.py"))
        return {
            path.relative_to(self.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in paths
        }

    def run(self, *words):
        """Run a fresh Python that knows only this copy, and return what it prints."""
        environment = {**os.environ, "PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, *words]
        ran = subprocess.run(
            command,
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def qualcase(self, *words):
        """Run a command of this copy."""
        return self.run("-m", "qualcase", "--coder", "Anna", *words)


@pytest.fixture
def house(repo, tmp_path):
    for folder in ("qualcase", "codebooks"):
        shutil.copytree(repo / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return House(tmp_path)


def test_the_copy_is_what_runs(house):
    assert house.run("-c", "import qualcase; print(qualcase.__file__)").startswith(str(house.root))


def grew_by_one_file(house, before, path):
    after = house.files()
    return after.keys() - before.keys() == {path} and before.items() <= after.items()


def test_a_display_is_one_new_file(house):
    before = house.files()
    house.add("qualcase/analysis/dummy.py", DISPLAY)
    house.qualcase("new", "study.qualcase")
    assert json.loads(house.qualcase("table", "dummy", "--json"))["display"] == "dummy"
    assert "A dummy" in house.qualcase("table", "dummy", "--format", "html")
    assert "A dummy" in house.qualcase("table", "dummy", "--format", "md")
    assert grew_by_one_file(house, before, "qualcase/analysis/dummy.py")


def test_a_reader_is_one_new_file(house):
    before = house.files()
    house.add("qualcase/readers/dummy.py", READER)
    (house.root / "note.back").write_text(".tsurt yb nageb ti", encoding="utf-8")
    house.qualcase("new", "study.qualcase")
    (source,) = json.loads(house.qualcase("import", "note.back", "--json"))["imported"]
    assert source["format"] == "back"
    assert json.loads(house.qualcase("show", source["source"], "--json"))["text"] == "it began by trust."
    assert grew_by_one_file(house, before, "qualcase/readers/dummy.py")


def test_an_act_is_one_new_file(house):
    before = house.files()
    house.add("qualcase/coding/acts/dummy.py", ACT)
    assert house.run("-c", PERFORM).split() == ["1", "shout", "True", "True"]
    assert grew_by_one_file(house, before, "qualcase/coding/acts/dummy.py")
