"""An earlier act read again after a merge gave versions other numbers than it wrote down."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcase.storage.ancestry import Ancestry
from qualcase.storage.records import chunks
from qualcase.storage.schema import codes, journal, material
from qualcase.storage.schema import codings as temporal
from qualcase.storage.version_numbers import TEXT_VERSION, VERSION, number_versions, read_made

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from qualcase.model.operation import Change, Fields, Operation
    from qualcase.storage.joining import Stamp
    from qualcase.storage.journal import Entry

_version, _code, _codebook = codes.codebook_version, codes.code, codes.codebook
_SPEAKING = frozenset({"coding", "event", "round", "codebook", VERSION})


def renumber_operation(connection: Connection, entry: Entry, operation: Operation) -> Operation:
    """Return what an act says, in the numbers that the versions it speaks of have now."""
    operation = _renumber_texts(connection, operation)
    if not any(change.record in _SPEAKING for change in operation.changes) or not _renumbered(connection):
        return operation
    since = _Since(connection, entry, operation)
    return replace(operation, changes=tuple(map(since.change, operation.changes)))


def _renumber_texts(connection: Connection, operation: Operation) -> Operation:
    texts = [change.uid for change in operation.changes if change.record == TEXT_VERSION]
    if not texts:
        return operation
    version = material.text_version
    now: dict[str, int] = {}
    for part in chunks(texts):
        rows = connection.execute(select(version.c.uid, version.c.number).where(version.c.uid.in_(part)))
        now |= dict(rows.all())
    return replace(operation, changes=tuple(_text_again(change, now) for change in operation.changes))


def _text_again(change: Change, now: Mapping[str, int]) -> Change:
    if change.record != TEXT_VERSION or change.uid not in now:
        return change
    before, after = (
        fields and {**fields, "number": now[change.uid]} for fields in (change.before, change.after)
    )
    return replace(change, before=before, after=after)


def settle_newest(connection: Connection, operation: Operation) -> Operation:
    """Return an act in which a codebook comes from the version it is at to the last one that stands after it.

    Where versions were numbered anew these need not be the ones before and after the act's own.
    """
    if not any(change.record == "codebook" for change in operation.changes) or not _renumbered(connection):
        return operation
    gone = {one.uid for one in operation.changes if one.record == VERSION and one.after is None}
    made = [one.after for one in operation.changes if one.record == VERSION and one.after is not None]
    newest: dict[str, int] = {}
    query = select(_codebook.c.uid, _version.c.uid, _version.c.number)
    query = query.join(_codebook, _codebook.c.id == _version.c.codebook_id).where(_version.c.deleted == 0)
    stand = [(book, number) for book, uid, number in connection.execute(query) if uid not in gone]
    for book, number in (*stand, *((fields["codebook"], fields["number"]) for fields in made)):
        newest[book] = max(newest.get(book, 0), number)
    held = dict(connection.execute(select(_codebook.c.uid, _codebook.c.version)).all())
    return replace(operation, changes=tuple(_settled(change, held, newest) for change in operation.changes))


def _settled(change: Change, held: Mapping[str, int], newest: Mapping[str, int]) -> Change:
    before, after = change.before, change.after
    if change.record != "codebook" or not before or not after or change.uid not in newest:
        return change
    if "version" not in after:
        return change
    return replace(
        change,
        before={**before, "version": held[change.uid]},
        after={**after, "version": newest[change.uid]},
    )


def _renumbered(connection: Connection) -> bool:
    own = func.json_extract(_version.c.content, "$.version")
    return connection.scalar(select(_version.c.id).where(_version.c.number != own).limit(1)) is not None


class _Since:
    """What became of the numbers that an act knew."""

    def __init__(self, connection: Connection, entry: Entry, operation: Operation) -> None:
        self._now = _numbers_since(connection, entry.sequence)
        query = select(_code.c.uid, _code.c.handle, _codebook.c.uid)
        query = query.join(_codebook, _codebook.c.id == _code.c.codebook_id)
        rows = connection.execute(query).all()
        self._books = {name: book for uid, handle, book in rows for name in (uid, handle)}
        codings = [change.uid for change in operation.changes if change.record == "coding"]
        self._codes = _codes_of(connection, codings)
        first = (
            select(_codebook.c.uid)
            .where(_codebook.c.deleted == 0)
            .order_by(_codebook.c.position, _codebook.c.uid)
        )
        self._first = connection.scalar(first.limit(1))

    def change(self, change: Change) -> Change:
        """Return a change in the numbers of now."""
        before, after = (self._fields(change, fields) for fields in (change.before, change.after))
        return replace(change, before=before, after=after)

    def _fields(self, change: Change, fields: Fields | None) -> Fields | None:
        if not fields:
            return fields
        if change.record == "event" and fields.get("code_versions"):
            given = fields["code_versions"].items()
            again = {code: self._number(self._books.get(code), number) for code, number in given}
            return {**fields, "code_versions": again}
        name, book = self._place(change, fields)
        return {**fields, name: self._number(book, fields[name])} if name in fields else fields

    def _place(self, change: Change, fields: Fields) -> tuple[str, str | None]:
        """Return the field that holds a number, and the codebook whose number it is."""
        if change.record == "codebook":
            return "version", change.uid
        if change.record == VERSION:
            return "number", fields.get("codebook")
        if change.record == "coding":
            return VERSION, self._books.get(fields.get("code") or self._codes.get(change.uid, ""))
        return VERSION, self._first if change.record == "round" else None

    def _number(self, book: str | None, number: int) -> int:
        return self._now.get(book or "", {}).get(number, number)


def _numbers_since(connection: Connection, place: int) -> dict[str, dict[int, int]]:
    """Return by codebook what each number is now that an act knew, which was done at a place of this file."""
    ancestry, made = Ancestry(connection), read_made(connection)
    act = journal.operation
    places = dict(connection.execute(select(act.c.uid, act.c.sequence).where(act.c.uid.in_(
        [uid for _, uid in made.values()]))).all())  # fmt: skip
    query = select(_codebook.c.uid, _version.c.uid, _version.c.number, _version.c.content)
    query = query.join(_codebook, _codebook.c.id == _version.c.codebook_id)
    then: dict[str, list[tuple[str, Stamp, int]]] = {}
    now: dict[str, int] = {}
    for book, uid, number, content in connection.execute(query):
        now[uid] = number
        if ancestry.knows(place, places[made[uid][1]]):
            then.setdefault(book, []).append((uid, made[uid], content.get("version") or number))
    return {
        book: {was: now[uid] for uid, was in number_versions(versions).items()}
        for book, versions in then.items()
    }


def _codes_of(connection: Connection, codings: Iterable[str]) -> dict[str, str]:
    table = temporal.coding
    return {
        uid: code
        for part in chunks(codings)
        for uid, code in connection.execute(
            select(table.c.uid, _code.c.uid).join(_code, _code.c.id == table.c.code_id)
            .where(table.c.uid.in_(part)).order_by(table.c.id)
        )
    }  # fmt: skip
