"""Speechmatics: its first format, with words and speakers side by side, and its second, with both in one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualcase.readers.json_dialect import Dialect, Transcript
from qualcase.readers.json_values import is_records, number_of, record, records, stamp_of, words_of
from qualcase.readers.spoken_words import (
    Stretch,
    Word,
    follow_on,
    give_to_stretches,
    is_closing,
    join_runs,
)

if TYPE_CHECKING:
    from qualcase.readers.json_values import Record

_KINDS = {"word", "punctuation", "entity"}


def read_first(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read words `name` at `time`, given to the speaker in whose stretch of time they lie."""
    words = record(value).get("words")
    if not is_records(words) or not all("name" in word and "time" in word for word in words):
        return None
    spoken = [_timed(word) for word in words]
    stretches = [
        Stretch(words_of(speaker.get("name")) or None, start, start + length)
        for speaker in records(record(value).get("speakers"))
        if (start := number_of(speaker.get("time"))) is not None
        and (length := number_of(speaker.get("duration"))) is not None
    ]
    given = give_to_stretches(spoken, stretches)
    # Marks have times of their own here, which may lie past the end of a stretch.
    return Transcript(join_runs(follow_on(_unplaced(word) for word in given)), _metadata(value))


def read_second(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read words and marks that name their own speakers."""
    results = record(value).get("results")
    if not is_records(results) or not all(_is_spoken(item) for item in results):
        return None
    return Transcript(join_runs(follow_on(_spoken(item) for item in results)))


def _is_spoken(item: Record) -> bool:
    return words_of(item.get("type")) in _KINDS and "alternatives" in item and "start_time" in item


def _timed(word: Record) -> Word:
    start, length = number_of(word["time"]), number_of(word.get("duration"))
    text = words_of(word["name"])
    end = start + length if start is not None and length is not None else None
    return Word(text, None, stamp_of(word["time"]), start, end, joined=is_closing(text))


def _unplaced(word: Word) -> Word:
    return replace(word, start=None, speaker=None) if word.joined else replace(word, group=0)


def _spoken(item: Record) -> Word:
    options = records(item["alternatives"])
    best = options[0] if options else {}
    start = item["start_time"]
    joined = item.get("attaches_to") == "previous" or item.get("type") == "punctuation"
    speaker = words_of(best.get("speaker")) or words_of(item.get("channel")) or None
    return Word(words_of(best.get("content")), speaker, stamp_of(start), number_of(start), joined=joined)


def _metadata(value: Any) -> dict[str, str]:  # noqa: ANN401 - whatever JSON holds
    language = words_of(record(record(value).get("job")).get("lang"))
    return {"language": language} if language else {}


FIRST = Dialect("Speechmatics, first format", read_first)
SECOND = Dialect("Speechmatics", read_second)
