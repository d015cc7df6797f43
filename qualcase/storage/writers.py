"""Who wrote a record last: the sentence for a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.clock import clock_text
from qualcase.storage.schema import journal, material

if TYPE_CHECKING:
    from sqlalchemy import Connection

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
    found = connection.execute(
        select(material.coder.c.name, operation.c.clock)
        .join(operation, operation.c.coder_id == material.coder.c.id)
        .where(match)
    ).first()
    name, clock = found or ("Somebody", 0)
    return f"{name} has since changed that {what} ({clock_text(clock)}); nothing was changed."
