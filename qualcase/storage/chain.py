"""Checking the journal's chain: every hash, parent and place, every redaction, and the head."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.codec import hash_body, hash_written
from qualcase.storage.journal import (
    HASH_BYTES,
    NONCE_BYTES,
    REDACTION,
    read_entries,
    read_operation,
    split_parents,
)
from qualcase.storage.schema import journal

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qualcase.storage.journal import Entry


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the chain holds, over how many operations, and the first fault found."""

    verified: bool
    operations: int
    head: str
    problem: str | None = None


def verify(connection: Connection) -> Verification:
    """Walk the chain from its beginning and say whether all of it agrees; the first fault ends the walk."""
    walk = _Walk()
    for entry in read_entries(connection):
        problem = walk.step(entry)
        if problem:
            message = f"operation {walk.count}: {problem}"
            return Verification(verified=False, operations=walk.count, head="", problem=message)
    problem = walk.end(_heads(connection))
    head = walk.previous.hex() if walk.previous else ""
    return Verification(verified=problem is None, operations=walk.count, head=head, problem=problem)


def _heads(connection: Connection) -> list[tuple[int, bytes, int]]:
    head = journal.head
    rows = connection.execute(select(head.c.id, head.c.hash, head.c.operations))
    return [(key, digest, operations) for key, digest, operations in rows]


class _Walk:
    """A walk along the chain: what it has passed, and what it still has to be told."""

    def __init__(self) -> None:
        self.count = 0
        self.previous: bytes | None = None
        self._known: set[bytes] = set()
        self._redacted: dict[str, int] = {}
        self._owned_up: set[str] = set()

    def step(self, entry: Entry) -> str | None:
        """Take in the next operation and return what is wrong with it, or None."""
        self.count += 1
        problem = self._place(entry) or _body_fault(entry) or self._hash_fault(entry)
        self.previous = entry.hash
        self._known.add(entry.hash)
        if entry.body is None:
            self._redacted[entry.uid] = self.count
        if problem is None and entry.kind == REDACTION:
            self._owned_up |= set(read_operation(entry).detail.get("operations", ()))
        return problem

    def end(self, heads: list[tuple[int, bytes, int]]) -> str | None:
        """Return what is wrong with the journal as a whole, or None."""
        if self.previous is None:
            return "the journal is empty"
        if heads != [(1, self.previous, self.count)]:
            return "the head names another operation than the last one"
        silent = [place for uid, place in self._redacted.items() if uid not in self._owned_up]
        return f"operation {silent[0]}: its body is gone, and no operation says so" if silent else None

    def _place(self, entry: Entry) -> str | None:
        if entry.sequence != self.count:
            return "operations are missing or out of order"
        if (entry.target is None) != (entry.target_uid is None):
            return "it speaks of an operation that is not in the journal"
        if entry.parents is None:
            return None
        named = split_parents(entry.parents)
        if not named or len(entry.parents) % HASH_BYTES or not set(named) <= self._known:
            return "it names a parent that is not in the journal"
        return "its parents are not written as they should be" if named == [self.previous] else None

    def _hash_fault(self, entry: Entry) -> str | None:
        body_hash = entry.body_hash or hash_body(entry.nonce or b"", entry.body or b"")
        usual = [self.previous] if self.previous else []
        parents = split_parents(entry.parents) if entry.parents is not None else usual
        if hash_written(parents, entry.header(), body_hash) != entry.hash:
            return "its content does not match its hash"
        return None


def _body_fault(entry: Entry) -> str | None:
    whole = entry.body is not None and len(entry.nonce or b"") == NONCE_BYTES and entry.body_hash is None
    redacted = entry.body is None and entry.nonce is None and len(entry.body_hash or b"") == HASH_BYTES
    return None if whole or redacted else "its body is neither whole nor redacted"
