"""What is asked of many sources is asked of all at once: it takes the time of one list, not of its square."""

from __future__ import annotations

import pytest

from qualcase.project import create_project
from qualcase.project import sources as desk

NUMBER = 12


@pytest.fixture
def many(tmp_path):
    """A project with a dozen sources, each coded once."""
    with create_project(tmp_path / "study.qualcase", ("four-process",), coder="Anna") as project:
        folder = tmp_path / "notes"
        folder.mkdir()
        for number in range(NUMBER):
            (folder / f"note{number}.txt").write_text(f"Berit: Note {number}. We met twice.\n", "utf-8")
        project.sources.import_paths([folder])
        yield project


@pytest.fixture
def listed(monkeypatch):
    """How often all sources are read."""
    plain, times = desk.list_sources, []
    monkeypatch.setattr(desk, "list_sources", lambda connection: times.append(1) or plain(connection))
    return times


def give_attributes(project, folder):
    rows = [f"{source.name},{place}" for place, source in enumerate(project.sources.list())]
    (folder / "about.csv").write_text("\n".join(("source,size", *rows)), encoding="utf-8")
    assert project.attributes.import_file(folder / "about.csv", "source").values == NUMBER


def code_all_hits(project, _):
    assert len(project.search.code("twice", "KM.TRUST")) == NUMBER


def keep_a_set(project, _):
    names = [source.handle for source in project.sources.list()]
    assert len(project.sets.add("all", "sources", names).uids) == NUMBER


@pytest.mark.parametrize("ask", [give_attributes, code_all_hits, keep_a_set])
def test_all_sources_are_read_once_however_many_are_named(many, listed, tmp_path, ask):
    ask(many, tmp_path)
    assert len(listed) <= 3


def test_all_texts_are_read_without_reading_what_is_known_of_sources(many, listed):
    texts = {source.handle: many.sources.text(source) for source in many.sources.list()}
    listed.clear()
    assert many.sources.texts(texts) == texts
    assert not listed
