"""Who wrote a record last: the sentence for a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.clock import clock_text
from qualcase.storage.schema import journal, material

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

    from qualcase.storage.records import RecordType


def who_wrote(connection: Connection, record: RecordType, uid: str) -> str:
    """Return the sentence that says who changed a record last, and when."""
    table, operation = record.table, journal.operation
    what = record.name.replace("_", " ").removeprefix("study ")
    newest = select(table).where(table.c.uid == uid).order_by(table.c.id.desc()).limit(1)
    row = connection.execute(newest).mappings().first()
    if row is None:
        return f"That {what} is not in the project."
    match = (
        operation.c.sequence == (row["until"] or row["since"])
        if record.temporal
        else operation.c.uid == row["writer"]
    )
    name, clock = _author(connection, match)
    return f"{name} has since changed that {what} ({clock_text(clock)}); nothing was changed."


def who_was_first(connection: Connection, record: RecordType, uid: str) -> str:
    """Return the sentence that says who wrote a record beside which there cannot be another."""
    table, operation = record.table, journal.operation
    what = record.name.replace("_", " ").removeprefix("study ")
    writer = connection.scalar(select(table.c.writer).where(table.c.uid == uid))
    name, clock = _author(connection, operation.c.uid == writer)
    called = f", {handle}," if (handle := _handle(connection, table, uid)) else ""
    return f"There is the same {what} already{called} of {name} ({clock_text(clock)}); nothing was changed."


def _handle(connection: Connection, table: Table, uid: str) -> str | None:
    if "handle" not in table.c:
        return None
    handle: str | None = connection.scalar(select(table.c.handle).where(table.c.uid == uid))
    return handle


def _author(connection: Connection, match: ColumnElement[bool]) -> tuple[str, int]:
    operation = journal.operation
    found = connection.execute(
        select(material.coder.c.name, operation.c.clock)
        .join(operation, operation.c.coder_id == material.coder.c.id)
        .where(match)
    ).first()
    return (found[0], found[1]) if found else ("somebody", 0)
