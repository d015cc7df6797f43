"""Checks of a project's content: texts, places and quotes against what was written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcase.storage import sqlite
from qualcase.storage.schema import chronology, codings, material
from qualcase.storage.texts import hash_structure, hash_text, read_blocks, read_sentences, read_turns
from qualcase.text.matching import find_quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Table


def find_problems(connection: Connection) -> tuple[dict[str, int], list[str]]:
    """Return how many sources and codings were checked, and a sentence for everything found wrong."""
    problems = sqlite.integrity_problems(connection)
    problems += _texts(connection)
    problems += _anchors(connection)
    problems += _quotes(connection)
    problems += _doubles(connection)
    return {"sources": _count(connection, material.source), "codings": _live_codings(connection)}, problems


def _count(connection: Connection, table: Table) -> int:
    query = select(func.count()).select_from(table).where(table.c.deleted == 0)
    return connection.scalar(query) or 0


def _live_codings(connection: Connection) -> int:
    coding = codings.coding
    return connection.scalar(select(func.count()).select_from(coding).where(coding.c.until.is_(None))) or 0


def _texts(connection: Connection) -> Iterator[str]:
    version, content, source = material.text_version, material.content, material.source
    query = (
        select(version.c.uid, version.c.sha256, version.c.structure, content.c.text, source.c.handle)
        .join(source, source.c.id == version.c.source_id)
        .outerjoin(content, content.c.sha256 == version.c.sha256)
    )
    for uid, digest, structure, text, handle in connection.execute(query):
        if text is None or hash_text(text) != digest:
            yield f"the text of {handle} is not what was imported"
        parts = read_turns(connection, uid), read_blocks(connection, uid), read_sentences(connection, uid)
        if hash_structure(*parts) != structure:
            yield f"the turns or sentences of {handle} are not what was imported"


def _anchors(connection: Connection) -> Iterator[str]:
    coding, version, source = codings.coding, material.text_version, material.source
    outside = (coding.c.start < 0) | (coding.c.end <= coding.c.start) | (coding.c.end > version.c.characters)
    stray = version.c.source_id != coding.c.source_id
    query = (
        select(source.c.handle, coding.c.start, coding.c.end)
        .join(version, version.c.id == coding.c.text_id)
        .join(source, source.c.id == coding.c.source_id)
        .where(coding.c.until.is_(None), outside | stray)
    )
    for handle, start, end in connection.execute(query):
        yield f"a coding of {handle} at {start}:{end} does not lie inside its text"


def _quotes(connection: Connection) -> Iterator[str]:
    event, version, content = chronology.event, material.text_version, material.content
    query = (
        select(event.c.handle, event.c.start, event.c.end, event.c.quote, content.c.text)
        .join(material.source, material.source.c.id == event.c.source_id)
        .join(version, version.c.uid == material.source.c.text_uid)
        .join(content, content.c.sha256 == version.c.sha256)
        .where(event.c.deleted == 0, event.c.quote.is_not(None), event.c.start.is_not(None))
    )
    for handle, start, end, quote, text in connection.execute(query):
        if not find_quote(text[start:end], quote):
            yield f"the quote of event {handle} is not what stands at {start}:{end} of its source"


def _doubles(connection: Connection) -> Iterator[str]:
    coding = codings.coding
    query = (
        select(coding.c.uid).where(coding.c.until.is_(None)).group_by(coding.c.uid).having(func.count() > 1)
    )
    for uid in connection.scalars(query):
        yield f"the coding {uid} has more than one present state"
