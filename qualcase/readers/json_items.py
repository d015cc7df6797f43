"""Meetings as items: one object a contribution, as QMSum, Otter and many scripts write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.readers.json_dialect import Dialect, Transcript
from qualcase.readers.json_values import first_of, is_records, number_of, record, records, stamp_of, words_of
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
_PROFILE = ("real_name", "display_name", "name")
_TIME = ("timestamp", "time", "start_time", "startTime", "start", "begin")
# Seconds in one step of Otter's offsets: samples, or milliseconds.
_UNITS = (1 / 16_000, 1 / 1_000)
_NEAR = 0.05
_MOSTLY = 0.2
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
    unit = _otter_unit(items, number_of(top.get("duration")))
    utterances = [_otter_utterance(item, names, unit) for item in items]
    title = words_of(top.get("title"))
    return Transcript(utterances, {"title": title} if title else {})


def _otter_utterance(item: Record, names: dict[str, str], unit: float | None) -> Utterance:
    """Return what was said; a speaker whom nobody named has the number that Otter shows, "Speaker 1"."""
    speaker = record(item.get("speaker")) or item
    own = words_of(first_of(speaker, ("speaker_name", "name", "speakerName")))
    named = own or names.get(words_of(item.get("speaker_id")), "")
    label = named or words_of(first_of(item, ("speaker_model_label", "label")))
    begin = item["start_offset"]
    seconds = number_of(begin, unit) if unit else None
    return Utterance(label or None, words_of(item["transcript"]), stamp_of(begin), seconds)


def _otter_unit(items: list[Record], duration: float | None) -> float | None:
    """Return how many seconds one step of the offsets is; None where the file does not show it.

    Otter counts samples, 16,000 a second; some exports count milliseconds. Which it is shows in the times of
    the words, which are seconds from the beginning of their item, else in the length of the recording.
    """
    for item in items:
        words = records(item.get("alignment"))
        long = _length(item)
        spoken = number_of(words[-1].get("end")) if words else None
        if long and spoken:
            return next((unit for unit in _UNITS if abs(long * unit - spoken) <= _NEAR * spoken), None)
    last = max((number_of(item.get("end_offset")) or 0.0 for item in items), default=0.0)
    if not last or not duration:
        return None
    fitting = [unit for unit in _UNITS if _MOSTLY * duration <= last * unit <= (1 + _NEAR) * duration]
    return fitting[0] if fitting else None


def _length(item: Record) -> float | None:
    begin, end = number_of(item.get("start_offset")), number_of(item.get("end_offset"))
    return end - begin if begin is not None and end is not None else None


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
    # Slack names the sender in a profile beside the message; `user` is only a code.
    found = first_of(record(item.get("user_profile")), _PROFILE) or first_of(item, _SPEAKER)
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
