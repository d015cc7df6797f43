"""A check finds every coding, event and memo whose place is not in the text that its source has now."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from two_copies import TEXT, create, span

from qualcase.coding.places import SpanPlace
from qualcase.model.identity import encode_uid
from qualcase.model.operation import Change, Operation
from qualcase.storage.errors import StaleChangeError
from qualcase.storage.spoken_again import place_events

WORDS = "Nobody trusted anybody."
OLD = "(SELECT min(id) FROM text_version)"
PLACED = {
    "UPDATE coding SET text_id = OLD WHERE until IS NULL": "a coding of S1",
    "UPDATE memo SET text_version_id = OLD": "a memo of S1",
    "UPDATE event SET text_version_id = OLD": "an event of S1",
    "UPDATE event SET text_version_id = NULL": "the event E01 has only a part of a place",
    "UPDATE event SET start = NULL": "the event E01 has only a part of a place",
    'UPDATE event SET start = start + 3, "end" = "end" + 3': "the quote of event E01 is not what stands at",
    'UPDATE event SET "end" = 999': "an event in S1 at 34:999 does not lie inside its text",
}


@pytest.fixture
def marked(tmp_path):
    """A project whose one text was corrected after a passage had been coded, quoted and written of."""
    with create(tmp_path, TEXT) as project:
        source, place = project.sources.find("S1"), SpanPlace(*span(WORDS, TEXT))
        project.codings.add(source, "KM.TRUST", place)
        project.memos.add("Why?", about="S1", place=place)
        project.events.add("Doubt", source=source, quote=WORDS)
        project.editing.replace_text(source, f"It was cold before. {TEXT}")
        assert project.care.check().ok
        yield project


@pytest.mark.parametrize("alteration", PLACED)
def test_a_place_in_another_text_is_found(marked, alteration):
    with marked.store.writing() as connection:
        connection.execute(text(alteration.replace("OLD", OLD)))
    found, told = marked.care.check().problems, PLACED[alteration]
    assert any(told in one for one in found)
    if "OLD" in alteration:
        assert any("of a text that S1 does not have now" in one for one in found)


def test_what_is_in_review_waits_in_the_text_that_it_is_of(marked):
    source = marked.sources.find("S1")
    marked.editing.replace_text(source, marked.sources.text(source).replace(WORDS, ""))
    assert len(marked.editing.review()) == 3
    assert list(marked.care.check().problems) == []


def test_an_act_of_before_events_had_a_text_comes_to_the_one_it_was_in(marked):
    [event] = marked.events.list()
    was, now = {"start": 14, "end": 14 + len(WORDS)}, {"start": event.start, "end": event.end}
    source = marked.sources.find("S1")
    current = marked.sources.text_uid(source)
    with marked.store.reading() as connection:
        first = connection.execute(text("SELECT uid FROM text_version ORDER BY id LIMIT 1")).scalar_one()
        first = encode_uid(first)
        back = Change("event", event.uid, now, was)
        corrected = Change("source", source.uid, {"text_uid": current}, {"text_uid": first})
        told = place_events(connection, Operation("undo", "", (back, corrected)))
        assert told.changes[0].after == {**was, "text_version": first}
        assert place_events(connection, told) == told
        gone = Change("event", event.uid, now, {"start": None, "end": None})
        [left] = place_events(connection, Operation("undo", "", (gone,))).changes
        assert left.after == {"start": None, "end": None, "text_version": None}
        with pytest.raises(StaleChangeError, match="S1 has been corrected"):
            place_events(connection, Operation("redo", "", (back,)))
