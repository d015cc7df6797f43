"""Words one by one, as speech recognition gives them: joined to runs, and given to who spoke at that time."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from qualcase.readers.utterances import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CLOSING = re.compile(r"[.,;:!?…%)\]}»”’]+\Z")
# How far from every segment a word may lie and still belong to the nearest, in seconds.
NEAR = 1.0


@dataclass(frozen=True, slots=True)
class Word:
    """One word, its speaker, its start as written and in seconds; `joined` to the word before it.

    `group` parts words that the file parts although their speaker is the same.
    """

    text: str
    speaker: str | None = None
    start: str | None = None
    seconds: float | None = None
    end: float | None = None
    joined: bool = False
    group: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time in seconds in which one person speaks."""

    speaker: str | None
    start: float
    end: float


def is_closing(text: str) -> bool:
    """Say whether a piece is nothing but marks that follow a word without a space."""
    return bool(_CLOSING.match(text))


def join_runs(words: Iterable[Word]) -> list[Utterance]:
    """Return the runs of words with one speaker as utterances; each bears the time of its first word."""
    runs = groupby(words, key=lambda word: (word.group, word.speaker))
    return [_utterance(speaker, list(run)) for (_, speaker), run in runs]


def join_words(words: Iterable[Word]) -> str:
    """Return words with spaces between them, but none before what is joined to the word before it."""
    pieces: list[str] = []
    for word in words:
        if pieces and not word.joined:
            pieces.append(" ")
        pieces.append(word.text)
    return "".join(pieces)


def follow_on(words: Iterable[Word]) -> list[Word]:
    """Return words where those that are joined, and have no speaker, take that of the word before."""
    followed: list[Word] = []
    for word in words:
        before = followed[-1] if followed else None
        if before and word.joined and (word.speaker is None or word.start is None):
            followed.append(replace(word, speaker=before.speaker, group=before.group))
        else:
            followed.append(word)
    return followed


def give_to_stretches(words: Iterable[Word], stretches: Sequence[Stretch]) -> list[Word]:
    """Return words with the speaker of the stretch that each overlaps most, or of the nearest within 1 s.

    A word further off has no speaker. `group` becomes the number of the stretch, −1 for none.
    """
    ordered = sorted(stretches, key=lambda stretch: stretch.start)
    starts = [stretch.start for stretch in ordered]
    given = []
    for word in words:
        place = _stretch_of(word, ordered, starts) if word.seconds is not None else -1
        given.append(replace(word, speaker=ordered[place].speaker if place >= 0 else None, group=place))
    return given


def _stretch_of(word: Word, ordered: Sequence[Stretch], starts: Sequence[float]) -> int:
    begin = word.seconds or 0.0
    end = max(word.end or begin, begin)
    last = bisect_right(starts, end)
    near = range(max(0, last - 3), min(len(ordered), last + 1))
    if not near:
        return -1
    best = max(near, key=lambda place: min(end, ordered[place].end) - max(begin, ordered[place].start))
    gap = max(begin, ordered[best].start) - min(end, ordered[best].end)
    return best if gap <= NEAR else -1


def _utterance(speaker: str | None, words: list[Word]) -> Utterance:
    first = next((word for word in words if word.start is not None), words[0])
    return Utterance(speaker, join_words(words), first.start, first.seconds)
