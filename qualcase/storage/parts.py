"""Most records are joined part by part: two who change different things of one both hold.

A definition goes with its rules, for together they are what a code means; what a memo is about goes with its
place in a text, and a coding's code with the version under which it was read. Each part is as the later of
the acts that wrote it left it; but a place that somebody gave stands against all that merely followed a
corrected text from an earlier one. What `PARTED` does not name is joined whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from qualcase.model.operation import Change, Fields
    from qualcase.storage.joining import Held, Stamp

# Of these a merge reads every act: so it knows what each part of them was since each act.
READ_WHOLE = frozenset({
    "actor", "attribute", "attribute_value", "case_member", "code", "codebook", "source", "speaker",
    "study_case",
})  # fmt: skip
PARTED = READ_WHOLE | {"coding", "event", "memo"}
MEANING, PLACE = "definition", "place"
# The act that corrects a text moves what is marked in it: a part that is nobody's word.
CORRECTION, FOLLOWED = "edit", "followed"
NEVER = (0, "")
SPOT = ("text_version", "start", "end")
# The field of a record that holds a person's words: where two edits differ in it, both are kept.
WORDS = {"memo": "text", "coding": "memo", "code": MEANING, "claim": "text"}
_TOGETHER = {
    "include": MEANING,
    "exclude": MEANING,
    **dict.fromkeys(("about_kind", "about_uid", "source", "text_version", "start", "end", "state"), PLACE),
}
_OF_RECORD = {
    "coding": {"text": PLACE, "codebook_version": "code"},
    "event": {
        "quote": PLACE,
        "code_versions": "codes",
        **dict.fromkeys(("edtf", "earliest", "latest", "basis", "as_written"), "date"),
    },
    "source": {
        **dict.fromkeys(
            (
                "text_uid",
                "language",
                "first_timestamp",
                "last_timestamp",
                "sha256",
                "path",
                "format",
                "encoding",
            ),
            "text",
        ),
        **dict.fromkeys(("date", "earliest", "latest", "date_basis"), "date"),
    },
    "actor": dict.fromkeys(("handle", "label"), "name"),
    "attribute_value": {"attribute": "owner", "owner_uid": "owner", "number": "text"},
    "case_member": dict.fromkeys(("case", "source", "speaker", "turn"), "member"),
    "speaker": {"source": "label"},
}
# By which field that may change twins are known; and the part it is of where who begins one says nothing new
# by it: whoever calls one of them otherwise knew better.
KNOWN_BY = {"actor": "handle", "attribute_value": "owner_uid", "case_member": "turn", "source": "sha256"}
_SAID_BEFORE = {("actor", "name"), ("attribute_value", "owner"), ("case_member", "member")}
# A place in an order is nobody's word, and a handle is never changed; an actor's is a name.
UNPARTED = frozenset({"handle", "version", "codebook"})
_OF_ONE = frozenset({"position"})
# What each part was, by uid of record, part and uid of act; these stand there of a record whose making could
# be read.
MADE = ("", "")
PartValues = dict[tuple[str, str, str], "Fields"]
# By uid of record and part, the act that wrote it last.
Written = dict[str, dict[str, tuple[int, str]]]


def part_of(field: str, record: str = "") -> str:
    """Return the part that a field belongs to."""
    return _OF_RECORD.get(record, _TOGETHER).get(field) or _TOGETHER.get(field, field)


def stamp_of(part: str, change: Change, stamp: Stamp) -> Stamp:
    """Return when an act wrote a part of a record."""
    begins = change.before is None and (change.record, part) in _SAID_BEFORE
    return (0, stamp[1]) if begins else stamp


def place_of(fields: Fields, record: str) -> Fields:
    """Return the fields of a record that say where it is, without the empty ones."""
    return {
        name: value for name, value in fields.items() if part_of(name, record) == PLACE and value is not None
    }


class Placing(NamedTuple):
    """An act that gave a record its place: when, where in the journal, and whether by following a text.

    `place` holds the fields that it gave, `turned` the text to which it turned the source, if it did.
    """

    stamp: Stamp
    sequence: int
    follows: bool
    place: Fields = {}  # noqa: RUF012 - nobody writes into it
    turned: str | None = None


class Stated(NamedTuple):
    """The place of a record as acts gave it, by whatever name merges have shown it since."""

    stamp: Stamp
    place: Fields
    turned: str | None


def _moment(placing: Placing) -> Stamp:
    return placing.stamp


class Places:
    """The acts that gave records their places, by uid; `stated` what they come to, once that is settled."""

    def __init__(self) -> None:
        self._acts: dict[str, list[Placing]] = {}
        self.stated: dict[str, Stated] = {}

    def note(self, uid: str, placing: Placing) -> None:
        """Take in an act."""
        self._acts.setdefault(uid, []).append(placing)

    def stay_beside(self, copies: Mapping[str, str], knows: Callable[[int, int], bool]) -> None:
        """Let records follow as the memos did that keep words of theirs, until somebody moved those.

        A memo that is deleted follows no text itself; what is kept of it does.
        """
        for uid in sorted(copies.keys() & self._acts.keys()):
            following, of = [act for act in self._acts[uid] if act.follows], uid
            while of in copies:
                given = [act.sequence for act in self._acts.get(of, ()) if not act.follows]
                following = [act for act in following if not any(knows(act.sequence, one) for one in given)]
                of = copies[of]
                if of in self._acts:
                    by_itself = {act.stamp for act in self._acts[of]}
                    self._acts[of] += [act for act in following if act.stamp not in by_itself]

    def settle(self, found: Written, knowing: Callable[[], Callable[[int, int], bool]]) -> None:
        """Write down who last gave each record its place, and which correction it has followed since.

        A correction by somebody who did not know of that place followed another one: `knowing` makes what
        tells of two acts, by their places in the journal, whether the first stood on the second.
        """
        follows = any(act.follows for acts in self._acts.values() for act in acts)
        knows = knowing() if follows else None
        for uid, acts in self._acts.items():
            given = max((act for act in acts if not act.follows), key=_moment, default=None)
            followed = [
                act
                for act in acts
                if act.follows and (given is None or knows is None or knows(act.sequence, given.sequence))
            ]
            found[uid] |= {PLACE: given.stamp} if given else {}
            found[uid] |= {FOLLOWED: max(followed, key=_moment).stamp} if followed else {}
            last = max(followed, key=_moment) if followed else given
            if last is not None:
                self.stated[uid] = Stated(last.stamp, last.place, last.turned)


def as_stated(held: Mapping[str, Held], stated: Mapping[str, Stated]) -> dict[str, Held]:
    """Return records in which memos and events are where acts said, wherever merges have moved them since."""
    found = dict(held)
    for uid, one in stated.items():
        # Who takes a memo off its passage says all; what follows a text says where it is, and not of what.
        if uid in found and found[uid].record == "memo" and "text_version" in one.place:
            fields = {name: value for name, value in found[uid].fields.items() if name != "state"}
            found[uid] = replace(found[uid], fields=fields | one.place)
        elif uid in found and found[uid].record == "event" and not _lacks_text(one.place):
            kept = {name: value for name, value in found[uid].fields.items() if name not in SPOT}
            spot = {name: one.place[name] for name in SPOT if name in one.place}
            found[uid] = replace(found[uid], fields=kept | spot)
    return found


def _lacks_text(place: Fields) -> bool:
    # Acts of before the fourth format do not name the text of an event; its row does.
    return "start" in place and "text_version" not in place


def with_parts(held: Mapping[str, Held], written: Written) -> dict[str, Held]:
    """Return records that know when each of their parts was written."""
    return {
        uid: replace(one, parts=written.get(uid, {})) if one.record in PARTED else one
        for uid, one in held.items()
    }


def join_parts(base: Held, other: Held) -> Held:
    """Return a record with each part as the later act left it, all else as in `base`."""
    if base.record not in PARTED:
        return base
    fields = dict(base.fields)
    for name in {*base.fields, *other.fields}:
        part = part_of(name, base.record)
        if part not in UNPARTED and _wrote(other, part) > _wrote(base, part):
            fields.pop(name, None)
            if name in other.fields:
                fields[name] = other.fields[name]
    parts = {
        name: max(base.parts.get(name, NEVER), other.parts.get(name, NEVER))
        for name in {*base.parts, *other.parts}
    }
    if FOLLOWED in parts:
        parts[FOLLOWED] = max(_wrote(base, PLACE), _wrote(other, PLACE))[1]
    return replace(base, fields=fields, parts=parts)


def _wrote(held: Held, part: str) -> tuple[Stamp, Stamp]:
    """Return who wrote a part last, and for a place the correction that it has followed since."""
    return held.parts.get(part, NEVER), held.parts.get(FOLLOWED, NEVER) if part == PLACE else NEVER


def own_fields(held: Held) -> Fields:
    """Return the fields that a twin keeps of its own, whoever wrote last."""
    kept = {"handle", *_OF_ONE}
    return {name: value for name, value in held.fields.items() if part_of(name, held.record) in kept}


def head_parts(held: Held) -> dict[str, Stamp]:
    """Return the parts that a twin keeps of its own, whoever wrote last."""
    return {name: held.parts[name] for name in _OF_ONE if name in held.parts}


def by_itself(head: Held, values: PartValues) -> Held:
    """Return a twin that stands for others as its own acts left it, without what it shows of theirs.

    Of a record whose acts are not all read, and of a part whose act was redacted, what it shows.
    """
    if head.record not in READ_WHOLE or (head.uid, *MADE) not in values:
        return head
    fields = dict(head.fields)
    for part in {part_of(name, head.record) for name in head.fields} - UNPARTED | head.parts.keys():
        by = head.parts.get(part, NEVER)[1]
        if by and (head.uid, part, by) not in values:
            continue
        fields = {name: value for name, value in fields.items() if part_of(name, head.record) != part}
        fields |= values.get((head.uid, part, by), {})
    stamp = max(head.parts.values()) if head.alive else head.stamp
    return replace(head, fields=fields, stamp=stamp)


def said(held: Held) -> Stamp:
    """Return the act that wrote a record's words."""
    return held.parts.get(WORDS.get(held.record, ""), held.stamp)


def contested(mine: Held, other: Held, own: Container[str], far: Container[str]) -> Iterator[str]:
    """Yield the parts that people wrote in both copies, neither knowing of the other."""
    for name in sorted((mine.parts.keys() & other.parts.keys()) - {FOLLOWED}):
        if mine.parts[name][1] in own and other.parts[name][1] in far:
            yield name
