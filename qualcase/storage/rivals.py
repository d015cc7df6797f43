"""Acts that stand in the way of taking another one back: those of others that came later and build on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.history import PERMANENT, entry_at
from qualcase.storage.journal import MARKERS, read_operation
from qualcase.storage.schema import journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from qualcase.model.operation import Change, Operation
    from qualcase.storage.journal import Entry


def find_rival(connection: Connection, entry: Entry) -> Entry | None:
    """Return the newest standing act of another coder that touches what an act wrote, or None.

    Without this, a value that went away and came back would look untouched; taking the act back would
    then leave the other coder with acts that cannot be taken back.
    """
    footprint = _Footprint(read_operation(entry))
    for sequence in _later_acts(connection, entry):
        other = entry_at(connection, sequence)
        if other.body is not None and footprint.meets(read_operation(other)):
            return other
    return None


def _later_acts(connection: Connection, entry: Entry) -> list[int]:
    """Return others' acts that were done, or done again, after an act was; the newest first."""
    operation = journal.operation
    query = (
        select(operation.c.sequence, operation.c.kind, operation.c.target, operation.c.coder_id)
        .where(operation.c.sequence >= entry.sequence)
        .order_by(operation.c.sequence)
    )
    rows = [tuple(row) for row in connection.execute(query)]
    own = rows[0][3]
    standing: dict[int, tuple[int, int]] = {}
    for sequence, kind, target, coder in rows:
        if kind == "undo":
            standing.pop(target, None)
        elif kind not in PERMANENT:
            standing[target if kind in MARKERS else sequence] = (sequence, coder)
    done = standing.get(entry.sequence, (entry.sequence, own))[0]
    later = [(place, act) for act, (place, coder) in standing.items() if coder != own and place > done]
    return [act for _, act in sorted(later, reverse=True)]


class _Footprint:
    """Which records and fields an act wrote, and which records it made or deleted."""

    def __init__(self, operation: Operation) -> None:
        self._fields: dict[tuple[str, str], set[str]] = {}
        self._whole: set[str] = set()
        for change in operation.changes:
            if change.before is None or change.after is None:
                self._whole.add(change.uid)
            self._fields.setdefault((change.record, change.uid), set()).update(_names(change))

    def meets(self, operation: Operation) -> bool:
        """Tell whether an operation writes the same fields, or speaks of a record made or deleted here."""
        return any(self._touches(change) or self._spoken_of(change) for change in operation.changes)

    def _touches(self, change: Change) -> bool:
        fields = self._fields.get((change.record, change.uid))
        if fields is None:
            return False
        whole = change.uid in self._whole or change.before is None or change.after is None
        return whole or not fields.isdisjoint(_names(change))

    def _spoken_of(self, change: Change) -> bool:
        return any(value in self._whole for value in _words(change))


def _names(change: Change) -> set[str]:
    return {*(change.before or {}), *(change.after or {})}


def _words(change: Change) -> Iterator[str]:
    for fields in (change.before or {}, change.after or {}):
        for value in fields.values():
            items = value if isinstance(value, list) else (value,)
            yield from (item for item in items if isinstance(item, str))
