"""Words as search compares them: case, accents and ways of writing one letter make no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Scripts written without spaces: each sign is a word of its own, and a phrase finds them in a row.
_SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f"
_WORD = re.compile(rf"[{_SIGNS}]|[^\W_{_SIGNS}](?:[^\W_{_SIGNS}]|[{_MARKS}])*+")
_ASCII_WORD = re.compile(r"[0-9a-z]+")
# Letters that carry a stroke are letters of their own to Unicode; people type them without it.
_STROKES = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"})


def folded_words(text: str) -> list[str]:
    """Return the words of a text as search compares them, in order."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return [fold_word(word) for word in _WORD.findall(text)]


def folded_spans(text: str) -> list[tuple[int, int, str]]:
    """Return the `[start, end)` of each word of a text, with the word as search compares it."""
    return [(*found.span(), fold_word(found[0])) for found in _WORD.finditer(text)]


@lru_cache(maxsize=1 << 16)
def fold_word(word: str) -> str:
    """Return a word without case, accents and strokes; letters and digits only, and never nothing."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(letter for letter in plain if letter.isalnum()).translate(_STROKES) or word
