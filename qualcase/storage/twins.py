"""What two copies said differently of one thing that each brought in: told, for only one can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.identity import decode_uid, short_uid
from qualcase.storage.joining import Conflict
from qualcase.storage.parts import PARTED
from qualcase.storage.records import chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from qualcase.storage.joining import Held, Side

_SAME_FILE = """
    SELECT 1 FROM main.source AS m JOIN other.source AS o ON o.sha256 = m.sha256 AND o.uid <> m.uid LIMIT 1
"""
_KNOWN = """
    SELECT 1 WHERE EXISTS (SELECT 1 FROM main.source WHERE uid IN ({0}))
    OR EXISTS (SELECT 1 FROM other.source WHERE uid IN ({0}))
"""
# What a file or a text says by itself, places in an order, and what is told or worked out otherwise.
_UNSAID = frozenset({
    "handle", "position", "number", "folded", "path", "format", "encoding", "language", "warnings",
    "metadata", "sha256", "structure", "offsets", "text_uid", "first_timestamp", "last_timestamp", "earliest",
    "latest", "date_basis", "code_versions",
})  # fmt: skip


def have_twins(connection: Connection, met: Iterable[str]) -> bool:
    """Tell whether a file was brought into both copies; `met` are what twins were known as so far."""
    if connection.exec_driver_sql(_SAME_FILE).first():
        return True
    return any(
        connection.exec_driver_sql(_KNOWN.format(", ".join("?" for _ in part)), (*part, *part)).first()
        for part in chunks(decode_uid(uid) for uid in met)
    )


def untold_differences(alive: Sequence[Held], wins: str, ours: Side, theirs: Side) -> Iterator[Conflict]:
    """Yield what twins had said otherwise than the one, by uid, that wins; `alive` begins with their head."""
    last = next(held for held in alive if held.uid == wins)
    for held in alive:
        if held is last or held.record in PARTED - {"source"} or held.record == "coder":
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
