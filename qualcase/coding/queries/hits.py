"""Where in a passage a search is answered: the shortest stretches that hold what it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.queries.words import Either, Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.coding.queries.words import Tree

    Span = tuple[int, int]
    Words = Sequence[tuple[int, int, str]]


def find_hits(tree: Tree, words: Words) -> list[Span]:
    """Return the hits `[start, end)` of a search among a passage's folded words, none sharing a word.

    A phrase is a hit wherever it stands, one of several joined by OR wherever any stands; words joined by
    AND are one hit from the first to the last of them, as short as can be (Clarke, Cormack & Burkowski 1995).
    """
    found: list[Span] = []
    for first, last in _stretches(tree, words):
        if not found or words[first][0] >= found[-1][1]:
            found.append((words[first][0], words[last][1]))
    return found


def _stretches(tree: Tree, words: Words) -> list[Span]:
    """Return the shortest stretches, as the places of their first and last words, in order."""
    if isinstance(tree, Phrase):
        return _places(tree, words)
    parts = [_stretches(part, words) for part in tree.parts]
    if isinstance(tree, Either):
        return _shortest(stretch for part in parts for stretch in part)
    if any(_stretches(part, words) for part in tree.without):
        return []
    together = parts[0]
    for part in parts[1:]:
        together = _join(together, part)
    return together


def _places(phrase: Phrase, words: Words) -> list[Span]:
    *firsts, last = phrase.words
    size = len(phrase.words)
    return [
        (place, place + size - 1)
        for place in range(len(words) - size + 1)
        if _is(words[place + size - 1][2], last, prefix=phrase.prefix)
        and all(words[place + step][2] == word for step, word in enumerate(firsts))
    ]


def _is(word: str, wanted: str, *, prefix: bool) -> bool:
    return word.startswith(wanted) if prefix else word == wanted


def _join(one: list[Span], other: list[Span]) -> list[Span]:
    """Return the shortest stretches that hold one of each; both are in order and none holds another."""
    joined: list[Span] = []
    place = 0
    for first, last in one:
        while place < len(other) and other[place][1] <= last:
            place += 1
        nearest = other[max(0, place - 1) : place + 1]
        joined += [(min(first, begins), max(last, ends)) for begins, ends in nearest]
    return _shortest(joined)


def _shortest(stretches: Iterable[Span]) -> list[Span]:
    """Return the stretches that hold no other, in order."""
    kept: list[Span] = []
    for first, last in sorted(set(stretches), key=lambda span: (span[1], -span[0])):
        if not kept or first > kept[-1][0]:
            kept.append((first, last))
    return kept
