"""Whether rows say what the acts that wrote them say, or were changed behind the journal's back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcase.model.identity import short_uid
from qualcase.storage.codec import decode_body
from qualcase.storage.coding_states import COLUMNS, StateReader, read_uid
from qualcase.storage.differing import differing_records, equal
from qualcase.storage.errors import DamagedProjectError
from qualcase.storage.journal import MERGE
from qualcase.storage.outcome import Merges, Outcome
from qualcase.storage.schema import codings, journal
from qualcase.storage.spoken import Spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import ColumnElement, Connection

    from qualcase.model.operation import Change, Fields

    # Hears how many acts are done, how many there are, and what is being done.
    Progress = Callable[[int, int, str], None]

_PORTION = 500
_MOST = 20
_DOING = "against what is there"
_coding, _operation = codings.coding, journal.operation
# What a merge leaves as it was written: sources and coders meet there under one identity.
_PLACE = frozenset({"start", "end"})
# All rows of a long history are read, and only what is asked of them: as the driver gives them.
_ACTS = Spoken(
    select(_operation.c.sequence, _operation.c.kind, _operation.c.body).order_by(_operation.c.sequence), ()
)

Key = tuple[str, str]
# States of codings, by the act that began or ended each and the coding's uid.
States = dict[tuple[int, str], "Fields"]


@dataclass(frozen=True, slots=True)
class _Act:
    """One act of the journal, with what it did to each record."""

    place: int
    changes: Mapping[Key, Change]


def find_altered(connection: Connection, progress: Progress | None = None) -> Iterator[str]:
    """Yield a sentence for each coding or record, 20 at most, that is not what the journal says of it.

    A coding is compared state by state, another record with what acts left of it. Where copies were merged,
    states from before the last merge are compared in their places only, and codings, too, with what acts left
    of them. What two wrote without knowing of each other, what merges said that they made of it, and what
    stood before a redacted act, is compared with what was done after.
    """
    try:
        for number, problem in enumerate(_find_altered(connection, progress)):
            yield problem if number < _MOST else "and more is not what the journal says"
            if number == _MOST:
                return
    except DamagedProjectError as error:
        yield error.message


def _find_altered(connection: Connection, progress: Progress | None) -> Iterator[str]:
    merges, total = Merges(connection), connection.scalar(select(func.max(_operation.c.sequence)))
    begun, ended = _States(connection, _coding.c.since), _States(connection, _coding.c.until)
    outcome = Outcome(connection, merges)
    if progress:
        progress(0, total or 0, _DOING)
    rows = _ACTS.say(connection)
    while portion := rows.fetchmany(_PORTION):
        last = portion[-1][0]
        acts = {place: act for place, kind, body in portion if (act := _read_act(place, kind, body))}
        yield from _altered_codings(acts, begun.until(last), ended.until(last), merges.last)
        for place, kind, _ in portion:
            if place in acts:
                outcome.take(place, acts[place].changes.values())
            elif kind == MERGE:
                outcome.pass_merge(place)
            else:
                outcome.pass_unread(place)
        if progress:
            progress(last, total or last, _DOING)
    yield from differing_records(connection, outcome, merges)


def _read_act(place: int, kind: str, body: bytes | None) -> _Act | None:
    """Return what an act says that it did, or None of one that was redacted, and of a merge."""
    if body is None or kind == MERGE:
        return None
    try:
        changes = decode_body(kind, body).changes
    except ValueError:
        raise DamagedProjectError(f"what act {place} did cannot be read") from None
    return _Act(place, {(change.record, change.uid): change for change in changes})


def _altered_codings(acts: Mapping[int, _Act], begun: States, ended: States, merged: int) -> Iterator[str]:
    for (place, uid), fields in begun.items():
        if act := acts.get(place):
            whole = place > merged
            before = ended.get((place, uid), {}) if whole else {}
            yield from _altered_state(uid, fields, before, act, whole=whole)
    for place, uid in ended:
        if place not in acts:
            continue
        change = acts[place].changes.get(("coding", uid))
        if change is None or (change.before is None and place > merged):
            yield f"the coding {short_uid(uid)} was ended by no act of the journal"
    yield from _missing_states({place: act for place, act in acts.items() if place > merged}, begun, ended)


def _altered_state(uid: str, fields: Fields, before: Fields, act: _Act, *, whole: bool) -> Iterator[str]:
    change, place = act.changes.get(("coding", uid)), act.place
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
    if fields == expected:
        return []
    compared = (fields.keys() | expected.keys()) if whole else _PLACE & expected.keys()
    return sorted(name for name in compared if not equal(fields.get(name), expected.get(name)))


class _States:
    """All states of codings in the order of the acts that began or ended them, read once and in portions."""

    def __init__(self, connection: Connection, column: ColumnElement[int | None]) -> None:
        self._rows = _states(column.name).say(connection)
        self._next = self._rows.fetchone()
        self._reader = StateReader(connection)

    def until(self, last: int) -> States:
        """Return the next states, up to those of an act."""
        found = {}
        while self._next is not None and self._next[0] <= last:
            place, uid, *values = self._next
            found[place, read_uid(uid)] = self._reader.fields(values)
            self._next = self._rows.fetchone()
        return found


@cache
def _states(place: str) -> Spoken:
    column = _coding.c[place]
    query = select(column, _coding.c.uid, *COLUMNS)
    return Spoken(query.where(column.is_not(None)).order_by(column), ())
