"""BBC tools: Kaldi with its segments, and Digital Paper Edit with its paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.readers.json_dialect import Dialect, Transcript
from qualcase.readers.json_values import is_records, number_of, record, records, stamp_of, words_of
from qualcase.readers.spoken_words import Stretch, Word, give_to_stretches, is_closing, join_runs

if TYPE_CHECKING:
    from qualcase.readers.json_values import Record


def read_kaldi(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read words, given to the segment that they lie in; a segment without words is no utterance."""
    top = record(record(value).get("retval")) or record(value)
    words = top.get("words")
    if not is_records(words) or not all("punct" in word and "start" in word for word in words):
        return None
    segments = records(record(top.get("segmentation")).get("segments"))
    stretches = [
        Stretch(words_of(record(segment.get("speaker")).get("@id")) or None, start, start + length)
        for segment in segments
        if (start := number_of(segment.get("start"))) is not None
        and (length := number_of(segment.get("duration"))) is not None
    ]
    return Transcript(join_runs(give_to_stretches([_word(word, "punct") for word in words], stretches)))


def read_paper_edit(value: Any) -> Transcript | None:  # noqa: ANN401 - whatever JSON holds
    """Read words, given to the paragraph that they lie in; a paragraph is an utterance."""
    top = record(value)
    words, paragraphs = top.get("words"), top.get("paragraphs")
    if not is_records(words) or not is_records(paragraphs):
        return None
    if not all("text" in word and "start" in word for word in words):
        return None
    stretches = [
        Stretch(words_of(paragraph.get("speaker")) or None, start, end)
        for paragraph in paragraphs
        if (start := number_of(paragraph.get("start"))) is not None
        and (end := number_of(paragraph.get("end"))) is not None
    ]
    return Transcript(join_runs(give_to_stretches([_word(word, "text") for word in words], stretches)))


def _word(word: Record, key: str) -> Word:
    text = words_of(word[key])
    return Word(
        text,
        None,
        stamp_of(word["start"]),
        number_of(word["start"]),
        number_of(word.get("end")),
        joined=is_closing(text),
    )


KALDI = Dialect("BBC Kaldi", read_kaldi)
PAPER_EDIT = Dialect("Digital Paper Edit", read_paper_edit)
