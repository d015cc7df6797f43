"""Acts on sources and the files that they are from: imported, taken back, and taken from another file."""

from __future__ import annotations

from dataclasses import replace

from steps_on_twins import WORDS, some

from qualcase.storage.joining import Held
from qualcase.storage.version_numbers import TEXT_VERSION
from qualcase.storage.view import references

# The field of what has a place that names the text in which it is counted.
TEXT_OF = {"coding": "text", "memo": "text_version"}


def make_source(world, copy, value, _):
    known = [held.fields for held in copy.held.values() if held.record == "source" and held.alive]
    digest, handle = "pq"[value % 2], f"S{len(known) + 1}"
    if any(fields["sha256"] == digest or fields["handle"] == handle for fields in known):
        return None
    if digest in former_files(copy):  # One file used twice over: the laws do not hold of that.
        return None
    uid, text = f"u{world.number + 1}", f"t{world.number + 1}"
    fields = {"handle": handle, "sha256": digest, "title": WORDS[value % 3], "text_uid": text}
    first = {"source": uid, "number": 1, "sha256": digest, "structure": "-"}
    made = (("source", uid, fields), (TEXT_VERSION, text, first))
    return world.act(copy, [Held(name, one, held, alive=True, stamp=(0, "")) for name, one, held in made])


def former_files(copy):
    changes = (change for act in copy.said.values() for change in act if change.record == "source")
    return {change.before.get("sha256") for change in changes if change.before}


def texts_of(copy, source):
    return [
        held for held in copy.held.values() if held.record == TEXT_VERSION and held.fields["source"] == source
    ]


def take_back_source(world, copy, value, _):
    """Take an import back: a source goes with its texts, if nothing else rests on them."""
    source = some(copy, "source", value)
    gone = source and [source, *(held for held in texts_of(copy, source.uid) if held.alive)]
    if not gone:
        return None
    rest = [held for held in copy.held.values() if held.alive and held not in gone]
    used = {uid for held in rest for uid in (*references(held), held.fields.get(TEXT_OF.get(held.record)))}
    if used & {held.uid for held in gone}:
        return None
    return world.act(copy, [replace(held, alive=False) for held in gone])


def bring_in_again(world, copy, value, _):
    """Do an import again that was taken back."""
    source = some(copy, "source", value, alive=False)
    if source is None or any(source.uid == uid for uid, _ in copy.traces.met):
        return None
    known = [held.fields for held in copy.held.values() if held.record == "source" and held.alive]
    if any(fields[name] == source.fields[name] for fields in known for name in ("sha256", "handle")):
        return None
    back = [source, *(held for held in texts_of(copy, source.uid) if held.stamp == source.stamp)]
    again = [replace(held, alive=True) for held in back]
    return world.act(copy, again, remade=[held.uid for held in back])


def take_from_another_file(world, copy, value, _):
    """Take a source from another file, which no other source was ever from: the laws hold of that."""
    held = some(copy, "source", value)
    return held and world.act(copy, [replace(held, fields={**held.fields, "sha256": f"f{world.number}"})])
