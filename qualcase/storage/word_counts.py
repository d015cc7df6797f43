"""Whether the index of words is in step with the texts: every word counted in both."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage import sqlite
from qualcase.storage.schema import material, retrieval
from qualcase.storage.search import SEGMENT_BITS
from qualcase.text.folding import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection

    Span = tuple[int, int]

WORDS_AMISS = "the index of words"


def find_unindexed(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each source that the index does not cover, and one where its words are not theirs.

    What is compared is in how many passages each word stands and how often, not the places within them.
    """
    version, content, source = material.text_version, material.content, material.source
    query = (
        select(version.c.id, _is_current(), source.c.handle, content.c.text)
        .join(source, source.c.id == version.c.source_id)
        .join(content, content.c.sha256 == version.c.sha256)
    )
    spans = _spans(connection)
    passages: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for key, current, handle, text in connection.execute(query):
        mine = spans.pop(key, [])
        if (current or mine) and not _covers(mine, len(text)):
            yield f"{WORDS_AMISS} does not cover {handle}"
        for start, end in mine:
            words = folded_words(text[start:end])
            times.update(words)
            passages.update(set(words))
    counted = {word: (passages[word], times[word]) for word in times}
    if spans or counted != sqlite.count_words(connection):
        yield f"{WORDS_AMISS} is out of step with the texts"


def _is_current() -> ColumnElement[bool]:
    source = material.source
    return (material.text_version.c.uid == source.c.text_uid) & (source.c.deleted == 0)


def _spans(connection: Connection) -> dict[int, list[Span]]:
    segment = retrieval.segment
    rows = connection.execute(select(segment.c.id, segment.c.end).order_by(segment.c.id))
    found = ((key >> SEGMENT_BITS, (key & (1 << SEGMENT_BITS) - 1, end)) for key, end in rows)
    return {text: [span for _, span in group] for text, group in groupby(found, key=lambda one: one[0])}


def _covers(spans: list[Span], length: int) -> bool:
    place = 0
    for start, end in spans:
        if start != place:
            return False
        place = end
    return place == length
