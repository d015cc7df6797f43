"""Acts of coding, and what refuses them."""

from __future__ import annotations

import pytest

from qualcase.coding.places import QuotePlace, SpanPlace, SpeakerPlace, TurnPlace, WholePlace
from qualcase.model.errors import AmbiguousNameError, QualcaseError, UnknownNameError, UsageError
from qualcase.project.codings import CodingFilter


def test_a_coding_holds_the_words_it_covers(project, source):
    (coding,) = project.codings.add(
        source, "KM.TRUST", QuotePlace("Then we built trust, slowly."), valence="+"
    )
    text = project.sources.text(source)
    assert text[coding.start : coding.end] == coding.quote == "Then we built trust, slowly."
    assert (coding.speaker, coding.coder, coding.layer, coding.valence) == ("Berit", "Anna", "Anna", "+")
    assert coding.codebook_version == project.codebook.current().version


def test_a_turn_is_coded_without_its_label(project, source):
    (coding,) = project.codings.add(source, "KM", TurnPlace(2))
    assert coding.quote == "We met twice. Nobody trusted anybody."


def test_a_speaker_is_every_turn_of_theirs_in_one_act(project, source):
    made = project.codings.add(source, "KM", SpeakerPlace("berit"))
    assert len(made) == 2
    project.journal.undo()
    assert project.codings.list() == ()


def test_the_whole_source_is_one_span(project, source):
    (coding,) = project.codings.add(source, "KM", WholePlace())
    assert (coding.start, coding.end) == (0, source.characters)


@pytest.mark.parametrize(
    ("place", "part"),
    [
        (SpanPlace(5, 5), "5:5"),
        (SpanPlace(0, 10**6), "1000000"),
        (SpanPlace(-1, 4), "-1:4"),
        (QuotePlace("never said"), "never said"),
        (QuotePlace("trust"), "times"),
        (TurnPlace(0), "no turn 0"),
        (TurnPlace(99), "no turn 99"),
        (SpeakerPlace("Nobody"), "Berit"),
    ],
)
def test_a_place_that_is_not_there_changes_nothing(project, source, place, part):
    before = project.store.digest()
    with pytest.raises(UsageError) as fault:
        project.codings.add(source, "KM.TRUST", place)
    assert part in fault.value.message
    assert project.store.digest() == before


@pytest.mark.parametrize(
    "attributes",
    [{"valence": "good"}, {"stance": "sure"}, {"weight": float("nan")}, {"weight": float("inf")}],
)
def test_an_attribute_that_is_none_changes_nothing(project, source, attributes):
    before = project.store.digest()
    with pytest.raises(UsageError):
        project.codings.add(source, "KM.TRUST", TurnPlace(2), **attributes)
    assert project.store.digest() == before


def test_the_same_code_twice_on_one_passage_is_refused(project, source):
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    with pytest.raises(UsageError, match="already"):
        project.codings.add(source, "KM.TRUST", TurnPlace(2))
    assert len(project.codings.list()) == 1


def test_another_coder_may_code_the_same(project, source):
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    project.coder = "Bo"
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    assert [coding.coder for coding in project.codings.list()] == ["Anna", "Bo"]


def test_recode_resize_and_remove_keep_the_identity(project, source):
    (coding,) = project.codings.add(source, "KM.TRUST", TurnPlace(2), memo="why", key=True)
    recoded = project.codings.recode(coding.uid[-8:], "NS.THREAT")
    resized = project.codings.resize(coding.uid, coding.start, coding.start + 7)
    assert recoded.uid == resized.uid == coding.uid
    assert (resized.code, resized.quote, resized.memo, resized.key) == ("NS.THREAT", "We met ", "why", True)
    assert project.codings.remove(coding.uid).uid == coding.uid
    assert project.codings.list() == ()


def test_codes_are_found_by_the_beginning_of_their_name(project, source):
    with pytest.raises(AmbiguousNameError):
        project.codings.add(source, "KM.S" if False else "N", TurnPlace(2))
    with pytest.raises(UnknownNameError):
        project.codings.add(source, "ZZ", TurnPlace(2))
    (coding,) = project.codings.add(source, "km.tru", TurnPlace(2))
    assert coding.code == "KM.TRUST"


def test_a_retired_code_takes_no_new_codings(project, source):
    project.codebook.retire("KM.TRUST")
    with pytest.raises(UsageError, match="retired"):
        project.codings.add(source, "KM.TRUST", TurnPlace(2))


def test_filters_narrow_and_unknown_names_are_said_to_be_unknown(project, source):
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    project.codings.add(source, "NS.THREAT", TurnPlace(1))
    assert len(project.codings.list(CodingFilter(code="KM"))) == 0
    assert [c.code for c in project.codings.list(CodingFilter(code="KM", subtree=True))] == ["KM.TRUST"]
    assert [c.code for c in project.codings.list(CodingFilter(speaker="berit"))] == ["KM.TRUST"]
    assert len(project.codings.list(CodingFilter(case="study"))) == 2
    for wrong in (
        CodingFilter(coder="Zoe"),
        CodingFilter(case="none"),
        CodingFilter(source="S9"),
        CodingFilter(code="Q"),
    ):
        with pytest.raises(QualcaseError):
            project.codings.list(wrong)


def test_suggestions_are_nobodys_codings(project, source):
    project.codings.add(source, "KM.TRUST", TurnPlace(2))
    project.coder = "Bo"
    project.codings.add(source, "NS", TurnPlace(1))
    suggestion = next(s for s in project.suggestions.propose(source) if s.code == "KM.TRUST")
    assert suggestion.score is None
    assert {reason.kind for reason in suggestion.reasons} == {"phrase", "codebook"}
    coding = project.suggestions.accept(suggestion.uid)
    assert coding.origin == "suggestion"
    report = project.rounds.agreement(("Anna", "Bo"))
    trust = next(row for row in report.codes if row.code == "KM.TRUST")
    assert (trust.both, trust.second) == (0, 0)
    assert any("suggestion" in note for note in report.notes)
