"""Whether codings and records are what a journal's acts left of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from qualcase.model.identity import short_uid
from qualcase.storage.coding_states import COLUMNS, StateReader, read_uid
from qualcase.storage.grafting import merge_details
from qualcase.storage.joining import Groups
from qualcase.storage.outcome import by_rule
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.schema import codings
from qualcase.storage.spoken import Spoken
from qualcase.storage.view import translate

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy import Connection

    from qualcase.model.operation import Fields
    from qualcase.storage.outcome import Left, Merges, Outcome

_coding = codings.coding
_latest = select(func.max(_coding.c.id).label("id")).group_by(_coding.c.uid).subquery()
_LAST_STATES = Spoken(
    select(_coding.c.uid, _coding.c.since, _coding.c.until, *COLUMNS).join(
        _latest, _latest.c.id == _coding.c.id
    ),
    (),
)
_PORTION = 500
# What a format that came later filled in, without an act.
_FILLED = frozenset({"text_version"})


def differing_records(connection: Connection, outcome: Outcome, merges: Merges) -> Iterator[str]:
    """Yield a sentence for each record that is not as acts left it; codings where copies were merged."""
    twins = _twins(connection)
    if merges:
        yield from _differing_codings(connection, outcome, merges, twins)
    names = Names(connection)
    wanted: dict[str, list[str]] = {}
    for (name, uid), left in outcome.left.items():
        if name != "coding" and left.told:
            wanted.setdefault(name, []).append(uid)
    for name, uids in wanted.items():
        found, what = read_fields(connection, RECORDS[name], names, uids), name.replace("_", " ")
        for uid in uids:
            fields, left = found.get(uid), outcome.left[name, uid]
            if (fields is None) != (left.fields is None):
                fate = "deleted" if left.fields is None else "written"
                yield f"the {what} {short_uid(uid)} is not {fate}, as the journal has it"
            elif fields is not None and (wrong := _wrong(fields, left, twins, _unsaid(name, left, merges))):
                told = f"the {what} {short_uid(uid)} is not what the journal made of it"
                yield f"{told} ({', '.join(wrong)})"


def _twins(connection: Connection) -> dict[str, str]:
    """Return, for each record that merges made one with others, one of them, whichever holds now."""
    groups = Groups()
    for detail in merge_details(connection, "main"):
        for uid, _, to in detail.get("met", ()):
            groups.link(uid, to)
    return {uid: groups.root(uid) for uid in groups.parents}


def _differing_codings(
    connection: Connection, outcome: Outcome, merges: Merges, twins: Mapping[str, str]
) -> Iterator[str]:
    missing = {uid for (name, uid), left in outcome.left.items() if name == "coding" and left.fields}
    for uid, since, until, fields in _last_states(connection):
        missing.discard(uid)
        coding = f"the coding {short_uid(uid)}"
        if ("coding", uid) not in outcome.left:
            if not outcome.unread:
                yield f"{coding} was written by no act of the journal"
            continue
        left = outcome.left["coding", uid]
        if not left.told:
            continue
        if (left.fields is None) != (until is not None):
            yield f"{coding} is not {'deleted' if left.fields is None else 'there'}, as the journal has it"
        elif left.fields is not None:
            unsaid = _unsaid("coding", left, merges)
            if since not in merges and fields.get("text") == left.fields.get("text"):
                unsaid -= {"start", "end"}
            if wrong := _wrong(fields, left, twins, unsaid):
                yield f"{coding} is not what the journal made of it ({', '.join(wrong)})"
    for uid in sorted(missing):
        yield f"the coding {short_uid(uid)}, which the journal has, is missing"


def _unsaid(record: str, left: Left, merges: Merges) -> frozenset[str]:
    """Return the fields of which acts do not say what they are now, since a merge may have given them."""
    if max(left.tips) < merges.last:
        return by_rule(record)
    return by_rule(record) - (left.fields or {}).keys() if left.ruled else frozenset()


def _last_states(connection: Connection) -> Iterator[tuple[str, int, int | None, Fields]]:
    """Yield each coding's last state: its uid, the acts that began and ended it, and its fields."""
    reader, rows = StateReader(connection), _LAST_STATES.say(connection)
    while portion := rows.fetchmany(_PORTION):
        for raw, since, until, *values in portion:
            yield read_uid(raw), since, until, reader.fields(values)


def _wrong(fields: Fields, left: Left, twins: Mapping[str, str], unsaid: Collection[str]) -> list[str]:
    given, fields = translate(left.fields or {}, twins), translate(fields, twins)
    named = given.keys() | (fields.keys() - _FILLED) if left.whole else given.keys()
    return sorted(
        name for name in named if name not in unsaid and not _same(fields.get(name), given.get(name))
    )


def _same(held: object, expected: object) -> bool:
    return equal(held, expected) or (not held and held != 0 and expected in (None, [], ()))


def equal(held: object, expected: object) -> bool:
    """Whether a row holds what an act says, where a number of many digits comes to be the nearest one."""
    if held == expected or not isinstance(held, float) or not isinstance(expected, int):
        return held == expected
    return expected.bit_length() < sys.float_info.max_exp and held == float(expected)
