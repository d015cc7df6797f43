"""Words: the unit that people select by and that word counts count."""

from __future__ import annotations

import re

# Marks that belong to the letter before them, which Python's \w leaves out: combining accents, vowel signs
# and points of Hebrew, Arabic and Devanagari, and the joiners inside Persian or Indic words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u200c\u200d"
)
_LETTERS = rf"[\w{_MARKS}]"
_WORD = re.compile(rf"\w{_LETTERS}*+(?:[-'’‐‑]{_LETTERS}++|[.,](?=\d)\d++{_LETTERS}*+)*+")


def word_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return the `[start, end)` of every word of `text`, in order.

    Inner apostrophes and hyphens, and the point or comma inside a number, do not divide a word.
    """
    return tuple(found.span() for found in _WORD.finditer(text))


def count_words(text: str) -> int:
    """Count the words of `text` as `word_spans` finds them."""
    return sum(1 for _ in _WORD.finditer(text))
