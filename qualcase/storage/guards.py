"""What may not go while other things rest on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcase.storage.errors import StaleChangeError, StillUsedError
from qualcase.storage.records import RECORDS, chunks, live
from qualcase.storage.schema import material

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Column, Connection

    from qualcase.storage.records import RecordType


def refuse_if_used(connection: Connection, record: RecordType, keys: list[int]) -> None:
    """Raise StillUsedError, saying by what and by whom, where live records point to any of these rows."""
    for other, column in _pointing_to(record):
        count = sum(_count(connection, other, column, part) for part in chunks(keys))
        if count:
            by = _coders(connection, other, column, keys)
            what = f"{count} {other.name.replace('_', ' ')}{'' if count == 1 else 's'}"
            message = (
                f"This {record.name.replace('_', ' ')} is still used by {what}{by}; nothing was changed."
            )
            raise StillUsedError(message)


# What people call things by; two live ones of a kind never share it.
_CALLED = {
    "source": ("handle",),
    "study_case": ("name",),
    "codebook": ("handle",),
    "code": ("codebook_id", "handle"),
    "event": ("handle",),
    "phase": ("handle",),
    "actor": ("handle",),
    "attribute": ("owner", "name"),
    "claim": ("handle",),
    "round": ("handle",),
    "saved_set": ("name",),
    "saved_query": ("name",),
}


def refuse_twins(connection: Connection, record: RecordType) -> None:
    """Raise StaleChangeError where two live records of a kind are called the same.

    It happens when a name was given away while an act was prepared, or after it was taken back.
    """
    if record.name not in _CALLED:
        return
    columns = [record.table.c[name] for name in _CALLED[record.name]]
    query = select(*columns).where(live(record)).group_by(*columns).having(func.count() > 1).limit(1)
    twin = connection.execute(query).first()
    if twin is not None:
        what = record.name.removeprefix("study_")
        raise StaleChangeError(f"There is another {what} “{twin[-1]}” now; nothing was changed.")


def _pointing_to(record: RecordType) -> Iterator[tuple[RecordType, Column[int]]]:
    for other in RECORDS.values():
        for column, target in other.references.values():
            if target == record.name:
                yield other, other.table.c[column]
        for pairs in other.lists.values():
            if pairs.record == record.name:
                yield other, pairs.table.c[pairs.member]


def _count(connection: Connection, other: RecordType, column: Column[int], keys: tuple[int, ...]) -> int:
    query = select(func.count(other.table.c.id.distinct())).where(column.in_(keys), live(other))
    if column.table is not other.table:
        owner = next(pairs.owner for pairs in other.lists.values() if pairs.table is column.table)
        query = query.where(column.table.c[owner] == other.table.c.id)
    return connection.scalar(query) or 0


def _coders(connection: Connection, other: RecordType, column: Column[int], keys: list[int]) -> str:
    if "coder_id" not in other.table.c or column.table is not other.table:
        return ""
    coder = material.coder
    query = (
        select(coder.c.name)
        .join(other.table, other.table.c.coder_id == coder.c.id)
        .where(column.in_(keys[:500]), live(other))
        .distinct()
    )
    return " of " + ", ".join(sorted(connection.scalars(query)))
