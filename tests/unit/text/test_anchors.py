"""Passages in a text that changes: typed edits exactly, corrected files as far as it is certain."""

from __future__ import annotations

import pytest

from qualcase.text.anchors import Edit, apply_edits, follow_edits, reanchor

OLD = """Interviewer: How did it begin?

Berit: We met twice. Nobody trusted anybody at the beginning of it.

Interviewer: And then?

Berit: Then we built trust, slowly. The workshop helped. Yes.

Interviewer: And the workshop?

Berit: Yes.
"""


def span(text, words, nth=0):
    """Return where words stand, the first or a later time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def placed(new, words, nth=0):
    """Return the one placement of words of the old text in a new one."""
    (found,) = reanchor(OLD, new, [span(OLD, words, nth)])
    return found


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        (Edit(0, 0, "xy"), (12, 22)),  # before
        (Edit(10, 10, "xy"), (12, 22)),  # at the very beginning: outside
        (Edit(11, 11, "xy"), (10, 22)),  # inside
        (Edit(19, 19, "xy"), (10, 22)),  # inside, before the last character
        (Edit(20, 20, "xy"), (10, 20)),  # at the very end: outside
        (Edit(25, 25, "xy"), (10, 20)),  # after
        (Edit(10, 12, "xyz"), (10, 21)),  # the first word is typed anew
        (Edit(18, 20, "xyz"), (10, 21)),  # the last one
        (Edit(10, 20, "xyz"), (10, 13)),  # the whole passage
        (Edit(10, 20, ""), None),  # it is deleted
        (Edit(9, 20, "xyz"), None),  # with what is before it
        (Edit(10, 21, "xyz"), None),  # with what is after it
        (Edit(8, 12, "x"), (9, 17)),  # across the beginning
        (Edit(18, 25, "x"), (10, 18)),  # across the end
        (Edit(5, 10, ""), (5, 15)),  # up to the beginning
        (Edit(20, 25, ""), (10, 20)),  # from the end on
    ],
)
def test_the_borders_are_defined(edit, found):
    assert follow_edits([(10, 20)], [edit]) == (found,)


def test_edits_are_made_on_what_the_ones_before_left():
    edits = [Edit(0, 4, ""), Edit(0, 0, "Now "), Edit(8, 8, "all ")]
    text = apply_edits("Then we built trust.", edits)
    assert text == "Now  we all built trust."
    assert follow_edits([(8, 13), (5, 13)], edits) == ((12, 17), (5, 17))


@pytest.mark.parametrize("edit", [Edit(-1, 0, ""), Edit(2, 1, ""), Edit(0, 6, "")])
def test_an_edit_outside_the_text_is_none(edit):
    with pytest.raises(ValueError, match="inside the text"):
        apply_edits("abcde", [edit])


def test_nothing_moves_where_nothing_changed():
    spans = [(0, len(OLD)), span(OLD, "Yes.", 1), span(OLD, "trust", 1), (3, 17)]
    assert [(found.start, found.end, found.state) for found in reanchor(OLD, OLD, spans)] == [
        (*one, "placed") for one in spans
    ]


def test_a_passage_moves_with_what_was_put_before_it():
    new = OLD.replace("Berit: We", "Berit: Well, I think that we first of all We")
    found = placed(new, "Then we built trust, slowly.")
    assert (new[found.start : found.end], found.state, found.changed) == (
        "Then we built trust, slowly.",
        "placed",
        False,
    )


def test_white_space_and_line_ends_are_no_change():
    found = placed(OLD.replace("Nobody trusted", "Nobody\n  trusted"), "Nobody trusted anybody")
    assert (found.state, found.changed, found.similarity) == ("placed", False, 1.0)


def test_a_corrected_word_is_found_and_said_to_be_changed():
    new = OLD.replace("beginning", "begining")
    found = placed(new, "Nobody trusted anybody at the beginning of it.")
    assert (new[found.start : found.end], found.state, found.changed) == (
        "Nobody trusted anybody at the begining of it.",
        "placed",
        True,
    )


def test_other_words_are_left_to_a_person_with_the_place_that_is_likeliest():
    new = OLD.replace("trust, slowly", "a community, quickly")
    found = placed(new, "Then we built trust, slowly.")
    assert found.state == "review"
    assert new[found.start : found.end] == "Then we built a community, quickly."


def test_what_is_gone_has_no_place():
    new = OLD.replace("Nobody trusted anybody at the beginning of it.", "")
    found = placed(new, "Nobody trusted anybody at the beginning of it.")
    assert (found.start, found.end, found.state) == (None, None, "review")


def test_a_sentence_that_was_moved_is_found_where_it_is():
    sentence = "Nobody trusted anybody at the beginning of it."
    new = OLD.replace(f" {sentence}", "").replace("The workshop helped.", f"The workshop helped. {sentence}")
    found = placed(new, sentence)
    assert (new[found.start : found.end], found.state, found.changed) == (sentence, "placed", False)
    assert found.start > new.index("helped")


def test_of_words_that_stand_twice_the_wrong_ones_are_never_taken_silently():
    new = OLD.replace(" The workshop helped. Yes.", " The workshop helped.")
    first, second = (placed(new, "Yes.", nth) for nth in (0, 1))
    assert first.state == "review"
    assert second.state == "review" or second.start == new.rindex("Yes.")


def test_a_sentence_written_twice_side_by_side_is_left_to_a_person():
    words = "The workshop helped."
    assert placed(OLD.replace(words, f"{words} {words}"), words).state == "review"


def test_a_speaker_who_is_renamed_changes_nothing_that_was_said():
    new = OLD.replace("Berit:", "P1:").replace("Interviewer:", "I:")
    for words in ("We met twice.", "Then we built trust, slowly. The workshop helped. Yes."):
        found = placed(new, words)
        assert (new[found.start : found.end], found.state, found.changed) == (words, "placed", False)


def test_a_passage_torn_apart_is_left_to_a_person():
    torn = "And then? " + " ".join(f"word{n}" for n in range(60)) + ". " + "One two three four five six."
    middle = "word20 word21 word22 word23 word24 word25"
    old = f"Start. {torn} End."
    new = f"{middle} Start. {torn.replace(middle + ' ', '')} End."
    (found,) = reanchor(old, new, [span(old, torn)])
    assert found.state == "review"


def test_blanks_at_the_ends_of_a_passage_stay_with_it():
    (found,) = reanchor("a b  c d e", "x a b  c d e", [(3, 6)])
    assert (found.start, found.end, found.state) == (5, 8, "placed")


@pytest.mark.parametrize("words", ["", "   \n", "…"])
def test_an_empty_text_holds_no_passage(words):
    (found,) = reanchor(OLD, words, [span(OLD, "We met twice.")])
    assert (found.start, found.state) == (None, "review")
    (found,) = reanchor("  \n  ", OLD, [(0, 2)])
    assert (found.start, found.state) == (None, "review")


def test_texts_too_long_to_compare_at_once_are_divided(monkeypatch):
    monkeypatch.setattr("qualcase.text.alignment._MOST_PAIRS", 400)
    new = OLD.replace("met twice", "met three times").replace("slowly", "very slowly")
    words = "Nobody trusted anybody at the beginning of it."
    found = placed(new, words)
    assert (new[found.start : found.end], found.state) == (words, "placed")
