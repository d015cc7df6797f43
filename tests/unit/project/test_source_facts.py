"""What is known of a source can be corrected, and the correction undone."""

from __future__ import annotations

import pytest

from qualcase.coding.places import SpanPlace
from qualcase.model.errors import QualcaseError, UsageError
from qualcase.project import create_project


@pytest.fixture
def project(tmp_path):
    (tmp_path / "2008-06-12 visit.txt").write_text("We met.\n", encoding="utf-8")
    with create_project(tmp_path / "study.qualcase", coder="Anna") as project:
        project.sources.import_paths([tmp_path / "2008-06-12 visit.txt"])
        yield project


def test_facts_are_corrected_as_one_act_that_can_be_undone(project):
    (before,) = project.sources.list()
    assert (before.date, before.date_basis) == ("2008-06-12", "file name")
    found = project.sources.describe(
        before, date="2009~", kind="field_note", informant=" Ola  Dahl ", title="A visit", minutes="45"
    )
    assert (found.date, found.earliest, found.latest) == ("2009~", "2009-01-01", "2009-12-31")
    assert found.date_basis == "coder"
    assert (found.kind, found.informant) == ("field_note", "Ola Dahl")
    assert (found.title, found.minutes) == ("A visit", 45)
    (newest,) = project.journal.log(limit=1)
    assert newest.summary == "Corrected S1: title, kind, date, informant, minutes"
    project.journal.undo()
    assert project.sources.list() == (before,)


def test_an_empty_text_says_that_it_is_not_known(project):
    (before,) = project.sources.list()
    found = project.sources.describe(before, date="", informant="", minutes="", title="")
    assert (found.date, found.earliest, found.date_basis, found.informant, found.minutes) == (None,) * 5
    assert found.title == "2008-06-12 visit.txt"


def test_what_is_so_already_is_no_act(project):
    (before,) = project.sources.list()
    operations = len(project.journal.log())
    assert project.sources.describe(before, kind=before.kind, date=before.date) == before
    assert len(project.journal.log()) == operations


@pytest.mark.parametrize(
    "facts",
    [
        {"kind": "rumour"},
        {"date": "last year"},
        {"minutes": "-1"},
        {"minutes": "long"},
        {"title": "x" * 500},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(project, facts):
    (before,) = project.sources.list()
    with pytest.raises(QualcaseError) as fault:
        project.sources.describe(before, **facts)
    assert isinstance(fault.value, UsageError) or "date" in facts
    assert project.sources.list() == (before,)


def test_how_much_a_coder_has_coded_is_told_by_source(project):
    assert project.sources.coverage("Anna") == {}
    (source,) = project.sources.list()
    project.codings.add(source, "KM.TRUST", SpanPlace(0, 4))
    project.codings.add(source, "NS.THREAT", SpanPlace(2, 7))
    told = project.sources.coverage("Anna")
    assert list(told) == [source.handle]
    assert told[source.handle].startswith("7 of 8")
    assert project.sources.coverage("Jonas") == {}
