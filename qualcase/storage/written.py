"""What a copy's journal says of all records but codings: who wrote their parts and words, and moved them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qualcase.storage.ancestry import asking
from qualcase.storage.joining import Groups
from qualcase.storage.journal_acts import read_acts
from qualcase.storage.naming import Naming
from qualcase.storage.parts import (
    CORRECTION,
    MADE,
    NEVER,
    PARTED,
    PLACE,
    READ_WHOLE,
    UNPARTED,
    Places,
    Written,
    part_of,
    place_of,
    stamp_of,
)
from qualcase.storage.twins import is_local
from qualcase.storage.wordings import Wordings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from qualcase.model.operation import Change, Fields
    from qualcase.storage.joining import Stamp
    from qualcase.storage.parts import PartValues, Placing, Stated

# The acts that write codes, codebooks, memos and what an import may bring; a correction does for memos with a
# place, and where codings become one their memos go along.
_KINDS = (
    *("new", "codebook", "in-vivo", "memo", "review", "source", CORRECTION, "event", "confirm", "actor"),
    *("recode", "resize", "attribute", "import", "case"),
)


class Told(NamedTuple):
    """Who last wrote each part of what is joined part by part, and where acts put memos and events.

    `wordings` say who wrote over whose words, `values` what was said in each part of what is read whole, and
    `naming` by what it was known. `origins` give source and label of each actor that an import named after
    both.
    """

    written: Written
    stated: dict[str, Stated]
    wordings: Wordings
    values: PartValues
    naming: Naming
    origins: dict[str, tuple[str, str]]


class _Writing(NamedTuple):
    """What an act gave a part of a record, None where it deleted it; `whole` says that nothing was before."""

    stamp: Stamp
    sequence: int
    uid: str
    given: Fields | None
    whole: bool = False


def read_written(connection: Connection, copies: Mapping[str, str], met: Collection[tuple[str, str]]) -> Told:
    """Return what the acts of a copy wrote, of all records but codings.

    `copies` are the memos that keep words of edits that lost, and of which records, `met` the twins that were
    made one.
    """
    reading = Reading(Wordings(knows=asking(connection)))
    for act in read_acts(connection, of=_KINDS):
        if act.body is None:
            reading.wordings.unread.append(act.placing.sequence)
        reading.take_in(act.placing, act.changes())
    reading.places.stay_beside(copies, reading.wordings.knows)
    reading.places.settle(reading.found, lambda: reading.wordings.knows)
    values = reading.settle_values(met)
    told = reading.found, reading.places.stated, reading.wordings, values, reading.naming
    return Told(*told, reading.origins)


class Reading:
    """What has been read so far."""

    def __init__(self, wordings: Wordings) -> None:
        self.found, self.places, self.wordings = Written(), Places(), wordings
        self._given: dict[tuple[str, str], list[_Writing]] = {}
        self._gone: dict[str, list[_Writing]] = {}
        self.naming = Naming(wordings.knows)
        self.origins: dict[str, tuple[str, str]] = {}

    def take_in(self, placing: Placing, changes: Sequence[Change]) -> None:
        """Take in the changes of one act."""
        turned = next((c.after.get("text_uid") for c in changes if c.record == "source" and c.after), None)
        self._note_origins(changes)
        for change in changes:
            if change.record != "coding":
                self.wordings.note(change, placing.stamp, placing.sequence, follows=placing.follows)
            if change.record in PARTED and change.record != "coding":
                self._note_parts(change, placing.stamp, placing._replace(turned=turned))
            self.naming.note(change, placing.stamp, placing.sequence)
            if change.after is None and change.record in READ_WHOLE:
                gone = _Writing(placing.stamp, placing.sequence, change.uid, None)
                self._gone.setdefault(change.uid, []).append(gone)

    def _note_origins(self, changes: Sequence[Change]) -> None:
        begun = [(c.record, c.uid, c.after) for c in changes if c.before is None and c.after is not None]
        made = {uid for record, uid, after in begun if record == "actor" and is_local(after.get("handle"))}
        for record, _, after in begun if made else ():
            if record == "speaker" and after.get("actor") in made:
                self.origins[after["actor"]] = after["source"], after["label"]

    def _note_parts(self, change: Change, stamp: Stamp, placing: Placing) -> None:
        parts = self.found.setdefault(change.uid, {})
        names = {part_of(field, change.record) for field in change.after or ()} - UNPARTED
        if PLACE in names:
            place = place_of({**(change.before or {}), **(change.after or {})}, change.record)
            self.places.note(change.uid, placing._replace(place=place))
        for name in names - {PLACE}:
            parts[name] = max(stamp_of(name, change, stamp), parts.get(name, NEVER))
            if change.record in READ_WHOLE:
                self._note_values(change, name, placing)

    def _note_values(self, change: Change, part: str, placing: Placing) -> None:
        after = change.after or {}
        given = {name: after[name] for name in after if part_of(name, change.record) == part}
        writing = _Writing(placing.stamp, placing.sequence, change.uid, given, change.before is None)
        self._given.setdefault((change.uid, part), []).append(writing)

    def settle_values(self, met: Iterable[tuple[str, str]]) -> PartValues:
        """Return what each part says since each act; an act names only what it changed in it.

        Of twins that had met, its author saw in it what the last of them said.
        """
        twins = Groups()
        for uid, to in met:
            twins.link(uid, to)
        groups: dict[tuple[str, str], list[_Writing]] = {}
        for (uid, part), writings in self._given.items():
            gone = self._gone.get(uid, ()) if uid in twins.parents else ()
            groups.setdefault((twins.root(uid), part), []).extend((*writings, *gone))
        said: PartValues = {}
        for (_, part), writings in groups.items():
            before: list[_Writing] = []
            for one in sorted(writings, key=_when):
                if one.given is not None:
                    found = None if one.whole else self._found(one, before)
                    fields = (said[found.uid, part, found.stamp[1]] if found else {}) | one.given
                    filled = {name: value for name, value in fields.items() if value not in (None, [], ())}
                    said[one.uid, part, one.stamp[1]] = filled
                    said |= {(one.uid, *MADE): {}} if one.whole else {}
                before.append(one)
        return said

    def _found(self, one: _Writing, before: Iterable[_Writing]) -> _Writing | None:
        """Return the writing that an act found in a part: the last that it knew of what was not deleted."""
        known = {other.uid: other for other in before if self.wordings.knows(one.sequence, other.sequence)}
        return max((other for other in known.values() if other.given is not None), key=_when, default=None)


def _when(writing: _Writing) -> Stamp:
    return writing.stamp
