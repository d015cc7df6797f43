"""Redaction: the body of an operation goes, its hash stays, and the journal says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from qualcase.model.errors import UsageError
from qualcase.model.operation import Operation
from qualcase.storage import sqlite
from qualcase.storage.codec import hash_body
from qualcase.storage.journal import REDACTION
from qualcase.storage.schema import journal

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qualcase.storage.journal import Entry
    from qualcase.storage.store import Store


def redact(store: Store, sequence: int, *, coder: str) -> Entry:
    """Take the body and nonce of an operation out of the journal, in one transaction with saying so.

    Afterwards the chain still verifies, and the operation can neither be read nor taken back. Raises
    UsageError where there is no such operation, or nothing in it left to take.
    """
    with store.writing() as connection:
        sqlite.overwrite_what_goes(connection)
        uid = _empty(connection, sequence)
        summary = f"Redacted operation {sequence}"
        return store.write(connection, Operation(REDACTION, summary, (), {"operations": [uid]}), coder=coder)


def _empty(connection: Connection, sequence: int) -> str:
    table = journal.operation
    query = select(table.c.uid, table.c.nonce, table.c.body, table.c.kind).where(table.c.sequence == sequence)
    uid, nonce, body, kind = connection.execute(query).one_or_none() or (None, None, None, None)
    if uid is None or body is None or nonce is None or kind == REDACTION:
        message = f"There is no operation {sequence} with a body that could be redacted."
        raise UsageError(message)
    values = {"nonce": None, "body": None, "body_hash": hash_body(nonce, body)}
    connection.execute(update(table).where(table.c.sequence == sequence).values(**values))
    return str(uid)
