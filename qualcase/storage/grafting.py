"""Taking another copy's operations into a journal, each under its own hash, checked before it enters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from qualcase.model.identity import decode_uid, encode_uid
from qualcase.storage.codec import decode_body, hash_body, hash_operation
from qualcase.storage.errors import BrokenJournalError
from qualcase.storage.journal import HASH_BYTES, MERGE, NONCE_BYTES, split_parents
from qualcase.storage.schema import journal, material

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from qualcase.model.operation import Fields
    from qualcase.storage.joining import Stamp

# The other copy's file is attached under this name.
OTHER = "other"
_LACKING = """
    SELECT o.uid, o.kind, o.clock, o.body FROM {0}.operation AS o
    WHERE NOT EXISTS (SELECT 1 FROM {1}.operation AS m WHERE m.uid = o.uid) ORDER BY o.sequence
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


_AS_THEY_ARE = (
    "sequence", "raw", "kind", "clock", "codebook_version", "parents", "nonce", "body", "body_hash", "hash",
)  # fmt: skip


class Acts:
    """Operations that one copy has and the other lacks: which, and what they brought back from deletion."""

    def __init__(self, rows: Iterator[tuple[bytes, str, int, bytes | None]]) -> None:
        self._uids: set[bytes] = set()
        self.remade: dict[str, Stamp] = {}
        self.merges: list[Fields] = []
        self.newest = 0
        self.people = 0
        for uid, kind, clock, body in rows:
            self._uids.add(uid)
            self.newest = max(self.newest, clock)
            self.people += kind != MERGE
            if kind in {"undo", "redo"} and body is not None:
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


@dataclass(slots=True)
class Graft:
    """What is about to enter: rows for the journal, by this file's places, and the head they end in."""

    first: int
    rows: list[dict[str, Any]] = field(default_factory=list)
    head: bytes = b""


def acts_of(connection: Connection, schema: str, lacking_in: str) -> Acts:
    """Return the operations of one attached copy that another lacks."""
    query = _LACKING.format(schema, lacking_in)
    return Acts(tuple(row) for row in connection.exec_driver_sql(query))


def share_beginning(connection: Connection) -> bool:
    """Tell whether both copies began with the same operation."""
    query = "SELECT count(*) FROM other.operation AS o JOIN main.operation AS m ON m.hash = o.hash WHERE {}"
    return bool(connection.exec_driver_sql(query.format("o.sequence = 1 AND m.sequence = 1")).scalar())


def read_arriving(connection: Connection) -> Graft:
    """Return the other copy's operations as rows for this file; BrokenJournalError where one was altered."""
    if connection.exec_driver_sql(_ALTERED).scalar():
        raise BrokenJournalError("The other copy's journal has been altered; nothing was changed.")
    graft = Graft(_count(connection))
    previous = head_of(connection, "main")
    known = {hash_ for (hash_,) in connection.exec_driver_sql("SELECT hash FROM main.operation")}
    names: dict[bytes, str] = {}
    for row in connection.exec_driver_sql(_ARRIVING):
        entry, parents = _entry(tuple(row), names)
        if not set(parents) <= known:
            raise BrokenJournalError(
                "The other copy's journal names operations that it has not; nothing was changed."
            )
        entry["sequence"] = graft.first + len(graft.rows) + 1
        entry["parents"] = None if parents == [previous] else b"".join(parents)
        graft.rows.append(entry)
        previous = entry["hash"]
        known.add(previous)
    graft.head = head_of(connection, OTHER)
    return graft


def _entry(row: tuple[Any, ...], names: dict[bytes, str]) -> tuple[dict[str, Any], list[bytes]]:
    theirs, raw, kind, coder, clock, version, target, parents, nonce, body, body_hash, hash_, before = row
    uid = encode_uid(raw)
    if coder not in names:
        names[coder] = encode_uid(coder)
    target = None if target is None else encode_uid(target)
    named = split_parents(parents) if parents is not None else [before] if before else []
    whole = body is not None and len(nonce or b"") == NONCE_BYTES and body_hash is None
    redacted = body is None and nonce is None and len(body_hash or b"") == HASH_BYTES
    header = [uid, kind, names[coder], clock, version, target]
    digest = hash_body(nonce, body) if whole else body_hash
    if not (whole or redacted) or hash_operation(named, header, digest) != hash_:
        raise BrokenJournalError(
            "The other copy's journal has been altered; nothing was changed.",
            hint="Whoever sent it can see with `qualcase log --verify` whether theirs is whole.",
        )
    entry = {
        "theirs": theirs, "raw": raw, "uid": uid, "kind": kind, "coder": names[coder], "clock": clock,
        "codebook_version": version, "target": target, "nonce": nonce, "body": body,
        "body_hash": body_hash, "hash": hash_,
    }  # fmt: skip
    return entry, named


def head_of(connection: Connection, schema: str) -> bytes:
    """Return the hash of an attached copy's last operation."""
    found: bytes = connection.exec_driver_sql(f"SELECT hash FROM {schema}.head").scalar_one()  # noqa: S608 - ours
    return found


def _count(connection: Connection) -> int:
    found: int = connection.exec_driver_sql("SELECT max(sequence) FROM main.operation").scalar_one()
    return found


def write_arriving(connection: Connection, graft: Graft) -> None:
    """Write the operations into this file's journal; their coders must be there.

    Raises nothing of its own; what it is given has been checked.
    """
    table, coder = journal.operation, material.coder
    coders = {row.uid: row.id for row in connection.execute(select(coder.c.uid, coder.c.id))}
    own = {row["uid"]: row["sequence"] for row in graft.rows}
    for uid in {row["target"] for row in graft.rows if row["target"]} - own.keys():
        own[uid] = connection.scalars(select(table.c.sequence).where(table.c.uid == uid)).one()
    rows = [
        (
            *(row[name] for name in _AS_THEY_ARE),
            coders[row["coder"]],
            own[row["target"]] if row["target"] else None,
        )
        for row in graft.rows
    ]
    names = ", ".join((*_AS_THEY_ARE, "coder_id", "target")).replace("raw", "uid")
    marks = ", ".join("?" for _ in rows[0])
    connection.exec_driver_sql(f"INSERT INTO main.operation ({names}) VALUES ({marks})", rows)  # noqa: S608 - ours


def map_acts(connection: Connection, graft: Graft) -> None:
    """Make the temporary table `acts`: this file's place of every act of the other copy, arriving or not."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.acts")
    connection.exec_driver_sql(
        "CREATE TEMP TABLE acts (theirs INTEGER PRIMARY KEY, ours INTEGER, arriving INTEGER)"
    )
    connection.exec_driver_sql(
        "INSERT INTO temp.acts SELECT o.sequence, m.sequence, 0 "
        "FROM other.operation AS o JOIN main.operation AS m ON m.uid = o.uid"
    )
    places = [(row["theirs"], row["sequence"]) for row in graft.rows]
    connection.exec_driver_sql("INSERT INTO temp.acts VALUES (?, ?, 1)", places)


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
