"""Correcting a source: what follows, what waits for a person, and that all of it can be taken back."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcase.coding.errors import CannotUndoError
from qualcase.coding.places import QuotePlace, SpanPlace, TurnPlace, WholePlace
from qualcase.model.errors import ConflictError, InputError, UnknownNameError, UsageError
from qualcase.project import create_project
from qualcase.project.importing import ImportOptions
from qualcase.text.anchors import Edit

TRUST = "Then we built trust, slowly."
EARLY = "Nobody trusted anybody."


@pytest.fixture(autouse=True)
def _without_waiting_for_the_disk(monkeypatch):
    """No power is cut here."""
    monkeypatch.setattr("qualcase.storage.sqlite.SYNCHRONOUS", "OFF")


@pytest.fixture
def coded(project, source):
    """The source with three codings of two coders and an event that quotes it."""
    project.codings.add(source, "KM.TRUST", QuotePlace(TRUST), memo="the turn")
    project.codings.add(source, "KM", TurnPlace(2))
    project.coder = "Bo"
    project.codings.add(source, "NS.THREAT", QuotePlace(EARLY))
    project.coder = "Anna"
    project.events.add("Workshop", "2009-06", source=source, quote="The workshop helped.")
    return source


def quotes(project):
    return {coding.code: coding.quote for coding in project.codings.list()}


def well(project):
    """Say whether the check finds nothing, and every quote is what stands in its text."""
    return project.care.check().problems == ()


def corrected(project, source, *pairs):
    text = project.sources.text(source)
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def write(tmp_path, text, name="corrected.txt"):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return file


def test_passages_follow_what_is_put_before_them(project, coded):
    before = quotes(project)
    report = project.editing.replace_text(
        coded, corrected(project, coded, ("We met", "Well, I think we met"))
    )
    assert quotes(project) == {**before, "KM": before["KM"].replace("We met", "we met")}
    assert (report.version, report.placed, report.review) == (2, 4, ())
    assert [(one.name, one.old) for one in report.changed] == [("KM", before["KM"])]
    assert well(project)


def test_the_old_version_stays_and_one_undo_brings_all_of_it_back(project, coded):
    before, old = project.store.digest(), project.sources.text(coded)
    codings = project.codings.list()
    project.editing.replace_text(
        coded, corrected(project, coded, ("Berit", "Bea"), (EARLY, ""), ("slowly", "very slowly"))
    )
    after = project.store.digest()
    assert after != before
    assert [operation.kind for operation in project.journal.undo()] == ["edit"]
    assert project.store.digest() == before
    assert project.sources.text(coded) == old
    assert project.codings.list() == codings
    project.journal.redo()
    assert project.store.digest() == after
    assert well(project)
    assert project.journal.verify().verified


def test_the_journal_says_whose_codings_were_moved(project, coded):
    project.editing.replace_text(coded, corrected(project, coded, ("twice", "three times")))
    summary = project.journal.log(1)[0].summary
    assert "S1" in summary
    assert "Anna, Bo" in summary


def test_turns_speakers_and_sentences_are_those_of_the_new_text(project, coded):
    project.editing.replace_text(
        coded,
        corrected(project, coded, ("Berit", "Bea"), ("slowly.", "slowly. Very slowly."))
        + "\nTom: Yes.\n\nTom: No.\n",
    )
    source = project.sources.find("S1")
    text = project.sources.text(source)
    assert source.speakers == (("Interviewer", 2), ("Bea", 2), ("Tom", 2))
    assert [text[t.start : t.end] for t in project.sources.turns(source)][-1] == "No."
    assert "Very slowly." in [text[s.start : s.end] for s in project.sources.sentences(source)]
    assert {coding.speaker for coding in project.codings.list()} == {"Bea"}
    assert (source.turns, source.characters) == (6, len(text))


def test_who_is_renamed_stays_the_same_person(project, coded):
    project.editing.replace_text(coded, corrected(project, coded, ("Berit", "B1")))
    voices = {row.id for row in project.events.chronology().actors}
    assert voices == {"Berit", "Interviewer"}


def test_turns_that_were_found_by_a_pattern_of_the_user_keep_their_places(project, tmp_path):
    file = write(tmp_path, "<A> We met in June.\n<B> We did not meet at all.\n", "odd.txt")
    report = project.sources.import_paths([file], ImportOptions(speakers=r"<(\w)>"))
    (source,) = report.imported
    assert [turn.speaker for turn in project.sources.turns(source)] == ["A", "B"]
    project.editing.replace_text(
        source, corrected(project, source, ("in June.", "in June, I think. Or July."))
    )
    text = project.sources.text(source)
    turns = project.sources.turns(source)
    assert [(turn.speaker, text[turn.start : turn.end]) for turn in turns] == [
        ("A", "We met in June, I think. Or July."),
        ("B", "We did not meet at all."),
    ]
    assert well(project)


def test_a_turn_that_speaks_of_a_case_stays_with_it(project, coded):
    project.cases.create("North")
    project.cases.assign("North", coded, turn=4)
    new = corrected(project, coded, ("Interviewer: And then?\n\n", ""), ("Berit: Then", "Then"))
    project.editing.replace_text(coded, new)
    assert well(project)
    project.journal.undo()
    project.editing.replace_text(coded, "Tom: Hello there.\n\n" + project.sources.text(coded))
    assert well(project)


def test_what_was_typed_in_qualcase_is_followed_exactly(project, coded):
    text = project.sources.text(coded)
    place = text.index("trust, slowly")
    report = project.editing.apply(coded, [Edit(place, place + 5, "a community"), Edit(0, 0, "  ")])
    assert quotes(project)["KM.TRUST"] == "Then we built a community, slowly."
    assert [one.name for one in report.changed] == ["KM.TRUST"]
    assert (report.review, well(project)) == ((), True)


def test_a_passage_deleted_in_qualcase_waits_for_a_person(project, coded):
    start, end = next((c.start, c.end) for c in project.codings.list() if c.code == "KM.TRUST")
    report = project.editing.apply(coded, [Edit(start, end, "")])
    assert [(doubt.name, doubt.old, doubt.candidate) for doubt in report.review] == [
        ("KM.TRUST", TRUST, None)
    ]
    assert quotes(project)["KM.TRUST"] == TRUST
    assert well(project)


def test_a_file_that_was_corrected_elsewhere_changes_no_quote(project, coded, tmp_path):
    before = quotes(project)
    new = corrected(project, coded, ("slowly", "slowely"), ("How did", "So how did"))
    report = project.editing.reimport(coded, write(tmp_path, new))
    assert quotes(project) == before
    states = {coding.code: coding.state for coding in project.codings.list()}
    assert states == {"KM.TRUST": "review", "KM": "placed", "NS.THREAT": "placed"}
    assert [(d.old, d.new) for d in report.review] == [(TRUST, "Then we built trust, slowely.")]
    assert (report.placed, report.changed) == (3, ())
    assert well(project)


def test_a_file_of_another_format_may_bring_the_correction(project, coded, tmp_path):
    file = write(tmp_path, corrected(project, coded, ("How did", "So how did")), "corrected.md")
    report = project.editing.reimport(coded, file)
    assert (report.source.format, report.source.path, report.review) == ("md", str(file), ())
    assert project.sources.import_paths([file]).skipped[0].path == str(file)


def test_confirming_takes_the_new_words(project, coded, tmp_path):
    report = project.editing.reimport(
        coded, write(tmp_path, corrected(project, coded, ("slowly", "slowely"), ("helped", "did help")))
    )
    assert [doubt.kind for doubt in report.review] == ["coding", "event"]
    before = project.store.digest()
    project.editing.confirm(*(doubt.uid for doubt in report.review))
    assert project.editing.review() == ()
    assert quotes(project)["KM.TRUST"] == "Then we built trust, slowely."
    assert project.events.find("E01").quote == "The workshop did help."
    assert next(c for c in project.codings.list() if c.code == "KM.TRUST").memo == "the turn"
    assert well(project)
    project.journal.undo()
    assert project.store.digest() == before


def test_an_event_in_doubt_keeps_its_quote_and_is_settled_by_its_id(project, coded, tmp_path):
    project.editing.reimport(
        coded, write(tmp_path, corrected(project, coded, ("The workshop helped.", "Yes.")))
    )
    event = project.events.find("E01")
    assert (event.quote, event.start) == ("The workshop helped.", None)
    with pytest.raises(UsageError, match="Nothing like"):
        project.editing.confirm("e01")
    start = project.sources.text(coded).index("Yes.")
    project.editing.move("E01", start, start + 4)
    assert project.events.find("E01").quote == "Yes."
    assert well(project)


def test_moving_puts_a_coding_where_the_person_says(project, coded, tmp_path):
    project.editing.reimport(coded, write(tmp_path, corrected(project, coded, (EARLY, "We were strangers."))))
    doubt = next(doubt for doubt in project.editing.review() if doubt.name == "NS.THREAT")
    start = project.sources.text(coded).index("We were strangers.")
    project.editing.move(doubt.uid[-8:], start, start + 18)
    moved = next(coding for coding in project.codings.list() if coding.code == "NS.THREAT")
    assert (moved.uid, moved.quote, moved.state, moved.coder) == (
        doubt.uid,
        "We were strangers.",
        "placed",
        "Bo",
    )
    with pytest.raises(UnknownNameError):
        project.editing.move(doubt.uid, start, start + 18)
    assert well(project)


def test_a_place_outside_the_text_settles_nothing(project, coded, tmp_path):
    project.editing.reimport(coded, write(tmp_path, corrected(project, coded, (EARLY, ""))))
    before = project.store.digest()
    doubt = project.editing.review()[0]
    with pytest.raises(UsageError, match="inside the text"):
        project.editing.move(doubt.uid, 0, 10**6)
    assert project.store.digest() == before


def test_dropping_takes_a_coding_away_and_leaves_an_event_without_its_quote(project, coded, tmp_path):
    new = corrected(project, coded, (EARLY, ""), ("The workshop helped.", ""))
    project.editing.reimport(coded, write(tmp_path, new))
    before = project.store.digest()
    names = [doubt.uid for doubt in project.editing.review() if doubt.name in {"NS.THREAT", "E01"}]
    assert len(names) == 2
    for name in names:
        project.editing.drop(name)
    assert "NS.THREAT" not in quotes(project)
    assert (project.events.find("E01").quote, project.events.find("E01").source) == (None, "S1")
    assert well(project)
    project.journal.undo(2)
    assert project.store.digest() == before


def test_words_that_come_back_end_the_doubt(project, coded, tmp_path):
    old, before = project.sources.text(coded), quotes(project)
    project.editing.reimport(
        coded, write(tmp_path, corrected(project, coded, (EARLY, ""), ("slowly", "slow")))
    )
    assert len(project.editing.review()) == 3
    report = project.editing.reimport(project.sources.find("S1"), write(tmp_path, old, "again.txt"))
    assert (report.version, report.placed, report.review) == (3, 4, ())
    assert quotes(project) == before
    assert {coding.state for coding in project.codings.list()} == {"placed"}
    assert well(project)


def test_verdicts_on_suggestions_follow_or_go(project, coded):
    suggestion = project.suggestions.propose(coded)[0]
    project.suggestions.reject(suggestion.uid)
    known = {(s.quote, s.code) for s in project.suggestions.propose(coded)}
    project.editing.replace_text(coded, "Tom: Hello there.\n\n" + project.sources.text(coded))
    again = {(s.quote, s.code) for s in project.suggestions.propose(project.sources.find("S1"))}
    assert (suggestion.quote, suggestion.code) not in again
    assert known <= again


# The two ways in which another tool loses codings when a transcript is corrected, and their relatives.


def test_replacing_one_word_shifts_no_other_coding(project, coded):
    before = quotes(project)
    text = project.sources.text(coded)
    place = text.index("twice")
    project.editing.apply(coded, [Edit(place, place + 5, "several times")])
    expected = {**before, "KM": before["KM"].replace("twice", "several times")}
    assert quotes(project) == expected
    project.journal.undo()
    project.editing.replace_text(coded, text.replace("twice", "several times"))
    assert quotes(project) == expected


def test_saving_without_a_change_changes_nothing(project, coded):
    project.codings.add(coded, "KM.SHARE", WholePlace())
    text = project.sources.text(coded)
    project.codings.add(coded, "NS", SpanPlace(len(text) - 8, len(text)))
    before, acts = project.store.digest(), len(project.journal.log())
    for same in (text, text.rstrip("\n") + "\n", text.replace("\n", "\r\n"), "\ufeff" + text):
        report = project.editing.replace_text(coded, same)
        assert (report.version, report.placed) == (1, 6)
    project.editing.apply(coded, [])
    assert (project.store.digest(), len(project.journal.log())) == (before, acts)


def test_a_coding_at_the_end_and_one_of_the_whole_survive_an_insertion_before_everything(project, coded):
    text = project.sources.text(coded)
    project.codings.add(coded, "KM.SHARE", WholePlace())
    project.codings.add(coded, "NS", SpanPlace(len(text) - 8, len(text)))
    report = project.editing.apply(coded, [Edit(0, 0, "x")])
    assert report.review == ()
    assert quotes(project)["KM.SHARE"] == text
    assert quotes(project)["NS"] == text[-8:]
    assert project.sources.find("S1").cases == coded.cases


def test_a_text_that_somebody_has_changed_meanwhile_is_not_overwritten(project, coded):
    base, text = project.editing.base(coded)
    project.editing.replace_text(coded, text.replace("twice", "often"), base)
    with pytest.raises(ConflictError, match="meanwhile"):
        project.editing.replace_text(coded, text.replace("twice", "once"), base)
    assert "often" in project.sources.text(coded)


def test_an_edit_that_others_have_built_on_is_not_taken_back(project, coded):
    project.editing.replace_text(coded, corrected(project, coded, ("twice", "often")))
    project.coder = "Bo"
    project.codings.add(project.sources.find("S1"), "KM.SHARE", QuotePlace("met often"))
    project.coder = "Anna"
    with pytest.raises(CannotUndoError, match="Bo"):
        project.journal.undo()
    assert well(project)


@pytest.mark.parametrize("text", ["", "  \n ", "\ufeff\r\n"])
def test_a_source_never_loses_all_its_text(project, coded, text):
    before = project.store.digest()
    with pytest.raises(UsageError, match="No text"):
        project.editing.replace_text(coded, text)
    assert project.store.digest() == before


def test_a_file_that_is_missing_empty_or_another_sources_is_refused(project, coded, tmp_path):
    other = write(tmp_path, "Something else.\n", "other.txt")
    project.sources.import_paths([other])
    before = project.store.digest()
    for path in (tmp_path / "none.txt", write(tmp_path, " \n", "empty.txt"), other):
        with pytest.raises((InputError, UsageError)):
            project.editing.reimport(coded, path)
    assert project.store.digest() == before


WORDS = re.compile(r"\S+\s*")


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_quote_changes_without_a_word_about_it(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("edit")
    words = data.draw(
        st.lists(
            st.sampled_from(["we", "met", "trust.", "firms", "Yes.", "no,", "the", "a\n\n", "network"]),
            min_size=3,
            max_size=25,
        )
    )
    with create_project(folder / "study.qualcase", ("four-process",), coder="Anna") as project:
        project.sources.import_paths([write(folder, " ".join(words), "a.txt")])
        source = project.sources.find("S1")
        text = project.sources.text(source)
        for code in ("KM.TRUST", "KM", "NS"):
            start = data.draw(st.integers(0, len(text) - 1))
            project.codings.add(source, code, SpanPlace(start, data.draw(st.integers(start + 1, len(text)))))
        before, digest = {c.uid: c.quote for c in project.codings.list()}, project.store.digest()
        left = data.draw(st.integers(0, len(words) - 1))
        put = data.draw(st.lists(st.sampled_from(["we", "met", "Yes.", "never", "\n\n"]), max_size=4))
        cut = data.draw(st.integers(0, 4))
        new = " ".join([*words[:left], *put, *words[left + cut :]])
        if not new.strip():
            return
        by_hand = data.draw(st.booleans())
        if by_hand:
            report = project.editing.replace_text(source, new)
        else:
            report = project.editing.reimport(source, write(folder, new, "b.txt"))
        told = {doubt.uid for doubt in report.review}
        assert by_hand or report.changed == ()
        after = {coding.uid: coding for coding in project.codings.list()}
        assert after.keys() == before.keys()
        for uid, coding in after.items():
            assert (coding.state == "review") is (uid in told)
            if uid in told:
                assert coding.quote == before[uid]
            elif uid not in {one.uid for one in report.changed}:
                assert coding.quote.split() == before[uid].split()
        assert well(project)
        while project.journal.log(1)[0].kind == "edit":
            project.journal.undo()
        assert project.store.digest() == digest
