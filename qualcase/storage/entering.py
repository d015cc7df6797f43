"""Entering an act in the journal: where it goes, and who acts."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import Text, bindparam, func, select

from qualcase.model.identity import encode_uid, new_uid, new_uid_bytes
from qualcase.model.operation import Change
from qualcase.storage.applying import Stamp, apply_changes
from qualcase.storage.clock import tick
from qualcase.storage.journal import Author, append, find_author
from qualcase.storage.schema import journal, material
from qualcase.storage.spoken import Spoken

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qualcase.model.operation import Operation
    from qualcase.storage.journal import Entry

_operation, _coder = journal.operation, material.coder
_every = _operation.alias("every_operation")
# The newest operation is named by a question of its own: sorted for it, SQLite takes four times as long.
_PLACE = Spoken(
    select(
        *(_operation.c.sequence, _operation.c.clock, _operation.c.hash),
        *(_coder.c.id, _coder.c.uid, _coder.c.name),
    )
    .select_from(_operation.outerjoin(_coder, _coder.c.folded == bindparam("folded", type_=Text)))
    .where(_operation.c.sequence == select(func.max(_every.c.sequence)).scalar_subquery()),
    ("folded",),
)


class LastAct:
    """The operation that was written last, which tells where the next of its author goes without a question.

    Nothing keeps that true: other programs write, transactions are taken back, backups come back. So it is
    not believed: `append` writes only behind the operation that was left.
    """

    def __init__(self) -> None:
        self._act: tuple[str, Stamp, Author] | None = None

    def keep(self, folded: str, stamp: Stamp, author: Author, digest: bytes) -> None:
        """Remember an operation that was written, and its author by folded name."""
        _, key, uid, name, _ = author
        self._act = folded, stamp, Author(digest, key, uid, name, remembered=True)

    def forget(self) -> None:
        """Forget it: the next place is asked for."""
        self._act = None

    def next_place(self, folded: str) -> tuple[Stamp, Author] | None:
        """Return where the next operation would go, where whoever has this folded name wrote the last one."""
        if self._act is None or self._act[0] != folded:
            return None
        _, stamp, author = self._act
        raw = new_uid_bytes()
        return Stamp(stamp.sequence + 1, encode_uid(raw), tick(stamp.clock), raw), author


def find_place(connection: Connection, folded: str) -> tuple[Stamp, Author | None]:
    """Return where the next operation goes, and who of this folded name acts, by one question.

    None where nobody of that name has acted yet. To be asked inside the transaction that writes: until it
    ends nobody else writes behind the last operation.
    """
    row = _PLACE.say(connection, folded).fetchone()
    if row is None:
        return Stamp(1, new_uid(), tick(0)), None
    sequence, clock, head, key, uid, name = row
    stamp = Stamp(sequence + 1, new_uid(), tick(clock))
    if key is None:
        return stamp, None
    return stamp, Author(head, key, _written(bytes(uid)), name)


# The few people of a study act again and again.
_written = lru_cache(encode_uid)


def enter(
    connection: Connection,
    operation: Operation,
    names: tuple[str, str],
    last: LastAct,
    *,
    codebook_version: int,
    target: int | None = None,
) -> tuple[Stamp, Operation, Entry]:
    """Write an operation at the end of the journal, its coder with it where it is their first.

    `names` is the coder's name as it is shown and as it is compared. Returns what the rows that are written
    by it bear, the operation as it was entered, and its entry.
    """
    shown, folded = names
    stamp, author = last.next_place(folded) or find_place(connection, folded)
    whole = operation
    if author is None:
        greeting = Change("coder", new_uid(), None, {"name": shown, "folded": folded})
        apply_changes(connection, (greeting,), stamp)
        author = find_author(connection, greeting.uid)
        whole = replace(operation, changes=(greeting, *operation.changes))
    entry = append(connection, whole, stamp, author, codebook_version=codebook_version, target=target)
    if entry is not None:
        last.keep(folded, stamp, author, entry.hash)
        return stamp, whole, entry
    last.forget()  # Somebody else has written since, or what was written has been taken back.
    return enter(connection, operation, names, last, codebook_version=codebook_version, target=target)
