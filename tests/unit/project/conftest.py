"""A small project to work on."""

from __future__ import annotations

import pytest

from qualcase.project import create_project

INTERVIEW = """Interviewer: How did it begin?

Berit: We met twice. Nobody trusted anybody.

Interviewer: And then?

Berit: Then we built trust, slowly. The workshop helped.
"""


@pytest.fixture
def project(tmp_path):
    """A project with one interview in it, opened by Anna."""
    with create_project(tmp_path / "study.qualcase", ("four-process",), coder="Anna") as project:
        file = tmp_path / "berit.txt"
        file.write_text(INTERVIEW, encoding="utf-8")
        project.sources.import_paths([file])
        yield project


@pytest.fixture
def source(project):
    """Its one source."""
    return project.sources.find("S1")
