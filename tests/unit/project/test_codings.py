"""Acts of coding, and what refuses them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from qualcase.cli import cli
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


def three(project, source):
    spans = (SpanPlace(0, 5), SpanPlace(6, 20), SpanPlace(21, 40))
    return [project.codings.add(source, "KM.TRUST", span)[0].uid for span in spans]


def stand(project):
    return [(c.uid, c.code, c.start, c.end, c.valence, c.key, c.memo) for c in project.codings.list()]


MANY = {
    "recode": lambda project, uids: project.codings.recode(uids, "NS.THREAT"),
    "describe": lambda project, uids: project.codings.describe(uids, valence="-", key=True, memo="why"),
    "resize": lambda project, uids: project.codings.resize_all(
        {uid: (n, 50) for n, uid in enumerate(uids, 1)}
    ),
    "remove": lambda project, uids: project.codings.remove(uids),
}


@pytest.mark.parametrize("act", MANY.values(), ids=MANY)
def test_many_codings_are_changed_by_one_operation_that_one_undo_takes_back(project, source, act):
    uids = three(project, source)
    before, operations = stand(project), project.journal.log(1)[0].sequence
    done = act(project, uids)
    last = project.journal.log(1)[0]
    assert (last.sequence, last.changes, len(done)) == (operations + 1, 3, 3)
    assert all(one not in before for one in stand(project))
    project.journal.undo()
    assert stand(project) == before
    project.journal.redo()
    assert all(one not in before for one in stand(project))


@pytest.mark.parametrize("act", MANY.values(), ids=MANY)
@pytest.mark.parametrize("names", [[], ["nosuch"]])
def test_where_one_of_many_is_not_there_none_is_changed(project, source, act, names):
    uids = three(project, source)
    digest, operations = project.store.digest(), project.journal.log(1)[0].sequence
    with pytest.raises(QualcaseError):
        act(project, [*uids, *names] if names else [])
    assert (project.store.digest(), project.journal.log(1)[0].sequence) == (digest, operations)


def test_those_of_many_that_have_it_already_are_left_as_they_are(project, source):
    uids = three(project, source)
    project.codings.recode(uids[0][-8:], "NS.THREAT")
    assert len(project.codings.recode(uids, "NS.THREAT")) == 3
    assert project.journal.log(1)[0].changes == 2
    project.codings.describe(tuple(uids), weight=0)
    assert [coding.weight for coding in project.codings.list()] == [0, 0, 0]
    project.codings.describe(uids[1], weight=None)
    assert [coding.weight for coding in project.codings.list()] == [0, None, 0]
    for again in (
        lambda: project.codings.recode(uids, "NS.THREAT"),
        lambda: project.codings.describe(uids[0], weight=0.0),
        lambda: project.codings.describe(uids, key=False),
        lambda: project.codings.resize(uids[0], 0, 5),
        lambda: project.codings.resize_all({uids[0]: (0, 5), uids[0][-8:]: (0, 6)}),
    ):
        with pytest.raises(UsageError):
            again()


def test_a_wrong_value_for_many_changes_none(project, source):
    uids = three(project, source)
    digest = project.store.digest()
    for wrong in (
        lambda: project.codings.describe(uids, valence="good"),
        lambda: project.codings.resize_all({uids[0]: (0, 6), uids[1]: (5, 5)}),
        lambda: project.codings.recode(uids, "NOSUCH"),
    ):
        with pytest.raises(QualcaseError):
            wrong()
    assert project.store.digest() == digest


def test_many_ids_on_the_command_line_or_its_input(project, source):
    uids = three(project, source)
    project.close()
    words = ["-p", str(project.path), "--coder", "Anna", "--json"]
    answer = CliRunner().invoke(cli, ["recode", *uids, "NS.THREAT", *words])
    assert [one["code"] for one in json.loads(answer.stdout)["codings"]] == ["NS.THREAT"] * 3
    answer = CliRunner().invoke(cli, ["uncode", "-", *words], input="\n".join(uids[:2]))
    assert [one["id"] for one in json.loads(answer.stdout)["codings"]] == uids[:2]
    answer = CliRunner().invoke(cli, ["uncode", "-", *words], input="")
    assert (answer.exit_code, answer.stderr) == (2, "error: Say which codings.\n")


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
    assert len(project.codings.list(CodingFilter(case="Study"))) == 2
    for wrong in (
        CodingFilter(coder="Zoe"),
        CodingFilter(case="none"),
        CodingFilter(speaker="Zoe"),
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


@pytest.mark.parametrize("weight", [0, -1, 0.1, 2**53 + 1, 10**19])
def test_a_weight_is_recorded_as_it_is_read_back(project, source, weight):
    (coding,) = project.codings.add(source, "KM", TurnPlace(2), weight=weight)
    assert coding.weight == float(weight)
    assert project.care.check().problems == ()


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), 10**400])
def test_what_is_no_number_of_the_file_is_no_weight(project, source, weight):
    with pytest.raises(UsageError, match="is not a weight"):
        project.codings.add(source, "KM", TurnPlace(2), weight=weight)
