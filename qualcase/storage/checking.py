"""Checks of a project's content: texts, places and quotes against what was written down."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import case, func, or_, select

from qualcase.model.coding import PASSAGE
from qualcase.model.identity import short_uid
from qualcase.storage import sqlite
from qualcase.storage.guards import places_left
from qualcase.storage.records import TEXT_OF
from qualcase.storage.schema import chronology, codings, material
from qualcase.storage.texts import hash_structure, hash_text, read_blocks, read_sentences, read_turns
from qualcase.text.matching import find_quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, ColumnElement, Connection, Table


def find_problems(connection: Connection) -> tuple[dict[str, int], list[str]]:
    """Return how many sources and codings were checked, and a sentence for everything found wrong."""
    problems = sqlite.integrity_problems(connection)
    problems += altered_texts(connection)
    problems += _altered_originals(connection)
    problems += _anchors(connection)
    problems += _left_behind(connection)
    problems += _quotes(connection)
    problems += _doubles(connection)
    return {"sources": _count(connection, material.source), "codings": _live_codings(connection)}, problems


def _count(connection: Connection, table: Table) -> int:
    query = select(func.count()).select_from(table).where(table.c.deleted == 0)
    return connection.scalar(query) or 0


def _live_codings(connection: Connection) -> int:
    coding = codings.coding
    return connection.scalar(select(func.count()).select_from(coding).where(coding.c.until.is_(None))) or 0


def altered_texts(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each text, and each text's parts, that is not what its hash says."""
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


def _altered_originals(connection: Connection) -> Iterator[str]:
    # One by one: together they may be more than the memory holds.
    original, source = material.original, material.source
    for digest in connection.scalars(select(original.c.sha256)).all():
        data = connection.scalar(select(original.c.bytes).where(original.c.sha256 == digest))
        if hashlib.sha256(data or b"").hexdigest() != digest:
            named = select(source.c.handle).where(source.c.sha256 == digest).order_by(source.c.id)
            whose = connection.scalar(named) or "a source"
            yield f"the file that {whose} was read from is not what was imported"


def _anchors(connection: Connection) -> Iterator[str]:
    coding, memo, event = codings.coding, codings.memo, chronology.event
    yield from _outside(connection, "a coding of", coding, coding.c.text_id, coding.c.until.is_(None))
    yield from _outside(connection, "a memo on", memo, memo.c.text_version_id, memo.c.deleted == 0)
    yield from _outside(connection, "an event in", event, event.c.text_version_id, event.c.deleted == 0)
    place = (memo.c.source_id, memo.c.text_version_id, memo.c.start, memo.c.end)
    passage = func.coalesce(memo.c.about_kind, "") == PASSAGE
    torn = case(
        (passage, or_(*(one.is_(None) for one in place))), else_=or_(*(one.is_not(None) for one in place))
    )
    for uid in connection.scalars(select(memo.c.uid).where(memo.c.deleted == 0, torn)):
        yield f"the memo {short_uid(uid)} has only a part of a place"


def _outside(
    connection: Connection,
    what: str,
    table: Table,
    text: Column[int],
    holds: ColumnElement[bool],
) -> Iterator[str]:
    version, source, start, end = material.text_version, material.source, table.c.start, table.c.end
    outside = (start < 0) | (end <= start) | (end > version.c.characters)
    query = (
        select(source.c.handle, start, end)
        .join(version, version.c.id == text)
        .join(source, source.c.id == table.c.source_id)
        .where(holds, outside | (version.c.source_id != table.c.source_id))
    )
    for handle, first, last in connection.execute(query):
        yield f"{what} {handle} at {first}:{last} does not lie inside its text"


def _left_behind(connection: Connection) -> Iterator[str]:
    for name in TEXT_OF:
        article = "an" if name == "event" else "a"
        for handle, uid, start, end in connection.execute(places_left(name)):
            place = f"has its place at {start}:{end} of a text that {handle} does not have now"
            yield f"{article} {name} of {handle} ({short_uid(uid)}) {place}"
    event = chronology.event
    placed = event.c.start.is_not(None) & event.c.end.is_not(None) & event.c.source_id.is_not(None)
    torn = case(
        (event.c.text_version_id.is_not(None), ~placed),
        else_=event.c.start.is_not(None) | event.c.end.is_not(None),
    )
    for handle in connection.scalars(select(event.c.handle).where(event.c.deleted == 0, torn)):
        yield f"the event {handle} has only a part of a place"


def _quotes(connection: Connection) -> Iterator[str]:
    event, version, content = chronology.event, material.text_version, material.content
    query = (
        select(event.c.handle, event.c.start, event.c.end, event.c.quote, content.c.text)
        .join(material.source, material.source.c.id == event.c.source_id)
        .join(version, version.c.id == event.c.text_version_id)
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
