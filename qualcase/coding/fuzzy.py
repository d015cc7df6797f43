"""Finding a code by typing part of its name."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_START_OF_WORD = 8
_RUN = 10
_HIT = 1


@dataclass(frozen=True, slots=True)
class Match:
    """How well a name answers to what was typed, and which of its characters were meant."""

    score: int
    positions: tuple[int, ...]


def match_name(typed: str, name: str) -> Match | None:
    """Return the match of typed words in a name, or None; every word must be found, letters in order.

    Greedy and linear in the name: the first place where a word's letters are complete, then backwards
    for the closest-packed letters that end there; a word that stands in the name as it is goes first.
    """
    folded = _fold(name)
    positions: set[int] = set()
    score = 0
    for word in typed.split():
        found = _find(_fold(word), folded)
        if found is None:
            return None
        score += _score(found, folded)
        positions.update(found)
    return Match(score, tuple(sorted(positions)))


def rank_names(typed: str, names: Sequence[str]) -> list[tuple[int, Match]]:
    """Return the positions of the names that match, best first; with nothing typed, all in their order."""
    matches = ((place, match_name(typed, name)) for place, name in enumerate(names))
    found = [(place, match) for place, match in matches if match]
    return sorted(
        found, key=lambda pair: (-pair[1].score, len(names[pair[0]]) if typed.strip() else 0, pair[0])
    )


def _find(word: str, name: str) -> tuple[int, ...] | None:
    place = _whole(word, name)
    if place >= 0:
        return tuple(range(place, place + len(word)))
    end = -1
    for letter in word:
        end = name.find(letter, end + 1)
        if end < 0:
            return None
    return _tighten(word, name, end)


def _whole(word: str, name: str) -> int:
    first = place = name.find(word)
    while place >= 0:
        if _starts_word(name, place):
            return place
        place = name.find(word, place + 1)
    return first


def _tighten(word: str, name: str, end: int) -> tuple[int, ...]:
    places = []
    place = end + 1
    for letter in reversed(word):
        place = name.rfind(letter, 0, place)
        places.append(place)
    return tuple(reversed(places))


def _score(places: tuple[int, ...], name: str) -> int:
    starts = sum(_starts_word(name, place) for place in places)
    runs = sum(after == before + 1 for before, after in pairwise(places))
    return _HIT * len(places) + _START_OF_WORD * starts + _RUN * runs - (places[0] > 0 if places else 0)


def _starts_word(name: str, place: int) -> bool:
    return place == 0 or not name[place - 1].isalnum()


def _fold(text: str) -> str:
    # Character by character, so that positions stay those of the name ("ß" would become two).
    return "".join(folded if len(folded := letter.casefold()) == 1 else letter for letter in text)
