"""Whether rows say what the acts that wrote them say, or were changed behind the journal's back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from qualcase.model.identity import short_uid
from qualcase.storage.journal import MERGE, read_entries, read_operation
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.schema import codings, journal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection

    from qualcase.model.operation import Change, Fields
    from qualcase.storage.journal import Entry

_PORTION = 500
_MOST = 20
_coding, _operation = codings.coding, journal.operation
# What a merge leaves as it was written: sources and coders meet there under one identity.
_PLACE = frozenset({"start", "end"})

Key = tuple[str, str]
# States of codings, by the act that began or ended each and the coding's uid.
States = dict[tuple[int, str], "Fields"]


@dataclass(frozen=True, slots=True)
class _Act:
    """One act of the journal, with what it did to each record."""

    entry: Entry
    changes: Mapping[Key, Change]


def find_altered(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each coding or record, 20 at most, that is not what the journal says of it.

    A coding is compared state by state, another record with all that acts gave it. Where copies were merged,
    codings are compared in their places only, and other records with what was done after, as they are
    where an act was redacted.
    """
    found = _find_altered(connection)
    for number, problem in enumerate(found):
        yield problem if number < _MOST else "and more is not what the journal says"
        if number == _MOST:
            return


def _find_altered(connection: Connection) -> Iterator[str]:
    whole = not connection.scalar(select(func.count()).where(_operation.c.kind == MERGE))
    names, last = Names(connection), 0
    begun, ended = _States(connection, names, _coding.c.since), _States(connection, names, _coding.c.until)
    expected: dict[Key, Fields | None] = {}
    while entries := list(read_entries(connection, between=(last, None), limit=_PORTION)):
        last = entries[-1].sequence
        acts = {
            entry.sequence: _Act(entry, _changes(entry))
            for entry in entries
            if entry.body is not None and entry.kind != MERGE
        }
        yield from _altered_codings(acts, begun.until(last), ended.until(last), whole=whole)
        for entry in entries:
            if entry.body is None or entry.kind == MERGE:
                expected.clear()
            else:
                _note(expected, acts[entry.sequence])
    yield from _altered_records(connection, names, expected)


def _changes(entry: Entry) -> dict[Key, Change]:
    return {(change.record, change.uid): change for change in read_operation(entry).changes}


def _altered_codings(acts: Mapping[int, _Act], begun: States, ended: States, *, whole: bool) -> Iterator[str]:
    for (place, uid), fields in begun.items():
        if act := acts.get(place):
            before = ended.get((place, uid), {}) if whole else {}
            yield from _altered_state(uid, fields, before, act, whole=whole)
    for place, uid in ended:
        if place in acts and ("coding", uid) not in acts[place].changes:
            yield f"the coding {short_uid(uid)} was ended by no act of the journal"
    if whole:
        yield from _missing_states(acts, begun, ended)


def _altered_state(uid: str, fields: Fields, before: Fields, act: _Act, *, whole: bool) -> Iterator[str]:
    change, place = act.changes.get(("coding", uid)), act.entry.sequence
    if change is None or change.after is None:
        yield f"the coding {short_uid(uid)} was written by no act of the journal"
        return
    expected = {**before, **change.after} if change.before else change.after
    if wrong := _differing(fields, expected, whole=whole):
        yield f"the coding {short_uid(uid)} is not what act {place} made of it ({', '.join(wrong)})"


def _missing_states(acts: Mapping[int, _Act], begun: States, ended: States) -> Iterator[str]:
    for place, act in acts.items():
        codings_changed = ((uid, change) for (name, uid), change in act.changes.items() if name == "coding")
        for uid, change in codings_changed:
            if change.after is not None and (place, uid) not in begun:
                yield f"the coding {short_uid(uid)}, which act {place} wrote, is missing"
            if change.before is not None and (place, uid) not in ended:
                yield f"the coding {short_uid(uid)}, which act {place} changed, is still what it was before"


def _differing(fields: Fields, expected: Fields, *, whole: bool) -> list[str]:
    compared = (fields.keys() | expected.keys()) if whole else _PLACE & expected.keys()
    return sorted(name for name in compared if fields.get(name) != expected.get(name))


class _States:
    """All states of codings in the order of the acts that began or ended them, read once and in portions."""

    def __init__(self, connection: Connection, names: Names, column: ColumnElement[int | None]) -> None:
        query = select(_coding, column.label("place")).where(column.is_not(None)).order_by(column)
        self._rows = iter(connection.execute(query).mappings())
        self._next = next(self._rows, None)
        self._names = names

    def until(self, last: int) -> States:
        """Return the next states, up to those of an act."""
        rows = []
        while self._next is not None and self._next["place"] <= last:
            rows.append(self._next)
            self._next = next(self._rows, None)
        for column, target in RECORDS["coding"].references.values():
            self._names.uids(target, (row[column] for row in rows if row[column] is not None))
        return {(row["place"], row["uid"]): _fields(row, self._names) for row in rows}


def _fields(row: Any, names: Names) -> Fields:  # noqa: ANN401 - a row mapping
    record = RECORDS["coding"]
    fields = {name: row[name] for name in record.plain if row[name] is not None}
    for field, (column, target) in record.references.items():
        if row[column] is not None:
            fields[field] = names.uids(target, ())[row[column]]
    return fields


def _note(expected: dict[Key, Fields | None], act: _Act) -> None:
    """Write down what an act leaves of each record but codings: the fields that it gave, None if deleted."""
    for (name, uid), change in act.changes.items():
        if name == "coding":
            continue
        known = expected.get((name, uid)) if change.before is not None else None
        expected[name, uid] = None if change.after is None else {**(known or {}), **change.after}


def _altered_records(
    connection: Connection, names: Names, expected: Mapping[Key, Fields | None]
) -> Iterator[str]:
    wanted: dict[str, list[str]] = {}
    for name, uid in expected:
        wanted.setdefault(name, []).append(uid)
    for name, uids in wanted.items():
        found, what = read_fields(connection, RECORDS[name], names, uids), name.replace("_", " ")
        for uid in uids:
            fields, given = found.get(uid), expected[name, uid]
            if (fields is None) != (given is None):
                fate = "deleted" if given is None else "written"
                yield f"the {what} {short_uid(uid)} is not {fate}, as the journal has it"
            elif fields is not None and given is not None:
                wrong = sorted(part for part, value in given.items() if not _same(fields.get(part), value))
                if wrong:
                    told = f"the {what} {short_uid(uid)} is not what the journal made of it"
                    yield f"{told} ({', '.join(wrong)})"


def _same(held: object, expected: object) -> bool:
    return held == expected or (not held and held != 0 and expected in (None, []))
