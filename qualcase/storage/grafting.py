"""Taking another copy's operations into a journal, each under its own hash, checked before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING, Any

from qualcase.model.identity import decode_uid, encode_uid
from qualcase.storage import sqlite
from qualcase.storage.codec import decode_body, hash_body, hash_row, hash_written, write_header
from qualcase.storage.errors import BrokenJournalError, UnreadableActError
from qualcase.storage.journal import (
    HASH_BYTES,
    MERGE,
    NONCE_BYTES,
    REDACTION,
    redacted_by,
    split_parents,
)
from qualcase.storage.schema import journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from qualcase.model.operation import Fields
    from qualcase.storage.joining import Stamp

# The other copy's file is attached under this name.
OTHER = "other"
_MAP = """
    INSERT INTO temp.acts
    SELECT o.sequence,
           coalesce(m.sequence, ? + row_number() OVER (PARTITION BY m.sequence IS NULL ORDER BY o.sequence)),
           m.sequence IS NULL, NULL
    FROM other.operation AS o LEFT JOIN main.operation AS m ON m.uid = o.uid
"""
_NEW_THERE = "temp.acts AS a JOIN other.operation AS o ON o.sequence = a.theirs WHERE a.arriving"
_NEW_HERE = "main.operation AS o WHERE o.sequence NOT IN (SELECT ours FROM temp.acts WHERE NOT arriving)"
_NEW = "SELECT o.uid, o.kind, o.clock, CASE WHEN o.kind IN ('undo', 'redo') THEN o.body END FROM {}"
_ARRIVING = """
    SELECT o.sequence, o.uid, o.kind, o.coder_id, o.clock, o.codebook_version, o.target, t.uid, o.parents,
           o.nonce, o.body, o.body_hash, o.hash
    FROM temp.acts AS a JOIN other.operation AS o ON o.sequence = a.theirs
    LEFT JOIN other.operation AS t ON t.sequence = o.target
    WHERE a.arriving ORDER BY a.theirs
"""
_PLACES = """
    SELECT o.sequence, o.parents, o.hash
    FROM temp.acts AS a JOIN other.operation AS o ON o.sequence = a.theirs
    WHERE a.arriving ORDER BY a.theirs
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


_CHANGED = "has been altered"

# What a merge says of its doing, and of how many words each row of it is.
_MERGE_ROWS = {"met": 3, "renamed": 4, "needed": 2, "copies": 2}


class Acts:
    """Operations that one copy has and the other lacks: which, and what they brought back from deletion."""

    def __init__(self, rows: list[tuple[bytes, str, int, bytes | None]]) -> None:
        uids, kinds, clocks, bodies = zip(*rows, strict=True) if rows else ((), (), (), ())
        self._uids = frozenset(uids)
        self.newest = max(clocks, default=0)
        self.people = len(kinds) - kinds.count(MERGE)
        self.remade: dict[str, Stamp] = {}
        for (uid, _, clock, _), body in compress(zip(rows, bodies, strict=True), bodies):
            self._note_remade((clock, encode_uid(uid)), body)

    def __contains__(self, uid: object) -> bool:
        """Tell whether an operation is among them; an empty uid, which stands for none, is not."""
        return isinstance(uid, str) and uid != "" and decode_uid(uid) in self._uids

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._uids)

    def _note_remade(self, stamp: Stamp, body: bytes) -> None:
        for change in decode_body("undo", body).changes:
            if change.before is None:
                self.remade[change.uid] = max(stamp, self.remade.get(change.uid, stamp))


@dataclass(frozen=True, slots=True)
class Graft:
    """What is about to enter: how many acts after which place, the head there, and the one they end in."""

    last: int
    count: int
    before: bytes
    head: bytes


def acts_there(connection: Connection) -> Acts:
    """Return the operations that only the other copy has, by what `map_acts` found."""
    return Acts(list(sqlite.plain_rows(connection, _NEW.format(_NEW_THERE))))


def acts_here(connection: Connection) -> Acts:
    """Return the operations that only this file has, by what `map_acts` found."""
    return Acts(list(sqlite.plain_rows(connection, _NEW.format(_NEW_HERE))))


def share_beginning(connection: Connection) -> bool:
    """Tell whether both copies began with the same operation."""
    query = "SELECT count(*) FROM other.operation AS o JOIN main.operation AS m ON m.hash = o.hash WHERE {}"
    return bool(connection.exec_driver_sql(query.format("o.sequence = 1 AND m.sequence = 1")).scalar())


def map_acts(connection: Connection) -> int:
    """Make the temporary table `acts`: this file's place of every act of the other copy, arriving or not.

    Returns the last place that is taken here; those that arrive follow it.
    """
    last = int(connection.exec_driver_sql("SELECT max(sequence) FROM main.operation").scalar_one())
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.acts")
    connection.exec_driver_sql(
        "CREATE TEMP TABLE acts (theirs INTEGER PRIMARY KEY, ours INTEGER, arriving INTEGER, parents BLOB)"
    )
    connection.exec_driver_sql(_MAP, (last,))
    return last


def place_arriving(connection: Connection, last: int) -> Graft:
    """Let those of the other copy's operations name their parents that another one precedes here than there.

    What they say is not looked at: `find_alteration` does that.
    """
    before = previous = head_of(connection, "main")
    parents, named, count = _Parents(connection), [], 0
    for sequence, written, own in sqlite.plain_rows(connection, _PLACES):
        found = parents.follow(sequence, written, own)
        if found != [previous]:
            named.append((b"".join(found), sequence))
        previous = own
        count += 1
    if named:
        connection.exec_driver_sql("UPDATE temp.acts SET parents = ? WHERE theirs = ?", named)
    return Graft(last, count, before, head_of(connection, OTHER))


def find_alteration(connection: Connection) -> str | None:
    """Check the other copy's operations one by one; return what is wrong with its journal, or None."""
    if connection.exec_driver_sql(_ALTERED).scalar() or _emptied(connection):
        return _CHANGED
    check = _Check(connection)
    faults = map(check.follow, sqlite.plain_rows(connection, _ARRIVING))
    return next(filter(None, faults), None)


def refuse_alteration(found: str | None) -> None:
    """Raise BrokenJournalError where something was found wrong with the other copy's journal."""
    if found:
        raise BrokenJournalError(
            f"The other copy's journal {found}; nothing was changed.",
            hint="Whoever sent it can see with `qualcase log --verify` whether theirs is whole.",
        )


def _emptied(connection: Connection) -> set[str]:
    """Return the other copy's operations without a body of which no redaction of theirs says so."""
    empty = sqlite.plain_rows(connection, "SELECT uid FROM other.operation WHERE body IS NULL")
    without = {encode_uid(uid) for (uid,) in empty}
    query = f"SELECT body FROM other.operation WHERE kind = '{REDACTION}' AND body IS NOT NULL"  # noqa: S608 - a constant
    for (body,) in sqlite.plain_rows(connection, query) if without else ():
        without.difference_update(redacted_by(decode_body(REDACTION, body)))
    return without


class _Parents:
    """The parents of the other copy's operations, told one after the other."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._last: tuple[int, bytes] = (0, b"")

    def follow(self, sequence: int, written: bytes | None, own: bytes) -> list[bytes]:
        """Return those of the next operation: what it names, or else the one before it."""
        before = self._before(sequence)
        self._last = sequence, own
        if written is not None:
            return split_parents(written)
        return [before] if before else []

    def _before(self, sequence: int) -> bytes:
        """Return the hash of the operation before a place; most often it has just been looked at."""
        if self._last[0] == sequence - 1:
            return self._last[1]
        query = "SELECT hash FROM other.operation WHERE sequence = ?"
        return bytes(self._connection.exec_driver_sql(query, (sequence - 1,)).scalar() or b"")


class _Check:
    """What an arriving operation is held against: its parents, its coders, and what arrived already."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        rows = sqlite.plain_rows(connection, "SELECT id, uid FROM other.coder")
        self._people = {key: encode_uid(uid) for key, uid in rows}
        self._parents = _Parents(connection)
        self._arrived: set[bytes] = set()

    def follow(self, row: tuple[Any, ...]) -> str | None:
        """Take in the next operation and return what is wrong with it, or None."""
        sequence, raw, kind, who, clock, version, target, aim, parents, nonce, body, body_hash, own = row
        named = self._parents.follow(sequence, parents, own)
        coder = self._people.get(who, "")
        whole = body is not None and body_hash is None and len(nonce or b"") == NONCE_BYTES
        usual = whole and named and target is None and parents is None
        if not usual or hash_row(named[0], raw, kind, coder, clock, version, nonce, body) != own:
            header = write_header(
                encode_uid(raw), kind, coder, clock, version, None if aim is None else encode_uid(aim)
            )
            if not whole and (body is not None or nonce is not None or len(body_hash or b"") != HASH_BYTES):
                return _CHANGED
            if hash_written(named, header, hash_body(nonce, body) if whole else body_hash) != own:
                return _CHANGED
            if parents is not None and not all(self._knows(parent) for parent in named):
                return "names operations that it has not"
        self._arrived.add(own)
        return None

    def _knows(self, hash_: bytes) -> bool:
        query = "SELECT 1 FROM main.operation WHERE hash = ?"
        return hash_ in self._arrived or self._connection.exec_driver_sql(query, (hash_,)).first() is not None


def head_of(connection: Connection, schema: str) -> bytes:
    """Return the hash of an attached copy's last operation."""
    query = f"SELECT hash FROM {schema}.operation ORDER BY sequence DESC LIMIT 1"  # noqa: S608 - ours
    found: bytes = connection.exec_driver_sql(query).scalar_one()
    return found


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
    """Return what every merge in an attached copy's journal did, the oldest first.

    UnreadableActError where one of them is not said as merges say it.
    """
    query = f"SELECT body FROM {schema}.operation WHERE kind = ? AND body IS NOT NULL ORDER BY sequence"  # noqa: S608 - ours
    return [decode_merge(body) for (body,) in connection.exec_driver_sql(query, (MERGE,))]


def decode_merge(body: bytes) -> Fields:
    """Return what a merge did; UnreadableActError where it is not said as merges say it."""
    detail = decode_body(MERGE, body).detail
    if not all(_is_row(row, width) for row, width in _rows_of(detail)):
        raise UnreadableActError("What a merge in the journal did cannot be read; nothing was changed.")
    return detail


def _rows_of(detail: Fields) -> Iterator[tuple[Any, int]]:
    for name, width in _MERGE_ROWS.items():
        rows = detail.get(name, [])
        yield from ((row, width) for row in rows) if isinstance(rows, list) else ((rows, 0),)


def _is_row(row: object, width: int) -> bool:
    return isinstance(row, list) and len(row) == width and all(isinstance(value, str) for value in row)
