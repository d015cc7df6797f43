"""What may not go while other things rest on it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, func, select

from qualcase.storage.errors import StaleChangeError, StillUsedError
from qualcase.storage.records import RECORDS, TEXT_OF, chunks, live
from qualcase.storage.schema import journal, material
from qualcase.storage.writers import who_was_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Column, Connection, Select

    from qualcase.model.operation import Change
    from qualcase.storage.records import RecordType


def refuse_if_used(connection: Connection, record: RecordType, keys: list[int]) -> None:
    """Raise StillUsedError, saying by what and by whom, where live records point to any of these rows."""
    for other, column in _pointing_to(record):
        count = sum(_count(connection, other, column, part) for part in chunks(keys))
        if count:
            by = _coders(connection, other, column, keys)
            what = f"{count} {other.name.replace('_', ' ')}{'' if count == 1 else 's'}"
            message = (
                f"This {record.name.replace('_', ' ')} is still used by {what}{by}; nothing was changed."
            )
            raise StillUsedError(message)


# What people call things by; two live ones of a kind never share it.
_CALLED = {
    "source": ("handle",),
    "study_case": ("name",),
    "codebook": ("handle",),
    "code": ("codebook_id", "handle"),
    "event": ("handle",),
    "phase": ("handle",),
    "actor": ("handle",),
    "attribute": ("owner", "name"),
    "claim": ("handle",),
    "round": ("handle",),
    "saved_set": ("name",),
    "saved_query": ("name",),
}


def refuse_twins(connection: Connection, record: RecordType) -> None:
    """Raise StaleChangeError where two live records of a kind are called the same.

    It happens when a name was given away while an act was prepared, or after it was taken back.
    """
    if record.name not in _CALLED:
        return
    columns = [record.table.c[name] for name in _CALLED[record.name]]
    query = select(*columns).where(live(record)).group_by(*columns).having(func.count() > 1).limit(1)
    twin = connection.execute(query).first()
    if twin is not None:
        what = record.name.removeprefix("study_")
        raise StaleChangeError(f"There is another {what} “{twin[-1]}” now; nothing was changed.")


# Of what is the same in these, and alive, there is one.
_ONE_EACH = {
    "source": ("sha256",),
    "attribute_value": ("attribute_id", "owner_uid"),
    "source_done": ("source_id", "coder_id"),
    "case_member": ("case_id", "source_id", "speaker_id", "turn"),
}


def refuse_strays(connection: Connection, changes: Iterable[Change]) -> None:
    """Raise an error where changes that were made leave a second of one thing, or a place in an old text.

    It happens when somebody was there while an act was prepared, or between its being taken back and done
    again: StaleChangeError, or StillUsedError where it is others' places that would be left.
    """
    written: dict[str, list[str]] = {}
    corrected = []
    for change in changes:
        if change.after is None:
            continue
        if change.record in _ONE_EACH and (change.before is None or "sha256" in change.after):
            written.setdefault(change.record, []).append(change.uid)
        if change.after.get(TEXT_OF.get(change.record, "")):
            written.setdefault(f"place of {change.record}", []).append(change.uid)
        if change.record == "source" and change.before is not None and "text_uid" in change.after:
            corrected.append(change.uid)
    for name in sorted(_ONE_EACH.keys() & written.keys()):
        _refuse_second(connection, RECORDS[name], written[name])
    for name in TEXT_OF:
        _refuse_old_text(connection, name, written.get(f"place of {name}", []))
        if corrected:
            _refuse_left(connection, name, corrected)


def _refuse_second(connection: Connection, record: RecordType, uids: list[str]) -> None:
    table, other = record.table, record.table.alias("other")
    same = [table.c[name].is_not_distinct_from(other.c[name]) for name in _ONE_EACH[record.name]]
    query = (
        select(other.c.uid)
        .select_from(table)
        .join(other, and_(other.c.id != table.c.id, other.c.deleted == 0, *same))
        .where(live(record))
        .limit(1)
    )
    for part in chunks(uids):
        found = connection.scalar(query.where(table.c.uid.in_(part)))
        if found is not None:
            raise StaleChangeError(who_was_first(connection, record, found))


def places_left(name: str) -> Select[Any]:
    """Return the question for the live places of a kind of record that are not in their source's text.

    It gives the source's handle, the record's uid, start and end. What is in review waits in an older text.
    """
    record = RECORDS[name]
    table, source, version = record.table, material.source, material.text_version
    text = table.c[record.references[TEXT_OF[name]][0]]
    query = (
        select(source.c.handle, table.c.uid, table.c.start, table.c.end)
        .select_from(table)
        .join(source, source.c.id == table.c.source_id)
        .join(version, version.c.id == text)
        .where(live(record), version.c.uid != source.c.text_uid)
    )
    return query.where(table.c.state.is_(None)) if "state" in table.c else query


@cache
def _left_places(name: str, by: str) -> Select[Any]:
    table = material.source if by == "source" else RECORDS[name].table
    return places_left(name).where(table.c.uid.in_(bindparam("wanted", expanding=True)))


def _refuse_old_text(connection: Connection, name: str, uids: list[str]) -> None:
    for part in chunks(uids):
        left = connection.execute(_left_places(name, "own"), {"wanted": part}).first()
        if left is not None:
            raise StaleChangeError(f"The text of {left[0]} has been corrected since; nothing was changed.")


def _refuse_left(connection: Connection, name: str, sources: list[str]) -> None:
    for part in chunks(sources):
        left = connection.execute(_left_places(name, "source"), {"wanted": part}).all()
        if left:
            record = RECORDS[name]
            uids = [row.uid for row in left]
            keys = list(
                connection.scalars(select(record.table.c.id).where(record.table.c.uid.in_(uids[:500])))
            )
            by = _coders(connection, record, record.table.c.id, keys)
            count = f"{len(left)} {name}{'' if len(left) == 1 else 's'}{by}"
            message = f"{count} would be left in an older text of {left[0][0]}; nothing was changed."
            raise StillUsedError(message)


def _pointing_to(record: RecordType) -> Iterator[tuple[RecordType, Column[int]]]:
    for other in RECORDS.values():
        for column, target in other.references.values():
            if target == record.name:
                yield other, other.table.c[column]
        for pairs in other.lists.values():
            if pairs.record == record.name:
                yield other, pairs.table.c[pairs.member]


def _count(connection: Connection, other: RecordType, column: Column[int], keys: tuple[int, ...]) -> int:
    query = select(func.count(other.table.c.id.distinct())).where(column.in_(keys), live(other))
    if column.table is not other.table:
        owner = next(pairs.owner for pairs in other.lists.values() if pairs.table is column.table)
        query = query.where(column.table.c[owner] == other.table.c.id)
    return connection.scalar(query) or 0


def _coders(connection: Connection, other: RecordType, column: Column[int], keys: list[int]) -> str:
    if column.table is not other.table:
        return ""
    coder, act, table = material.coder, journal.operation, other.table
    query = select(coder.c.name).distinct().where(column.in_(keys[:500]), live(other))
    if "coder_id" in table.c:
        query = query.join(table, table.c.coder_id == coder.c.id)
    else:  # Whoever wrote it last.
        query = query.join(act, act.c.coder_id == coder.c.id).join(table, table.c.writer == act.c.uid)
    names = sorted(connection.scalars(query))
    return f" of {', '.join(names)}" if names else ""
