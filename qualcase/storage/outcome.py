"""What a journal's acts leave of each record, as far as that can be told where copies were merged.

Acts are taken in their order in the file, and each follows what its author knew of. What two wrote without
knowing of each other was joined by a rule of merging; it is told again once one who knew of both wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from qualcase.model.identity import decode_uid
from qualcase.storage.ancestry import asking
from qualcase.storage.errors import DamagedProjectError, UnreadableActError
from qualcase.storage.grafting import decode_merge
from qualcase.storage.journal import MERGE
from qualcase.storage.records import RECORDS
from qualcase.storage.schema import journal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

    from qualcase.model.operation import Change, Fields

Key = tuple[str, str]
# What a merge gives by a rule of its own: numbers of versions, what is in review, places in other texts.
_BY_RULE = frozenset({"number", "version", "codebook_version", "code_versions", "state"})
_PLACED = frozenset({"start", "end", "text_version", "text_uid"})
_operation = journal.operation


class Left(NamedTuple):
    """What acts leave of a record: the fields that they gave, None where it is deleted.

    `tips` are the places of the acts that wrote it last, none knowing of another. `told` says that what they
    leave can be told, `whole` that what the fields do not name is empty, `again` that it was brought back,
    `ruled` that a merge came between: of what merges give by a rule is told what acts have named since.
    """

    fields: Fields | None
    tips: tuple[int, ...]
    told: bool
    whole: bool
    again: bool = False
    ruled: bool = False


def by_rule(record: str) -> frozenset[str]:
    """Return the fields of a kind of record that a merge gives by a rule of its own."""
    return _BY_RULE | _PLACED | ({"text"} if record == "coding" else set())


class Merges:
    """The merges of a journal: where they stand, and of which records each said what it made of them."""

    def __init__(self, connection: Connection) -> None:
        query = select(_operation.c.sequence, _operation.c.body).where(_operation.c.kind == MERGE)
        self._derived = {
            place: None if body is None else frozenset(_derived(body))
            for place, body in connection.execute(query)
        }
        self.last = max(self._derived, default=0)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._derived)

    def __contains__(self, place: object) -> bool:
        """Tell whether the act at a place is a merge."""
        return place in self._derived

    def derived(self, place: int) -> frozenset[str] | None:
        """Return the uids of which a merge says what it made of them; None of one that was redacted."""
        return self._derived[place]


def _derived(body: bytes) -> Iterator[str]:
    try:
        detail = decode_merge(body)
    except UnreadableActError:
        raise DamagedProjectError("what a merge in the journal did cannot be read") from None
    for name in ("met", "renamed", "needed", "copies"):
        for row in detail.get(name, ()):
            yield from row if name in {"met", "copies"} else row[:1]


class Outcome:
    """What the acts that were taken in leave of each record; of codings only where copies were merged.

    `unread` are redacted acts, none knowing of another: what is not known here may be their work.
    """

    def __init__(self, connection: Connection, merges: Merges) -> None:
        self.left: dict[Key, Left] = {}
        self.unread: tuple[int, ...] = ()
        self._merges, self._merged = merges, 0
        self._knows = asking(connection)

    def take(self, place: int, changes: Iterable[Change]) -> None:
        """Take in what an act did."""
        for change in changes:
            if change.record == "coding" and not self._merges:
                continue
            _refuse_no_record(place, change)
            key = change.record, change.uid
            known = self.left.get(key)
            if known is None and self.unread and change.before is not None:
                known = _untold(self.unread)
            beside = () if known is None else self._unknown_to(place, known.tips)
            if known is not None and max(known.tips) < self._merged:
                known = _ruled(known, change.record)
            if known is None or not beside:
                self.left[key] = _followed(known, place, change)
            else:
                self.left[key] = _met(known, (*beside, place), change)

    def pass_merge(self, place: int) -> None:
        """Note that a merge stands here: what it made of a record by its own rule is not told."""
        self._merged = place
        derived = self._merges.derived(place)
        if derived is None:
            self.pass_unread(place)
        for key in ((name, uid) for uid in derived or () for name in RECORDS):
            if key in self.left:
                self._forget(key, place)

    def pass_unread(self, place: int) -> None:
        """Note that an act stands here of which nobody knows any more what it did."""
        self.unread = (*self._unknown_to(place, self.unread), place)
        for key in self.left:
            self._forget(key, place)

    def _forget(self, key: Key, place: int) -> None:
        """Let it be untold what is left of a record, until one who knew of this act too writes it."""
        self.left[key] = _untold((*self._unknown_to(place, self.left[key].tips), place))

    def _unknown_to(self, place: int, tips: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(tip for tip in tips if not self._knows(place, tip))


def _untold(tips: tuple[int, ...]) -> Left:
    # It may have been brought back by what is not told.
    return Left(None, tips, told=False, whole=False, again=True)


def _ruled(known: Left, record: str) -> Left:
    unsaid = by_rule(record)
    fields = {name: value for name, value in (known.fields or {}).items() if name not in unsaid}
    return known._replace(fields=None if known.fields is None else fields, ruled=True)


def _followed(known: Left | None, place: int, change: Change) -> Left:
    """Return what is left where an act's author knew of all that was written before."""
    again = known is not None and (known.again or change.before is None)
    if change.after is None:
        return Left(None, (place,), told=True, whole=True, again=again)
    if change.before is None or known is None or known.fields is None:
        return Left(change.after, (place,), told=True, whole=change.before is None, again=again)
    return known._replace(fields={**known.fields, **change.after}, tips=(place,))


def _met(known: Left, tips: tuple[int, ...], change: Change) -> Left:
    """Return what is left where two wrote one record.

    A coding that one of them deleted is deleted, unless somebody had brought it back: then clocks decide.
    """
    again = known.again or change.before is None
    gone = known.told and (known.fields is None or change.after is None)
    told = gone and not again and change.record == "coding"
    return Left(None, tips, told=told, whole=False, again=again)


def _refuse_no_record(place: int, change: Change) -> None:
    try:
        known = change.record in RECORDS and decode_uid(change.uid)
    except ValueError:
        known = False
    if not known:
        raise DamagedProjectError(f"act {place} speaks of what is no record")
