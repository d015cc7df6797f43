"""What a merged project shows: twins made one, handles told apart, nothing resting on what is gone.

All of it is derived from the joined records alone, in an order that does not depend on who merged first.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from qualcase.storage.joining import Groups
from qualcase.storage.kept_words import keep_lost_words
from qualcase.storage.naming import link_begun_alike
from qualcase.storage.parts import KNOWN_BY, head_parts, join_parts, own_fields
from qualcase.storage.schema.base import canonical_json
from qualcase.storage.twins import is_local, untold_differences
from qualcase.storage.version_numbers import (
    NUMBERED,
    TEXT_VERSION,
    VERSION,
    number_again,
    number_versions,
    own_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from qualcase.model.operation import Fields
    from qualcase.storage.joining import Held, Joined, Side, Stamp

Key = tuple[Any, ...]


def _by(*names: str) -> Callable[[Fields], Key | None]:
    def key(fields: Fields) -> Key | None:
        found = tuple(fields.get(name) for name in names)
        return None if found[0] is None else found

    return key


def _version_key(fields: Fields) -> Key | None:
    # Two who brought in one codebook began it once; two who changed it alike are both told of.
    if fields.get("act") not in {None, "begin"}:
        return None
    return fields["codebook"], own_number(fields), canonical_json(fields["content"])


# By what two records made independently are one and the same; references are known as one by then. Also where
# one is deleted: nobody knows yet what a third copy has done to it meanwhile.
TWINS: dict[str, Callable[[Fields], Key | None]] = {
    "coder": _by("folded"),
    "codebook": _by("handle"),
    "codebook_version": _version_key,
    "code": _by("codebook", "handle"),
    "source": _by("sha256"),
    "text_version": _by("source", "sha256", "structure"),
    "actor": _by("handle"),
    "speaker": _by("source", "label"),
    "study_case": _by("name"),
    "case_member": _by("case", "source", "speaker", "turn"),
    "attribute": _by("owner", "name"),
    "attribute_value": _by("attribute", "owner_uid"),
    "source_done": _by("source", "coder"),
}
# Of these two never stand side by side, and nothing rests on them: which are one is asked anew each time.
_LEAVES = frozenset({"attribute_value", "case_member"})
# By what people call the others, and codes of different codebooks; two never share it.
CALLED = {
    "source": "handle",
    "code": "handle",
    "actor": "handle",
    "event": "handle",
    "phase": "handle",
    "claim": "handle",
    "round": "handle",
    "saved_set": "name",
    "saved_query": "name",
}
# The field of what has a place that names the text in which it is counted.
_TEXT = {"coding": "text", "memo": TEXT_VERSION, "event": TEXT_VERSION}


@dataclass(slots=True)
class View:
    """What is shown, by uid, and what was done for it; `canon` gives the one that each twin is known as.

    `numbers` gives the number of every version of a codebook, by uid, twins among them; `copies` of which
    record a memo keeps words, and `beside` those that are wherever that memo is, or was when it was deleted.
    `origins` give source and label of the actors that are named after them.
    """

    held: dict[str, Held]
    canon: dict[str, str] = field(default_factory=dict)
    met: dict[tuple[str, str], str] = field(default_factory=dict)
    renamed: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    needed: set[tuple[str, str]] = field(default_factory=set)
    copies: dict[str, str] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    origins: dict[str, tuple[str, str]] = field(default_factory=dict)

    def name_of(self, uid: str) -> str:
        """Return what a record is known as: itself, or the twin that it gave way to."""
        return self.canon.get(uid, uid)


def derive(joined: Joined, ours: Side, theirs: Side, used: Iterable[str] = ()) -> View:
    """Return what two joined copies show; `used` are uids that codings outside of them rest on."""
    view = View(dict(joined.held), origins={**theirs.origins, **ours.origins})
    _find_twins(view, joined, ours, theirs)
    for uid, held in view.held.items():
        view.held[uid] = replace(held, fields=translate(held.fields, view.canon))
    keep_lost_words(view, (ours, theirs))
    _bring_back(view, {view.name_of(uid) for uid in used})
    _rename(view)
    made = {**theirs.made, **ours.made}
    _number_texts(view, made)
    _number_codebooks(view, made)
    return view


def translate(fields: Fields, canon: Mapping[str, str]) -> Fields:
    """Return fields in which every uid of a twin is that of the one it is known as."""
    if not canon:
        return fields
    return {name: _known(value, canon) for name, value in fields.items()}


def _known(value: Any, canon: Mapping[str, str]) -> Any:  # noqa: ANN401 - any field
    if isinstance(value, str):
        return canon.get(value, value)
    if isinstance(value, list) and any(isinstance(item, str) and item in canon for item in value):
        return list(dict.fromkeys(canon.get(item, item) for item in value))
    return value


def _find_twins(view: View, joined: Joined, ours: Side, theirs: Side) -> None:
    groups, known = Groups(), (Groups(), Groups())
    leaves = {uid for uid, held in joined.held.items() if held.record in _LEAVES}
    for side, own in zip((ours, theirs), known, strict=True):
        for (uid, _), to in side.traces.met.items():
            if uid not in leaves:
                groups.link(uid, to)
            own.link(uid, to)
    for record in TWINS:
        members = [held for held in joined.held.values() if held.record == record]
        _link_alike(groups, members, view, (ours, theirs))
        for group in groups.among(members):
            new = all(len({own.root(held.uid) for held in group}) > 1 for own in known)
            _make_one(view, joined, group, (ours, theirs), new=new)
            view.met |= {(held.uid, ""): view.canon[held.uid] for held in group if _is_gone(held, view)}


def _link_alike(groups: Groups, members: list[Held], view: View, sides: tuple[Side, Side]) -> None:
    """Let records of one kind be one that are known by the same, or were when they were begun.

    Actors only in the second way: who gives one a name that another has elsewhere need not mean that one.
    """
    record = members[0].record if members else ""
    found: dict[Key, list[Held]] = {}
    for held in members if record != "actor" else ():
        if (key := _key_of(held, view)) is not None:
            found.setdefault(key, []).append(held)
    for group in found.values():
        for one, other in _alive_pairs(group) if record in _LEAVES else _strangers(group, *sides):
            groups.link(one.uid, other.uid)
    if record in KNOWN_BY:
        link_begun_alike(groups, members, lambda held, fields: _key_of(held, view, fields), sides)


def _alive_pairs(group: list[Held]) -> Iterator[tuple[Held, Held]]:
    return combinations([held for held in group if held.alive], 2)


def _key_of(held: Held, view: View, begun: Fields | None = None) -> Key | None:
    fields = translate({**held.fields, **(begun or {})}, view.canon)
    if held.record == "actor" and is_local(fields["handle"]):
        # Who is called so is somebody in one file only, whatever that is called in each copy.
        origin = view.origins.get(held.uid)
        return None if origin is None else (view.name_of(origin[0]), origin[1])
    return TWINS[held.record](fields)


def _is_gone(twin: Held, view: View) -> bool:
    return not twin.alive and twin.uid in view.canon


def _strangers(group: list[Held], ours: Side, theirs: Side) -> Iterator[tuple[Held, Held]]:
    # Two of a kind in one copy are that copy's business; but whose maker took another back made that anew.
    for one, other in combinations(group, 2):
        if not any(_are_two(one, other, side) for side in (ours, theirs)):
            yield one, other


def _are_two(one: Held, other: Held, side: Side) -> bool:
    mine = [side.held[uid] for uid in (one.uid, other.uid) if uid in side.held]
    return len(mine) > 1 and (one.record in NUMBERED or all(held.alive for held in mine))


def _make_one(view: View, joined: Joined, group: list[Held], sides: tuple[Side, Side], *, new: bool) -> None:
    alive = [held for held in group if held.alive]
    head = (alive or group)[0]
    for held in group:
        if held.uid != head.uid:
            view.canon[held.uid] = head.uid
    if not alive:
        _join_deleted(view, head, group)
        return
    last = max(alive, key=lambda held: held.stamp)
    # When a version was made is told by the act that wrote it.
    if head.record == "coder" or head.record in NUMBERED:
        last = head
    whole = last
    for held in alive:
        whole = join_parts(whole, held)
    view.held[head.uid] = replace(
        head,
        fields={**whole.fields, **own_fields(head)},
        stamp=last.stamp,
        parts={**whole.parts, **head_parts(head)},
    )
    for held in alive:
        if held.uid == head.uid:
            continue
        view.met[held.uid, held.stamp[1]] = head.uid
        fields = held.fields
        if held.record == "coder":
            fields = {**fields, "folded": f"{fields['folded']}\n{held.uid}"}
        view.held[held.uid] = replace(held, fields=fields, alive=False)
    if new:
        now = (replace(whole, uid=last.uid) if held.uid == last.uid else held for held in alive)
        known = [replace(held, fields=translate(held.fields, view.canon)) for held in now]
        joined.conflicts += untold_differences(known, last.uid, *sides)


def _join_deleted(view: View, head: Held, group: list[Held]) -> None:
    """Let deleted twins be one, too: should something still rest on them, they come back as they would be."""
    whole = head
    for held in group:
        whole = join_parts(whole, held)
    parts = {**whole.parts, **head_parts(head)}
    view.held[head.uid] = replace(head, fields={**whole.fields, **own_fields(head)}, parts=parts)


def references(held: Held) -> Iterator[str]:
    """Yield the uids that a record rests on; those that it only speaks of are in fields named `…_uid`.

    A value rests on whose it is: without that it would stand nowhere.
    In which text a passage is counted follows from where it is found, and is asked once that is known.
    """
    for name, value in held.fields.items():
        spoken = name.endswith("_uid") and name not in {"text_uid", "owner_uid"}
        if spoken or name == _TEXT.get(held.record):
            continue
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, str))


def _bring_back(view: View, used: set[str]) -> None:
    """Keep what something alive rests on, with all that went in the same act."""
    acts: dict[str, list[str]] = {}
    for uid, held in view.held.items():
        if not held.alive and uid not in view.canon and held.record != "coding":
            acts.setdefault(held.stamp[1], []).append(uid)
    dead = {uid for group in acts.values() for uid in group}
    waiting = list(used)
    for held in view.held.values():
        if held.alive:
            waiting += references(held)
    while waiting:
        uid = waiting.pop()
        if uid not in dead:
            continue
        for one in acts[view.held[uid].stamp[1]]:
            dead.discard(one)
            held = view.held[one]
            view.held[one] = replace(held, alive=True)
            view.needed.add((one, held.stamp[1]))
            waiting += references(held)


def _rename(view: View) -> None:
    for record, name in CALLED.items():
        members = sorted(
            (held for held in view.held.values() if held.record == record and held.alive),
            key=lambda held: held.uid,
        )
        taken = {str(held.fields[name]).casefold() for held in members}
        first: set[str] = set()
        for held in members:
            old = str(held.fields[name])
            known = old if record == "actor" else old.casefold()  # Files tell Board from BOARD.
            if known not in first:
                first.add(known)
                continue
            new = _free(old, taken)
            taken.add(new.casefold())
            changed = {one: new for one in ("label", name) if held.fields.get(one) == old}
            view.held[held.uid] = replace(held, fields={**held.fields, **changed})
            view.renamed[held.uid, held.stamp[1]] = (old, new)


def _free(old: str, taken: set[str]) -> str:
    number = 2
    while f"{old}-{number}".casefold() in taken:
        number += 1
    return f"{old}-{number}"


def _numbers(view: View, made: Mapping[str, Stamp], record: str) -> dict[str, int]:
    """Return the number of every version, in the order of their making; twins share one."""
    versions = {uid: held for uid, held in view.held.items() if held.record == record}
    twins = versions.keys() & view.canon.keys()
    first = {uid: made.get(uid, held.stamp) for uid, held in versions.items()}
    for uid in twins:
        first[view.canon[uid]] = min(first[uid], first[view.canon[uid]])
    groups: dict[str, list[tuple[str, Stamp, int]]] = {}
    for uid in versions.keys() - twins:
        fields = versions[uid].fields
        groups.setdefault(fields[NUMBERED[record]], []).append((uid, first[uid], own_number(fields)))
    numbers: dict[str, int] = {}
    for group in groups.values():
        numbers |= number_versions(group)
    return numbers | {uid: numbers[view.canon[uid]] for uid in twins}


def _number_texts(view: View, made: Mapping[str, Stamp]) -> None:
    for uid, number in _numbers(view, made, TEXT_VERSION).items():
        held = view.held[uid]
        view.held[uid] = replace(held, fields={**held.fields, "number": number})


def _number_codebooks(view: View, made: Mapping[str, Stamp]) -> None:
    """Give each codebook's versions their numbers, and all that speaks of them."""
    view.numbers |= _numbers(view, made, VERSION)
    for uid, held in view.held.items():
        if uid in view.numbers:
            view.held[uid] = replace(held, fields={**held.fields, "number": view.numbers[uid]})
        else:
            view.held[uid] = replace(held, fields=number_again(held.fields, view.numbers))
    _set_newest(view)


def _set_newest(view: View) -> None:
    newest: dict[str, int] = {}
    for uid, number in view.numbers.items():
        if view.held[uid].alive:
            book = view.held[uid].fields["codebook"]
            newest[book] = max(newest.get(book, 0), number)
    for uid, number in newest.items():
        if uid in view.held:
            held = view.held[uid]
            view.held[uid] = replace(held, fields={**held.fields, "version": number})


def find_cycle(view: View) -> tuple[str, ...]:
    """Return the handles of codes that lie in a circle below each other, or nothing."""
    parents = {
        uid: held.fields.get("parent")
        for uid, held in view.held.items()
        if held.record == "code" and held.alive
    }
    for start in sorted(parents):
        path, uid = [start], parents[start]
        while uid is not None and uid not in path:
            path.append(uid)
            uid = parents.get(uid)
        if uid is not None:
            circle = path[path.index(uid) :]
            return tuple(str(view.held[one].fields["handle"]) for one in circle)
    return ()
