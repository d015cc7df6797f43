"""Meetings as items: one object a contribution, as QMSum, Otter and many scripts write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.readers.json_dialect import Dialect, Transcript
from qualcase.readers.json_values import first_of, is_records, record, records, stamp_of, words_of
from qualcase.readers.timestamps import to_seconds
from qualcase.readers.utterances import Utterance

if TYPE_CHECKING:
    from qualcase.readers.json_values import Record

_LISTS = (
    "meeting_transcripts", "utterances", "turns", "transcript", "transcripts", "transcription", "dialogue",
    "conversation", "messages", "monologues", "segments", "entries", "items",
)  # fmt: skip
_TEXT = ("content", "text", "utterance", "transcript", "sentence", "speech", "message", "body", "said")
_SPEAKER = (
    "speaker", "speaker_name", "speakerName", "speaker_label", "speakerLabel", "participant", "author",
    "user", "sender", "from", "nick", "who", "name", "role",
)  # fmt: skip
_TIME = ("timestamp", "time", "start_time", "startTime", "start", "begin")
_NAMES = ("speaker_name", "name", "label", "id")


def read_items(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read a list of objects that have words, and a speaker or a time; each is an utterance."""
    items = _items(value)
    if items is None:
        return None
    return Transcript([_utterance(item) for item in items if _words(item)])


def read_otter(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read Otter's transcripts, whose speakers are named in a list of their own."""
    top = record(record(value).get("speech")) or record(value)
    items = top.get("transcripts")
    if not is_records(items) or not all("transcript" in item and "start_offset" in item for item in items):
        return None
    listed = [speaker for part in (top, record(value)) for speaker in records(part.get("speakers"))]
    names = {
        key: words_of(first_of(speaker, _NAMES))
        for speaker in listed
        if (key := words_of(first_of(speaker, ("speaker_id", "id"))))
    }
    utterances = []
    for item in items:
        speaker = record(item.get("speaker")) or item
        own = words_of(first_of(speaker, ("speaker_name", "name", "speakerName")))
        named = own or names.get(words_of(item.get("speaker_id")), "")
        label = named or words_of(first_of(item, ("label", "speaker_model_label")))
        # Otter counts offsets in samples in some exports and in milliseconds in others.
        utterances.append(
            Utterance(label or None, words_of(item["transcript"]), stamp_of(item["start_offset"]))
        )
    title = words_of(top.get("title"))
    return Transcript(utterances, {"title": title} if title else {})


def _items(value: Any) -> list[Record] | None:  # noqa: ANN401 - whatever JSON holds
    lists = [value] if isinstance(value, list) else [record(value).get(name) for name in _LISTS]
    for found in lists:
        if is_records(found) and _are_items(found):
            return list(found)
    return None


def _are_items(items: list[Record]) -> bool:
    said = [item for item in items if _words(item)]
    placed = [item for item in said if _speaker(item) or first_of(item, _TIME) is not None]
    return len(said) * 2 > len(items) and len(placed) * 2 > len(said)


def _words(item: Record) -> str:
    found = first_of(item, _TEXT)
    return found if isinstance(found, str) else ""


def _speaker(item: Record) -> str | None:
    found = first_of(item, _SPEAKER)
    named = first_of(found, _NAMES) if isinstance(found, dict) else found
    return words_of(named).strip().rstrip(":").rstrip() or None


def _utterance(item: Record) -> Utterance:
    stamp = stamp_of(first_of(item, _TIME))
    return Utterance(_speaker(item), _words(item), stamp, _seconds(stamp))


def _seconds(stamp: str | None) -> float | None:
    """Return a clock time or a number with a fraction as seconds; the unit of a whole number is not told."""
    if stamp and "." in stamp and stamp.replace(".", "", 1).isdigit():
        return float(stamp)
    return to_seconds(stamp)


ITEMS = Dialect("items", read_items)
OTTER = Dialect("Otter", read_otter)
