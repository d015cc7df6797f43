"""Utterances laid out as one text: for files that mark who said what without being a text themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.paragraphs import split_lines
from qualcase.readers.speaker_pattern import labels_by_pattern
from qualcase.readers.structure import Structure, make_turn, move_turn, times_of
from qualcase.readers.talk_signs import tell_unmatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.model.source import Turn


@dataclass(frozen=True, slots=True)
class Utterance:
    """One contribution: who (None where nobody is named), what, and when, as written and in seconds."""

    speaker: str | None
    text: str
    timestamp: str | None = None
    seconds: float | None = None


def lay_out(
    utterances: Iterable[Utterance], speakers: str | None, warnings: Sequence[str] = ()
) -> tuple[str, Structure]:
    """Return utterances as lines "Speaker: words" and as turns; one without words is left out.

    `speakers` "none" makes them one paragraph. A pattern is asked of each line as it is laid out: it says
    whose names are speakers, and divides an utterance in which labels stand.
    """
    pieces: list[str] = []
    turns: list[Turn] = []
    length = 0
    pattern = None if is_none(speakers) else speakers
    for utterance in utterances:
        words = utterance.text.strip()
        if not words:
            continue
        line = f"{utterance.speaker}: {words}" if utterance.speaker else words
        found = _by_pattern(line, utterance, pattern) if pattern else [_whole(line, words, utterance)]
        turns.extend(move_turn(turn, length) for turn in found if turn)
        pieces.append(line)
        length += len(line) + 1
    text = "\n".join(pieces)
    times = times_of(turns)
    if is_none(speakers):
        blocks = (Block(0, len(text)),) if text else ()
        return text, Structure((), blocks, times, tuple(warnings))
    unmatched = tell_unmatched() if pattern and not any(turn.speaker for turn in turns) else ()
    return text, Structure(tuple(turns), (), times, (*warnings, *unmatched))


def is_none(speakers: str | None) -> bool:
    """Say whether the user wants no turns at all."""
    return (speakers or "").casefold() == "none"


def _whole(line: str, words: str, utterance: Utterance) -> Turn | None:
    begin = len(line) - len(words)
    return make_turn(line, begin, len(line), utterance.speaker, utterance.timestamp, utterance.seconds)


def _by_pattern(line: str, utterance: Utterance, pattern: str) -> list[Turn | None]:
    """Return a turn for each label that the pattern finds, and one for what stands before the first."""
    labels = labels_by_pattern(pattern, split_lines(line))
    when = (utterance.timestamp, utterance.seconds)
    first = labels[0].start if labels else len(line)
    ends = [*(label.start for label in labels), len(line)][1:]
    before = make_turn(line, 0, first, None, *when)
    return [
        before,
        *(
            make_turn(line, label.speech, end, label.name, *when)
            for label, end in zip(labels, ends, strict=True)
        ),
    ]
