"""What a change of codes does to codings and events: those that move by themselves, and their twins."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcase.model.operation import Change
from qualcase.project.twins import join_twins
from qualcase.storage.reading.chronology import read_chronology
from qualcase.storage.reading.codes import code_uids, count_usage
from qualcase.storage.reading.codings import CodingQuery, list_codings
from qualcase.storage.records import RECORDS, Names, read_fields

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from qualcase.codebook.versions import VersionEffect
    from qualcase.model.coding import Coding
    from qualcase.storage.connection import Connection


@dataclass(frozen=True, slots=True)
class CodeKey:
    """A code as changes name it: its id, its uid, and the codebook version that it is given under."""

    id: str
    uid: str
    version: int


@dataclass(slots=True)
class Migration:
    """The changes by which material goes from one code to another, and how much of it there was.

    `events` are their handles, `waiting` the uids of what is still to be read again.
    """

    changes: list[Change] = field(default_factory=list)
    moved: int = 0
    doubled: int = 0
    events: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def move_codings(
    connection: Connection,
    codings: Iterable[Coding],
    target: CodeKey,
    *,
    current_from: int,
    overdue: Container[tuple[str, str]] = frozenset(),
) -> Migration:
    """Return how codings come to bear another code.

    Where a coder has that code on just that passage already, only that one is kept, with what the other
    recorded. A coding made under version `current_from` or later counts as read under the new code's
    version; an older one stays as old as it was, and so does what is named, by uid and code, as `overdue`.
    """
    codings = list(codings)
    fields = read_fields(connection, RECORDS["coding"], Names(connection), [one.uid for one in codings])
    moves, waiting = [], []
    for one in codings:
        held = fields[one.uid]
        made = held["codebook_version"]
        before = {"code": held["code"], "codebook_version": made}
        current = made >= current_from and (one.uid, one.code) not in overdue
        waiting += [] if current else [one.uid]
        after = {"code": target.uid, "codebook_version": target.version if current else made}
        moves.append(Change("coding", one.uid, before, after))
    joined = join_twins(connection, moves)
    return Migration(
        list(joined.changes),
        moved=len(moves) - len(joined.into),
        doubled=len(joined.into),
        waiting=[uid for uid in waiting if uid not in joined.into],
    )


def move_events(
    connection: Connection,
    code: CodeKey,
    target: CodeKey,
    *,
    current_from: int,
    only: frozenset[str] | None = None,
    overdue: Container[tuple[str, str]] = frozenset(),
) -> Migration:
    """Return how events come to bear another code, all that bear the first or `only` some, by uid."""
    found = Migration()
    for uid, held in read_fields(connection, RECORDS["event"], Names(connection), only).items():
        if code.uid not in held.get("codes", ()):
            continue
        codes = list(dict.fromkeys(target.uid if one == code.uid else one for one in held["codes"]))
        versions = dict(held.get("code_versions") or {})
        made = versions.pop(code.id, 0)
        current = made >= current_from and (uid, code.id) not in overdue
        found.waiting += [] if current or target.uid in held["codes"] else [uid]
        versions.setdefault(target.id, target.version if current else made)
        before = {"codes": held["codes"], "code_versions": held.get("code_versions")}
        found.changes.append(Change("event", uid, before, {"codes": codes, "code_versions": versions}))
        found.events.append(held["handle"])
    return found


def merge_effect(
    connection: Connection,
    effect: VersionEffect,
    version: int,
    changed: Mapping[str, int],
    overdue: Container[tuple[str, str]] = frozenset(),
) -> tuple[VersionEffect, tuple[Change, ...]]:
    """Return what a merge of one code into another moves, and the changes that move it."""
    (name,), (into,) = effect.codes, effect.into
    uids = code_uids(connection)
    code, target = CodeKey(name, uids[name], version), CodeKey(into, uids[into], version)
    current_from = changed.get(name, 0)
    codings = list_codings(connection, CodingQuery(codes=(name,)))
    moved = move_codings(connection, codings, target, current_from=current_from, overdue=overdue)
    events = move_events(connection, code, target, current_from=current_from, overdue=overdue)
    told = replace(
        effect,
        moved=moved.moved + moved.doubled,
        moved_events=tuple(events.events),
        doubled=moved.doubled,
        waiting=(*moved.waiting, *events.waiting),
    )
    return told, (*moved.changes, *events.changes)


def reread_effect(connection: Connection, effect: VersionEffect) -> VersionEffect:
    """Return how much a change of meaning leaves to be read again."""
    (name,) = effect.codes
    events = read_chronology(connection).events
    return replace(
        effect,
        reread_codings=count_usage(connection).get(name, 0),
        reread_events=tuple(event.id for event in events if name in event.codes),
    )
