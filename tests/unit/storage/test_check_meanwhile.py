"""A check of a project that is open finds nothing wrong with what others write to it meanwhile."""

from __future__ import annotations

import pytest

from qualcase.project import create_project, open_project
from qualcase.storage import sqlite

SENTENCES = ("We met twice. ", "Nobody trusted anybody. ", "Then we shared what we knew. ")


@pytest.fixture
def path(tmp_path):
    with create_project(tmp_path / "study.qualcase", ("four-process",), coder="Anna") as project:
        return project.path


def interview(folder, number):
    file = folder / f"interview-{number}.txt"
    file.write_text(f"Berit {number}: {SENTENCES[number % 3] * 400}{number}\n", encoding="utf-8")
    return file


def test_a_check_reads_the_index_of_words_as_others_have_left_it(path, tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "SYNCHRONOUS", "OFF")
    with open_project(path, coder="Anna") as mine, open_project(path, coder="Bo") as theirs:
        for number in range(20):
            theirs.sources.import_paths([interview(tmp_path, number)])
            assert mine.care.check().problems == ()
        theirs.journal.undo(20)
        theirs.care.index_anew()
        assert mine.care.check().problems == ()
        mine.sources.import_paths([interview(tmp_path, 21)])
        assert theirs.care.check().problems == ()
