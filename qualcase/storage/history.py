"""Which of a coder's acts can be taken back next, and which can be done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from qualcase.storage.journal import MARKERS, MERGE, read_entries
from qualcase.storage.schema import journal, material

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from qualcase.storage.journal import Entry

    # Finds a coder's next act to take back, or to do again.
    Finder = Callable[[Connection, str], Entry | None]

PERMANENT = frozenset({"new", "redact", "coder"})


def next_undo(connection: Connection, coder_uid: str, *, past_merge: bool = False) -> Entry | None:
    """Return the coder's latest act that still stands, or None; `past_merge` looks beyond their merges."""
    state: dict[int, str] = {}
    for sequence, kind, target, redacted in _walk_back(connection, coder_uid):
        if past_merge and kind == MERGE:
            continue
        if kind in MARKERS:
            state.setdefault(target, kind)
        elif kind not in PERMANENT and not redacted and state.get(sequence) != "undo":
            return entry_at(connection, sequence)
    return None


def next_redo(connection: Connection, coder_uid: str) -> Entry | None:
    """Return the act that the coder undid last, as long as no new act has come since, or None."""
    redone: set[int] = set()
    for _, kind, target, _ in _walk_back(connection, coder_uid):
        if kind not in MARKERS:
            return None
        if kind == "redo":
            redone.add(target)
        elif target in redone:
            redone.discard(target)
        else:
            entry = entry_at(connection, target)
            return None if entry.body is None else entry
    return None


def is_last(connection: Connection, entry: Entry) -> bool:
    """Tell whether nothing has followed an act."""
    last = connection.scalar(select(func.max(journal.operation.c.sequence)))
    return bool(entry.sequence == last)


def undone_acts(connection: Connection, since: int = 0) -> dict[int, str]:
    """Return, for every act that stands undone, the uid of the operation that undid it.

    Those from a place `since` on are complete: what undoes an act stands after it in the file.
    """
    operation = journal.operation
    query = select(operation.c.target, operation.c.kind, operation.c.uid).where(
        operation.c.sequence > since, operation.c.kind.in_(MARKERS)
    )
    undone: dict[int, str] = {}
    for target, kind, uid in connection.execute(query.order_by(operation.c.clock, operation.c.uid)):
        undone.pop(target, None)
        if kind == "undo":
            undone[target] = uid
    return undone


def entry_at(connection: Connection, sequence: int) -> Entry:
    """Return the operation at a place in this file."""
    uid = connection.scalars(
        select(journal.operation.c.uid).where(journal.operation.c.sequence == sequence)
    ).one()
    return next(entry for entry in read_entries(connection, uid=uid))


def same_person(connection: Connection, coder_uid: str) -> frozenset[int]:
    """Return the keys under which a coder acted: one person may have begun in two copies.

    A merge keeps the second under the name and a line of its own.
    """
    coder = material.coder
    folded = connection.scalar(select(coder.c.folded).where(coder.c.uid == coder_uid)) or ""
    name = folded.partition("\n")[0]
    same = or_(coder.c.folded == name, coder.c.folded.startswith(f"{name}\n", autoescape=True))
    return frozenset(connection.scalars(select(coder.c.id).where(same)))


def _walk_back(connection: Connection, coder_uid: str) -> Iterator[tuple[int, str, int, bool]]:
    """Yield place, kind, target and whether it is redacted of a coder's acts, from the last done back."""
    operation, people = journal.operation, same_person(connection, coder_uid)
    acts = select(operation.c.sequence, operation.c.kind, operation.c.target, operation.c.body.is_(None))
    merge = None
    newest = acts.add_columns(operation.c.coder_id).order_by(operation.c.sequence.desc())
    with connection.execute(newest) as rows:
        for sequence, kind, target, redacted, who in rows:
            if kind == MERGE:
                merge = sequence
                break
            if who in people:
                yield sequence, kind, target, redacted
    if merge is None:
        return
    # What came by a merge came late and may have been done early; to sort all acts each time takes too long.
    earlier = acts.where(operation.c.sequence <= merge, operation.c.coder_id.in_(people))
    with connection.execute(earlier.order_by(operation.c.clock.desc(), operation.c.uid.desc())) as rows:
        yield from rows
