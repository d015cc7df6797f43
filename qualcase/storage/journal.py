"""The journal: writing an operation beside its effect, and reading it back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import LargeBinary, bindparam, case, exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from qualcase.model.identity import decode_uid, new_uid
from qualcase.model.operation import LoggedOperation
from qualcase.storage.applying import Stamp
from qualcase.storage.clock import clock_text, tick
from qualcase.storage.codec import decode_body, encode_body, hash_body, hash_next, hash_written, write_header
from qualcase.storage.errors import UnreadableActError
from qualcase.storage.schema import journal, material
from qualcase.storage.schema.base import Whole
from qualcase.storage.spoken import Spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from qualcase.model.operation import Operation

_operation, _coder = journal.operation, material.coder
NONCE_BYTES = 16
HASH_BYTES = 32
MARKERS = ("undo", "redo")
REDACTION = "redact"
MERGE = "merge"


# Statements on the way of every act are built once: making one takes longer than running it.
_NEWEST = select(_operation.c.sequence, _operation.c.clock).order_by(_operation.c.sequence.desc()).limit(1)
_LAST = select(func.max(_operation.c.sequence)).scalar_subquery()
_HEAD = select(_operation.c.hash).where(_operation.c.sequence == _LAST)
_AUTHOR = select(_coder.c.id, _coder.c.uid, _coder.c.name).where(_coder.c.uid == bindparam("uid"))
_COLUMNS = (
    "sequence", "uid", "kind", "coder_id", "clock", "codebook_version", "target", "parents", "nonce", "body",
    "hash",
)  # fmt: skip
_ADD = Spoken(insert(_operation), _COLUMNS, columns=True)
# The hash says which operations came before, to the last clock and name; without one of its own a row is
# refused, as it is where its place is taken or nobody has its coder's key. (As a choice of what to insert it
# takes twice as long: where that reads the table that is written, SQLite makes another table for it first.)
_before, _new = _operation.alias("before"), {name: f"new_{name}" for name in _COLUMNS}
_IS_NEXT = exists().where(
    _before.c.sequence == bindparam("last", type_=Whole),
    _before.c.hash == bindparam("head", type_=LargeBinary),
)
_ADD_NEXT = Spoken(
    insert(_operation).values(
        **{name: bindparam(_new[name]) for name in _COLUMNS[:-1]},
        hash=case((_IS_NEXT, bindparam("digest", type_=LargeBinary))),
    ),
    (*[_new[name] for name in _COLUMNS[:-1]], "last", "head", "digest"),
)

# Who acts where an altered file names nobody: its hash will not hold.
_NOBODY = ("", "")


class Entry(NamedTuple):
    """One operation as it lies in the file."""

    sequence: int
    uid: str
    kind: str
    coder_uid: str
    clock: int
    codebook_version: int
    target: int | None
    target_uid: str | None
    parents: bytes | None
    nonce: bytes | None
    body: bytes | None
    body_hash: bytes | None
    hash: bytes
    coder: str

    def header(self) -> bytes:
        """Return what the hash covers besides parents and body; it stays when a body is redacted."""
        return write_header(
            self.uid, self.kind, self.coder_uid, self.clock, self.codebook_version, self.target_uid
        )


class Author(NamedTuple):
    """Whoever acts, by key, uid and name, and the hash of the operation that theirs will follow.

    Where all of this is remembered, it must still be shown to hold.
    """

    head: bytes | None
    key: int
    uid: str
    name: str
    remembered: bool = False


def find_author(connection: Connection, uid: str) -> Author:
    """Return a coder as the author of the next operation."""
    return Author(read_head(connection), *connection.execute(_AUTHOR, {"uid": uid}).one())


def next_stamp(connection: Connection) -> Stamp:
    """Return the place, identity and clock of the operation about to be written."""
    sequence, clock = connection.execute(_NEWEST).one_or_none() or (0, 0)
    return Stamp(sequence + 1, new_uid(), tick(clock))


def append(
    connection: Connection,
    operation: Operation,
    stamp: Stamp,
    author: Author,
    *,
    codebook_version: int,
    target: int | None = None,
    other_parent: bytes | None = None,
) -> Entry | None:
    """Write an operation at the end of the chain; a merge names a second parent.

    Returns None, and has written nothing, where the author's place was remembered and is another one now.
    """
    place, uid, clock, raw_uid = stamp.sequence, stamp.uid, stamp.clock, stamp.raw
    head, key, who, name, remembered = author
    body, nonce = encode_body(operation), secrets.token_bytes(NONCE_BYTES)
    target_uid = None if target is None else _uid_of(connection, target)
    header = write_header(uid, operation.kind, who, clock, codebook_version, target_uid)
    if head and not other_parent:
        parents, digest = None, hash_next(head, header, nonce, body)
    else:
        named = [parent for parent in (head, other_parent) if parent]
        parents = b"".join(named) or None
        digest = hash_written(named, header, hash_body(nonce, body))
    row = (
        place, raw_uid or decode_uid(uid), operation.kind, key, clock, codebook_version, target, parents,
        nonce, body,
    )  # fmt: skip
    if remembered:
        try:
            _ADD_NEXT.say(connection, *row, place - 1, head, digest)
        except IntegrityError:
            return None
    else:
        _ADD.say(connection, *row, digest)
    if not operation.changes or head is None:
        _seal(connection, digest, place)
    return Entry(
        place, uid, operation.kind, who, clock, codebook_version, target, target_uid, parents, nonce, body,
        None, digest, name,
    )  # fmt: skip


def _seal(connection: Connection, digest: bytes, operations: int) -> None:
    values = {"hash": digest, "operations": operations}
    if not connection.execute(update(journal.seal).values(**values)).rowcount:
        connection.execute(insert(journal.seal).values(id=1, **values))


def _uid_of(connection: Connection, sequence: int) -> str:
    uid: str = connection.scalars(select(_operation.c.uid).where(_operation.c.sequence == sequence)).one()
    return uid


def read_entries(
    connection: Connection,
    *,
    newest_first: bool = False,
    limit: int | None = None,
    uid: str | None = None,
    between: tuple[int | None, int | None] = (None, None),
    coder: str | None = None,
) -> Iterator[Entry]:
    """Yield operations in order, or from the newest back.

    `between` leaves those after one place and before another; `coder` those of one coder, by uid.
    """
    people, target = material.coder, _operation.alias("target")
    # Few people act often: they are read once, not once an act.
    found = connection.execute(select(people.c.id, people.c.uid, people.c.name))
    acting = {key: (uid_, name) for key, uid_, name in found}
    columns: list[Any] = [
        _operation.c.sequence, _operation.c.uid, _operation.c.kind, _operation.c.coder_id,
        _operation.c.clock, _operation.c.codebook_version, _operation.c.target,
        target.c.uid.label("target_uid"), _operation.c.parents, _operation.c.nonce, _operation.c.body,
        _operation.c.body_hash, _operation.c.hash,
    ]  # fmt: skip
    order = _operation.c.sequence.desc() if newest_first else _operation.c.sequence
    query = select(*columns).select_from(
        _operation.outerjoin(target, target.c.sequence == _operation.c.target)
    )
    if uid is not None:
        query = query.where(_operation.c.uid == uid)
    if coder is not None:
        keys = [key for key, who in acting.items() if who[0] == coder]
        query = query.where(_operation.c.coder_id.in_(keys))
    after, before = between
    if after is not None:
        query = query.where(_operation.c.sequence > after)
    if before is not None:
        query = query.where(_operation.c.sequence < before)
    for place, own, kind, key, *rest in connection.execute(query.order_by(order).limit(limit)):
        who, name = acting.get(key, _NOBODY)
        yield Entry._make((place, own, kind, who, *rest, name))


def read_operation(entry: Entry) -> Operation:
    """Return what an entry's body says; ValueError where it is redacted or no body."""
    if entry.body is None:
        message = "the body of this operation was redacted"
        raise ValueError(message)
    return decode_body(entry.kind, entry.body)


def head_before(merge: Entry) -> bytes:
    """Return the hash of the operation that was the last one when a merge was begun."""
    try:
        return bytes.fromhex(read_operation(merge).detail["before"])
    except (KeyError, TypeError, ValueError):
        raise UnreadableActError("What the merge was made on cannot be read; nothing was changed.") from None


def redacted_by(redaction: Operation) -> set[str]:
    """Return the operations, by uid, of which a redaction says that their bodies are gone."""
    named = redaction.detail.get("operations")
    return {uid for uid in named if isinstance(uid, str)} if isinstance(named, list) else set()


def read_head(connection: Connection) -> bytes | None:
    """Return the hash of the last operation; None where there is none."""
    return connection.execute(_HEAD).scalar()


def read_beginning(connection: Connection) -> str | None:
    """Return the uid of the first operation, which all copies of a project share."""
    first = select(_operation.c.uid).order_by(_operation.c.sequence).limit(1)
    return connection.execute(first).scalar()


def log_entry(
    entry: Entry,
    undone_by: str | None = None,
    *,
    parent: bytes | None = None,
    operation: Operation | None = None,
) -> LoggedOperation:
    """Return an entry as the log shows it; `parent` is the one before it, where it names none itself.

    `operation` is what its body says, where that need not be read.
    """
    parents = split_parents(entry.parents) or ([parent] if parent else [])
    if operation is None and entry.body is not None:
        operation = read_operation(entry)
    return LoggedOperation(
        sequence=entry.sequence,
        id=entry.uid,
        kind=entry.kind,
        summary=operation.summary if operation else "(redacted)",
        coder=entry.coder,
        at=clock_text(entry.clock),
        codebook_version=entry.codebook_version,
        hash=entry.hash.hex(),
        parents=tuple(one.hex() for one in parents),
        changes=len(operation.changes) if operation else 0,
        undone_by=undone_by,
        redacted=operation is None,
    )


def split_parents(parents: bytes | None) -> list[bytes]:
    """Return the parents that an operation names besides the one before it."""
    data = parents or b""
    return [data[start : start + HASH_BYTES] for start in range(0, len(data), HASH_BYTES)]
