"""Copies of a project in memory, what people do in them, and how they are merged: a model without files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from steps_on_sources import (
    TEXT_OF,
    bring_in_again,
    make_source,
    take_back_source,
    take_from_another_file,
)
from steps_on_twins import BEGUN, WORDS, begin_again, give_away, make_begun, rename_actor, some

from qualcase.model.operation import Change
from qualcase.storage.joining import Held, Side, Traces, join
from qualcase.storage.parts import PLACE, Placing, as_stated, part_of, with_parts
from qualcase.storage.schema.base import canonical_json
from qualcase.storage.version_numbers import (
    NUMBERED,
    TEXT_VERSION,
    VERSION,
    name_versions,
    read_numbers,
)
from qualcase.storage.view import derive, references
from qualcase.storage.wordings import Wordings
from qualcase.storage.written import Reading


@dataclass(frozen=True)
class Copy:
    """A copy in memory: what it shows, every act it knows with its clock, and the traces of its merges."""

    held: dict[str, Held] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)
    remade: dict[str, tuple[str, ...]] = field(default_factory=dict)
    traces: Traces = field(default_factory=lambda: Traces({}, {}, set(), {}))
    made: dict[str, tuple[int, str]] = field(default_factory=dict)
    wrote: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    knew: dict[str, frozenset[str]] = field(default_factory=dict)
    said: dict[str, tuple[Change, ...]] = field(default_factory=dict)
    corrections: frozenset[str] = frozenset()


class World:
    """Three copies of one project and the acts that are done in them."""

    def __init__(self):
        self.number = 0
        first = Copy()
        for record, fields in (
            ("coder", {"name": "Anna", "folded": "anna"}),
            ("codebook", {"handle": "book", "version": 1}),
            ("codebook_version", {"codebook": "u2", "number": 1, "act": "begin", "content": {"version": 1}}),
            ("source", {"handle": "S1", "sha256": "x", "title": "t", "text_uid": "u5"}),
            ("text_version", {"source": "u4", "number": 1, "sha256": "zero", "structure": "-"}),
            ("memo", {"text": "zero", "kind": "analytic", "coder": "u1"}),
        ):
            first = self.make(first, record, fields)
        first = self.make(first, "code", {"handle": "A", "codebook": "u2", "definition": "zero"})
        place = {"source": "u4", "text": "u5", "start": 0, "end": 1}
        first = self.make(
            first,
            "coding",
            {**place, "code": "u7", "memo": "zero", "coder": "u1", "codebook_version": 1},
        )
        self.copies = [first, first, first]

    def act(self, copy, changed, *, remade=(), corrects=False):
        self.number += 1
        clock = max(copy.acts.values(), default=0) + 1
        uid = f"w{(self.number * 7919) % 10007:05}"
        held = dict(copy.held)
        for one in changed:
            held[one.uid] = replace(one, stamp=(clock, uid))
        again = {**copy.remade, uid: tuple(remade)}
        made = {one.uid: (clock, uid) for one in changed if one.record in NUMBERED} | copy.made
        parts = tuple((one.uid, part) for one in changed for part in sorted(parts_changed(copy, one)))
        wrote = {**copy.wrote, uid: parts}
        acts = {**copy.acts, uid: clock}
        knew = {**copy.knew, uid: frozenset(copy.acts)}
        said = {**copy.said, uid: tuple(change_of(copy, one) for one in changed)}
        corrections = copy.corrections | ({uid} if corrects else set())
        return Copy(held, acts, again, copy.traces, made, wrote, knew, said, corrections)

    def make(self, copy, record, fields):
        uid = f"u{self.number + 1}"
        return self.act(copy, [Held(record, uid, fields, alive=True, stamp=(0, ""))])

    def make_version(self, copy, changed, act):
        """Change a codebook as its next version, whose number no version in this copy has had."""
        versions = [held.fields for held in copy.held.values() if held.record == VERSION]
        number = max(fields["number"] for fields in versions) + 1
        fields = {"codebook": "u2", "number": number, "act": act, "content": {"version": number}}
        uid = f"u{self.number + 1}"
        book = copy.held["u2"]
        book = replace(book, fields={**book.fields, "version": number})
        return self.act(copy, [*changed, book, Held(VERSION, uid, fields, alive=True, stamp=(0, ""))])

    def step(self, byte, where):
        kind, value = divmod(byte, 8)
        copy = self.copies[where]
        done = STEPS[kind % len(STEPS)](self, copy, value, where)
        if done:
            self.copies[where] = done


def change_of(copy, new):
    """Return the change by which an act makes a record what it is: of one that stays, just what differs."""
    old = copy.held.get(new.uid)
    before = dict(old.fields) if old is not None and old.alive else None
    after = dict(new.fields) if new.alive else None
    if before is not None and after is not None:
        names = [name for name in {*before, *after} if before.get(name) != after.get(name)]
        before, after = ({name: one.get(name) for name in names} for one in (before, after))
    return Change(new.record, new.uid, before, after)


def parts_changed(copy, new):
    """Return the parts that an act writes: those in which a record is not as it was, all of a new one."""
    old = copy.held.get(new.uid)
    before = old.fields if old is not None and old.alive else {}
    names = {name for name in {*before, *new.fields} if before.get(name) != new.fields.get(name)}
    if new.record == "coding" and not before:
        names |= {"memo", "valence"}
    return {part_of(name, new.record) for name in names} - {"handle", "version", "codebook"}


def make_coding(world, copy, value, _):
    code, source, coder = some(copy, "code", value), some(copy, "source", value), some(copy, "coder", value)
    if code and source and coder:
        version = copy.held["u2"].fields["version"]
        fields = {"source": source.uid, "text": source.fields["text_uid"], "start": value, "end": value + 1}
        fields |= {"code": code.uid, "coder": coder.uid, VERSION: version}
        return world.make(copy, "coding", fields)
    return None


def edit(record, name):
    def change(world, copy, value, _):
        held = some(copy, record, value // 3)
        if held is None:
            return None
        word = WORDS[value % 3]
        return world.act(copy, [replace(held, fields={**held.fields, name: word})])

    return change


def redefine(world, copy, value, _):
    held = some(copy, "code", value // 3)
    fields = held and {**held.fields, "definition": WORDS[value % 3]}
    return held and world.make_version(copy, [replace(held, fields=fields)], "redefine")


def correct(world, copy, value, _):
    """Give a source its next text, whose number no text of it in this copy has had."""
    source = some(copy, "source", value // 3)
    if source is None:
        return None
    texts = [held.fields for held in copy.held.values() if held.record == TEXT_VERSION]
    number = max((one["number"] for one in texts if one["source"] == source.uid), default=0) + 1
    uid = f"u{world.number + 1}"
    fields = {"source": source.uid, "number": number, "sha256": WORDS[value % 3], "structure": "-"}
    marked = [
        replace(held, fields={**held.fields, TEXT_OF[held.record]: uid, "start": held.fields["start"] + 1})
        for held in copy.held.values()
        if held.record in TEXT_OF and held.alive and held.fields.get("source") == source.uid
    ]
    source = replace(source, fields={**source.fields, "text_uid": uid})
    text = Held(TEXT_VERSION, uid, fields, alive=True, stamp=(0, ""))
    return world.act(copy, [text, source, *marked], corrects=True)


def resize(world, copy, value, _):
    held = some(copy, "coding", value // 3)
    fields = held and {**held.fields, "start": value % 3, "end": value + 1}
    return held and world.act(copy, [replace(held, fields=fields)])


def place_memo(world, copy, value, _):
    """Put a memo on a passage, or on another one; one that has a place may lose it."""
    held, source = some(copy, "memo", value // 3), some(copy, "source", value)
    if held is None or source is None:
        return None
    fields = {name: word for name, word in held.fields.items() if part_of(name) != PLACE}
    if value % 3 or "source" not in held.fields:
        text = source.fields["text_uid"]
        fields |= {"about_kind": "passage", "source": source.uid, "start": value, "end": value + 1}
        fields |= {"text_version": text}
    return world.act(copy, [replace(held, fields=fields)])


def confirm(world, copy, value, _):
    held = some(copy, "coding", value)
    fields = held and {**held.fields, VERSION: copy.held["u2"].fields["version"]}
    return held and world.act(copy, [replace(held, fields=fields)])


def take_back_version(world, copy, value, _):
    held = some(copy, VERSION, value)
    if held.fields["act"] == "begin":
        return None
    stand = (one for one in copy.held.values() if one.record == VERSION and one.alive and one is not held)
    book = copy.held["u2"]
    fields = {**book.fields, "version": max(one.fields["number"] for one in stand)}
    return world.act(copy, [replace(held, alive=False), replace(book, fields=fields)])


def recode(world, copy, value, _):
    held, code = some(copy, "coding", value), some(copy, "code", value // 2)
    return held and code and world.act(copy, [replace(held, fields={**held.fields, "code": code.uid})])


def remove(record):
    def change(world, copy, value, _):
        held = some(copy, record, value)
        used = {uid for other in copy.held.values() if other.alive for uid in references(other)}
        marked = (other for other in copy.held.values() if other.alive and other.record in TEXT_OF)
        used |= {other.fields.get(TEXT_OF[other.record]) for other in marked}
        if held is None or held.uid in used:
            return None
        return world.act(copy, [replace(held, alive=False)])

    return change


def bring_back(world, copy, value, _):
    held = some(copy, ("coding", "memo", "code", TEXT_VERSION)[value % 4], value // 4, alive=False)
    if held is None or any(held.uid == uid for uid, _ in copy.traces.met):
        return None
    if not all(uid not in copy.held or copy.held[uid].alive for uid in references(held)):
        return None
    alive = (one for one in copy.held.values() if one.alive and one.record == "code")
    if held.record == "code" and any(one.fields["handle"] == held.fields["handle"] for one in alive):
        return None
    return world.act(copy, [replace(held, alive=True)], remade=[held.uid])


def make_code(world, copy, value, _):
    book = some(copy, "codebook", 0)
    handle = "ABC"[value % 3]
    taken = {held.fields["handle"] for held in copy.held.values() if held.record == "code" and held.alive}
    fields = {"handle": handle, "codebook": book.uid, "definition": WORDS[value // 3 % 3]}
    return None if handle in taken else world.make(copy, "code", fields)


def make_event(world, copy, value, _):
    handle = f"E{value % 2 + 1}"
    taken = {held.fields["handle"] for held in copy.held.values() if held.record == "event" and held.alive}
    return (
        None if handle in taken else world.make(copy, "event", {"handle": handle, "title": WORDS[value % 3]})
    )


def make_coder(world, copy, value, _):
    name = ("bo", "carla")[value % 2]
    taken = {held.fields["folded"] for held in copy.held.values() if held.record == "coder" and held.alive}
    return None if name in taken else world.make(copy, "coder", {"name": name, "folded": name})


def make_memo(world, copy, value, _):
    fields = {"text": WORDS[value % 3], "kind": "analytic", "coder": some(copy, "coder", value).uid}
    return world.make(copy, "memo", fields)


def take_in(world, copy, value, where):
    other = world.copies[(where + 1 + value % 2) % 3]
    return merged(copy, other)


STEPS = [
    make_coding, edit("coding", "memo"), recode, remove("coding"), bring_back, make_code, make_source,
    make_event, make_coder, make_memo, edit("memo", "text"), remove("memo"), edit("code", "definition"),
    remove("code"), remove("source"), edit("source", "title"), remove("event"), edit("event", "title"),
    take_in, edit("memo", "text"), remove("coding"), bring_back, redefine, confirm, redefine,
    take_back_version, make_coding, take_in, edit("code", "name"), edit("code", "include"),
    edit("codebook", "note"), edit("codebook", "title"), correct, remove(TEXT_VERSION),
    place_memo, place_memo, correct, correct, resize, resize, edit("coding", "valence"), recode,
    make_source, make_source, make_code, make_code, make_event, remove("event"), remove("coding"),
    remove("memo"), bring_back, bring_back, take_in, recode, recode, recode, confirm, confirm, correct,
    recode, recode, recode, recode, take_back_source, take_back_source, take_back_source, bring_in_again,
    make_source, make_source, edit("source", "title"), bring_back, bring_back, bring_back,
    *map(make_begun, BEGUN), *map(make_begun, BEGUN[:3]), *map(remove, BEGUN), *map(remove, BEGUN[:3]),
    begin_again, begin_again, edit("actor", "role"), edit("attribute", "type"),
    edit("attribute_value", "text"), rename_actor, rename_actor,
    rename_actor, give_away, take_from_another_file, take_from_another_file,
]  # fmt: skip


def merged(mine, other):
    """What a file does when it takes another in, on values."""
    ours, theirs = side(mine, other), side(other, mine)
    view = derive(join(ours, theirs), ours, theirs)
    traces = Traces(
        {**other.traces.met, **mine.traces.met, **view.met},
        {**other.traces.renamed, **mine.traces.renamed, **view.renamed},
        {*other.traces.needed, *mine.traces.needed, *view.needed},
        {**other.traces.copies, **mine.traces.copies, **view.copies},
    )
    acts, remade = {**other.acts, **mine.acts}, {**other.remade, **mine.remade}
    made, wrote = {**other.made, **mine.made}, {**other.wrote, **mine.wrote}
    knew, said = {**other.knew, **mine.knew}, {**other.said, **mine.said}
    corrections = mine.corrections | other.corrections
    return Copy(view.held, acts, remade, traces, made, wrote, knew, said, corrections)


def side(copy, other):
    own = copy.acts.keys() - other.acts.keys()
    remade = {}
    for act in own:
        for uid in copy.remade[act]:
            stamp = (copy.acts[act], act)
            remade[uid] = max(stamp, remade.get(uid, stamp))
    held = name_versions(copy.held, read_numbers(copy.held, copy.made))
    order = sorted(copy.wrote)

    def knows(later, earlier):
        return order[earlier] in copy.knew[order[later]]

    reading = Reading(Wordings(knows=knows))
    for number, act in enumerate(order):
        placing = Placing((copy.acts[act], act), number, act in copy.corrections)
        reading.take_in(placing, copy.said[act])
        for change in copy.said[act]:
            if change.record == "coding":
                reading.wordings.note(change, placing.stamp, number)
        for uid, part in copy.wrote[act]:
            if held[uid].record == "coding" and part == PLACE:
                reading.places.note(uid, placing)
            elif held[uid].record == "coding":
                parts = reading.found.setdefault(uid, {})
                parts[part] = max(placing.stamp, parts.get(part, (0, "")))
    reading.places.stay_beside({**copy.traces.copies, **other.traces.copies}, knows)
    reading.places.settle(reading.found, lambda: knows)
    held = with_parts(as_stated(held, reading.places.stated), reading.found)
    authors = dict.fromkeys(copy.acts, "u1")
    told = {
        "wordings": reading.wordings,
        "naming": reading.naming,
        "values": reading.settle_values({(uid, to) for (uid, _), to in copy.traces.met.items()}),
    }
    return Side(held, own, remade, copy.traces, authors, copy.made, **told)


def shown(copy):
    """The state that the digest is over: live values without clocks, journal and tombstones."""
    return {
        (held.record, uid): canonical_json(held.fields)
        for uid, held in copy.held.items()
        if held.alive and held.record != "coder"
    }


def played(history):
    world = World()
    for byte, where in history:
        world.step(byte, where)
    return world.copies
