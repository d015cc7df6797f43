"""Merging a colleague's copy of a project into one's own, in one transaction: all of it or nothing."""

from __future__ import annotations

import gc
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcase.model.identity import new_uid
from qualcase.model.operation import Operation
from qualcase.storage import grafting, joined_codings, sqlite
from qualcase.storage.applying import Stamp
from qualcase.storage.clock import clock_text, tick
from qualcase.storage.coding_parts import read_changed, read_changing, read_coding_parts
from qualcase.storage.errors import ClockAheadError, CodeCycleError, ForeignProjectError
from qualcase.storage.joined_records import read_records, write_records
from qualcase.storage.joining import Side, Traces, join, kept_by
from qualcase.storage.journal import MERGE, append, find_author
from qualcase.storage.merge_counts import check_counts, count_records, live_codings, under_retired
from qualcase.storage.parts import as_stated, with_parts
from qualcase.storage.people import coder_uid
from qualcase.storage.proving import is_large
from qualcase.storage.reanchored import follow_texts, note_before, revive_texts
from qualcase.storage.records import RECORDS
from qualcase.storage.snapshots import copy_file, draft_beside, keeping_backup
from qualcase.storage.store import Store
from qualcase.storage.twins import called
from qualcase.storage.version_numbers import (
    list_renumbered,
    name_versions,
    read_numbers,
)
from qualcase.storage.view import derive, find_cycle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from qualcase.model.operation import Fields
    from qualcase.storage.joined_codings import Tally
    from qualcase.storage.joined_records import Records
    from qualcase.storage.joining import Conflict, Held
    from qualcase.storage.parts import Written
    from qualcase.storage.snapshots import Backup
    from qualcase.storage.view import View

_RESTED_ON = {target for _, target in RECORDS["coding"].references.values()}
_DAY = 24 * 60 * 60 * 1000 << 16  # In the clock's own units.


@dataclass(frozen=True, slots=True)
class Renaming:
    """A handle that two different things had: what it was, and what one of them is called since."""

    record: str
    uid: str
    before: str
    since: str


@dataclass(slots=True)
class Merged:
    """What a merge did, or would do: how many live records of each kind; empty where it brought nothing.

    `operations` counts the acts that came, `names` says what the records that conflicts speak of are called,
    `review` how many passages a person has to look at, `kept` how many edits that lost are kept as memos,
    `stranded` by code how many more codings bear one that is retired.
    """

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    renamed: list[Renaming] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    operations: int = 0
    review: int = 0
    kept: int = 0
    stranded: dict[str, int] = field(default_factory=dict)
    backup: Path | None = None

    def touched(self) -> int:
        """Return how many live records are not as they were."""
        return sum(sum(group.values()) for group in (self.added, self.changed, self.removed))


class _NotKeptError(Exception):
    """Ends a transaction of which nothing is to be kept."""


def merge(
    store: Store,
    other: Path,
    *,
    coder: str,
    version: int = 1,
    dry_run: bool = False,
    accept_clock: bool = False,
) -> Merged:
    """Take a colleague's copy into this project; a merge that brings nothing writes nothing.

    The other file is not written to. Raises ForeignProjectError for another project's file, ClockAheadError
    where it bears a date more than a day ahead, CodeCycleError, BrokenJournalError for an altered journal,
    and MergeCountError where the sides would not add up; nothing has changed then.
    """
    merged = Merged()
    with (
        _uncollected(),
        _working_copy(store, other) as (path, theirs),
        store.attached(path, grafting.OTHER),
    ):
        try:
            with store.writing() as connection, theirs.reading() as far:
                job = _Job(store, connection, far, merged, other.name, path)
                job.run(coder, version, accept_clock=accept_clock, dry_run=dry_run)
        except _NotKeptError:
            pass
    return merged


@contextmanager
def _uncollected() -> Iterator[None]:
    # In the rows of two journals Python would look for rings again and again; there are none.
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _working_copy(store: Store, other: Path) -> Iterator[tuple[Path, Store]]:
    sqlite.check_header(other)
    draft = draft_beside(store.path)
    try:
        copy_file(other, draft)
        theirs = Store.open(draft, keep_old=False)
        try:
            yield draft, theirs
        finally:
            theirs.close()
    finally:
        sqlite.remove_file(draft)


class _Job:
    """One merge, inside its transaction."""

    def __init__(
        self, store: Store, connection: Connection, far: Connection, merged: Merged, name: str, draft: Path
    ) -> None:
        self.store, self.connection, self.far, self.merged = store, connection, far, merged
        self._name, self._draft = name, draft

    def run(self, coder: str, version: int, *, accept_clock: bool, dry_run: bool) -> None:
        """Do all of it; _NotKeptError where nothing is to be kept."""
        connection = self.connection
        if not grafting.share_beginning(connection):
            raise ForeignProjectError(
                f"{self._name} is not a copy of this project: the two have no act in common.",
                hint="Import its sources and its codebook instead; nothing was changed.",
            )
        self._before = grafting.head_of(connection, "main")
        who = coder_uid(self.store, connection, coder)
        last = grafting.map_acts(connection)
        arriving = grafting.acts_there(connection)
        if not len(arriving):
            raise _NotKeptError
        _refuse_future(arriving, accept=accept_clock)
        # To check 50,000 acts takes a tenth of their merge: with the backup's proof that may go on beside it.
        beside = not dry_run and is_large(self.store.path)
        if not beside:
            grafting.refuse_alteration(grafting.find_alteration(connection))
        other = self._draft if beside else None
        with nullcontext() if dry_run else keeping_backup(self.store.path, "merge", other) as keep:
            self._bring_in(last, arriving, who, version, keep)
        if dry_run:
            raise _NotKeptError

    def _bring_in(
        self, last: int, arriving: grafting.Acts, who: str, version: int, keep: Callable[[], Backup] | None
    ) -> None:
        connection, merged = self.connection, self.merged
        sqlite.defer_references(connection)
        graft = grafting.place_arriving(connection, last)
        view = self._join(grafting.acts_here(connection), arriving)
        stamp = Stamp(
            graft.last + graft.count + 1, new_uid(), tick(max(arriving.newest, _newest(connection)))
        )
        live, retired = live_codings(connection), under_retired(connection)
        tally = self._write(view, stamp)
        check_counts(connection, graft, live, tally)
        if not arriving.people and not merged.touched():
            raise _NotKeptError
        merged.operations = graft.count
        merged.stranded = {
            code: count - retired.get(code, 0)
            for code, count in under_retired(connection).items()
            if count > retired.get(code, 0)
        }
        self._sign(view, graft, stamp, who, version)
        joined_codings.drop_temporary(connection)
        if keep:
            merged.backup = keep().path

    def _join(self, own: grafting.Acts, arriving: grafting.Acts) -> View:
        connection = self.connection
        here, there = (grafting.merge_details(connection, schema) for schema in ("main", grafting.OTHER))
        copies = {uid: of for detail in (*here, *there) for uid, of in detail.get("copies", ())}
        met = {(uid, to) for detail in (*here, *there) for uid, _, to in detail.get("met", ())}
        self.near = read_records(connection, copies, met)
        self.there = read_records(self.far, copies, met)
        near, far = read_changing(connection), read_changing(self.far)
        changed = read_changed(far, arriving)
        joined_codings.find_touched(connection, {*copies.values(), *changed})
        mine = joined_codings.read_known(connection, "main", self.near.uids)
        theirs = joined_codings.read_known(connection, grafting.OTHER, self.there.uids)
        both = joined_codings.find_written_by_both(connection) | (mine.keys() & copies.values())
        both |= mine.keys() & changed & read_changed(near, own)
        parts = read_coding_parts(near, both, self.near.wordings)
        self.ours = _side(self.near, mine, own, here, parts)
        parts = read_coding_parts(far, both, self.there.wordings)
        self.theirs = _side(self.there, theirs, arriving, there, parts)
        joined = join(self.ours, self.theirs)
        used: set[str] = set()
        if any(held.record in _RESTED_ON and not held.alive for held in joined.held.values()):
            tables = {"main": self.near.uids, grafting.OTHER: self.there.uids}
            used = joined_codings.used_by_others(connection, tables)
        view = derive(joined, self.ours, self.theirs, used)
        if circle := find_cycle(view):
            raise CodeCycleError(
                f"The copies moved these codes below each other: {', '.join(circle)}; nothing was changed.",
                hint=f"Move one of them to the top first: qualcase codebook move {circle[0]} --top",
            )
        self.merged.conflicts = joined.conflicts
        known = kept_by(self.ours, self.theirs)
        self.merged.kept = sum(view.held[uid].alive for uid in view.copies.keys() - known.keys())
        spoken_of = {one.uid for one in joined.conflicts} | {
            uid for one in joined.conflicts for uid in _uids(one)
        }
        self.merged.names = {uid: called(view.held, view.held[uid]) for uid in spoken_of if uid in view.held}
        self.merged.renamed = [
            Renaming(view.held[uid].record, uid, old, new)
            for (uid, writer), (old, new) in view.renamed.items()
            if self.ours.traces.renamed.get((uid, writer)) != (old, new)
        ]
        return view

    def _write(self, view: View, stamp: Stamp) -> Tally:
        connection, merged = self.connection, self.merged
        before = note_before(connection)
        renumbered = [*_renumbered("main", self.near, view), *_renumbered(grafting.OTHER, self.there, view)]
        joined_codings.renumber(connection, renumbered)
        keys = write_records(connection, self.far, view, self.near, self.there)
        for record in ("coder", "source", "text_version", "code", "speaker"):
            table = keys[record]
            pairs = [
                (table[uid], table[view.canon[uid]])
                for uid in self.near.uids[record].values()
                if uid in view.canon
            ]
            joined_codings.repoint(connection, record, pairs)
        grafting.write_arriving(connection)
        grafting.take_redactions(connection)
        joined_codings.set_keys(
            connection, self.there.uids, lambda record, uid: keys[record][view.name_of(uid)]
        )
        fresh = joined_codings.write_fresh(connection, stamp.sequence)
        tally = joined_codings.write_known(connection, view, (self.ours, self.theirs), keys, stamp.sequence)
        for group, number in (
            (merged.added, fresh + tally.added),
            (merged.changed, tally.changed),
            (merged.removed, tally.removed),
        ):
            if number:
                group["coding"] = number
        merged.review = follow_texts(connection, view, (self.ours, self.theirs), before, stamp.sequence)
        for uid, act in revive_texts(connection):
            view.needed.add((uid, act))
            view.held[uid] = replace(view.held[uid], alive=True)
        count_records(merged, view, self.ours)
        return joined_codings.Tally(fresh + tally.added, tally.changed, tally.removed)

    def _sign(self, view: View, graft: grafting.Graft, stamp: Stamp, who: str, version: int) -> None:
        detail: Fields = {
            "before": self._before.hex(),
            "met": [[*key, to] for key, to in sorted(view.met.items())],
            "renamed": [[*key, *names] for key, names in sorted(view.renamed.items())],
            "needed": sorted(map(list, view.needed)),
            "copies": sorted(map(list, view.copies.items())),
        }
        count = self.merged.operations
        summary = f"Merged {self._name}: {count} act{'' if count == 1 else 's'}"
        append(
            self.connection,
            Operation(MERGE, summary, (), {key: value for key, value in detail.items() if value}),
            stamp,
            find_author(self.connection, who)._replace(head=graft.before),
            codebook_version=version,
            other_parent=graft.head,
        )


def _uids(conflict: Conflict) -> Iterator[str]:
    for fields in (conflict.ours or {}, conflict.theirs or {}):
        yield from (value for value in fields.values() if isinstance(value, str))


def _refuse_future(arriving: grafting.Acts, *, accept: bool) -> None:
    now = time.time_ns() // 1_000_000 << 16
    if arriving.newest > now + _DAY and not accept:
        raise ClockAheadError(
            f"The other copy has acts dated {clock_text(arriving.newest)[:16]} (UTC): a clock was wrong.",
            hint="Such acts would win over all edits until then. To take them all the same: --accept-clock",
        )


def _newest(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT max(clock) FROM main.operation").scalar_one())


def _side(
    records: Records, codings: dict[str, Held], own: grafting.Acts, details: list[Fields], parts: Written
) -> Side:
    traces = Traces(
        {(uid, writer): to for detail in details for uid, writer, to in detail.get("met", ())},
        {(uid, w): (old, new) for detail in details for uid, w, old, new in detail.get("renamed", ())},
        {(uid, writer) for detail in details for uid, writer in detail.get("needed", ())},
        {uid: of for detail in details for uid, of in detail.get("copies", ())},
    )
    held = name_versions({**records.held, **codings}, read_numbers(records.held, records.made))
    held = with_parts(as_stated(held, records.stated), {**records.written, **parts})
    turned = {(uid, one.stamp): one.turned for uid, one in records.stated.items() if one.turned}
    return Side(
        *(held, own, own.remade, traces, records.authors, records.made, turned),
        wordings=records.wordings,
        values=records.values,
        naming=records.naming,
        origins=records.origins,
    )


def _renumbered(schema: str, records: Records, view: View) -> Iterator[tuple[str, int, int, int]]:
    """Yield by copy and key of code each version whose number is another one in the merged project."""
    keys = {uid: key for key, uid in records.uids["code"].items()}
    numbers = read_numbers(records.held, records.made)
    for code, was, now in list_renumbered(records.held, numbers, view.numbers):
        yield schema, keys[code], was, now
