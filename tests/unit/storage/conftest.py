"""A small project as a file, and a way to run coders in processes of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from qualcase.project import create_project
from qualcase.storage import sqlite

TEXT = "Interviewer: How did it begin?\n\nBerit: " + "Then we built trust, slowly. " * 200 + "\n"


@pytest.fixture
def path(tmp_path):
    """A project file with one source in it, closed."""
    (tmp_path / "berit.txt").write_text(TEXT, encoding="utf-8")
    with create_project(tmp_path / "study.qualcase", coder="Anna") as project:
        project.sources.import_paths([tmp_path / "berit.txt"])
    return tmp_path / "study.qualcase"


@pytest.fixture
def copies(origin, tmp_path, monkeypatch):
    """Anna's copy and Bo's of what a file of tests begins with, its `origin`."""
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    return tuple(shutil.copy(origin, tmp_path / f"{name}.qualcase") for name in ("anna", "bo"))


@pytest.fixture
def run(repo):
    """Start Python code in a process of its own; its words are in `sys.argv`."""

    def start(code, *words):
        command = [sys.executable, "-c", code, *map(str, words)]
        return subprocess.Popen(
            command,
            cwd=repo,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start
