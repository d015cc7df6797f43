"""Whisper and its kin: segments with times, with speakers where a diariser has been at work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.readers.json_dialect import Dialect, Transcript
from qualcase.readers.json_values import (
    first_of,
    is_records,
    number_of,
    record,
    records,
    stamp_of,
    words_of,
)
from qualcase.readers.spoken_words import Word, is_closing, join_runs
from qualcase.readers.timestamps import to_seconds
from qualcase.readers.utterances import Utterance

if TYPE_CHECKING:
    from qualcase.readers.json_values import Record


def read_whisper(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read segments, each an utterance; words alone become runs of one speaker."""
    top = record(value)
    segments = top.get("segments")
    metadata = {"language": language} if (language := words_of(top.get("language"))) else {}
    if is_records(segments) and all("text" in segment and "start" in segment for segment in segments):
        return Transcript([part for segment in segments for part in _parts(segment)], metadata)
    words = top.get("word_segments") or top.get("words")
    if is_records(words) and all("word" in word for word in words):
        return Transcript(join_runs(_follow(words)), metadata)
    return None


def read_chunks(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read what pipelines around Whisper write: `speakers` or `chunks` with a pair of times."""
    top = record(value)
    chunks = top.get("speakers") if is_records(top.get("speakers")) else top.get("chunks")
    if not is_records(chunks) or not all("text" in chunk and "timestamp" in chunk for chunk in chunks):
        return None
    return Transcript([_chunk(chunk) for chunk in chunks])


def read_whisper_cpp(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read what whisper.cpp writes: `transcription` with clock times."""
    parts = record(value).get("transcription")
    if not is_records(parts) or not all("text" in part and "timestamps" in part for part in parts):
        return None
    stamps = [stamp_of(record(part["timestamps"]).get("from")) for part in parts]
    utterances = [
        Utterance(words_of(part.get("speaker")) or None, words_of(part["text"]), stamp, to_seconds(stamp))
        for part, stamp in zip(parts, stamps, strict=True)
    ]
    language = words_of(record(record(value).get("result")).get("language"))
    return Transcript(utterances, {"language": language} if language else {})


def _parts(segment: Record) -> list[Utterance]:
    """Return a segment as one utterance, or as several where its words name different speakers."""
    words = [word for word in records(segment.get("words")) if "word" in word]
    speakers = {words_of(word.get("speaker")) for word in words} - {""}
    if len(speakers) > 1:
        return join_runs(_follow(words))
    alone = speakers.pop() if speakers else None
    start = segment.get("start")
    speaker = words_of(segment.get("speaker")) or alone
    return [Utterance(speaker, words_of(segment["text"]), stamp_of(start), number_of(start))]


def _follow(words: list[Record]) -> list[Word]:
    """Return words; one without a speaker (a number that could not be placed) has that of the word before."""
    # Whisper writes the space before a word as part of it.
    spaced = any(words_of(word["word"]).startswith(" ") for word in words)
    found: list[Word] = []
    for word in words:
        text = words_of(word["word"])
        speaker = words_of(word.get("speaker")) or (found[-1].speaker if found else None)
        joined = not text.startswith(" ") if spaced else is_closing(text)
        start = first_of(word, ("start",))
        found.append(Word(text.strip(), speaker, stamp_of(start), number_of(start), joined=joined))
    return found


def _chunk(chunk: Record) -> Utterance:
    pair = chunk["timestamp"]
    start = pair[0] if isinstance(pair, list) and pair else None
    return Utterance(
        words_of(chunk.get("speaker")) or None, words_of(chunk["text"]), stamp_of(start), number_of(start)
    )


WHISPER = Dialect("Whisper", read_whisper)
CHUNKS = Dialect("Whisper pipeline", read_chunks)
WHISPER_CPP = Dialect("whisper.cpp", read_whisper_cpp)
