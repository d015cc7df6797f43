"""Reading all records of a copy as values, and writing a merged view of them back as rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, select, update

from qualcase.storage.joining import Held
from qualcase.storage.naming import Naming
from qualcase.storage.records import RECORDS, chunks
from qualcase.storage.schema import journal, material
from qualcase.storage.staging import is_staged
from qualcase.storage.texts import (
    NewText,
    read_blocks,
    read_sentences,
    read_text,
    read_turns,
    store_content,
    store_parts,
)
from qualcase.storage.version_numbers import NUMBERED, read_made
from qualcase.storage.view import translate
from qualcase.storage.wordings import Wordings
from qualcase.storage.written import read_written

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy import Connection

    from qualcase.model.operation import Fields
    from qualcase.storage.joining import Stamp
    from qualcase.storage.parts import PartValues, Stated, Written
    from qualcase.storage.records import RecordType
    from qualcase.storage.view import View

Keys = dict[str, dict[str, int]]


@dataclass(slots=True)
class Records:
    """All records but codings: by uid, the uid of each table's keys, and who wrote the codes' acts.

    `made` says when each version of a codebook or a text was made, by its uid, `written` the same of each
    part of a code, `stated` where acts said that memos are, `wordings` who wrote over whose words,
    `values` what each part of what may have twins was since each act, `naming` by what it was known, and
    `origins` from which source and label an import named an actor.
    """

    held: dict[str, Held] = field(default_factory=dict)
    uids: dict[str, dict[int, str]] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    made: dict[str, Stamp] = field(default_factory=dict)
    written: Written = field(default_factory=dict)
    stated: dict[str, Stated] = field(default_factory=dict)
    wordings: Wordings = field(default_factory=Wordings)
    values: PartValues = field(default_factory=dict)
    naming: Naming = field(default_factory=Naming)
    origins: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_records(
    connection: Connection, copies: Mapping[str, str], met: Collection[tuple[str, str]]
) -> Records:
    """Return every record of a copy, alive or deleted; what no act has brought yet is none.

    `copies` are the memos that keep words of edits that lost, and of which records, `met` the twins that were
    made one.
    """
    found = Records()
    rows = {
        record.name: connection.execute(select(record.table).where(~is_staged(record.table))).mappings().all()
        for record in _kinds()
    }
    for name, group in rows.items():
        found.uids[name] = {row["id"]: row["uid"] for row in group}
    for record in _kinds():
        lists = {name: _read_list(connection, record, name, found) for name in record.lists}
        for row in rows[record.name]:
            fields = _fields(record, row, found, lists)
            stamp = (row["clock"], row["writer"])
            found.held[row["uid"]] = Held(record.name, row["uid"], fields, not row["deleted"], stamp)
    found.made = {uid: made for name in NUMBERED for uid, made in read_made(connection, name).items()}
    told = read_written(connection, copies, met)
    found.written, found.stated, found.wordings, found.values, found.naming, found.origins = told
    acts = {stamp[1] for parts in found.written.values() for stamp in parts.values()}
    acts |= {one.stamp[1] for one in found.wordings.lines if one.record == "code"}
    found.authors = _authors(
        connection, acts | {held.stamp[1] for held in found.held.values() if held.record == "code"}
    )
    return found


def _kinds() -> Iterator[RecordType]:
    return (record for record in RECORDS.values() if not record.temporal)


def _fields(
    record: RecordType, row: Mapping[Any, Any], found: Records, lists: Mapping[str, dict[int, list[str]]]
) -> Fields:
    fields = {name: row[name] for name in record.plain if row[name] is not None}
    for name, (column, target) in record.references.items():
        if row[column] is not None:
            fields[name] = found.uids[target][row[column]]
    for name, members in lists.items():
        if row["id"] in members:
            fields[name] = members[row["id"]]
    return fields


def _read_list(connection: Connection, record: RecordType, name: str, found: Records) -> dict[int, list[str]]:
    pairs = record.lists[name]
    owner, member = pairs.table.c[pairs.owner], pairs.table.c[pairs.member]
    members: dict[int, list[str]] = {}
    for key, other in connection.execute(select(owner, member).order_by(owner, pairs.table.c.position)):
        members.setdefault(key, []).append(found.uids[pairs.record][other])
    return members


def _authors(connection: Connection, acts: set[str]) -> dict[str, str]:
    operation, coder = journal.operation, material.coder
    query = select(operation.c.uid, coder.c.uid).join(coder, coder.c.id == operation.c.coder_id)
    return {
        act: who
        for part in chunks(sorted(acts))
        for act, who in connection.execute(query.where(operation.c.uid.in_(part)))
    }


def same_parts(new: Fields, old: Fields, canon: Mapping[str, str]) -> bool:
    """Tell whether fields say the same, twins being one."""
    old = translate(old, canon)
    return all(new.get(name) == old.get(name) for name in {*new, *old})


def write_records(connection: Connection, far: Connection, view: View, near: Records, there: Records) -> Keys:
    """Bring this file's records to what the view shows, and return the key of every uid by table.

    Texts that are new here come with their turns, blocks, sentences and original file from the other copy.
    """
    keys: Keys = {name: {uid: key for key, uid in uids.items()} for name, uids in near.uids.items()}
    fresh = {record.name: _fresh(record, view, near) for record in _kinds()}
    for name, group in fresh.items():
        table = RECORDS[name].table
        last = connection.scalar(select(func.max(table.c.id))) or 0
        keys[name] |= {one.uid: last + place for place, one in enumerate(group, start=1)}
    for record in _kinds():
        stale = [
            view.held[uid]
            for uid in near.uids[record.name].values()
            if view.held[uid] is not near.held[uid] and view.held[uid] != near.held[uid]
        ]
        _update(connection, record, stale, keys)
    for record in _kinds():
        _insert(connection, record, fresh[record.name], keys)
    for held in fresh["text_version"]:
        if held.uid in there.held:
            _take_text(connection, far, held, view, there)
    return keys


def _fresh(record: RecordType, view: View, near: Records) -> list[Held]:
    known = near.held
    return sorted(
        (held for uid, held in view.held.items() if held.record == record.name and uid not in known),
        key=lambda held: held.uid,
    )


def _columns(record: RecordType, held: Held, keys: Keys) -> dict[str, Any]:
    row: dict[str, Any] = {name: held.fields.get(name) for name in record.plain}
    for name, (column, target) in record.references.items():
        uid = held.fields.get(name)
        row[column] = None if uid is None else keys[target][uid]
    return row | {"clock": held.stamp[0], "writer": held.stamp[1], "deleted": int(not held.alive)}


def _update(connection: Connection, record: RecordType, group: list[Held], keys: Keys) -> None:
    if not group:
        return
    rows = [{"_id": keys[record.name][held.uid], **_columns(record, held, keys)} for held in group]
    names = [name for name in rows[0] if name != "_id"]
    statement = update(record.table).where(record.table.c.id == bindparam("_id"))
    values = [{"_id": row["_id"], **{f"v_{name}": row[name] for name in names}} for row in rows]
    connection.execute(statement.values({name: bindparam(f"v_{name}") for name in names}), values)
    _write_lists(connection, record, group, keys)


def _insert(connection: Connection, record: RecordType, group: list[Held], keys: Keys) -> None:
    if not group:
        return
    rows = [
        {"id": keys[record.name][held.uid], "uid": held.uid, **_columns(record, held, keys)} for held in group
    ]
    connection.execute(insert(record.table), rows)
    _write_lists(connection, record, group, keys)


def _write_lists(connection: Connection, record: RecordType, group: list[Held], keys: Keys) -> None:
    for name, pairs in record.lists.items():
        owners = {keys[record.name][held.uid]: held.fields.get(name, []) for held in group}
        for part in chunks(owners):
            connection.execute(delete(pairs.table).where(pairs.table.c[pairs.owner].in_(part)))
        rows = [
            {pairs.owner: owner, pairs.member: keys[pairs.record][uid], "position": position}
            for owner, uids in owners.items()
            for position, uid in enumerate(uids)
        ]
        if rows:
            connection.execute(insert(pairs.table), rows)


def _take_text(connection: Connection, far: Connection, held: Held, view: View, there: Records) -> None:
    bare = there.held[held.uid]
    source = there.held[bare.fields["source"]]
    speakers = {
        one.fields["label"]: view.name_of(one.uid)
        for one in there.held.values()
        if one.record == "speaker" and one.fields["source"] == source.uid
    }
    original = material.original
    new = NewText(
        held.uid,
        read_text(far, held.uid),
        read_turns(far, held.uid),
        read_blocks(far, held.uid),
        read_sentences(far, held.uid),
        speakers,
        far.scalar(select(original.c.bytes).where(original.c.sha256 == source.fields["sha256"])),
    )
    store_content(connection, new)
    store_parts(connection, new)
