"""Whether things add up: nothing alive rests on what is deleted, and states of codings follow each other."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from qualcase.storage.journal import MERGE
from qualcase.storage.records import RECORDS, live
from qualcase.storage.schema import codings, journal
from qualcase.storage.staging import is_staged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Select

_MOST = 20


def find_strays(connection: Connection) -> Iterator[str]:
    """Yield a sentence for every kind of record that rests on a deleted one, and for codings out of order."""
    for record in RECORDS.values():
        for column, target in record.references.values():
            if count := connection.scalar(_resting_on_dead(record.name, column, target)):
                yield f"{count} rows of {record.name} rest on a {target} that is deleted"
    coding, operation = codings.coding, journal.operation
    # A merge keeps what an act said of a place in a state that never held. And what others did with a coding
    # comes after its deletion where it came with a merge.
    merged = select(operation.c.sequence).where(
        operation.c.kind == MERGE, operation.c.sequence >= coding.c.since
    )
    backwards = select(coding.c.uid).where(coding.c.until <= coding.c.since, ~merged.exists()).limit(_MOST)
    for uid in connection.scalars(backwards):
        yield f"the coding {uid} ends where it begins, or before it begins"
    last = connection.scalar(select(func.max(operation.c.sequence))) or 0
    rows = select(func.count()).select_from(operation)
    if (connection.scalar(rows) or 0) != last:
        yield "the journal has gaps"
    yield from _without_writer(connection)


def names_missing_acts(connection: Connection) -> bool:
    """Tell whether a row was written by an act that the journal has not, as once its end is cut off."""
    coding = codings.coding
    last = connection.scalar(select(func.max(journal.operation.c.sequence))) or 0
    since, until = connection.execute(select(func.max(coding.c.since), func.max(coding.c.until))).one()
    return max(since or 0, until or 0) > last or any(_without_writer(connection))


# Built once: making these statements takes longer than running them on all but the largest projects.
@cache
def _resting_on_dead(name: str, column: str, target: str) -> Select[Any]:
    record, other = RECORDS[name], RECORDS[target].table.alias("other")
    query = select(func.count()).select_from(record.table.join(other, other.c.id == record.table.c[column]))
    return query.where(live(record), other.c.deleted == 1)


@cache
def _writerless(name: str) -> Select[Any]:
    table = RECORDS[name].table
    stray = table.c.writer.not_in(select(journal.operation.c.uid)) & ~is_staged(table)
    return select(func.count()).select_from(table).where(stray)


def _without_writer(connection: Connection) -> Iterator[str]:
    """Yield the kinds of record with rows whose last writer is not in the journal, unless they are staged."""
    for record in RECORDS.values():
        if record.temporal:
            continue
        if count := connection.scalar(_writerless(record.name)):
            yield f"{count} rows of {record.name} name a last act that is not in the journal"
