"""The laws of merging, in a model small enough to try thousands of histories, and in files.

A history is a row of numbers, each an act of one of three copies: so that it shrinks to the shortest that
breaks a law. Set QUALCASE_CASES to try more of them (10,000 take about a minute and a half).
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qualcase.storage.joining import Held, Side, Traces, join
from qualcase.storage.parts import PLACE, part_of, said, with_parts
from qualcase.storage.schema.base import canonical_json
from qualcase.storage.version_numbers import (
    NUMBERED,
    TEXT_VERSION,
    VERSION,
    name_versions,
    read_numbers,
)
from qualcase.storage.view import derive, references

CASES = int(os.environ.get("QUALCASE_CASES", "500"))
WORDS = ("one", "two", "three")


@dataclass(frozen=True)
class Copy:
    """A copy in memory: what it shows, every act it knows with its clock, and the traces of its merges."""

    held: dict[str, Held] = field(default_factory=dict)
    acts: dict[str, int] = field(default_factory=dict)
    remade: dict[str, tuple[str, ...]] = field(default_factory=dict)
    traces: Traces = field(default_factory=lambda: Traces({}, {}, set(), {}, {}))
    made: dict[str, tuple[int, str]] = field(default_factory=dict)
    wrote: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


class World:
    """Three copies of one project and the acts that are done in them."""

    def __init__(self):
        self.number = 0
        first = Copy()
        for record, fields in (
            ("coder", {"name": "Anna", "folded": "anna"}),
            ("codebook", {"handle": "book", "version": 1}),
            ("codebook_version", {"codebook": "u2", "number": 1, "act": "begin", "content": {"version": 1}}),
            ("source", {"handle": "S1", "sha256": "x", "title": "t"}),
            ("memo", {"text": "zero", "kind": "analytic", "coder": "u1"}),
        ):
            first = self.make(first, record, fields)
        first = self.make(first, "code", {"handle": "A", "codebook": "u2", "definition": "zero"})
        first = self.make(
            first,
            "coding",
            {"source": "u4", "code": "u6", "memo": "zero", "coder": "u1", "codebook_version": 1},
        )
        self.copies = [first, first, first]

    def act(self, copy, changed, *, remade=()):
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
        return replace(copy, held=held, acts=acts, remade=again, made=made, wrote=wrote)

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


def parts_changed(copy, new):
    """Return the parts that an act writes: those in which a record is not as it was, all of a new one."""
    old = copy.held.get(new.uid)
    before = old.fields if old is not None and old.alive else {}
    names = (name for name in {*before, *new.fields} if before.get(name) != new.fields.get(name))
    return {part_of(name) for name in names} - {"handle", "version", "codebook"}


def some(copy, record, value, *, alive=True):
    found = sorted(uid for uid, held in copy.held.items() if held.record == record and held.alive == alive)
    return copy.held[found[value % len(found)]] if found else None


def make_coding(world, copy, value, _):
    code, source, coder = some(copy, "code", value), some(copy, "source", value), some(copy, "coder", value)
    if code and source and coder:
        version = copy.held["u2"].fields["version"]
        fields = {"source": source.uid, "code": code.uid, "coder": coder.uid, VERSION: version}
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
    memos = [
        replace(held, fields={**held.fields, "text_version": uid})
        for held in copy.held.values()
        if held.record == "memo" and held.alive and held.fields.get("source") == source.uid
    ]
    source = replace(source, fields={**source.fields, "text_uid": uid})
    return world.act(copy, [Held(TEXT_VERSION, uid, fields, alive=True, stamp=(0, "")), source, *memos])


def place_memo(world, copy, value, _):
    """Put a memo on a passage, or on another one; one that has a place may lose it."""
    held, source = some(copy, "memo", value // 3), some(copy, "source", value)
    if held is None or source is None:
        return None
    fields = {name: word for name, word in held.fields.items() if part_of(name) != PLACE}
    if value % 3 or "source" not in held.fields:
        text = source.fields.get("text_uid")
        fields |= {"about_kind": "passage", "source": source.uid, "start": value, "end": value + 1}
        fields |= {"text_version": text} if text else {}
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
    return world.act(copy, [replace(held, alive=True)], remade=[held.uid])


def make_code(world, copy, value, _):
    book = some(copy, "codebook", 0)
    handle = "ABC"[value % 3]
    taken = {held.fields["handle"] for held in copy.held.values() if held.record == "code" and held.alive}
    fields = {"handle": handle, "codebook": book.uid, "definition": WORDS[value // 3 % 3]}
    return None if handle in taken else world.make(copy, "code", fields)


def make_source(world, copy, value, _):
    known = [held.fields for held in copy.held.values() if held.record == "source" and held.alive]
    digest, handle = "pq"[value % 2], f"S{len(known) + 1}"
    if any(fields["sha256"] == digest or fields["handle"] == handle for fields in known):
        return None
    return world.make(copy, "source", {"handle": handle, "sha256": digest, "title": WORDS[value % 3]})


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
    place_memo, place_memo,
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
        {**other.traces.silent, **mine.traces.silent, **view.silent},
    )
    acts, remade = {**other.acts, **mine.acts}, {**other.remade, **mine.remade}
    made, wrote = {**other.made, **mine.made}, {**other.wrote, **mine.wrote}
    return Copy(view.held, acts, remade, traces, made, wrote)


def side(copy, other):
    own = copy.acts.keys() - other.acts.keys()
    remade = {}
    for act in own:
        for uid in copy.remade[act]:
            stamp = (copy.acts[act], act)
            remade[uid] = max(stamp, remade.get(uid, stamp))
    held = name_versions(copy.held, read_numbers(copy.held, copy.made))
    written = {}
    for act, pairs in copy.wrote.items():
        for uid, part in pairs:
            parts = written.setdefault(uid, {})
            parts[part] = max((copy.acts[act], act), parts.get(part, (0, "")))
    held = with_parts(held, written, copy.traces.met)
    return Side(held, own, remade, copy.traces, dict.fromkeys(copy.acts, "u1"), copy.made)


def shown(copy):
    """The state that the digest is over: live values without clocks, journal and tombstones."""
    return {
        (held.record, uid): canonical_json(held.fields)
        for uid, held in copy.held.items()
        if held.alive and held.record != "coder"
    }


histories = st.lists(st.tuples(st.integers(0, 8 * len(STEPS) - 1), st.integers(0, 2)), max_size=40)
usual = settings(max_examples=CASES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def played(history):
    world = World()
    for byte, where in history:
        world.step(byte, where)
    return world.copies


@usual
@given(histories)
@example([(160, 0), (224, 1), (232, 0), (104, 0)])
@example([(24, 0), (104, 0), (176, 1), (224, 2)])
@example([(80, 1), (153, 0), (272, 0), (144, 2), (256, 0)])
def test_merging_is_commutative_associative_and_idempotent(history):
    one, two, three = played(history)
    both, swapped = merged(one, two), merged(two, one)
    assert shown(both) == shown(swapped)
    assert shown(merged(both, three)) == shown(merged(one, merged(two, three)))
    assert shown(merged(both, two)) == shown(merged(both, one)) == shown(both)
    assert shown(merged(one, one)) == shown(one)
    assert shown(merged(two, both)) == shown(both)


@usual
@given(histories)
def test_versions_are_one_strict_order_and_codings_keep_theirs(history):
    one, two, _ = played(history)
    both = merged(one, two)
    versions = sorted(
        (held for held in both.held.values() if held.record == VERSION), key=lambda held: both.made[held.uid]
    )
    numbers = [held.fields["number"] for held in versions]
    assert numbers == list(range(1, len(numbers) + 1))
    alive = [held.fields["number"] for held in versions if held.alive]
    assert both.held["u2"].fields["version"] == max(alive)
    known = [{held.uid: means(copy, held) for held in copy.held.values()} for copy in (one, two)]
    for uid, held in both.held.items():
        if held.record == "coding":
            assert means(both, held) in {known[0].get(uid), known[1].get(uid)}


@usual
@given(histories)
def test_texts_of_a_source_are_one_strict_order_by_their_making(history):
    both = merged(*played(history)[:2])
    first, versions = {}, Counter()
    gone = {uid for uid, _ in both.traces.met}
    for held in both.held.values():
        if held.record == TEXT_VERSION:
            source, number = held.fields["source"], held.fields["number"]
            made = both.made[held.uid]
            first[source, number] = min(made, first.get((source, number), made))
            versions[source] += held.uid not in gone
    in_order = sorted(first, key=lambda version: (version[0], first[version]))
    assert in_order == [(source, n + 1) for source in sorted(versions) for n in range(versions[source])]


def means(copy, held):
    """Return the uid of the version that a coding is of."""
    number = held.fields.get(VERSION)
    versions = (one for one in copy.held.values() if one.record == VERSION)
    return next((one.uid for one in versions if one.fields["number"] == number), None)


@usual
@given(histories)
def test_a_deletion_returns_only_by_an_explicit_undo(history):
    one, two, _ = played(history)
    both = merged(one, two)
    for copy in (one, two):
        for uid, held in copy.held.items():
            if held.record not in {"coding", "memo", "event"} or held.alive or uid in copy.traces.copies:
                continue
            back = [act for act, uids in both.remade.items() if uid in uids]
            if both.held[uid].alive:
                assert any((both.acts[act], act) > held.stamp for act in back)


@usual
@given(histories)
def test_nothing_alive_rests_on_what_is_gone_and_nothing_is_called_alike(history):
    both = merged(*played(history)[:2])
    gone = {uid for uid, held in both.held.items() if not held.alive}
    for held in both.held.values():
        if held.alive:
            assert not gone.intersection(references(held))
    for record in ("source", "code", "event"):
        handles = [h.fields["handle"] for h in both.held.values() if h.record == record and h.alive]
        assert len(handles) == len(set(handles))


@usual
@given(histories)
def test_no_words_of_a_memo_are_lost(history):
    one, two, _ = played(history)
    both = merged(one, two)
    words = {held.fields["text"] for held in both.held.values() if held.record == "memo" and held.alive}
    ours, theirs = side(one, two), side(two, one)
    for uid in one.held.keys() & two.held.keys():
        first, second = ours.held[uid], theirs.held[uid]
        apart = said(first)[1] in ours.own and said(second)[1] in theirs.own
        if first.record == "memo" and first.alive and second.alive and apart and both.held[uid].alive:
            assert {first.fields["text"], second.fields["text"]} <= words


@usual
@given(histories)
def test_a_memo_has_its_place_whole_and_as_somebody_put_it(history):
    one, two, _ = played(history)
    both = merged(one, two)
    for uid, held in both.held.items():
        if held.record == "memo" and held.alive and uid in one.held.keys() & two.held.keys():
            assert place_of(held) in {place_of(one.held[uid]), place_of(two.held[uid])}


def place_of(held):
    # Which source and text it names may be those of a twin.
    return tuple(held.fields.get(name) for name in ("about_kind", "start", "end"))
