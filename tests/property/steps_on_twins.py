"""Acts on what two copies may begin independently, and which is one by what it is known."""

from __future__ import annotations

from dataclasses import replace

from qualcase.storage.view import references

WORDS = ("one", "two", "three")
# What two may begin independently, each with the fields by which it is known and one that is its own.
BEGUN = ("actor", "attribute", "attribute_value", "study_case", "case_member", "source_done")


def some(copy, record, value, *, alive=True):
    found = sorted(uid for uid, held in copy.held.items() if held.record == record and held.alive == alive)
    return copy.held[found[value % len(found)]] if found else None


def make_begun(record):
    """Return the step that begins something that others may begin, too: what is known by the same is one."""

    def begin(world, copy, value, _):
        known = known_by(copy, record, value)
        if known is None or any(is_one(held, record, known) for held in copy.held.values()):
            return None
        own = {"actor": "role", "attribute": "type", "attribute_value": "text"}.get(record)
        return world.make(copy, record, known | ({own: WORDS[value // 2 % 3]} if own else {}))

    return begin


def known_by(copy, record, value):
    """Return the fields by which one of a kind is known, None where there is nothing for it to rest on."""
    if record in {"actor", "study_case"}:
        name = "PQ"[value % 2]
        return {"handle": name, "label": name} if record == "actor" else {"name": name}
    if record == "attribute":
        return {"owner": "source", "name": "size"}
    rests = {"attribute_value": ("attribute", "actor"), "case_member": ("study_case", "source")}
    found = [some(copy, one, value // 2) for one in rests.get(record, ("source", "coder"))]
    if None in found:
        return None
    names = {"attribute": "attribute", "actor": "owner_uid", "study_case": "case"}
    return {names.get(held.record, held.record): held.uid for held in found}


def is_one(held, record, known):
    """Tell whether something is what is known by these; an actor is by its label, however renamed."""
    known = {name: word for name, word in known.items() if name != "label"}
    return held.record == record and held.alive and known.items() <= held.fields.items()


def rename_actor(world, copy, value, _):
    """Give an actor a name that nobody else in this copy has; it may have been another's."""
    held, name = some(copy, "actor", value), "PQRS"[value % 4]
    if held is None or any(is_one(one, "actor", {"handle": name}) for one in copy.held.values()):
        return None
    return world.act(copy, [replace(held, fields={**held.fields, "handle": name, "label": name})])


def give_away(world, copy, value, _):
    """Let what was told of one actor be of another, as where two actors become one."""
    held, actor = some(copy, "attribute_value", value // 2), some(copy, "actor", value)
    if held is None or actor is None:
        return None
    known = {"attribute": held.fields["attribute"], "owner_uid": actor.uid}
    if any(is_one(one, "attribute_value", known) for one in copy.held.values()):
        return None
    return world.act(copy, [replace(held, fields={**held.fields, **known})])


def begin_again(world, copy, value, _):
    """Do again what began something and was taken back."""
    record = BEGUN[value % len(BEGUN)]
    held = some(copy, record, value // 2, alive=False)
    if held is None or any(held.uid == uid for uid, _ in copy.traces.met):
        return None
    rests = [copy.held.get(uid) for uid in (*references(held), held.fields.get("owner_uid"))]
    if not all(one is None or one.alive for one in rests):
        return None
    own = {"role", "type", "text"}
    known = {name: word for name, word in held.fields.items() if name not in own}
    if any(is_one(one, record, known) for one in copy.held.values()):
        return None
    return world.act(copy, [replace(held, alive=True)], remade=[held.uid])
