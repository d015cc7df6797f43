"""What a copy's journal says of all records but codings: who wrote their parts and words, and moved them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from qualcase.storage.ancestry import asking
from qualcase.storage.codec import decode_body
from qualcase.storage.journal import MARKERS
from qualcase.storage.parts import (
    CORRECTION,
    NEVER,
    PARTED,
    PLACE,
    SPOKEN,
    UNPARTED,
    Places,
    Placing,
    Written,
    part_of,
    place_of,
)
from qualcase.storage.schema import journal
from qualcase.storage.wordings import Wordings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection

    from qualcase.model.operation import Change, Fields
    from qualcase.storage.joining import Stamp
    from qualcase.storage.parts import Said, Stated

# The acts that write codes, codebooks and memos, or change sources; a correction does for memos with a place,
# and where codings become one their memos go along.
_KINDS = (
    *("new", "codebook", "in-vivo", "memo", "review", "source", CORRECTION, "event", "confirm", "actor"),
    *("recode", "resize"),
)


class Told(NamedTuple):
    """Who last wrote each part of what is joined part by part, where acts put memos and events, and words."""

    written: Written
    stated: dict[str, Stated]
    wordings: Wordings
    words: Said


def read_written(connection: Connection, copies: Mapping[str, str]) -> Told:
    """Return what the acts of a copy wrote, of all records but codings.

    `copies` are the memos that keep words of edits that lost, and of which records.
    """
    act, first = journal.operation, journal.operation.alias("first")
    query = (
        select(act.c.uid, act.c.clock, act.c.sequence, act.c.kind, first.c.kind, act.c.body)
        .outerjoin(first, (first.c.sequence == act.c.target) & act.c.kind.in_(MARKERS))
        .where(act.c.kind.in_(_KINDS) | first.c.kind.in_(_KINDS))
    )
    reading = Reading(Wordings(knows=asking(connection)))
    for uid, clock, sequence, kind, target, body in connection.execute(query):
        if body is None:
            reading.wordings.unread.append(sequence)
        else:
            placing = Placing((clock, uid), sequence, CORRECTION in {kind, target})
            reading.take_in(placing, decode_body(kind, body).changes)
    reading.places.stay_beside(copies, reading.wordings.knows)
    reading.places.settle(reading.found, lambda: reading.wordings.knows)
    return Told(reading.found, reading.places.stated, reading.wordings, reading.settle_words())


class Reading:
    """What has been read so far."""

    def __init__(self, wordings: Wordings) -> None:
        self.found, self.places, self.wordings = Written(), Places(), wordings
        self._given: dict[tuple[str, str], list[tuple[Stamp, int, Fields, bool]]] = {}

    def take_in(self, placing: Placing, changes: Sequence[Change]) -> None:
        """Take in the changes of one act."""
        turned = next((c.after.get("text_uid") for c in changes if c.record == "source" and c.after), None)
        for change in changes:
            if change.record != "coding":
                self.wordings.note(change, placing.stamp, placing.sequence, follows=placing.follows)
            if change.record in PARTED and change.record != "coding":
                self._note_parts(change, placing.stamp, placing._replace(turned=turned))

    def _note_parts(self, change: Change, stamp: Stamp, placing: Placing) -> None:
        parts = self.found.setdefault(change.uid, {})
        names = {part_of(field, change.record) for field in change.after or ()} - UNPARTED
        if PLACE in names:
            place = place_of({**(change.before or {}), **(change.after or {})}, change.record)
            self.places.note(change.uid, placing._replace(place=place))
        for name in names - {PLACE}:
            parts[name] = max(stamp, parts.get(name, NEVER))
            if change.record in SPOKEN:
                self._note_words(change, name, placing)

    def _note_words(self, change: Change, part: str, placing: Placing) -> None:
        after = change.after or {}
        given = {name: after[name] for name in after if part_of(name, change.record) == part}
        whole = change.before is None
        self._given.setdefault((change.uid, part), []).append((placing.stamp, placing.sequence, given, whole))

    def settle_words(self) -> Said:
        """Return what each part says since each act; an act names only what it changed in it."""
        said: Said = {}
        for (uid, part), acts in self._given.items():
            before: list[tuple[Stamp, int]] = []
            for stamp, sequence, given, whole in sorted(acts, key=lambda act: act[0]):
                known = (
                    [] if whole else [one for one, place in before if self.wordings.knows(sequence, place)]
                )
                fields = said[uid, part, max(known)[1]] if known else {}
                filled = {
                    name: value for name, value in (fields | given).items() if value not in (None, [], ())
                }
                said[uid, part, stamp[1]] = filled
                before.append((stamp, sequence))
        return said
