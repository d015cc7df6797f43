"""A project as it stood after an earlier act, to be read and then left as it is.

What has been written since is taken back within a transaction of which nothing is kept.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.model.operation import Change
from qualcase.storage.applying import apply_changes
from qualcase.storage.errors import PastGoneError
from qualcase.storage.journal import next_stamp, read_entries, read_operation
from qualcase.storage.records import RECORDS
from qualcase.storage.schema import journal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from qualcase.model.operation import Fields
    from qualcase.storage.store import Store


@dataclass(slots=True)
class _Trace:
    """What became of one record: its fields before (None: not there), which of them are known, alive now."""

    before: Fields | None
    whole: bool
    alive: bool = True
    touched: set[str] = field(default_factory=set)

    def follow(self, change: Change) -> None:
        """Take in the next change of the record."""
        if change.before and not self.whole and self.before is not None:
            self.before = {**change.before, **self.before}
            self.whole = change.after is None
        self.touched.update(change.after or {})
        self.alive = change.after is not None


@contextmanager
def as_it_stood(store: Store, sequence: int) -> Iterator[None]:
    """Let the project be read as it stood after operation `sequence` of this file.

    Raises PastGoneError where a merge or a redaction lies between, which no act alone can take back.
    """
    with store.trying() as connection:
        stamp = next_stamp(connection)
        # No operation is written for this: rows say that they hold since the last one there is.
        last = stamp._replace(sequence=stamp.sequence - 1)
        apply_changes(connection, reversal(connection, sequence), last)
        yield


def reversal(connection: Connection, sequence: int) -> tuple[Change, ...]:
    """Return the changes that lead from today's state back to that after operation `sequence`."""
    _refuse_unreadable(connection, sequence)
    traces: dict[tuple[str, str], _Trace] = {}
    for change in _changes_since(connection, sequence):
        key = (change.record, change.uid)
        if key not in traces:
            traces[key] = _Trace(change.before, whole=change.after is None)
        traces[key].follow(change)
    return _ordered(traces)


def _changes_since(connection: Connection, sequence: int) -> Iterator[Change]:
    newest = read_entries(connection, newest_first=True)
    since = list(takewhile(lambda entry: entry.sequence > sequence, newest))
    for entry in reversed(since):
        yield from read_operation(entry).changes


def _refuse_unreadable(connection: Connection, sequence: int) -> None:
    operation = journal.operation
    query = select(operation.c.sequence).where(operation.c.sequence > sequence)
    if connection.scalar(query.where(operation.c.parents.is_not(None)).limit(1)):
        message = (
            "How the project stood then cannot be told from here: another copy was merged into it since."
        )
        raise PastGoneError(message, hint="The backup from before the merge has it.")
    if connection.scalar(query.where(operation.c.body.is_(None)).limit(1)):
        raise PastGoneError("How the project stood then cannot be told any more: an act since was redacted.")


def _ordered(traces: dict[tuple[str, str], _Trace]) -> tuple[Change, ...]:
    """Return what brings back, alters and removes, so ordered that nothing rests on what is not there."""
    back, alter, remove = [], [], []
    for (record, uid), trace in traces.items():
        if trace.before is None:
            if trace.alive:
                remove.append(Change(record, uid, {}, None))
        elif not trace.alive:
            back.append(Change(record, uid, None, trace.before))
        else:
            names = trace.touched | set(trace.before)
            alter.append(Change(record, uid, {}, {name: trace.before.get(name) for name in names}))
    # A record may have come to rest on a younger one: kinds that others rest on come first, and go last.
    for changes in (back, remove):
        changes.reverse()
    back.sort(key=_depth)
    remove.sort(key=_depth, reverse=True)
    return (*back, *_by_record(alter), *remove)


def _depth(change: Change) -> int:
    return _depth_of(change.record)


@cache
def _depth_of(record: str) -> int:
    held = RECORDS[record]
    below = {target for _, target in held.references.values()} | {part.record for part in held.lists.values()}
    return 1 + max((_depth_of(one) for one in below - {record}), default=0)


def _by_record(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: change.record)
