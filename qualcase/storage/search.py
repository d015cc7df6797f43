"""Full text: the index of words, kept right with every text that is stored, and what a search finds in it.

The index holds no text. It holds, for each turn or paragraph, its words as search compares them, under a
key that says which text it belongs to and where in it it begins. Texts never change once they are stored,
so what is indexed stays right through undo and redo; a search looks at the sources' current texts only.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select

from qualcase.model.source import Turn
from qualcase.storage import sqlite
from qualcase.storage.schema import material, retrieval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Select

    Span = tuple[int, int]

SEGMENT_BITS = 32  # Where a segment begins is the lower half of its key; no text is that long.
_LONGEST = 4000  # Code points; what is longer is divided at sentences.


def segment_spans(text: str, parts: Iterable[Span], sentences: Sequence[Span]) -> list[Span]:
    """Return the passages `[start, end)` that a text is searched in; they cover all of it.

    Each ends where a turn or a paragraph ends, so that a speaker's label goes with what is said.
    """
    ends = sorted({min(end, len(text)) for _, end in parts if end > 0} | {len(text)})
    spans: list[Span] = []
    start = 0
    for end in ends:
        while end - start > _LONGEST:
            cut = _last_sentence(sentences, start, start + _LONGEST) or _last_gap(
                text, start, start + _LONGEST
            )
            spans.append((start, cut))
            start = cut
        if end > start:
            spans.append((start, end))
            start = end
    return spans


def _last_sentence(sentences: Sequence[Span], start: int, limit: int) -> int | None:
    return next((end for _, end in reversed(sentences) if start < end <= limit), None)


def _last_gap(text: str, start: int, limit: int) -> int:
    # Speech that a machine wrote down may have no sentences; without a gap either, the limit has to do.
    gaps = (place for place in range(limit, start, -1) if text[place - 1].isspace() or text[place].isspace())
    return next(gaps, limit)


def index_text(
    connection: Connection, text_id: int, text: str, parts: Iterable[Span], sentences: Sequence[Span]
) -> None:
    """Enter the words of one text version."""
    spans = segment_spans(text, parts, sentences)
    if not spans:
        return
    keys = [text_id << SEGMENT_BITS | start for start, _ in spans]
    rows = [{"id": key, "end": end} for key, (_, end) in zip(keys, spans, strict=True)]
    connection.execute(insert(retrieval.segment), rows)
    words = (_folded(text[start:end]) for start, end in spans)
    sqlite.enter_words(connection, zip(keys, words, strict=True))


def rebuild_index(connection: Connection) -> None:
    """Make the index anew from the texts that are stored."""
    sqlite.empty_word_index(connection)
    connection.execute(delete(retrieval.segment))
    version, content = material.text_version, material.content
    query = select(version.c.id, content.c.text).join(content, content.c.sha256 == version.c.sha256)
    for text_id, text in connection.execute(query.order_by(version.c.id)).all():
        parts = [
            span for table in (material.turn, material.block) for span in _spans(connection, table, text_id)
        ]
        index_text(connection, text_id, text, parts, _spans(connection, material.sentence, text_id))


def _spans(connection: Connection, table: Any, text_id: int) -> list[Span]:  # noqa: ANN401 - a table of parts
    query = select(table.c.start, table.c.end).where(table.c.text_id == text_id).order_by(table.c.position)
    return [(start, end) for start, end in connection.execute(query)]


def _folded(text: str) -> str:
    from qualcase.text.folding import folded_words  # noqa: PLC0415 - most commands index nothing

    return " ".join(folded_words(text))


def is_indexed(connection: Connection, text_id: int) -> bool:
    """Tell whether a text version has been entered."""
    key = retrieval.segment.c.id
    query = select(key).where(key >= text_id << SEGMENT_BITS, key < text_id + 1 << SEGMENT_BITS).limit(1)
    return connection.scalar(query) is not None


def withdraw_text(connection: Connection, text_id: int, text: str) -> None:
    """Take out the words of one text version, which must be as they were entered."""
    key, end = retrieval.segment.c.id, retrieval.segment.c.end
    mine = (key >= text_id << SEGMENT_BITS) & (key < text_id + 1 << SEGMENT_BITS)
    passages = [
        (at, text[at & (1 << SEGMENT_BITS) - 1 : stop])
        for at, stop in connection.execute(select(key, end).where(mine))
    ]
    statement = "INSERT INTO segment_words (segment_words, rowid, words) VALUES ('delete', ?, ?)"
    if passages:
        words = [(at, _folded(passage)) for at, passage in passages]
        connection.exec_driver_sql(statement, words)
        connection.execute(delete(retrieval.segment).where(mine))


def current_texts(connection: Connection) -> dict[int, tuple[str, str]]:
    """Return the (uid, handle) of each live source by the key of its current text, in the sources' order."""
    source, version = material.source, material.text_version
    query = (
        select(version.c.id, source.c.uid, source.c.handle)
        .join(version, version.c.uid == source.c.text_uid)
        .where(source.c.deleted == 0)
        .order_by(source.c.position, source.c.uid)
    )
    return {key: (uid, handle) for key, uid, handle in connection.execute(query)}


def turns_within(connection: Connection, text_id: int, start: int, end: int) -> tuple[Turn, ...]:
    """Return the turns of a text that share a character with `[start, end)`, in order."""
    rows = connection.execute(_turns(), {"text": text_id, "begin": start, "finish": end})
    return tuple(Turn(*row) for row in rows)


@cache
def _turns() -> Select[int, int, str]:
    turn, speaker = material.turn, material.speaker
    return (
        select(turn.c.start, turn.c.end, speaker.c.label)
        .outerjoin(speaker, turn.c.speaker_id == speaker.c.id)
        .where(
            turn.c.text_id == bindparam("text"),
            turn.c.start < bindparam("finish"),
            turn.c.end > bindparam("begin"),
        )
        .order_by(turn.c.position)
    )
