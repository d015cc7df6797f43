"""The words around a passage, as a page shows them."""

from __future__ import annotations


def words_around(text: str, start: int, end: int, most: int) -> tuple[str, str]:
    """Return the whole words before and after `[start, end)`, up to `most` characters on either side.

    A word that `most` would cut is left out, unless nothing else would be left: scripts without blanks
    are cut where the room ends.
    """
    first, last = max(0, start - most), min(len(text), end + most)
    before, after = text[first:start], text[end:last]
    if first and not text[first - 1].isspace():
        _, blank, rest = _divided(before)
        before = rest if blank and rest.strip() else before
    if last < len(text) and not text[last].isspace():
        rest, blank, _ = _divided(after, last=True)
        after = rest if blank and rest.strip() else after
    return before, after


def _divided(text: str, *, last: bool = False) -> tuple[str, str, str]:
    places = range(len(text) - 1, -1, -1) if last else range(len(text))
    place = next((place for place in places if text[place].isspace()), None)
    return (text, "", "") if place is None else (text[:place], text[place], text[place + 1 :])
