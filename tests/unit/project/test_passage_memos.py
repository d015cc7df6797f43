"""A memo on a passage has its place and words, follows a corrected text, and waits where that is in doubt."""

from __future__ import annotations

import pytest

from qualcase.coding.errors import BadPlaceError, CannotUndoError
from qualcase.coding.places import QuotePlace, SpanPlace, SpeakerPlace, TurnPlace
from qualcase.model.errors import UnknownNameError, UsageError
from qualcase.project import create_project

WORDS = "Then we built trust, slowly."


@pytest.fixture
def memo(project):
    return project.memos.add("Slowly, as @KM.TRUST says?", about="S1", place=QuotePlace(WORDS))


def only(project):
    [memo] = project.memos.list()
    return memo


def replace(project, source, old, new):
    text = project.sources.text(source)
    assert old in text
    return project.editing.replace_text(source, text.replace(old, new))


def reimport(project, source, tmp_path, old, new):
    file = tmp_path / "corrected.txt"
    file.write_text(project.sources.text(source).replace(old, new), encoding="utf-8")
    return project.editing.reimport(source, file)


def test_it_has_its_place_its_words_and_what_it_names(project, source, memo):
    start = project.sources.text(source).index(WORDS)
    assert memo.about == ("passage", f"S1 {start}:{start + len(WORDS)}")
    assert (memo.source, memo.start, memo.end) == ("S1", start, start + len(WORDS))
    assert (memo.quote, memo.state) == (WORDS, "placed")
    assert memo.links == (("code", "KM.TRUST"),)
    assert project.journal.log(1)[0].summary == f"Wrote an analytic memo on S1 {start}:{start + len(WORDS)}"


def test_the_place_may_be_named_in_every_way_that_means_one_passage(project):
    turn = project.memos.add("Who?", about=("source", "berit.txt"), place=TurnPlace(2))
    assert turn.quote == "We met twice. Nobody trusted anybody."
    assert project.memos.add("So?", about="source:S1", place=SpanPlace(0, 11)).quote == "Interviewer"
    with pytest.raises(UsageError, match="one passage; these are 2"):
        project.memos.add("So?", about="S1", place=SpeakerPlace("Berit"))
    with pytest.raises(BadPlaceError, match="do not stand"):
        project.memos.add("So?", about="S1", place=QuotePlace("absent"))
    for about in (None, ("code", "KM.TRUST")):
        with pytest.raises(UsageError, match="needs the source"):
            project.memos.add("So?", about=about, place=SpanPlace(0, 4))
    assert len(project.memos.list()) == 2


def test_those_on_its_passages_are_among_the_memos_on_a_source(project, memo):
    on_source = project.memos.add("A long talk.", about="S1")
    project.memos.add("Of all.")
    assert project.memos.list(about="S1") == (memo, on_source)
    assert project.memos.list(about="KM.TRUST") == (memo,)


def test_the_register_quotes_the_passage_with_where_it_stands(project, source, memo):
    [row] = project.memos.register().rows
    shown = {cell.text for cell in row.cells}
    assert (
        "“Then we built trust, slowly.” (speaker Berit, source S1, turn 4, line 7, date not reported)"
        in shown
    )
    replace(project, source, WORDS, "Otherwise it was.")
    assert any(
        "its place is in doubt)" in (cell.text or "") for cell in project.memos.register().rows[0].cells
    )


def test_it_is_changed_removed_and_brought_back_with_its_place(project, memo):
    assert project.memos.edit(memo.uid, "Otherwise.").quote == WORDS
    project.memos.remove(memo.uid)
    assert project.memos.list() == ()
    project.journal.undo()
    project.journal.undo()
    assert only(project) == memo
    project.journal.undo()
    assert project.memos.list() == ()
    project.journal.redo()
    assert only(project) == memo


def test_it_follows_what_is_typed_and_comes_back_with_the_text(project, source, memo):
    report = replace(project, source, "We met twice", "We had met three times")
    assert (report.placed, report.review) == (1, ())
    moved = only(project)
    assert (moved.quote, moved.start - memo.start) == (
        WORDS,
        len("We had met three times") - len("We met twice"),
    )
    assert project.care.check().ok
    project.journal.undo()
    assert only(project) == memo


def test_changed_words_are_told_where_a_person_typed_them(project, source, memo):
    report = replace(project, source, "built trust, slowly", "built trust, very slowly")
    [changed] = report.changed
    assert (changed.kind, changed.uid, changed.name, changed.coder) == ("memo", memo.uid, "analytic", "Anna")
    assert (changed.old, changed.new) == (WORDS, only(project).quote)
    assert only(project).quote == "Then we built trust, very slowly."


def test_a_file_with_other_words_leaves_it_in_review_with_its_quote(project, source, memo, tmp_path):
    report = reimport(project, source, tmp_path, "built trust, slowly", "built much trust, slowly")
    [doubt] = report.review
    assert (doubt.kind, doubt.uid, doubt.name, doubt.coder) == ("memo", memo.uid, "analytic", "Anna")
    assert (doubt.old, doubt.new) == (WORDS, "Then we built much trust, slowly.")
    assert (only(project).quote, only(project).state) == (WORDS, "review")
    assert project.care.check().ok


def test_a_person_places_it_anew(project, source, memo, tmp_path):
    reimport(project, source, tmp_path, "built trust, slowly", "built much trust, slowly")
    project.editing.confirm(memo.uid)
    assert (only(project).quote, only(project).state) == ("Then we built much trust, slowly.", "placed")
    project.journal.undo()
    assert (only(project).quote, only(project).state) == (WORDS, "review")
    project.editing.move(memo.uid, 0, 11)
    assert (only(project).quote, only(project).state) == ("Interviewer", "placed")
    assert project.editing.review() == ()
    assert project.care.check().ok


def test_dropped_it_stays_on_the_source_and_undo_gives_it_its_passage_again(project, source, memo):
    replace(project, source, WORDS, "Otherwise it was.")
    project.editing.drop(memo.uid)
    dropped = only(project)
    assert (dropped.about, dropped.text) == (("source", "S1"), memo.text)
    assert (dropped.source, dropped.quote, dropped.state) == (None, None, None)
    assert project.editing.review() == ()
    assert project.care.check().ok
    project.journal.undo()
    assert (only(project).quote, only(project).state) == (WORDS, "review")


def test_words_that_come_back_take_it_out_of_review(project, source, memo, tmp_path):
    reimport(project, source, tmp_path, WORDS, "Otherwise it was.")
    assert only(project).state == "review"
    reimport(project, project.sources.find("S1"), tmp_path, "Otherwise it was.", f"So: {WORDS}")
    assert (only(project).quote, only(project).state) == (WORDS, "placed")
    assert project.editing.review() == ()


def test_a_correction_is_foreseen_with_it(project, source, memo):
    text = project.sources.text(source)
    assert project.editing.foresee_text(source, text.replace(WORDS, "")).lost == 1
    assert project.editing.foresee_text(source, f"Once. {text}").moved == 1
    assert replace(project, source, "Berit", "Berit").placed == 1  # nothing changed


def test_its_source_cannot_go_under_it(project, source, memo):
    project.coder = "Bo"
    project.memos.add("And I think so.", about="S1", place=QuotePlace("We met twice."))
    project.coder = "Anna"
    project.journal.undo()
    with pytest.raises(CannotUndoError, match="Bo has since built on it"):
        project.journal.undo()
    assert len(project.memos.list()) == 1


def test_where_coders_work_independently_it_is_seen_once_both_are_through(tmp_path):
    (tmp_path / "talk.txt").write_text(f"It was so. {WORDS}\n", encoding="utf-8")
    with create_project(tmp_path / "s.qualcase", coder="Anna", mode="coding-reliability") as project:
        project.sources.import_paths([tmp_path / "talk.txt"])
        source = project.sources.find("S1")
        project.codings.add(source, "KM", SpanPlace(0, 10))
        project.coder = "Ben"
        project.codings.add(source, "KM", SpanPlace(0, 10))
        memo = project.memos.add("Ben wonders.", about="S1", place=QuotePlace(WORDS))
        replace(project, source, WORDS, "Otherwise it was.")
        assert [doubt.kind for doubt in project.editing.review()] == ["memo"]
        project.coder = "Anna"
        assert project.memos.list() == project.editing.review() == ()
        assert "Ben wonders" not in repr(project.memos.register().rows)
        with pytest.raises(UnknownNameError):
            project.memos.find(memo.uid)
        for coder in ("Anna", "Ben"):
            project.coder = coder
            project.sources.mark_done(source)
        project.coder = "Anna"
        assert [one.text for one in project.memos.list()] == ["Ben wonders."]
        assert [doubt.uid for doubt in project.editing.review()] == [memo.uid]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('"end" = 9000', "a memo on S1 at {start}:9000 does not lie inside its text"),
        ("source_id = NULL", "the memo {short} has only a part of a place"),
        ("about_kind = 'code'", "the memo {short} has only a part of a place"),
    ],
)
def test_a_place_that_somebody_broke_is_found(project, memo, change, said):
    with project.store.writing() as connection:
        connection.exec_driver_sql(f"UPDATE memo SET {change}")  # noqa: S608 - the test's own
    assert said.format(start=memo.start, short=memo.uid[-8:]) in project.care.check().problems
