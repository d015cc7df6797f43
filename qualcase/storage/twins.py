"""What each of two copies brought in: who is somebody in one file only, and what is told of such twins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.model.identity import short_uid
from qualcase.storage.joining import Conflict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcase.storage.joining import Held, Side

# What a file or a text says by itself, places in an order, and what is told or worked out otherwise.
_UNSAID = frozenset({
    "handle", "position", "number", "version", "folded", "path", "format", "encoding", "language", "warnings",
    "metadata", "sha256", "structure", "offsets", "text_uid", "first_timestamp", "last_timestamp", "earliest",
    "latest", "date_basis", "code_versions",
})  # fmt: skip


# An import names who is called R1 or SPEAKER_00 after the source, as in “R1 (S2)”; a merge may add a number.
_LOCAL = re.compile(r".+ \(S\d+(-\d+)*\)(-\d+)?", re.DOTALL)


def is_local(handle: object) -> bool:
    """Tell whether an actor is named after the source in which it speaks: in another, it is somebody else."""
    return isinstance(handle, str) and _LOCAL.fullmatch(handle) is not None


def untold_differences(alive: Sequence[Held], wins: str, ours: Side, theirs: Side) -> Iterator[Conflict]:
    """Yield what twins had said otherwise than the one, by uid, that wins; `alive` begins with their head."""
    last = next(held for held in alive if held.uid == wins)
    for held in alive:
        if held is last or held.record == "coder":
            continue
        names = [
            name
            for name, value in sorted(held.fields.items())
            if name not in _UNSAID and value is not None and last.fields.get(name) != value
        ]
        if names:
            lost, won = ({name: one.fields.get(name) for name in names} for one in (held, last))
            here = held.uid not in theirs.held or last.uid not in ours.held
            pair = (lost, won) if here else (won, lost)
            yield Conflict(held.record, alive[0].uid, "theirs" if here else "ours", *pair)


def called(shown: Mapping[str, Held], held: Held) -> str:
    """Return what people call a record: a handle or name, a place in a source, else the end of its uid."""
    if held.record == "attribute_value" and held.fields["attribute"] in shown:
        owner = shown.get(held.fields["owner_uid"])
        whose = f" of {called(shown, owner)}" if owner is not None else ""
        return f"{called(shown, shown[held.fields['attribute']])}{whose}"
    for name in ("handle", "name", "label", "number"):
        if held.fields.get(name):
            return str(held.fields[name])
    source = shown.get(str(held.fields.get("source")))
    if source is not None and "start" in held.fields:
        return f"{source.fields['handle']} {held.fields['start']}:{held.fields['end']}"
    return short_uid(held.uid)
