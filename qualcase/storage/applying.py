"""Applying an operation's changes to the rows, refusing where somebody else has been there first."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import bindparam, delete, insert, update

from qualcase.model.operation import Change
from qualcase.storage.errors import StaleChangeError
from qualcase.storage.guards import refuse_if_used, refuse_twins
from qualcase.storage.records import RECORDS, Names, chunks, living, read_fields
from qualcase.storage.schema.base import canonical_json
from qualcase.storage.writers import who_wrote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection

    from qualcase.model.operation import Fields
    from qualcase.storage.records import RecordType


# Values of just these types come back from JSON as they went in.
_PLAIN = frozenset({str, int, bool, type(None)})


class Stamp(NamedTuple):
    """What every written row bears: the operation's place in this file, its uid and its clock.

    `raw` is the uid as the file has it, where it was just made and need not be read again.
    """

    sequence: int
    uid: str
    clock: int
    raw: bytes | None = None


def plain_changes(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes whose values are as JSON would give them back, empty fields of new records left out."""
    return tuple(
        Change(
            change.record,
            change.uid,
            _plain(change.before, whole=change.after is None),
            _plain(change.after, whole=change.before is None),
        )
        for change in changes
    )


def _plain(fields: Fields | None, *, whole: bool) -> Fields | None:
    if fields is None:
        return None
    kept = {name: fields[name] for name in sorted(fields) if not (whole and fields[name] in (None, (), []))}
    if all(type(value) in _PLAIN for value in kept.values()):
        return kept
    plain: Fields = json.loads(canonical_json(kept))
    return plain


def whole_deletions(
    connection: Connection, changes: tuple[Change, ...], *, again: bool
) -> tuple[Change, ...]:
    """Return changes in which a deletion holds all that it deletes, however little the act named.

    Only so can it be taken back. Done `again`, it deletes what it deleted then, to the last field, or
    raises StaleChangeError: taking it back would otherwise bring back an older state.
    """
    groups: dict[str, list[str]] = {}
    for change in changes:
        if change.after is None:
            groups.setdefault(change.record, []).append(change.uid)
    names = Names(connection)
    held = {name: read_fields(connection, RECORDS[name], names, uids) for name, uids in groups.items()}
    for change in changes if again else ():
        if change.after is None and held[change.record].get(change.uid) != change.before:
            raise StaleChangeError(who_wrote(connection, RECORDS[change.record], change.uid))
    return tuple(
        _whole(change, held[change.record]) if change.after is None else change for change in changes
    )


def _whole(change: Change, held: dict[str, Fields]) -> Change:
    fields = held.get(change.uid)
    agrees = fields is not None and _agrees(fields, change.before or {})
    return Change(change.record, change.uid, fields, None) if agrees else change


def _agrees(held: Fields, expected: Fields) -> bool:
    return all(_same(held.get(name), value) for name, value in expected.items())


def apply_changes(connection: Connection, changes: Sequence[Change], stamp: Stamp) -> None:
    """Write changes in order; raises StaleChangeError or StillUsedError before anything is kept."""
    names = Names(connection)
    for (record, action), group in groupby(changes, key=lambda change: (change.record, _action(change))):
        for wave in _waves(RECORDS[record], list(group)) if action == "make" else (list(group),):
            _ACTIONS[action](connection, RECORDS[record], wave, stamp, names)
    for record in {change.record for change in changes if change.after}:
        refuse_twins(connection, RECORDS[record])


def _waves(record: RecordType, changes: list[Change]) -> Iterator[list[Change]]:
    """Yield records to make so that none points to one of its own kind that is not yet there."""
    inward = [field for field, (_, target) in record.references.items() if target == record.name]
    waiting = changes
    while waiting:
        missing = {change.uid for change in waiting}
        ready = [c for c in waiting if not any((c.after or {}).get(field) in missing for field in inward)]
        yield ready or waiting
        waiting = [change for change in waiting if change not in ready] if ready and inward else []


def _action(change: Change) -> str:
    if change.before is None:
        return "make"
    return "delete" if change.after is None else "alter"


def _make(
    connection: Connection, record: RecordType, changes: list[Change], stamp: Stamp, names: Names
) -> None:
    uids = [change.uid for change in changes]
    _refuse_living(connection, record, uids)
    for field, (_, target) in record.references.items():
        names.keys(target, (uid for change in changes if (uid := (change.after or {}).get(field))))
    rows = [_row(record, change.uid, change.after or {}, names) for change in changes]
    if record.temporal:
        connection.execute(
            insert(record.table), [{**row, "since": stamp.sequence, "clock": stamp.clock} for row in rows]
        )
    else:
        _make_or_revive(connection, record, rows, stamp, names)
    _write_lists(connection, record, changes, names)


def _make_or_revive(
    connection: Connection, record: RecordType, rows: list[dict[str, Any]], stamp: Stamp, names: Names
) -> None:
    dead = set(names.keys(record.name, [row["uid"] for row in rows]))
    stamped = [{**row, "clock": stamp.clock, "writer": stamp.uid, "deleted": 0} for row in rows]
    if new := [row for row in stamped if row["uid"] not in dead]:
        connection.execute(insert(record.table), new)
    if old := [row for row in stamped if row["uid"] in dead]:
        _update_rows(connection, record, old)
        names.revive(record.name, [row["uid"] for row in old])


def _update_rows(connection: Connection, record: RecordType, rows: list[dict[str, Any]]) -> None:
    statement = update(record.table).where(record.table.c.uid == bindparam("_uid"))
    names = [name for name in rows[0] if name != "uid"]
    values = [{"_uid": row["uid"], **{f"v_{name}": row[name] for name in names}} for row in rows]
    connection.execute(statement.values({name: bindparam(f"v_{name}") for name in names}), values)


def _alter(
    connection: Connection, record: RecordType, changes: list[Change], stamp: Stamp, names: Names
) -> None:
    current = _current(connection, record, changes, names)
    if record.temporal:
        merged = [Change(c.record, c.uid, None, {**current[c.uid], **(c.after or {})}) for c in changes]
        _close(connection, record, [change.uid for change in changes], stamp)
        rows = [_row(record, change.uid, change.after or {}, names) for change in merged]
        connection.execute(
            insert(record.table), [{**row, "since": stamp.sequence, "clock": stamp.clock} for row in rows]
        )
        return
    for change in changes:
        row = _columns(record, change.after or {}, names)
        _update_rows(
            connection, record, [{"uid": change.uid, **row, "clock": stamp.clock, "writer": stamp.uid}]
        )
    _write_lists(connection, record, changes, names)


def _delete(
    connection: Connection, record: RecordType, changes: list[Change], stamp: Stamp, names: Names
) -> None:
    _current(connection, record, changes, names)
    uids = [change.uid for change in changes]
    if record.temporal:
        _close(connection, record, uids, stamp)
        return
    refuse_if_used(connection, record, [names.keys(record.name, uids)[uid] for uid in uids])
    gone = [{"uid": uid, "deleted": 1, "clock": stamp.clock, "writer": stamp.uid} for uid in uids]
    _update_rows(connection, record, gone)
    names.bury(record.name, uids)


_ACTIONS = {"make": _make, "alter": _alter, "delete": _delete}


def _close(connection: Connection, record: RecordType, uids: list[str], stamp: Stamp) -> None:
    table = record.table
    for part in chunks(uids):
        connection.execute(
            update(table).where(table.c.uid.in_(part), table.c.until.is_(None)).values(until=stamp.sequence)
        )


def _refuse_living(connection: Connection, record: RecordType, uids: list[str]) -> None:
    if living(connection, record, uids):
        message = f"This {record.name.replace('_', ' ')} is there already."
        raise StaleChangeError(message)


def _current(
    connection: Connection, record: RecordType, changes: list[Change], names: Names
) -> dict[str, Fields]:
    current = read_fields(connection, record, names, [change.uid for change in changes])
    for change in changes:
        held = current.get(change.uid)
        if held is None or not _agrees(held, change.before or {}):
            raise StaleChangeError(who_wrote(connection, record, change.uid))
    return current


def _same(held: object, expected: object) -> bool:
    # An empty list, an empty text's absence and None are one value: nothing there.
    return held == expected or (not held and held != 0 and expected in (None, []))


def _row(record: RecordType, uid: str, fields: Fields, names: Names) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(record.plain)
    row |= {column: None for column, _ in record.references.values()}
    return {"uid": uid, **row, **_columns(record, fields, names)}


def _columns(record: RecordType, fields: Fields, names: Names) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, value in fields.items():
        if name in record.references:
            column, target = record.references[name]
            row[column] = None if value is None else names.key(target, value)
        elif name not in record.lists:
            row[name] = value
    return row


def _write_lists(connection: Connection, record: RecordType, changes: list[Change], names: Names) -> None:
    for field, pairs in record.lists.items():
        touched = [change for change in changes if field in (change.after or {})]
        owners = names.keys(record.name, [change.uid for change in touched])
        if not touched:
            continue
        table = pairs.table
        for part in chunks(owners[change.uid] for change in touched):
            connection.execute(delete(table).where(table.c[pairs.owner].in_(part)))
        names.keys(pairs.record, [uid for change in touched for uid in (change.after or {})[field] or []])
        rows = [
            {
                pairs.owner: owners[change.uid],
                pairs.member: names.key(pairs.record, uid),
                "position": position,
            }
            for change in touched
            for position, uid in enumerate((change.after or {})[field] or [])
        ]
        if rows:
            connection.execute(insert(table), rows)
