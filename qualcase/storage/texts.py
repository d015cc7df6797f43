"""Texts by content: what was written is stored once, and the parts found in it beside it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from qualcase.model.source import Block, Sentence, Turn
from qualcase.storage.schema import material
from qualcase.storage.schema.base import canonical_json
from qualcase.storage.search import index_text, is_indexed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Table


@dataclass(frozen=True, slots=True)
class NewText:
    """A text version to be stored beside its record: text, parts, and the uid of each named speaker."""

    uid: str
    text: str
    turns: tuple[Turn, ...] = ()
    blocks: tuple[Block, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    speakers: dict[str, str] | None = None
    original: bytes | None = None


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hash_structure(turns: Sequence[Turn], blocks: Sequence[Block], sentences: Sequence[Sentence]) -> str:
    """Return the SHA-256 over all parts of a text, in hexadecimal."""
    parts = [
        [[turn.start, turn.end, turn.speaker, turn.timestamp, turn.seconds] for turn in turns],
        [[block.start, block.end, block.kind] for block in blocks],
        [[sentence.start, sentence.end] for sentence in sentences],
    ]
    return hashlib.sha256(canonical_json(parts).encode()).hexdigest()


def store_content(connection: Connection, new: NewText) -> None:
    """Keep a text and its file by their hashes, unless they are there."""
    _keep(connection, material.content, hash_text(new.text), {"text": new.text})
    if new.original is not None:
        digest = hashlib.sha256(new.original).hexdigest()
        _keep(connection, material.original, digest, {"bytes": new.original})


def _keep(connection: Connection, table: Table, digest: str, value: dict[str, Any]) -> None:
    if connection.scalar(select(table.c.id).where(table.c.sha256 == digest)) is None:
        connection.execute(insert(table), {"sha256": digest, **value})


def store_parts(connection: Connection, new: NewText) -> None:
    """Write the turns, blocks and sentences of a text version whose record is already there."""
    version = material.text_version
    key: int = connection.scalars(select(version.c.id).where(version.c.uid == new.uid)).one()
    if is_indexed(connection, key):
        return
    parts = [(turn.start, turn.end) for turn in new.turns] + [
        (block.start, block.end) for block in new.blocks
    ]
    index_text(connection, key, new.text, parts, [(one.start, one.end) for one in new.sentences])
    speakers = _speaker_keys(connection, new.speakers or {})
    _insert_parts(connection, material.block, key, [{"kind": block.kind} for block in new.blocks], new.blocks)
    _insert_parts(connection, material.sentence, key, [{} for _ in new.sentences], new.sentences)
    details = [
        {
            "speaker_id": speakers.get(turn.speaker) if turn.speaker else None,
            "timestamp": turn.timestamp,
            "seconds": turn.seconds,
        }
        for turn in new.turns
    ]
    _insert_parts(connection, material.turn, key, details, new.turns)


def _speaker_keys(connection: Connection, speakers: dict[str, str]) -> dict[str, int]:
    table = material.speaker
    rows = connection.execute(select(table.c.id, table.c.uid).where(table.c.uid.in_(list(speakers.values()))))
    keys = {uid: key for key, uid in rows}
    return {label: keys[uid] for label, uid in speakers.items()}


def _insert_parts(
    connection: Connection,
    table: Table,
    key: int,
    details: list[dict[str, Any]],
    parts: Sequence[Turn | Block | Sentence],
) -> None:
    if parts:
        rows = [
            {"text_id": key, "position": position, "start": part.start, "end": part.end, **detail}
            for position, (part, detail) in enumerate(zip(parts, details, strict=True))
        ]
        connection.execute(insert(table), rows)


def read_text(connection: Connection, text_uid: str) -> str:
    """Return the text of a version."""
    version, content = material.text_version, material.content
    query = select(content.c.text).join(version, version.c.sha256 == content.c.sha256)
    text: str = connection.scalars(query.where(version.c.uid == text_uid)).one()
    return text


def read_turns(connection: Connection, text_uid: str) -> tuple[Turn, ...]:
    """Return the turns of a version in order, each with its speaker's label."""
    turn, speaker = material.turn, material.speaker
    query = select(turn.c.start, turn.c.end, speaker.c.label, turn.c.timestamp, turn.c.seconds).select_from(
        turn.outerjoin(speaker, turn.c.speaker_id == speaker.c.id)
    )
    return tuple(Turn(*row) for row in connection.execute(_of(query, turn, text_uid)))


def read_blocks(connection: Connection, text_uid: str) -> tuple[Block, ...]:
    """Return the paragraphs, headings and apparatus of a version in order."""
    block = material.block
    rows = connection.execute(_of(select(block.c.start, block.c.end, block.c.kind), block, text_uid))
    return tuple(Block(*row) for row in rows)


def read_sentences(connection: Connection, text_uid: str) -> tuple[Sentence, ...]:
    """Return the sentences of a version in order."""
    sentence = material.sentence
    rows = connection.execute(_of(select(sentence.c.start, sentence.c.end), sentence, text_uid))
    return tuple(Sentence(*row) for row in rows)


def _of(query: Any, part: Table, text_uid: str) -> Any:  # noqa: ANN401 - a select keeps its row type to itself
    version = material.text_version
    key = select(version.c.id).where(version.c.uid == text_uid).scalar_subquery()
    return query.where(part.c.text_id == key).order_by(part.c.position)
