"""Checking the journal's chain: every hash, parent and place, every redaction, and where it ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from qualcase.model.identity import encode_uid
from qualcase.storage.codec import hash_body, hash_row, hash_written
from qualcase.storage.counting import names_missing_acts
from qualcase.storage.journal import (
    HASH_BYTES,
    NONCE_BYTES,
    REDACTION,
    Entry,
    read_operation,
    redacted_by,
    split_parents,
)
from qualcase.storage.schema import journal, material
from qualcase.storage.spoken import Spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection

_PORTION = 100
_DOING = "the chain of hashes"
_operation, _target = journal.operation, journal.operation.alias("target")
_ACTS = Spoken(
    select(
        _operation.c.sequence, _operation.c.uid, _operation.c.kind, _operation.c.coder_id,
        _operation.c.clock, _operation.c.codebook_version, _operation.c.target, _target.c.uid,
        _operation.c.parents, _operation.c.nonce, _operation.c.body, _operation.c.body_hash,
        _operation.c.hash,
    ).outerjoin(_target, _target.c.sequence == _operation.c.target).order_by(_operation.c.sequence),
    (),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the chain holds, over how many operations, and the first fault found."""

    verified: bool
    operations: int
    head: str
    problem: str | None = None


def verify(connection: Connection, tell: Callable[[int], None] | None = None) -> Verification:
    """Walk the chain from its beginning and say whether all of it agrees; the first fault ends the walk.

    `tell` hears now and then how many operations it has passed.
    """
    people = material.coder
    walk = _Walk({key: uid for key, uid in connection.execute(select(people.c.id, people.c.uid))})  # noqa: C416 - a row is no pair to dict()
    for row in _told(_ACTS.say(connection), tell):
        problem = None if walk.follow(row) else walk.step(walk.entry(row))
        if problem:
            message = f"operation {walk.count}: {problem}"
            return Verification(verified=False, operations=walk.count, head="", problem=message)
    problem = walk.end(_seals(connection))
    if problem is None and names_missing_acts(connection):
        problem = "operations are missing: there are rows that they wrote"
    head = walk.previous.hex() if walk.previous else ""
    return Verification(verified=problem is None, operations=walk.count, head=head, problem=problem)


def verify_telling(connection: Connection, tell: Callable[[int, int, str], None] | None) -> Verification:
    """Do as `verify` does; `tell` hears how many operations were passed, of how many, and what is done."""
    if tell is None:
        return verify(connection)
    total = connection.scalar(select(func.count()).select_from(_operation)) or 0
    tell(0, total, _DOING)
    return verify(connection, lambda done: tell(done, total, _DOING))


def _told(rows: Any, tell: Callable[[int], None] | None) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - a cursor of either driver
    done = 0
    while portion := rows.fetchmany(_PORTION):
        yield from portion
        done += len(portion)
        if tell:
            tell(done)


def _seals(connection: Connection) -> list[tuple[int, bytes, bytes | None]]:
    """Return the places that are sealed, with the hash that the operation there must have, and has."""
    seal = journal.seal
    there = seal.outerjoin(_operation, _operation.c.sequence == seal.c.operations)
    rows = connection.execute(select(seal.c.id, seal.c.hash, _operation.c.hash).select_from(there))
    return [(key, digest, found) for key, digest, found in rows]


class _Walk:
    """A walk along the chain: what it has passed, and what it still has to be told."""

    def __init__(self, people: Mapping[int, str]) -> None:
        self._people = people
        self.count = 0
        self.previous: bytes | None = None
        self._known: set[bytes] = set()
        self._ends: set[bytes] = set()
        self._redacted: dict[str, int] = {}
        self._owned_up: set[str] = set()

    def follow(self, row: tuple[Any, ...]) -> bool:
        """Take in the next operation if it is as nearly all are, and holds; any other is left to `step`."""
        sequence, uid, kind, who, clock, version, target, _, parents, nonce, body, body_hash, own = row
        usual = target is None and parents is None and body_hash is None and kind != REDACTION
        if not usual or sequence != self.count + 1 or self.previous is None or who not in self._people:
            return False
        if body is None or nonce is None or len(nonce) != NONCE_BYTES:
            return False
        if hash_row(self.previous, uid, kind, self._people[who], clock, version, nonce, body) != own:
            return False
        self.count = sequence
        self.previous = own
        self._known.add(own)
        return True

    def entry(self, row: tuple[Any, ...]) -> Entry:
        """Return an operation as it lies in the file, without its coder's name."""
        sequence, uid, kind, who, clock, version, target, aim, *rest = row
        aimed = None if aim is None else encode_uid(aim)
        coder = self._people.get(who, "")
        return Entry._make((sequence, encode_uid(uid), kind, coder, clock, version, target, aimed, *rest, ""))

    def step(self, entry: Entry) -> str | None:
        """Take in the next operation and return what is wrong with it, or None."""
        self.count += 1
        problem = self._place(entry) or _body_fault(entry) or self._hash_fault(entry)
        if entry.parents is not None and self.previous is not None:
            self._ends.add(self.previous)
            self._ends.difference_update(split_parents(entry.parents))
        self.previous = entry.hash
        self._known.add(entry.hash)
        if entry.body is None:
            self._redacted[entry.uid] = self.count
        if problem is None and entry.kind == REDACTION:
            problem = self._own_up(entry)
        return problem

    def _own_up(self, redaction: Entry) -> str | None:
        try:
            self._owned_up |= redacted_by(read_operation(redaction))
        except ValueError:
            return "which bodies it took away cannot be read"
        return None

    def end(self, seals: list[tuple[int, bytes, bytes | None]]) -> str | None:
        """Return what is wrong with the journal as a whole, or None."""
        if self.previous is None:
            return "the journal is empty"
        if [(key, digest == found) for key, digest, found in seals] != [(1, True)]:
            return "the operation that it is sealed with is missing"
        if self._ends:
            return "it has more than one end: the merge that joins them is missing"
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
