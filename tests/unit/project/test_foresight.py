"""What a correction would do to passages, said before it is made."""

from __future__ import annotations

import pytest

from qualcase.coding.places import QuotePlace, TurnPlace
from qualcase.model.errors import ConflictError
from qualcase.text.anchors import Edit

TRUST = "Then we built trust, slowly."
EARLY = "Nobody trusted anybody."


@pytest.fixture
def coded(project, source):
    """The source with three codings of two coders and an event that quotes it."""
    project.codings.add(source, "KM.TRUST", QuotePlace(TRUST))
    project.codings.add(source, "KM", TurnPlace(2))
    project.coder = "Bo"
    project.codings.add(source, "NS.THREAT", QuotePlace(EARLY))
    project.coder = "Anna"
    project.events.add("Workshop", "2009-06", source=source, quote="The workshop helped.")
    return source


def test_what_a_correction_would_do_is_foreseen_and_nothing_is_done(project, coded):
    text, before = project.sources.text(coded), project.store.digest()
    trust, early = text.index(TRUST), text.index(EARLY)
    edits = [Edit(trust + 5, trust + 8, ""), Edit(early, early + len(EARLY), "")]
    seen = project.editing.foresee(coded, edits)
    # KM covers Berit's whole turn, of which EARLY goes; the event stands after both.
    assert (seen.stay, seen.moved, seen.shrunk, seen.grown, seen.lost) == (0, 1, 2, 0, 1)
    assert (EARLY, None) in seen.examples
    assert project.store.digest() == before
    report = project.editing.apply(coded, edits)
    assert (report.placed, len(report.changed), len(report.review)) == (3, 2, 1)
    with pytest.raises(ConflictError):
        project.editing.foresee(coded, [], base="another")


def test_what_a_text_from_an_editor_would_do_is_foreseen(project, coded):
    text = "A line before.\n" + project.sources.text(coded).replace("slowly", "very slowly")
    seen = project.editing.foresee_text(coded, text)
    assert (seen.stay, seen.moved, seen.shrunk, seen.grown, seen.lost) == (0, 3, 0, 1, 0)
    assert len(project.editing.replace_text(coded, text).changed) == seen.grown
