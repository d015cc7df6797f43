"""What an act did, in words: no offset and no id of a code stands in the sentence."""

from __future__ import annotations

import pytest

from qualcase.coding.places import SpanPlace, TurnPlace
from qualcase.project.telling import first_words


def told(project):
    return project.journal.tell(project.journal.undo())


def test_a_coding_is_told_by_the_name_of_its_code_and_its_first_words(project, source):
    start = project.sources.text(source).index("T")
    [coding] = project.codings.add(source, "KM.TRUST", SpanPlace(start, start + 9))
    name = project.codebook.find("KM.TRUST").name
    said = told(project)
    assert said == f"Coded “{coding.quote}” as “{name}”"
    [again] = project.journal.redo()
    assert project.journal.tell([again]) == said


def test_what_changes_a_coding_is_told_with_what_it_was_and_became(project, source):
    [coding] = project.codings.add(source, "KM.TRUST", TurnPlace(2))
    words = first_words(coding.quote)
    old, new = (project.codebook.find(one).name for one in ("KM.TRUST", "NS"))
    project.codings.recode(coding.uid, "NS")
    assert told(project) == f"Gave “{words}” the code “{new}” instead of “{old}”"
    project.codings.describe(coding.uid, memo="m", key=True)
    assert told(project) == f"Changed key quotation, memo of “{old}” on “{words}”"
    project.codings.resize(coding.uid, coding.start, coding.start + 4)
    assert told(project) == f"Moved the ends of “{old}” on “{coding.quote[:4]}”"
    project.codings.remove(coding.uid)
    assert told(project) == f"Took “{old}” away from “{words}”"


def test_many_passages_are_counted_and_a_new_code_is_named(project, source):
    project.codings.add(source, "NS", SpanPlace(0, 5))
    project.codings.add(source, "KM.TRUST", SpanPlace(6, 9))
    everything = [one.uid for one in project.codings.list()]
    project.codings.remove(everything)
    assert told(project) == "Took 2 codes away from 2 passages in S1"
    project.in_vivo.code(source, SpanPlace(0, 5), None)
    words = " ".join(project.sources.text(source)[:5].split())
    assert told(project).startswith("Made the code “")
    assert f"coded “{words}” so" in project.journal.tell(project.journal.redo())


def test_an_answer_to_a_suggestion_is_told(project, source):
    [one, other, *_] = project.suggestions.propose(source)
    project.suggestions.reject(one.uid)
    assert told(project).startswith(f"Rejected “{project.codebook.find(one.code).name}” for “")
    project.suggestions.accept(other.uid)
    assert told(project).startswith(f"Accepted “{project.codebook.find(other.code).name}” for “")


def test_an_act_on_something_else_is_told_as_the_log_tells_it(project, source):
    project.sources.mark_done(source)
    assert told(project) == "Marked S1 as coded through"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We met at a fair.", "We met at a fair."),
        ("one two three four five six seven eight nine", "one two three four five six seven eight…"),
        ("broken\n over,  lines", "broken over, lines"),
        ("x" * 60, "x" * 48 + "…"),
    ],
)
def test_the_first_words_of_a_passage_fit_a_line(text, shown):
    assert first_words(text) == shown
