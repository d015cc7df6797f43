"""Coders: known from their first act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import null, select

from qualcase.model.operation import Operation
from qualcase.storage.records import RECORDS, chunks
from qualcase.storage.schema import codings, material
from qualcase.storage.store import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from qualcase.storage.store import Store


def coder_uid(store: Store, connection: Connection, name: str) -> str:
    """Return the uid of a coder, entering a new name in the journal first."""
    known = find_coder(connection, name)
    if known is None:
        store.write(connection, Operation("coder", f"{name} joined the project", ()), coder=name)
        known = find_coder(connection, name)
    return known or ""


def find_coder(connection: Connection, name: str) -> str | None:
    """Return the uid of a coder, or None where nobody of that name has acted here."""
    table = material.coder
    return connection.scalar(select(table.c.uid).where(table.c.folded == fold_name(name)))


def list_coders(connection: Connection) -> tuple[str, ...]:
    """Return the names of all coders in the order of their first act."""
    return tuple(
        connection.scalars(
            select(material.coder.c.name).where(material.coder.c.deleted == 0).order_by(material.coder.c.uid)
        )
    )


def coders_by_source(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Return, by the handle of a source, the names of those who have live codings in it."""
    coding, source, coder = codings.coding, material.source, material.coder
    live = select(coding.c.source_id, coding.c.coder_id).where(coding.c.until.is_(None))
    pairs = live.distinct().subquery()
    query = (
        select(source.c.handle, coder.c.name)
        .join_from(pairs, source, source.c.id == pairs.c.source_id)
        .join(coder, coder.c.id == pairs.c.coder_id)
        .order_by(source.c.uid, coder.c.uid)
    )
    found: dict[str, list[str]] = {}
    for handle, name in connection.execute(query):
        found.setdefault(handle, []).append(name)
    return {handle: tuple(names) for handle, names in found.items()}


def owners_of(
    connection: Connection, record: str, uids: Iterable[str]
) -> dict[str, tuple[str | None, str, str | None, str | None]]:
    """Return, by the uid of a thing, (source's handle, coder's name, kind and uid of what a memo is about).

    Also of what is deleted by now.
    """
    table = RECORDS[record].table
    about = [table.c[name] if name in table.c else null() for name in ("about_kind", "about_uid")]
    query = (
        select(table.c.uid, material.source.c.handle, material.coder.c.name, *about)
        .join(material.coder, material.coder.c.id == table.c.coder_id)
        .outerjoin(material.source, material.source.c.id == table.c.source_id)
    )
    found: dict[str, tuple[str | None, str, str | None, str | None]] = {}
    for part in chunks(uids):
        found |= {uid: tuple(row) for uid, *row in connection.execute(query.where(table.c.uid.in_(part)))}
    return found


def done_mark(connection: Connection, source_uid: str, coder_uid: str) -> str | None:
    """Return the uid of a coder's live mark that a source is coded through, or None."""
    done, source, coder = codings.source_done, material.source, material.coder
    query = (
        select(done.c.uid)
        .join(source, source.c.id == done.c.source_id)
        .join(coder, coder.c.id == done.c.coder_id)
        .where(done.c.deleted == 0, source.c.uid == source_uid, coder.c.uid == coder_uid)
    )
    return connection.scalar(query)
