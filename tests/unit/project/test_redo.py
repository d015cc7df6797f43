"""Doing again what was taken back, and taking back, when others have built on what stood meanwhile."""

from __future__ import annotations

import pytest

from qualcase.coding.errors import CannotUndoError
from qualcase.coding.places import SpanPlace
from qualcase.model.code import Code
from qualcase.project.importing import ImportOptions


def correct(project, was, now):
    source = project.sources.find("S1")
    text = project.sources.text(source)
    assert was in text
    return project.editing.replace_text(source, text.replace(was, now, 1))


def span(project, words):
    start = project.sources.text(project.sources.find("S1")).index(words)
    return SpanPlace(start, start + len(words))


def as_bo(project, act):
    project.coder = "Bo"
    try:
        return act()
    finally:
        project.coder = "Anna"


def refused(project, act, *told):
    """Whether an act is refused, by name and by what was done, with nothing changed."""
    before = project.store.digest(), project.journal.size()
    with pytest.raises(CannotUndoError) as caught:
        act()
    assert all(one in caught.value.message for one in told), caught.value.message
    assert (project.store.digest(), project.journal.size()) == before
    assert list(project.care.check().problems) == []


MARKS = {
    "Coded": lambda project, source: project.codings.add(source, "KM", span(project, "trust")),
    "memo": lambda project, source: project.memos.add("Why?", about="S1", place=span(project, "trust")),
    "event": lambda project, source: project.events.add("Met", source=source, quote="We met twice."),
}


@pytest.mark.parametrize("told", MARKS)
def test_a_correction_is_not_done_again_from_under_what_others_placed_meanwhile(project, source, told):
    correct(project, "Interviewer", "Somebody")
    project.journal.undo()
    as_bo(project, lambda: MARKS[told](project, source))
    refused(project, project.journal.redo, "Bo", told, "redone")
    as_bo(project, project.journal.undo)
    project.journal.redo()
    assert project.sources.text(project.sources.find("S1")).startswith("Somebody")


@pytest.mark.parametrize("told", MARKS)
def test_nothing_is_placed_again_in_a_text_that_was_corrected_meanwhile(project, source, told):
    MARKS[told](project, source)
    project.journal.undo()
    as_bo(project, lambda: correct(project, "Interviewer", "Somebody"))
    refused(project, project.journal.redo, "Bo", "Corrected S1")


def test_what_was_deleted_does_not_come_back_in_an_older_text(project, source):
    (coding,) = project.codings.add(source, "KM", span(project, "trust"))
    project.codings.remove(coding.uid)
    as_bo(project, lambda: correct(project, "Interviewer", "Somebody"))
    refused(project, project.journal.undo, "Bo", "Corrected S1", "undone")
    as_bo(project, project.journal.undo)
    project.journal.undo()
    assert [one.quote for one in project.codings.list()] == ["trust"]


def test_an_older_text_does_not_return_under_a_coding_that_an_undo_brought_back(project, source):
    (coding,) = as_bo(project, lambda: project.codings.add(source, "KM", span(project, "trust")))
    as_bo(project, lambda: project.codings.remove(coding.uid))
    correct(project, "Interviewer", "Somebody")
    project.journal.undo()
    as_bo(project, project.journal.undo)
    refused(project, project.journal.redo, "1 coding of Bo", "S1")


@pytest.mark.parametrize("act", ["merge", "retire", "split", "narrow"])
def test_codes_are_not_changed_again_under_what_others_coded_meanwhile(project, source, act):
    book = project.codebook
    acts = {
        "merge": lambda: book.merge("KM.TRUST", "NS"),
        "retire": lambda: book.retire("KM.TRUST"),
        "split": lambda: book.split("KM.TRUST", [Code(id="A", name="A"), Code(id="B", name="B")]),
        "narrow": lambda: book.narrow("KM.TRUST", exclude=("doubt",)),
    }
    acts[act]()
    project.journal.undo()
    as_bo(project, lambda: project.codings.add(source, "KM.TRUST", span(project, "trust")))
    refused(project, project.journal.redo, "Bo", "Coded")


def test_an_import_is_not_done_again_where_its_content_is_there(project, tmp_path):
    file = tmp_path / "note.txt"
    file.write_text("Some other words here.", encoding="utf-8")
    project.sources.import_paths([file])
    project.journal.undo()
    as_bo(project, lambda: project.sources.import_paths([file], ImportOptions(handle="N9")))
    refused(project, project.journal.redo, "Bo", "N9")


def test_a_value_is_not_given_twice(project, tmp_path):
    file = tmp_path / "attributes.csv"

    def give(owner, value):
        file.write_text(f"source,wave\n{owner},{value}\n", encoding="utf-8")
        project.attributes.import_file(file, "source")

    (tmp_path / "note.txt").write_text("Some other words here.", encoding="utf-8")
    project.sources.import_paths([tmp_path / "note.txt"])
    give("S2", 7)
    give("S1", 0)
    project.journal.undo()
    as_bo(project, lambda: give("S1", 1))
    refused(project, project.journal.redo, "the same attribute value already of Bo")


def test_what_others_did_elsewhere_is_in_nobodys_way(project, source):
    correct(project, "Interviewer", "Somebody")
    project.journal.undo()
    as_bo(project, lambda: project.memos.add("A thought.", about="S1"))
    as_bo(project, lambda: project.codebook.rename("KM", "Knowing"))
    project.journal.redo()
    assert project.sources.text(project.sources.find("S1")).startswith("Somebody")
    assert list(project.care.check().problems) == []
