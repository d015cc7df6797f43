"""How two copies of a project become one, as a rule over values: no file, no order of arrival.

Of two states of one record the one whose (life, last write) is later holds, where life is the act that made
or deleted it and every act is placed by (clock, operation uid). So a deletion stands against an edit that
did not know of it, and only an act that brings the record back ends it. What is shown is derived from that
anew each time (`qualcase.storage.view`), so that it does not matter who merges whom first.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from qualcase.model.identity import encode_uid
from qualcase.storage.parts import PARTED, PLACE, WORDS, contested, join_parts, part_of, said

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from qualcase.model.operation import Fields

Stamp = tuple[int, str]
ALWAYS: Stamp = (0, "")
NAMES = frozenset({"handle", "name"})
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
    of a lost edit, and of which record; `silent`: such a memo that is not shown because another act says the
    same, and which (none: because they are done with).
    """

    met: Mapping[tuple[str, str], str] = field(default_factory=dict)
    renamed: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    needed: Container[tuple[str, str]] = frozenset()
    copies: Mapping[str, str] = field(default_factory=dict)
    silent: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """One copy: its records by uid, which acts the other lacks, and what it brought back from deletion.

    `remade` gives the act by which a record was brought back, for acts that the other copy lacks;
    `coder_of` the coder's uid of an act; `made` when a version of a codebook or a text was made, by its uid;
    `turned` the text to which the act that placed a record turned its source.
    """

    held: Mapping[str, Held]
    own: Container[str]
    remade: Mapping[str, Stamp] = field(default_factory=dict)
    traces: Traces = field(default_factory=Traces)
    coder_of: Mapping[str, str] = field(default_factory=dict)
    made: Mapping[str, Stamp] = field(default_factory=dict)
    turned: Mapping[tuple[str, Stamp], str] = field(default_factory=dict)


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
    copies: dict[str, str] = field(default_factory=dict)
    done: set[tuple[str, str]] = field(default_factory=set)


def join(ours: Side, theirs: Side) -> Joined:
    """Return the later state of every record, and the words of edits that lost as memos of their own."""
    left, right = bare_records(ours), bare_records(theirs)
    sides = (ours, theirs)
    joined = Joined(copies={**ours.traces.copies, **theirs.traces.copies})
    for uid in sorted({*left, *right}):
        mine, other = left.get(uid), right.get(uid)
        if mine is None or other is None:
            alone = mine or other
            if alone is not None:
                joined.held[uid] = alone
                if alone.alive and done_with(alone, joined.copies.get(uid), sides):
                    joined.held[uid] = replace(alone, alive=False)
                    joined.done.add((uid, alone.stamp[1]))
        else:
            joined.held[uid] = _later(mine, other, ours, theirs)
            _note_conflict(joined, mine, other, ours, theirs)
    return joined


def bare_records(side: Side) -> dict[str, Held]:
    """Return a copy's records without what earlier merges derived: as people's acts left them."""
    heads = _heads(side)
    said = _still_said(side, heads)
    return {uid: _bare(held, side, heads, said) for uid, held in side.held.items()}


def _still_said(side: Side, heads: Mapping[str, str]) -> set[tuple[str, str]]:
    """Return the memos that are not shown because what says the same is still as it was.

    Whoever has since written over that or deleted it has seen the words; then they are done with.
    """
    records = (side.held.get(uid) for uid in side.traces.copies)
    shown = {held.stamp[1] for held in records if held is not None and held.alive}
    found = set()
    for (uid, writer), act in side.traces.silent.items():
        of = side.held.get(_root(side.traces.copies[uid], heads))
        if act in shown or (of is not None and of.alive and said(of)[1] == act):
            found.add((uid, writer))
    return found


def _heads(side: Side) -> dict[str, str]:
    return {uid: to for (uid, writer), to in side.traces.met.items() if writer}


def _bare(held: Held, side: Side, heads: Mapping[str, str], said: Container[tuple[str, str]]) -> Held:
    key, traces = (held.uid, held.stamp[1]), side.traces
    if key in traces.met and not held.alive:
        head = side.held.get(_root(held.uid, heads))
        # Whoever deleted what both had become deleted both.
        gone = head is not None and not head.alive and head.stamp > held.stamp
        return replace(held, alive=not gone, stamp=head.stamp if gone and head else held.stamp)
    if key in said and not held.alive:
        held = replace(held, alive=True)
    if key in traces.needed and held.alive:
        held = replace(held, alive=False)
    if key in traces.renamed:
        before, since = traces.renamed[key]
        fields = {
            name: before if value == since and name in NAMES else value for name, value in held.fields.items()
        }
        held = replace(held, fields=fields)
    return held


def _root(uid: str, heads: Mapping[str, str]) -> str:
    seen = set()
    while uid in heads and uid not in seen:
        seen.add(uid)
        uid = heads[uid]
    return uid


def done_with(kept: Held, of: str | None, sides: tuple[Side, Side]) -> bool:
    """Tell whether a copy that knew the edit whose words are kept, of a record, has neither these nor it.

    Then somebody wrote over the edit, or deleted the record, and knew what it said.
    """
    for side, far in (sides, sides[::-1]):
        if of is None or kept.uid in side.held or kept.stamp[1] in far.own:
            continue
        record = side.held.get(_root(of, _heads(side)))
        if record is not None and not (record.alive and said(record) == kept.stamp):
            return True
    return False


def _life(held: Held, side: Side) -> Stamp:
    # Kept words that are shown no longer were deleted by nobody.
    if held.alive or (held.uid, held.stamp[1]) in side.traces.silent:
        return side.remade.get(held.uid, ALWAYS)
    return held.stamp


def _later(mine: Held, other: Held, ours: Side, theirs: Side) -> Held:
    first = (_life(mine, ours), mine.stamp, not mine.alive)
    second = (_life(other, theirs), other.stamp, not other.alive)
    # Of a coding that only the other copy changed nobody looks up by parts who wrote it.
    again = second == first and mine.record == "coding"
    return join_parts(other, mine) if second > first or again else join_parts(mine, other)


def _note_conflict(joined: Joined, mine: Held, other: Held, ours: Side, theirs: Side) -> None:
    """Keep the words of the edit that lost, and report what the two say differently.

    The words are kept even where they are the same: a third copy may have others. The view leaves them out.
    """
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
    if lost.alive and written[1] in own:
        _keep(joined, lost, (ours, theirs))
    if conflict := _difference(mine, other, "ours" if wins else "theirs"):
        joined.conflicts.append(conflict)


def _note_parts(joined: Joined, mine: Held, other: Held, ours: Side, theirs: Side) -> None:
    """Do the same for each part that both wrote; what only one wrote is in nobody's way."""
    for part in contested(mine, other, ours.own, theirs.own):
        wins = mine.parts[part] >= other.parts[part]
        if part == WORDS.get(mine.record):
            lost = other if wins else mine
            if lost.alive:  # Who deleted it knew its words.
                _keep(joined, lost, (ours, theirs))
        if not (mine.alive and other.alive):
            continue
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


def _keep(joined: Joined, lost: Held, sides: tuple[Side, Side]) -> None:
    for copy, of in keep_words(lost, sides):
        joined.held.setdefault(copy.uid, copy)
        joined.copies[copy.uid] = of


def keep_words(lost: Held, sides: tuple[Side, Side]) -> Iterator[tuple[Held, str]]:
    """Yield the memo that keeps what a lost edit said, and of which record.

    Its uid follows from the edit and what it was written to, so that all who merge make the same memo.
    """
    words = WORDS.get(lost.record)
    text = lost.fields.get(words) if words else None
    stamp = said(lost)
    authors = (side.coder_of.get(stamp[1]) for side in sides[::-1])
    coder = lost.fields.get("coder") or next(filter(None, authors), None)
    if not text or coder is None:
        return
    of = _written_to(lost, sides) if lost.record == "code" else lost.uid
    uid = _derived_uid(stamp[0], f"{of}\n{stamp[1]}")
    fields: Fields = {"text": text, "kind": lost.fields.get("kind", "analytic"), "coder": coder}
    if lost.record == "memo":
        fields |= {name: value for name, value in lost.fields.items() if part_of(name) == PLACE}
    else:
        fields |= {"kind": "methodological", "about_kind": lost.record, "about_uid": of}
    yield Held("memo", uid, fields, alive=True, stamp=stamp), of


def _written_to(held: Held, sides: tuple[Side, Side]) -> str:
    """Return the twin that a record's words were written to, before the record stood for both."""
    uid, found = None, held.uid
    seen = {found}
    while uid != found:
        uid = found
        for side in sides:
            for (twin, _), to in side.traces.met.items():
                one = side.held.get(twin) if to == uid and twin not in seen else None
                if one is not None and said(one) == said(held):
                    found = twin
        seen.add(found)
    return found


def _derived_uid(clock: int, seed: str) -> str:
    """Return a UUIDv7 of a clock's moment whose random part follows from a seed."""
    rest = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:10], "big")
    rest = rest & ~(0xF << 76) & ~(0b11 << 62) | 0x7 << 76 | 0b10 << 62
    return encode_uid((clock >> 16 << 80 | rest).to_bytes(16, "big"))
