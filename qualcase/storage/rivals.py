"""Acts that stand in the way of taking another one back, or of doing it again: those that build on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.ancestry import Ancestry
from qualcase.storage.history import PERMANENT, entry_at, same_person
from qualcase.storage.journal import MARKERS, read_operation
from qualcase.storage.records import TEXT_OF
from qualcase.storage.schema import journal
from qualcase.storage.spoken_again import name_as_now, read_twins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from qualcase.model.operation import Change, Fields, Operation
    from qualcase.storage.journal import Entry

# What is coded under a code is coded under what these say of it.
_MEANING = frozenset({"status", "definition", "include", "exclude"})


def find_rival(connection: Connection, entry: Entry, kind: str = "undo") -> Entry | None:
    """Return the newest standing act of another coder that touches what taking an act back would change.

    Without this, a value that went away and came back would look untouched; taking the act back would
    then leave the other coder with acts that cannot be taken back. Doing it again, a `kind` of "redo",
    is asked the same of what came since it was taken back.
    """
    later = _later_acts(connection, entry, kind)
    twins = read_twins(connection) if later else {}
    footprint = _Footprint(name_as_now(read_operation(entry), twins, also_own=True), kind)
    for sequence in later:
        other = entry_at(connection, sequence)
        if other.body is None:
            continue
        if footprint.meets(name_as_now(read_operation(other), twins, also_own=True)):
            return other
    return None


def knew_of(connection: Connection, rival: Entry, entry: Entry, kind: str = "undo") -> bool:
    """Tell whether whoever did a rival act knew of an act, or of its being taken back where that is redone.

    A later place in the journal does not say so: the act may have come by a merge.
    """
    operation = journal.operation
    taken_back = select(operation.c.sequence).where(
        operation.c.kind == "undo", operation.c.target == entry.sequence
    )
    undone = connection.scalar(taken_back.order_by(operation.c.sequence.desc()).limit(1))
    earlier = undone if kind == "redo" and undone else entry.sequence
    return Ancestry(connection).knows(rival.sequence, earlier)


def _later_acts(connection: Connection, entry: Entry, kind: str) -> list[int]:
    """Return others' acts that were done, or done again, after an act was or was undone; the newest first."""
    operation = journal.operation
    query = (
        select(operation.c.sequence, operation.c.kind, operation.c.target, operation.c.coder_id)
        .where(operation.c.sequence >= entry.sequence)
        .order_by(operation.c.sequence)
    )
    rows = [tuple(row) for row in connection.execute(query)]
    own = same_person(connection, entry.coder_uid)
    standing: dict[int, tuple[int, int]] = {}
    undone = entry.sequence
    for sequence, what, target, coder in rows:
        if what == "undo":
            standing.pop(target, None)
            undone = sequence if target == entry.sequence else undone
        elif what not in PERMANENT:
            standing[target if what in MARKERS else sequence] = (sequence, coder)
    done = undone if kind == "redo" else standing.get(entry.sequence, (entry.sequence, 0))[0]
    later = [(place, act) for act, (place, coder) in standing.items() if coder not in own and place > done]
    return [act for _, act in sorted(later, reverse=True)]


class _Footprint:
    """Which records and fields an act wrote, which it made or deleted, and which texts places come to."""

    def __init__(self, operation: Operation, kind: str) -> None:
        self._fields: dict[tuple[str, str], set[str]] = {}
        self._whole: set[str] = set()
        self._left: set[str] = set()
        self._texts: set[str] = set()
        for change in operation.changes:
            old, new = (change.before, change.after) if kind == "redo" else (change.after, change.before)
            if change.before is None or change.after is None or _changes_meaning(change, new, kind):
                self._whole.add(change.uid)
            self._fields.setdefault((change.record, change.uid), set()).update(_names(change))
            if change.record == "source":
                self._left.update(_text(old, "text_uid"))
            self._texts.update(_text(new, TEXT_OF.get(change.record, "")))

    def meets(self, operation: Operation) -> bool:
        """Tell whether an operation writes the same fields, or speaks of a record made or deleted here.

        It also does where it places something in the text that this leaves, or corrects one that this needs.
        """
        return any(
            self._touches(change) or self._spoken_of(change) or self._strands(change)
            for change in operation.changes
        )

    def _touches(self, change: Change) -> bool:
        fields = self._fields.get((change.record, change.uid))
        if fields is None:
            return False
        whole = change.uid in self._whole or change.before is None or change.after is None
        return whole or not fields.isdisjoint(_names(change))

    def _spoken_of(self, change: Change) -> bool:
        return any(value in self._whole for value in _words(change))

    def _strands(self, change: Change) -> bool:
        if change.record == "source":
            return not self._texts.isdisjoint(_text(change.before, "text_uid"))
        return not self._left.isdisjoint(_text(change.after, TEXT_OF.get(change.record, "")))


def _changes_meaning(change: Change, new: Fields | None, kind: str) -> bool:
    return kind == "redo" and change.record == "code" and not _MEANING.isdisjoint(new or ())


def _text(fields: Fields | None, name: str) -> tuple[str, ...]:
    uid = (fields or {}).get(name)
    return (uid,) if uid else ()


def _names(change: Change) -> set[str]:
    return {*(change.before or {}), *(change.after or {})}


def _words(change: Change) -> Iterator[str]:
    for fields in (change.before or {}, change.after or {}):
        for value in fields.values():
            items = value if isinstance(value, list) else (value,)
            yield from (item for item in items if isinstance(item, str))
