"""Amazon Transcribe: words with speakers or channels, and the turns of call analytics."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualcase.readers.json_dialect import Dialect, Transcript
from qualcase.readers.json_values import is_records, number_of, record, records, stamp_of, words_of
from qualcase.readers.spoken_words import Stretch, Word, follow_on, give_to_stretches, join_runs
from qualcase.readers.utterances import Utterance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.readers.json_values import Record

_MILLISECONDS = 0.001


def read_transcribe(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read a transcript of words; a run of words with one speaker or channel is an utterance."""
    results = record(record(value).get("results"))
    items = results.get("items") or _channel_items(results)
    if not is_records(items) or not all("alternatives" in item and "type" in item for item in items):
        return None
    words = follow_on(_with_speakers([_word(item) for item in items], items, results))
    return Transcript(join_runs(words), _metadata(results))


def read_call(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read call analytics; each entry of its transcript is an utterance of a role."""
    turns = record(value).get("Transcript")
    if not is_records(turns) or not all("ParticipantRole" in turn and "Content" in turn for turn in turns):
        return None
    utterances = [
        Utterance(
            words_of(turn["ParticipantRole"]) or None,
            words_of(turn["Content"]),
            stamp_of(turn.get("BeginOffsetMillis")),
            number_of(turn.get("BeginOffsetMillis"), _MILLISECONDS),
        )
        for turn in turns
    ]
    language = words_of(record(value).get("LanguageCode"))
    return Transcript(utterances, {"language": language} if language else {})


def _word(item: Record) -> Word:
    options = records(item.get("alternatives"))
    label = words_of(item.get("speaker_label")) or words_of(item.get("channel_label")) or None
    return Word(
        words_of(options[0].get("content")) if options else "",
        label,
        stamp_of(item.get("start_time")),
        number_of(item.get("start_time")),
        number_of(item.get("end_time")),
        joined=item.get("type") == "punctuation",
    )


def _with_speakers(words: list[Word], items: list[Record], results: Record) -> list[Word]:
    """Return words with the speakers that the file names beside them."""
    if any(word.speaker for word in words):
        return words
    segments = records(record(results.get("speaker_labels")).get("segments"))
    by_start = {
        stamp_of(item.get("start_time")): words_of(item.get("speaker_label")) or None
        for segment in segments
        for item in records(segment.get("items"))
    }
    if by_start:
        return [replace(word, speaker=by_start.get(word.start)) if word.start else word for word in words]
    if segments:
        return _by_span(words, segments)
    return _by_channel(words, items, results)


def _by_span(words: list[Word], segments: Iterable[Record]) -> list[Word]:
    stretches = [
        Stretch(words_of(segment.get("speaker_label")) or None, start, end)
        for segment in segments
        if (start := number_of(segment.get("start_time"))) is not None
        and (end := number_of(segment.get("end_time"))) is not None
    ]
    return [replace(word, group=0) for word in give_to_stretches(words, stretches)]


def _by_channel(words: list[Word], items: list[Record], results: Record) -> list[Word]:
    channels: dict[tuple[str, str], list[str]] = {}
    for channel in _channels(results):
        for item in records(channel.get("items")):
            if item.get("type") != "punctuation":
                channels.setdefault(_key(item), []).append(words_of(channel.get("channel_label")))
    found = []
    for word, item in zip(words, items, strict=True):
        named = channels.get(_key(item), []) if not word.joined else []
        found.append(replace(word, speaker=(named.pop(0) or None) if named else None))
    return found


def _channels(results: Record) -> list[Record]:
    return records(record(results.get("channel_labels")).get("channels"))


def _channel_items(results: Record) -> list[Record]:
    """Return the words of all channels in the order of their time, where no common list is given."""
    timed: list[tuple[float, Record]] = []
    for channel in _channels(results):
        label, start = words_of(channel.get("channel_label")), 0.0
        for item in records(channel.get("items")):
            start = number_of(item.get("start_time")) or start
            timed.append((start, {**item, "channel_label": label}))
    return [item for _, item in sorted(timed, key=lambda pair: pair[0])]


def _key(item: Record) -> tuple[str, str]:
    options = records(item.get("alternatives"))
    return words_of(item.get("start_time")), words_of(options[0].get("content")) if options else ""


def _metadata(results: Record) -> dict[str, str]:
    language = words_of(results.get("language_code"))
    return {"language": language} if language else {}


TRANSCRIBE = Dialect("Amazon Transcribe", read_transcribe)
CALL = Dialect("Amazon Transcribe call analytics", read_call)
