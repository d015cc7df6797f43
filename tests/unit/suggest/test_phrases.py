"""Suggestions: found whatever form the words take, explained, and never more than a proposal."""

from __future__ import annotations

import pytest

from qualcase.model.code import Code
from qualcase.model.source import Sentence
from qualcase.suggest.errors import NoPhrasesError
from qualcase.suggest.phrases import PhraseSuggester
from qualcase.suggest.pipelines import pipeline_for

TRUST = Code("KM.TRUST", "Building trust", key_phrases=("build trust", "meeting"))
OLD = Code("OLD", "Closed", key_phrases=("corridor",), status="retired")


def _suggest(text, *codes, language="en"):
    sentences = [Sentence(0, len(text))]
    return list(PhraseSuggester(codes or (TRUST, OLD), language).suggest(text, sentences))


@pytest.mark.skipif(pipeline_for("en").attribute != "LEMMA", reason="no English word table is installed here")
def test_a_phrase_is_found_in_another_form():
    (proposal,) = _suggest("We were building trust in two meetings.")
    assert proposal.code == "KM.TRUST"
    assert [reason.text for reason in proposal.reasons if reason.kind == "phrase"] == [
        "building trust",
        "meetings",
    ]


def test_each_reason_comes_with_the_line_of_the_codebook_that_caused_it():
    (proposal,) = _suggest("One meeting.")
    kinds = [reason.kind for reason in proposal.reasons]
    assert kinds == ["phrase", "codebook"]
    assert proposal.reasons[1].text == "KM.TRUST Building trust, key phrase “meeting”"
    assert proposal.stage == "codebook match"


def test_retired_codes_and_other_words_propose_nothing():
    assert _suggest("The corridor was dark.") == []
    with pytest.raises(NoPhrasesError):
        PhraseSuggester((OLD,))


def test_of_phrases_inside_each_other_the_longest_speaks():
    code = Code("A", "A", key_phrases=("working group", "group"))
    (proposal,) = _suggest("The working group met.", code)
    assert [reason.text for reason in proposal.reasons if reason.kind == "phrase"] == ["working group"]


def test_a_phrase_that_two_codes_share_speaks_for_both():
    one, other = Code("A", "A", key_phrases=("charter",)), Code("B", "B", key_phrases=("charter",))
    assert [proposal.code for proposal in _suggest("The charter is signed.", one, other)] == ["A", "B"]


def test_a_language_without_a_pipeline_is_read_word_by_word():
    proposals = _suggest("Ein meeting im Keller.", language="qq")
    assert [proposal.code for proposal in proposals] == ["KM.TRUST"]
    assert pipeline_for("qq").attribute == "LOWER"


def test_sentences_keep_their_places():
    text = "Nothing here. A meeting there."
    sentences = [Sentence(0, 13), Sentence(14, 30)]
    (proposal,) = PhraseSuggester((TRUST,)).suggest(text, sentences)
    assert text[proposal.start : proposal.end] == "A meeting there."
