"""Questions about codes, asked of a project: whose words a passage is, and which passages are left out."""

from __future__ import annotations

import pytest

from qualcase.coding.places import SpanPlace, TurnPlace, WholePlace
from qualcase.coding.queries.errors import BadQueryError


def asked(project, written):
    return [(one.source, one.quote) for one in project.queries.ask(written).passages(context=0)]


@pytest.fixture
def told(project, source):
    """An interview of which the informant is known, with her answer, a question and the whole coded."""
    project.sources.describe(source, informant="Berit")
    for place in (TurnPlace(1), TurnPlace(2), WholePlace()):
        project.codings.add(source, "KM", place)
    return project


def test_an_interviewers_question_is_the_interviewers_and_nobodys_answer(told):
    question, answer, *_ = told.sources.turns(told.sources.find("S1"))
    text = told.sources.text(told.sources.find("S1"))
    assert asked(told, "KM actor:Interviewer") == [("S1", text[question.start : question.end])]
    assert asked(told, "KM actor:Berit") == [("S1", text), ("S1", text[answer.start : answer.end])]
    assert asked(told, "KM NOT actor:Berit") == asked(told, "KM actor:interviewer")


def test_an_informants_words_are_theirs_where_no_turn_says_who_speaks(project, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("She told it all.\n", encoding="utf-8")
    project.sources.import_paths([note])
    told = project.sources.describe(project.sources.find("S2"), informant="Grete")
    project.codings.add(told, "KM", SpanPlace(0, 3))
    assert asked(project, "KM actor:Grete") == [("S2", "She")]


def test_what_several_say_is_not_the_informants(project, tmp_path):
    group = tmp_path / "group.txt"
    group.write_text("Ola: We met.\n\nKari: We did.\n\nOla: Yes.\n\nKari: Oh.\n", encoding="utf-8")
    project.sources.import_paths([group])
    both = project.sources.describe(project.sources.find("S2"), informant="Ola")
    turns = project.sources.turns(both)
    project.codings.add(both, "KM", SpanPlace(turns[0].start, turns[1].end))
    project.codings.add(both, "KM", TurnPlace(1))
    assert asked(project, "KM actor:Ola") == [("S2", "We met.")]


def test_an_actor_keeps_all_labels_after_a_merge(told):
    told.actors.rename("Interviewer", "Ann Lie")
    assert len(asked(told, 'KM actor:"ann lie"')) == 1
    with pytest.raises(BadQueryError, match="nobody called “Zoe” is an actor here") as fault:
        asked(told, "KM actor:Zoe")
    assert fault.value.hint == "There are: Ann Lie, Berit."


@pytest.fixture
def three(project, tmp_path):
    """Three sources, the first word of each coded; the first two in a set each."""
    for name in ("two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"{name} of them\n", encoding="utf-8")
        project.sources.import_paths([tmp_path / f"{name}.txt"])
    for source in project.sources.list():
        project.codings.add(source, "KM", SpanPlace(0, 3))
    project.sets.add("one", "sources", ["S1"])
    project.sets.add("two", "sources", ["S2"])
    return project


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ("source:S1 source:S2", ["S1", "S2"]),
        ("set:one set:two", ["S1", "S2"]),
        ("set:one source:S2", []),
        ("(set:one) set:two", []),
        ("-set:one -set:two", ["S3"]),
        ("-set:one set:two", ["S2"]),
    ],
)
def test_filters_of_one_name_are_alternatives_sets_too(three, filters, left):
    assert [source for source, _ in asked(three, f"KM {filters}")] == left
    assert [source for source, _ in asked(three, filters)] == left
    # Words are looked for everywhere; filters have no brackets there.
    if "(" not in filters:
        words = three.search.find(f"(interviewer OR two OR three) {filters}", limit=9)
        assert list(dict.fromkeys(hit.source for hit in words)) == left
