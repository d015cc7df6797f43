"""Cases, attributes and actors by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.schema import material

if TYPE_CHECKING:
    from sqlalchemy import Connection


def case_uids(connection: Connection) -> dict[str, str]:
    """Return the uid of every live case by its name, in the order of their making."""
    case = material.case
    rows = connection.execute(select(case.c.name, case.c.uid).where(case.c.deleted == 0).order_by(case.c.uid))
    return dict(rows.all())


def is_member(connection: Connection, case: str, source: str, turn: int | None) -> bool:
    """Whether a source, or one of its turns, speaks of a case; both by uid."""
    member = material.case_member
    query = (
        select(member.c.id)
        .join(material.case, material.case.c.id == member.c.case_id)
        .join(material.source, material.source.c.id == member.c.source_id)
        .where(material.case.c.uid == case, material.source.c.uid == source, member.c.deleted == 0)
        .where(member.c.turn.is_(None) if turn is None else member.c.turn == turn)
        .where(member.c.speaker_id.is_(None))
    )
    return connection.scalar(query.limit(1)) is not None


def attribute_uids(connection: Connection, owner: str) -> dict[str, str]:
    """Return the uid of every attribute of one kind of owner by its name."""
    attribute = material.attribute
    query = select(attribute.c.name, attribute.c.uid).where(
        attribute.c.deleted == 0, attribute.c.owner == owner
    )
    return dict(connection.execute(query).all())


def actor_uids(connection: Connection) -> dict[str, str]:
    """Return the uid of every live actor by its id."""
    actor = material.actor
    rows = connection.execute(select(actor.c.handle, actor.c.uid).where(actor.c.deleted == 0))
    return dict(rows.all())
