"""Taking another copy's operations into a journal, each under its own hash, checked before it enters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcase.model.identity import decode_uid, encode_uid
from qualcase.storage import sqlite
from qualcase.storage.codec import decode_body, hash_body, hash_written, write_header
from qualcase.storage.errors import BrokenJournalError
from qualcase.storage.journal import HASH_BYTES, MERGE, NONCE_BYTES, split_parents
from qualcase.storage.schema import journal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from qualcase.model.operation import Fields
    from qualcase.storage.joining import Stamp

# The other copy's file is attached under this name.
OTHER = "other"
_LACKING = """
    SELECT o.uid, o.kind, o.clock, CASE WHEN o.kind IN ('undo', 'redo') THEN o.body END
    FROM {0}.operation AS o WHERE NOT EXISTS (SELECT 1 FROM {1}.operation AS m WHERE m.uid = o.uid)
"""
_ARRIVING = """
    SELECT o.sequence, o.uid, o.kind, c.uid, o.clock, o.codebook_version, t.uid, o.parents, o.nonce, o.body,
           o.body_hash, o.hash, p.hash
    FROM other.operation AS o JOIN other.coder AS c ON c.id = o.coder_id
    LEFT JOIN other.operation AS t ON t.sequence = o.target
    LEFT JOIN other.operation AS p ON p.sequence = o.sequence - 1
    WHERE NOT EXISTS (SELECT 1 FROM main.operation AS m WHERE m.uid = o.uid) ORDER BY o.sequence
"""
_ALTERED = """
    SELECT count(*) FROM other.operation AS o JOIN main.operation AS m ON m.uid = o.uid WHERE m.hash <> o.hash
"""
_WRITE = """
    INSERT INTO main.operation (
        sequence, uid, kind, coder_id, clock, codebook_version, target, parents, nonce, body, body_hash, hash
    )
    SELECT a.ours, o.uid, o.kind, mine.id, o.clock, o.codebook_version, t.ours, a.parents, o.nonce, o.body,
           o.body_hash, o.hash
    FROM temp.acts AS a JOIN other.operation AS o ON o.sequence = a.theirs
    JOIN other.coder AS c ON c.id = o.coder_id JOIN main.coder AS mine ON mine.uid = c.uid
    LEFT JOIN temp.acts AS t ON t.theirs = o.target
    WHERE a.arriving ORDER BY a.ours
"""


class Acts:
    """Operations that one copy has and the other lacks: which, and what they brought back from deletion."""

    def __init__(self, rows: Iterable[tuple[bytes, str, int, bytes | None]]) -> None:
        self._uids: set[bytes] = set()
        self.remade: dict[str, Stamp] = {}
        self.newest = 0
        self.people = 0
        for uid, kind, clock, body in rows:
            self._uids.add(uid)
            self.newest = max(self.newest, clock)
            if kind != MERGE:
                self.people += 1
            if body is not None:
                self._note_remade((clock, encode_uid(uid)), body)

    def __contains__(self, uid: object) -> bool:
        """Tell whether an operation is among them."""
        return isinstance(uid, str) and decode_uid(uid) in self._uids

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._uids)

    def _note_remade(self, stamp: Stamp, body: bytes) -> None:
        for change in decode_body("undo", body).changes:
            if change.before is None:
                self.remade[change.uid] = max(stamp, self.remade.get(change.uid, stamp))


@dataclass(frozen=True, slots=True)
class Graft:
    """What is about to enter: how many acts after which place, the head they end in, and named parents.

    `parents` gives, by the other copy's places, the parents of those acts that name them in this file.
    """

    first: int
    count: int
    head: bytes
    parents: dict[int, bytes]


def acts_of(connection: Connection, schema: str, lacking_in: str) -> Acts:
    """Return the operations of one attached copy that another lacks."""
    return Acts(sqlite.plain_rows(connection, _LACKING.format(schema, lacking_in)))


def share_beginning(connection: Connection) -> bool:
    """Tell whether both copies began with the same operation."""
    query = "SELECT count(*) FROM other.operation AS o JOIN main.operation AS m ON m.hash = o.hash WHERE {}"
    return bool(connection.exec_driver_sql(query.format("o.sequence = 1 AND m.sequence = 1")).scalar())


def read_arriving(connection: Connection) -> Graft:
    """Check the other copy's operations one by one; BrokenJournalError where one was altered."""
    if connection.exec_driver_sql(_ALTERED).scalar():
        raise BrokenJournalError("The other copy's journal has been altered; nothing was changed.")
    first = int(connection.exec_driver_sql("SELECT max(sequence) FROM main.operation").scalar_one())
    previous = head_of(connection, "main")
    names: dict[bytes, str] = {}
    named: dict[int, bytes] = {}
    arrived: set[bytes] = set()
    for row in sqlite.plain_rows(connection, _ARRIVING):
        parents = _checked(row, names)
        if row[_PARENTS] is not None and not all(
            parent in arrived or _is_here(connection, parent) for parent in parents
        ):
            message = "The other copy's journal names operations that it has not; nothing was changed."
            raise BrokenJournalError(message)
        if parents != [previous]:
            named[row[0]] = b"".join(parents)
        previous = row[_HASH]
        arrived.add(previous)
    return Graft(first, len(arrived), head_of(connection, OTHER), named)


_PARENTS, _HASH = 7, 11


def _checked(row: tuple[Any, ...], names: dict[bytes, str]) -> list[bytes]:
    """Return the parents of an operation whose content matches its hash."""
    _, raw, kind, coder, clock, version, target, parents, nonce, body, body_hash, hash_, before = row
    if coder not in names:
        names[coder] = encode_uid(coder)
    named = split_parents(parents) if parents is not None else [before] if before else []
    if body is not None:
        good = body_hash is None and len(nonce or b"") == NONCE_BYTES
        body_hash = hash_body(nonce or b"", body)
    else:
        good = nonce is None and len(body_hash or b"") == HASH_BYTES
    aim = None if target is None else encode_uid(target)
    header = write_header(encode_uid(raw), kind, names[coder], clock, version, aim)
    if not good or hash_written(named, header, body_hash) != hash_:
        raise BrokenJournalError(
            "The other copy's journal has been altered; nothing was changed.",
            hint="Whoever sent it can see with `qualcase log --verify` whether theirs is whole.",
        )
    return named


def _is_here(connection: Connection, hash_: bytes) -> bool:
    found = connection.exec_driver_sql("SELECT 1 FROM main.operation WHERE hash = ?", (hash_,)).first()
    return found is not None


def head_of(connection: Connection, schema: str) -> bytes:
    """Return the hash of an attached copy's last operation."""
    found: bytes = connection.exec_driver_sql(f"SELECT hash FROM {schema}.head").scalar_one()  # noqa: S608 - ours
    return found


def map_acts(connection: Connection, graft: Graft) -> None:
    """Make the temporary table `acts`: this file's place of every act of the other copy, arriving or not."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.acts")
    connection.exec_driver_sql(
        "CREATE TEMP TABLE acts (theirs INTEGER PRIMARY KEY, ours INTEGER, arriving INTEGER, parents BLOB)"
    )
    connection.exec_driver_sql(
        "INSERT INTO temp.acts SELECT o.sequence, coalesce(m.sequence, "
        "? + row_number() OVER (PARTITION BY m.sequence IS NULL ORDER BY o.sequence)), "
        "m.sequence IS NULL, NULL "
        "FROM other.operation AS o LEFT JOIN main.operation AS m ON m.uid = o.uid",
        (graft.first,),
    )
    if graft.parents:
        named = [(parents, place) for place, parents in graft.parents.items()]
        connection.exec_driver_sql("UPDATE temp.acts SET parents = ? WHERE theirs = ?", named)


def write_arriving(connection: Connection) -> None:
    """Write the operations that `map_acts` placed into this file's journal; their coders must be there."""
    connection.exec_driver_sql(_WRITE)


def take_redactions(connection: Connection) -> None:
    """Take the bodies out of this file's operations whose bodies are gone in the other copy."""
    table = journal.operation
    rows = connection.exec_driver_sql(
        "SELECT m.sequence, m.nonce, m.body, o.body_hash FROM other.operation AS o "
        "JOIN main.operation AS m ON m.uid = o.uid WHERE o.body IS NULL AND m.body IS NOT NULL"
    ).all()
    for sequence, nonce, body, digest in rows:
        if hash_body(nonce, body) == digest:
            values = {"nonce": None, "body": None, "body_hash": digest}
            connection.execute(table.update().where(table.c.sequence == sequence).values(**values))


def merge_details(connection: Connection, schema: str) -> list[Fields]:
    """Return what every merge in an attached copy's journal did, the oldest first."""
    query = f"SELECT body FROM {schema}.operation WHERE kind = ? AND body IS NOT NULL ORDER BY sequence"  # noqa: S608 - ours
    return [decode_body(MERGE, body).detail for (body,) in connection.exec_driver_sql(query, (MERGE,))]
