from __future__ import annotations

import pytest

from qualcase.text.words import count_words, word_spans


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s a well-known fact: 2.5 or 1,000.", ["It’s", "a", "well-known", "fact", "2.5", "or", "1,000"]),
        ("cafe\u0301 bar", ["cafe\u0301", "bar"]),
        ("'quoted' — dash - end-", ["quoted", "dash", "end"]),
        ("P1: hm\n\nP2", ["P1", "hm", "P2"]),
        ("", []),
    ],
)
def test_words_are_what_a_reader_counts(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in word_spans(text)] == words
    assert count_words(text) == len(words)
