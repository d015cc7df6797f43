"""What words an edit may bring in, and which words the review proposes for a passage that lost its own."""

from __future__ import annotations

import pytest

from qualcase.coding.places import QuotePlace
from qualcase.model.errors import InputError, UnknownNameError, UsageError
from qualcase.text.anchors import Edit


def test_what_no_import_would_take_no_edit_brings_in(project, source):
    before = project.store.digest()
    with pytest.raises(InputError, match=r"NUL character \(the first at 4\)"):
        project.editing.replace_text(source, "Ann\n\0: no.\n")
    with pytest.raises(InputError, match="NUL"):
        project.editing.apply(source, [Edit(3, 3, "\0")])
    assert project.store.digest() == before


def test_no_typed_edit_takes_all_the_text(project, source):
    before = project.store.digest()
    with pytest.raises(UsageError, match="No text"):
        project.editing.apply(source, [Edit(0, source.characters, " \n")])
    assert project.store.digest() == before


def test_the_text_as_it_was_can_still_be_seen(project, source):
    before, turns = project.sources.text(source), project.sources.turns(source)
    project.editing.replace_text(source, before.replace("Berit:", "Berta:").replace("slowly", "in time"))
    old, new = (project.editing.version(source, number) for number in (1, 2))
    assert (old.text, old.turns, old.current, old.coder) == (before, turns, False, "Anna")
    assert (new.text, new.current) == (project.sources.text(source), True)
    assert {turn.speaker for turn in new.turns} == {"Interviewer", "Berta"}
    with pytest.raises(UnknownNameError, match="3"):
        project.editing.version(source, 3)


def test_words_that_stand_elsewhere_are_what_the_review_proposes(project, source):
    text = project.sources.text(source)
    project.codings.add(source, "OUT", QuotePlace("then?"))
    lines = text.splitlines()
    report = project.editing.replace_text(source, "\n".join(reversed(lines)))
    doubt = next(one for one in report.review if one.name == "OUT")
    now = project.sources.text(source)
    assert (doubt.new, doubt.similarity, doubt.changed) == ("then?", 1.0, False)
    assert doubt.candidate == (now.index("then?"), now.index("then?") + 5)
    project.editing.confirm(doubt.uid)
    assert project.codings.list()[0].quote == "then?"
    assert list(project.care.check().problems) == []


def test_codings_that_a_correction_lays_on_each_other_both_stand_and_are_told(project, source):
    text, told = project.sources.text(source), "Then we built trust, slowly."
    for words in ("we built trust", "built trust"):
        project.codings.add(source, "KM.TRUST", QuotePlace(words))
    project.codings.add(source, "NS", QuotePlace("built trust"))
    at = text.index(told)
    report = project.editing.apply(source, [Edit(at + 5, at + 8, "")])
    [group] = report.doubled
    assert [(one.code, one.quote) for one in group] == [("KM.TRUST", "built trust")] * 2
    assert len(project.codings.list()) == 3
    assert project.editing.apply(project.sources.find("S1"), [Edit(0, 0, "Now. ")]).doubled == ()
    project.codings.remove(group[-1].uid)
    project.journal.undo(3)
    assert [one.quote for one in project.codings.list()] == ["we built trust", "built trust", "built trust"]
