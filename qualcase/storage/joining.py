"""How two copies of a project become one, as a rule over values: no file, no order of arrival.

Of two states of one record the one whose (life, last write) is later holds, where life is the act that made
or deleted it and every act is placed by (clock, operation uid). So a deletion stands against an edit that
did not know of it, and only an act that brings the record back ends it. What is shown is derived from that
anew each time (`qualcase.storage.view`), so that it does not matter who merges whom first.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcase.storage.naming import Naming
from qualcase.storage.parts import PARTED, by_itself, contested, join_parts, part_of, said
from qualcase.storage.wordings import Wordings

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from qualcase.model.operation import Fields
    from qualcase.storage.parts import PartValues

Stamp = tuple[int, str]
ALWAYS: Stamp = (0, "")
NAMES = frozenset({"handle", "name", "label"})
_COUNTED = frozenset(
    {"version", "position", "number", "codebook_version", "code_versions"}
)  # Places in an order: they differ without anybody's meaning it.
# The field that names the text in which a place is counted, and what else follows a correction of that text.
_TEXT = {"coding": "text", "memo": "text_version", "event": "text_version"}
_FOLLOWING = frozenset({*_TEXT.values(), "start", "end", "state"})


@dataclass(frozen=True, slots=True)
class Held:
    """A record as one copy has it: its fields, whether it is alive, and the act that wrote it last.

    `parts` gives the act that wrote each part last, for records that are joined part by part.
    """

    record: str
    uid: str
    fields: Fields
    alive: bool
    stamp: Stamp
    parts: Mapping[str, Stamp] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Traces:
    """What earlier merges did to records besides taking the later state, each with the record's last writer.

    `met`: a twin that gave way to another, and to which (no writer: one that was deleted already); `renamed`:
    handle before and since; `needed`: dead, but something rests on it; `copies`: a memo that keeps the words
    of a lost edit, and of which record.
    """

    met: Mapping[tuple[str, str], str] = field(default_factory=dict)
    renamed: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    needed: Container[tuple[str, str]] = frozenset()
    copies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """One copy: its records by uid, which acts the other lacks, and what it brought back from deletion.

    `remade` gives the act by which a record was brought back, for acts that the other copy lacks;
    `coder_of` the coder's uid of an act; `made` when a version of a codebook or a text was made, by its uid;
    `turned` the text to which the act that placed a record turned its source; `wordings` the acts on words,
    and `values` what each part of what may have twins was since each act; `naming` by what it was known, and
    `origins` after which source and label an import named an actor.
    """

    held: Mapping[str, Held]
    own: Container[str]
    remade: Mapping[str, Stamp] = field(default_factory=dict)
    traces: Traces = field(default_factory=Traces)
    coder_of: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Stamp] = field(default_factory=dict)
    turned: Mapping[tuple[str, Stamp], str] = field(default_factory=dict)
    wordings: Wordings = field(default_factory=Wordings)
    values: PartValues = field(default_factory=dict)
    naming: Naming = field(default_factory=Naming)
    origins: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two states of one record, neither of which knew of the other; `kept` is ours or theirs.

    `ours` and `theirs` hold the fields that differ, None for a deletion.
    """

    record: str
    uid: str
    kept: str
    ours: Fields | None
    theirs: Fields | None


@dataclass(slots=True)
class Joined:
    """Both copies' records as they really are, before what is shown is derived; and what was found."""

    held: dict[str, Held] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def join(ours: Side, theirs: Side) -> Joined:
    """Return the later state of every record, and where neither copy knew of what the other did."""
    copies = kept_by(ours, theirs)
    left, right = bare_records(ours, copies), bare_records(theirs, copies)
    joined = Joined()
    for uid in sorted({*left, *right}):
        mine, other = left.get(uid), right.get(uid)
        if mine is None or other is None:
            alone = mine or other
            if alone is not None:
                joined.held[uid] = alone
        else:
            joined.held[uid] = _later(mine, other, ours, theirs)
            _note_conflict(joined, mine, other, ours, theirs)
    return joined


def kept_by(ours: Side, theirs: Side) -> dict[str, str]:
    """Return the memos in which earlier merges kept the words of edits that lost, and of which records."""
    return {**ours.traces.copies, **theirs.traces.copies}


def bare_records(side: Side, copies: Container[str]) -> dict[str, Held]:
    """Return a copy's records without what earlier merges derived: as people's acts left them.

    Of `copies`, memos that keep lost words, only those that somebody has changed since.
    """
    twins, standing = _twins(side), {*side.traces.met.values()}
    bare = {
        uid: _bare(held, side, twins.get(uid, ()))
        for uid, held in side.held.items()
        if uid not in copies or uid in side.wordings.acted
    }
    return bare | {uid: by_itself(bare[uid], side.values) for uid in standing & bare.keys()}


def _twins(side: Side) -> dict[str, list[Held]]:
    """Return for each twin all that were made one with it, itself among them."""
    groups = Groups()
    for (uid, _), to in side.traces.met.items():
        groups.link(uid, to)
    members = groups.among(side.held[uid] for uid in groups.parents if uid in side.held)
    return {held.uid: group for group in members for held in group}


def _bare(held: Held, side: Side, twins: Sequence[Held]) -> Held:
    key, traces = (held.uid, held.stamp[1]), side.traces
    if key in traces.met and not held.alive:
        # Whoever deleted what all had become deleted all.
        deleted = (one.stamp for one in twins if (one.uid, one.stamp[1]) not in traces.met)
        last = max(deleted, default=ALWAYS)
        gone = last > held.stamp and not any(one.alive for one in twins)
        return replace(held, alive=not gone, stamp=last if gone else held.stamp)
    if key in traces.needed and held.alive:
        held = replace(held, alive=False)
    if key in traces.renamed:
        before, since = traces.renamed[key]
        fields = {
            name: before if value == since and name in NAMES else value for name, value in held.fields.items()
        }
        held = replace(held, fields=fields)
    return held


class Groups:
    """Which uids belong together: those that are linked, however far apart."""

    def __init__(self) -> None:
        self.parents: dict[str, str] = {}

    def root(self, uid: str) -> str:
        """Return the uid that stands for all that belong together with one."""
        while self.parents.get(uid, uid) != uid:
            uid = self.parents[uid]
        return uid

    def link(self, one: str, other: str) -> None:
        """Let two belong together."""
        first, second = sorted((self.root(one), self.root(other)))
        self.parents.setdefault(first, first)
        self.parents[second] = first

    def among(self, members: Iterable[Held]) -> list[list[Held]]:
        """Return the records that belong together with others, in groups."""
        groups: dict[str, list[Held]] = {}
        for held in members:
            if held.uid in self.parents:
                groups.setdefault(self.root(held.uid), []).append(held)
        return [sorted(group, key=lambda held: held.uid) for group in groups.values() if len(group) > 1]


def _life(held: Held, side: Side) -> Stamp:
    return side.remade.get(held.uid, ALWAYS) if held.alive else held.stamp


def _later(mine: Held, other: Held, ours: Side, theirs: Side) -> Held:
    first = (_life(mine, ours), mine.stamp, not mine.alive)
    second = (_life(other, theirs), other.stamp, not other.alive)
    # Of a coding that only the other copy changed nobody looks up by parts who wrote it.
    again = second == first and mine.record == "coding"
    return join_parts(other, mine) if second > first or again else join_parts(mine, other)


def _note_conflict(joined: Joined, mine: Held, other: Held, ours: Side, theirs: Side) -> None:
    """Report what the two say differently, where neither knew of the other."""
    kept = joined.held[mine.uid]
    if mine.record in PARTED and kept.alive:
        _note_parts(joined, mine, other, ours, theirs)
        if mine.alive and other.alive:
            return
    wins = kept.stamp == mine.stamp
    lost, own, others = (other, theirs.own, ours.own) if wins else (mine, ours.own, theirs.own)
    # Who deleted a code knew its words, unless they were written where that was not known.
    written = said(lost) if lost.record in PARTED and lost.alive else lost.stamp
    if kept.stamp[1] not in others or not (written[1] in own or lost.stamp[1] in own):
        return
    if conflict := _difference(mine, other, "ours" if wins else "theirs"):
        joined.conflicts.append(conflict)


def _note_parts(joined: Joined, mine: Held, other: Held, ours: Side, theirs: Side) -> None:
    """Do the same for each part that both wrote; what only one wrote is in nobody's way."""
    for part in contested(mine, other, ours.own, theirs.own):
        if not (mine.alive and other.alive):
            continue
        wins = mine.parts[part] >= other.parts[part]
        first, second = _only(mine, part), _only(other, part)
        if conflict := _difference(first, second, "ours" if wins else "theirs"):
            joined.conflicts.append(conflict)


def _only(held: Held, part: str) -> Held:
    fields = {name: value for name, value in held.fields.items() if part_of(name, held.record) == part}
    return replace(held, fields=fields)


def _difference(mine: Held, other: Held, kept: str) -> Conflict | None:
    names = [
        name
        for name in sorted({*mine.fields, *other.fields} - _COUNTED)
        if mine.fields.get(name) != other.fields.get(name)
    ]
    if mine.alive == other.alive and not (mine.alive and names):
        return None
    if mine.alive != other.alive and _TEXT.get(mine.record) in names and _FOLLOWING.issuperset(names):
        return None  # What one deleted followed the other's correction of the text, which is told of.
    return Conflict(
        mine.record,
        mine.uid,
        kept,
        {name: mine.fields.get(name) for name in names} if mine.alive else None,
        {name: other.fields.get(name) for name in names} if other.alive else None,
    )
