"""A label belongs to the unit that it announces; blanks belong to none."""

from __future__ import annotations

from qualcase.text.labelled import with_labels

TEXT = "Anna: One. Two.\n\nHeading\n\nBo [0:10]: Three.\n"


def _span(words):
    start = TEXT.index(words)
    return start, start + len(words)


SENTENCES = [_span("One."), _span("Two."), _span("Heading"), _span("Three.")]


def test_a_sentence_takes_the_label_before_it_and_no_blanks():
    found = [TEXT[start:end] for start, end in with_labels(TEXT, SENTENCES, SENTENCES)]
    assert found == ["Anna: One.", "Two.", "Heading", "Bo [0:10]: Three."]


def test_a_turn_takes_its_label_and_not_the_heading_before_it():
    turns = [_span("One. Two."), _span("Three.")]
    found = [TEXT[start:end] for start, end in with_labels(TEXT, turns, SENTENCES)]
    assert found == ["Anna: One. Two.", "Bo [0:10]: Three."]


def test_nothing_to_do_changes_nothing():
    assert with_labels("One. Two.", [(0, 4), (5, 9)], [(0, 4), (5, 9)]) == [(0, 4), (5, 9)]
    assert with_labels("", [], []) == []
