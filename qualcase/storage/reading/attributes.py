"""Attributes of sources, cases and actors: their types, and who has which value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.schema import material

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class StoredAttribute:
    """An attribute as it is kept: whose it is (source, case or actor) and its type."""

    uid: str
    name: str
    owner: str
    type: str


@dataclass(frozen=True, slots=True)
class StoredValue:
    """One owner's value: the text as written, and the number that it stands for, if it does."""

    uid: str
    attribute_uid: str
    owner_uid: str
    text: str | None
    number: float | None


def list_stored_attributes(connection: Connection, owner: str | None = None) -> tuple[StoredAttribute, ...]:
    """Return all live attributes in the order of their making, or those of one kind of owner."""
    kind = material.attribute
    query = select(kind.c.uid, kind.c.name, kind.c.owner, kind.c.type).where(kind.c.deleted == 0)
    if owner is not None:
        query = query.where(kind.c.owner == owner)
    rows = connection.execute(query.order_by(kind.c.uid))
    return tuple(StoredAttribute(uid, name, whose, type_) for uid, name, whose, type_ in rows)


def list_stored_values(connection: Connection, owner: str) -> tuple[StoredValue, ...]:
    """Return all live values of one kind of owner, in the order of their making."""
    kind, value = material.attribute, material.attribute_value
    query = (
        select(value.c.uid, kind.c.uid.label("attribute"), value.c.owner_uid, value.c.text, value.c.number)
        .join(kind, kind.c.id == value.c.attribute_id)
        .where(value.c.deleted == 0, kind.c.deleted == 0, kind.c.owner == owner)
        .order_by(value.c.uid)
    )
    return tuple(
        StoredValue(uid, attribute, whose, text, number)
        for uid, attribute, whose, text, number in connection.execute(query)
    )
