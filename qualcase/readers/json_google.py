"""Google Speech-to-Text: results whose words may bear speakers, of versions 1 and 2."""

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
from qualcase.readers.utterances import Utterance

if TYPE_CHECKING:
    from qualcase.readers.json_values import Record

_START = ("startTime", "startOffset", "start_time", "start_offset")
_END = ("endTime", "endOffset", "end_time", "end_offset")
_SPEAKER = ("speakerLabel", "speakerTag", "speaker_label", "speaker_tag")
_CHANNEL = ("channelTag", "channel_tag")


def read_google(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read results; words with speakers become runs, results without them an utterance each."""
    results = _results(value)
    if results is None:
        return None
    best = [options[0] for result in results if (options := records(result.get("alternatives")))]
    told = [words for words in map(_words, best) if any(_speaker(word) for word in words)]
    if told:
        # With speakers, the last result repeats the words of all results before it.
        last = told[-1]
        whole = len(told) == 1 or len(last) >= sum(len(words) for words in told[:-1])
        words = last if whole else [word for each in told for word in each]
        return Transcript(join_runs(_word(word) for word in words))
    return Transcript([utterance for result in results if (utterance := _utterance(result))])


def _results(value: Any) -> list[Record] | None:  # noqa: ANN401 - whatever JSON holds
    top = record(value)
    top = record(top.get("response")) or top
    results = top.get("results")
    if isinstance(results, dict):  # a batch: one transcript a file
        files = [record(record(entry).get("transcript")) for entry in results.values()]
        results = files[0].get("results") if len(files) == 1 else None
    if not is_records(results) or not any("alternatives" in result for result in results):
        return None
    texts = [option for result in results for option in records(result.get("alternatives"))]
    known = all("timestamps" not in option and "content" not in option for option in texts)
    return results if known and any("transcript" in option or "words" in option for option in texts) else None


def _words(option: Record) -> list[Record]:
    return [word for word in records(option.get("words")) if "word" in word]


def _speaker(word: Record) -> str | None:
    named = words_of(first_of(word, _SPEAKER))
    return named if named not in {"", "0"} else None


def _word(word: Record) -> Word:
    text = words_of(word["word"])
    start, end = _time(first_of(word, _START)), _time(first_of(word, _END))
    return Word(text, _speaker(word), start, number_of(start), number_of(end), joined=is_closing(text))


def _time(value: Any) -> str | None:  # noqa: ANN401 - whatever JSON holds
    """Return a time as Google writes it, "1.300s", also where a client wrote its seconds and nanos apart."""
    apart = record(value)
    if not apart.keys() & {"seconds", "nanos"}:
        return stamp_of(value)
    nanos = words_of(apart.get("nanos")) or "0"
    fraction = nanos.zfill(9).rstrip("0") if nanos.isdecimal() else ""
    return f"{words_of(apart.get('seconds')) or '0'}{'.' if fraction else ''}{fraction}s"


def _utterance(result: Record) -> Utterance | None:
    options = records(result.get("alternatives"))
    if not options:
        return None
    words = [_word(word) for word in _words(options[0])]
    start = words[0].start if words else None
    channel = words_of(first_of(result, _CHANNEL)) or None
    text = words_of(options[0].get("transcript"))
    return Utterance(channel, text, start, words[0].seconds if words else None)


GOOGLE = Dialect("Google Speech-to-Text", read_google)
