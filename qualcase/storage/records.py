"""Records: how the fields that operations speak of lie in tables.

A field is a column by its own name; a column `x_id` that points to another table is the field `x`,
whose value is that record's uid; a list of references lies in a table of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, literal, select

from qualcase.storage.errors import StaleChangeError
from qualcase.storage.schema import chronology, codings, metadata, retrieval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Connection, Select, Table

    from qualcase.model.operation import Fields

_OWN = frozenset({"id", "uid", "clock", "writer", "deleted", "since", "until"})
_CHUNK = 500
# The field of each record with a place that names the text in which the place is counted.
TEXT_OF = {"coding": "text", "memo": "text_version", "event": "text_version"}


@dataclass(frozen=True, slots=True)
class PairList:
    """A field that is a list of references, kept in order in a table of pairs."""

    table: Table
    owner: str
    member: str
    record: str


@dataclass(frozen=True, slots=True)
class RecordType:
    """One kind of record: its table, plain fields, references and lists; `temporal` keeps past rows."""

    name: str
    table: Table
    plain: tuple[str, ...]
    references: dict[str, tuple[str, str]]
    lists: dict[str, PairList]
    temporal: bool = False


def _describe(table: Table, lists: dict[str, PairList], *, temporal: bool = False) -> RecordType:
    references, plain = {}, []
    for column in table.columns:
        if column.name in _OWN:
            continue
        if column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table.name
            references[column.name.removesuffix("_id")] = (column.name, target)
        else:
            plain.append(column.name)
    return RecordType(table.name, table, tuple(plain), references, lists, temporal)


_LISTS = {
    "event": {
        "actors": PairList(chronology.event_actor, "event_id", "actor_id", "actor"),
        "codes": PairList(chronology.event_code, "event_id", "code_id", "code"),
    },
    "saved_set": {
        "sources": PairList(retrieval.saved_set_source, "saved_set_id", "source_id", "source"),
        "codes": PairList(retrieval.saved_set_code, "saved_set_id", "code_id", "code"),
    },
}

RECORDS: dict[str, RecordType] = {
    table.name: _describe(table, _LISTS.get(table.name, {}), temporal=table is codings.coding)
    for table in metadata.tables.values()
    if table is codings.coding or {"uid", "clock", "deleted"} <= set(table.columns.keys())
}


def live(record: RecordType) -> Any:  # noqa: ANN401 - an SQL condition
    """Return the condition that a record's row holds now."""
    return record.table.c.until.is_(None) if record.temporal else record.table.c.deleted == 0


def chunks(items: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield items in portions that a statement can name one by one."""
    rest = iter(items)
    while part := tuple(islice(rest, _CHUNK)):
        yield part


@cache
def _naming(record: str, by: str) -> Select[Any, Any, Any]:
    # Built once: making a statement takes longer than running it.
    table = RECORDS[record].table
    dead = table.c.deleted if "deleted" in table.c else literal(0)
    return select(table.c.id, table.c.uid, dead).where(table.c[by].in_(bindparam("wanted", expanding=True)))


@cache
def _living(record: str) -> Select[Any]:
    kind = RECORDS[record]
    wanted = kind.table.c.uid.in_(bindparam("wanted", expanding=True))
    return select(kind.table.c.uid).where(live(kind), wanted)


def living(connection: Connection, record: RecordType, uids: Iterable[str]) -> set[str]:
    """Return those of the uids that have a live row."""
    query = _living(record.name)
    return {uid for part in chunks(uids) for uid in connection.scalars(query, {"wanted": part})}


class Names:
    """The two-way table between rows' keys and records' uids, filled as it is asked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys: dict[str, dict[str, int]] = {}
        self._uids: dict[str, dict[int, str]] = {}
        self._dead: dict[str, set[str]] = {}

    def keys(self, record: str, uids: Iterable[str]) -> dict[str, int]:
        """Return the key of each uid, dead or alive; a uid without a row is left out."""
        known = self._keys.setdefault(record, {})
        self._load(record, "uid", [uid for uid in set(uids) if uid not in known])
        return known

    def key(self, record: str, uid: str) -> int:
        """Return the key of one live record; StaleChangeError where there is none."""
        found = self._keys.get(record, {}).get(uid) or self.keys(record, (uid,)).get(uid)
        if found is None or uid in self._dead.get(record, ()):
            message = f"The {record.replace('_', ' ')} that this rests on is not in the project any more."
            raise StaleChangeError(message)
        return found

    def uids(self, record: str, keys: Iterable[int]) -> dict[int, str]:
        """Return the uid of each key."""
        known = self._uids.setdefault(record, {})
        self._load(record, "id", [key for key in set(keys) if key not in known])
        return known

    def bury(self, record: str, uids: Iterable[str]) -> None:
        """Note that records were deleted."""
        self._dead.setdefault(record, set()).update(uids)

    def revive(self, record: str, uids: Iterable[str]) -> None:
        """Note that deleted records were brought back."""
        self._dead.setdefault(record, set()).difference_update(uids)

    def _load(self, record: str, by: str, wanted: Sequence[Any]) -> None:
        for part in chunks(wanted):
            for key, uid, dead in self._connection.execute(_naming(record, by), {"wanted": part}):
                self._keys.setdefault(record, {})[uid] = key
                self._uids.setdefault(record, {})[key] = uid
                if dead:
                    self.bury(record, (uid,))


def read_fields(
    connection: Connection, record: RecordType, names: Names, uids: Iterable[str] | None = None
) -> dict[str, Fields]:
    """Return the live records' fields by uid, empty fields left out; all of them where `uids` is None."""
    rows = list(_live_rows(connection, record, uids))
    for column, target in record.references.values():
        names.uids(target, (row[column] for row in rows if row[column] is not None))
    found = {row["uid"]: _fields(record, row, names) for row in rows}
    by_key = {row["id"]: row["uid"] for row in rows}
    for field, pairs in record.lists.items():
        _read_list(connection, pairs, names, by_key, found, field)
    return found


def _live_rows(connection: Connection, record: RecordType, uids: Iterable[str] | None) -> Iterator[Any]:
    query = select(record.table).where(live(record))
    if uids is None:
        yield from connection.execute(query).mappings()
        return
    for part in chunks(uids):
        yield from connection.execute(query.where(record.table.c.uid.in_(part))).mappings()


def _fields(record: RecordType, row: Any, names: Names) -> Fields:  # noqa: ANN401 - a row mapping
    fields = {name: row[name] for name in record.plain if row[name] is not None}
    for field, (column, target) in record.references.items():
        if row[column] is not None:
            fields[field] = names.uids(target, ())[row[column]]
    return fields


def _read_list(
    connection: Connection,
    pairs: PairList,
    names: Names,
    by_key: dict[int, str],
    found: dict[str, Fields],
    field: str,
) -> None:
    table = pairs.table
    members: dict[int, list[int]] = {}
    for part in chunks(by_key):
        query = select(table.c[pairs.owner], table.c[pairs.member]).where(table.c[pairs.owner].in_(part))
        for owner, member in connection.execute(query.order_by(table.c[pairs.owner], table.c.position)):
            members.setdefault(owner, []).append(member)
    uids = names.uids(pairs.record, (member for group in members.values() for member in group))
    for owner, group in members.items():
        found[by_key[owner]][field] = [uids[member] for member in group]
