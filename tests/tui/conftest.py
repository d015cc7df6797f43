"""What the tests of the terminal interface share: a project in memory, screens kept as text, a bench."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from bench import INTERVIEW, NOTES, open_bench
from fake_project import FakeProject, make_source

if TYPE_CHECKING:
    from bench import Bench


@pytest.fixture
def project() -> FakeProject:
    """Return three sources: an interview, field notes, and an empty one."""
    return FakeProject(
        [
            make_source(1, INTERVIEW),
            make_source(2, NOTES, name="notes.md"),
            make_source(3, "", name="empty.txt"),
        ]
    )


@pytest.fixture
def path(made, tmp_path) -> Path:
    """Return a copy of the project that a file of tests has made once, for one test to change."""
    copy = tmp_path / "study.qualcase"
    copy.write_bytes(made.read_bytes())
    return copy


@pytest.fixture
def golden():
    """Return what compares the screen shown with its file; QUALCASE_GOLDENS=write makes the file anew."""

    def compare(name: str, bench: Bench) -> None:
        shown = "\n".join(bench.lines()) + "\n"
        file = Path(__file__).parent / "goldens" / "screens" / f"{name}.txt"
        if os.environ.get("QUALCASE_GOLDENS") == "write":
            file.parent.mkdir(exist_ok=True)
            file.write_text(shown, encoding="utf-8")
        assert shown == file.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def bench_on():
    """Return what opens a bench on a project."""
    return open_bench
