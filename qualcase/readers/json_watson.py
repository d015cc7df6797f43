"""IBM Watson: words with times in one list, and who spoke at each time in another."""

from __future__ import annotations

from typing import Any

from qualcase.readers.json_dialect import Dialect, Transcript
from qualcase.readers.json_values import is_records, number_of, record, records, stamp_of, words_of
from qualcase.readers.spoken_words import Word, join_runs

_PARTS = 3


def read_watson(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read words by their speakers; without speakers each result is an utterance."""
    responses = [value] if "speaker_labels" in record(value) else records(record(value).get("results"))
    nested = [entry for entry in responses if is_records(entry.get("results"))]
    if not nested and _has_times(record(value)):
        nested = [value]
    if not nested or not all(_has_times(entry) for entry in nested):
        return None
    words = []
    for entry in nested:
        named = {
            stamp_of(label.get("from")): words_of(label.get("speaker")) or None
            for label in records(entry.get("speaker_labels"))
        }
        for number, result in enumerate(records(entry["results"])):
            group = 0 if named else number
            words += [_word(timed, named, group) for timed in _timed(result)]
    return Transcript(join_runs(words))


def _has_times(entry: dict[str, Any]) -> bool:
    return any("timestamps" in option for result in records(entry.get("results")) for option in _best(result))


def _best(result: dict[str, Any]) -> list[dict[str, Any]]:
    return records(result.get("alternatives"))[:1]


def _timed(result: dict[str, Any]) -> list[list[Any]]:
    times = [option.get("timestamps") for option in _best(result)]
    return [
        timed
        for each in times
        if isinstance(each, list)
        for timed in each
        if isinstance(timed, list) and len(timed) >= _PARTS
    ]


def _word(timed: list[Any], named: dict[str | None, str | None], group: int) -> Word:
    text, start, end = timed[:_PARTS]
    stamp = stamp_of(start)
    return Word(words_of(text), named.get(stamp), stamp, number_of(start), number_of(end), group=group)


WATSON = Dialect("IBM Watson", read_watson)
