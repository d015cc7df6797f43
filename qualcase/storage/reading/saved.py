"""Sets and questions that are kept, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from qualcase.model.retrieval import SavedQuestion, SavedSet
from qualcase.storage.reading.codings import made_at
from qualcase.storage.schema import codes, material, retrieval

if TYPE_CHECKING:
    from sqlalchemy import Connection

_PAIRS = {
    "sources": (retrieval.saved_set_source, "source_id", material.source),
    "codes": (retrieval.saved_set_code, "code_id", codes.code),
}


def list_sets(connection: Connection) -> tuple[SavedSet, ...]:
    """Return all sets in the order of their making; members that are gone from the project are left out."""
    table = retrieval.saved_set
    query = select(table.c.id, table.c.uid, table.c.name, table.c.kind).where(table.c.deleted == 0)
    return tuple(
        SavedSet(uid, name, kind, *_members(connection, key, kind))
        for key, uid, name, kind in connection.execute(query.order_by(table.c.uid)).all()
    )


def _members(connection: Connection, key: int, kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    pairs, column, target = _PAIRS[kind]
    query = (
        select(target.c.uid, target.c.handle)
        .join(pairs, pairs.c[column] == target.c.id)
        .where(pairs.c.saved_set_id == key, target.c.deleted == 0)
        .order_by(pairs.c.position)
    )
    rows: list[Any] = list(connection.execute(query))
    return tuple(uid for uid, _ in rows), tuple(handle for _, handle in rows)


def list_questions(connection: Connection) -> tuple[SavedQuestion, ...]:
    """Return all questions that are kept, by name."""
    table, coder = retrieval.saved_query, material.coder
    query = (
        select(table.c.uid, table.c.name, table.c.expression, coder.c.name.label("coder"))
        .join(coder, coder.c.id == table.c.coder_id)
        .where(table.c.deleted == 0)
        .order_by(table.c.name)
    )
    return tuple(SavedQuestion(*row, made_at(row.uid)) for row in connection.execute(query))
