"""Finding a quotation in a text, and saying where one that is not there begins to differ."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"(?P<broken>[-\u00ad][ \t]*\n\s*)|(?P<space>\s+)|(?P<other>.)", re.DOTALL)
# A hyphen at a line's end may be the typesetter's or the word's own: both readings match.
_BREAK = r"(?:[-\u00ad][ \t]*\n\s*)?"
_BROKEN = "-\n"
_AFTER_HYPHEN = r"(?:[ \t]*\n\s*)?"
_WORD_AROUND = re.compile(r"\S+")


def find_quote(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Return every `[start, end)` of `text` that reads as `quote`, in order.

    White space counts as one blank however long it is, on both sides, and a word divided by a hyphen at a
    line's end matches the word undivided. Everything else must be the same, character by character.
    """
    tokens = _tokens(quote)
    if not tokens:
        return ()
    return tuple(found.span() for found in _pattern(tokens).finditer(text))


def first_difference(text: str, quote: str, near: int = 0) -> tuple[int, str, str]:
    """Return (offset in `text`, expected word, found word) where `quote` begins to differ from `text`.

    The longest beginning or ending of the quote that the text has decides where; of several such places
    the one closest to the offset `near` is meant. Both words are empty if the text has nothing of the quote.
    """
    tokens = _tokens(quote)
    head, tail = _longest(text, tokens, from_end=False), _longest(text, tokens, from_end=True)
    if not head and not tail:
        return near, _word_at(quote.strip(), 0), ""
    if head >= tail:
        _, end = _closest(text, tokens[:head], near)
        inside = 0 if tokens[head - 1] == " " else 1
        return end, _word_of(tokens, head - inside), _word_at(text, end - inside)
    start, _ = _closest(text, tokens[len(tokens) - tail :], near)
    offset = max(start - 1, 0)
    return offset, _word_of(tokens, len(tokens) - tail - 1), _word_at(text, offset)


def line_of(text: str, offset: int) -> int:
    """Return the 1-based number of the line that holds `offset`."""
    return text.count("\n", 0, offset) + 1


def _tokens(quote: str) -> list[str]:
    """Split a quote into single characters, with runs of white space as one blank."""
    found = _TOKEN.finditer(quote.strip())
    return [_BROKEN if one["broken"] else " " if one["space"] else one["other"] for one in found]


def _pattern(tokens: list[str]) -> re.Pattern[str]:
    parts: list[str] = []
    for index, piece in enumerate(tokens):
        before = tokens[index - 1] if index else " "
        if piece == _BROKEN:
            parts.append(r"(?:[-\u00ad]?(?:[ \t]*\n\s*)?)")
        elif piece.isspace():
            parts.append(r"\s+")
        else:
            parts.append(_joint(before, piece) + re.escape(piece))
    return re.compile("".join(parts))


def _joint(before: str, after: str) -> str:
    """Return what may stand between two characters of a quote that the text divides at a line's end."""
    if before == "-":
        return _AFTER_HYPHEN
    return _BREAK if before.isalnum() and after.isalnum() else ""


def _longest(text: str, tokens: list[str], *, from_end: bool) -> int:
    """Return how many tokens from the quote's beginning (or end) `text` has somewhere."""
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high + 1) // 2
        part = tokens[len(tokens) - middle :] if from_end else tokens[:middle]
        if _pattern(part).search(text):
            low = middle
        else:
            high = middle - 1
    return low


def _closest(text: str, tokens: list[str], near: int) -> tuple[int, int]:
    spans = (found.span() for found in _pattern(tokens).finditer(text))
    return min(spans, key=lambda span: abs(span[0] - near))


def _word_of(tokens: list[str], index: int) -> str:
    return _word_at("".join(tokens), sum(len(token) for token in tokens[: max(index, 0)]))


def _word_at(text: str, offset: int) -> str:
    """Return the run of non-blanks of `text` that holds `offset`, or follows it."""
    start = offset
    while start > 0 and offset < len(text) and not text[start - 1].isspace() and not text[offset].isspace():
        start -= 1
    found = _WORD_AROUND.search(text, start)
    return found[0] if found else ""
