"""Twins, things that each of two copies brought in: whether there are any, and what is told of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.model.identity import decode_uid, short_uid
from qualcase.storage.joining import Conflict
from qualcase.storage.records import chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from qualcase.storage.joining import Held, Side

# What each that may have a twin rests on, by the key that points to it, and by which columns twins are alike.
# Of those that rest on twins themselves the latter are found.
_ALIKE: dict[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "source": ({}, ("sha256",)),
    "actor": ({}, ("handle",)),
    "study_case": ({}, ("name",)),
    "attribute": ({}, ("owner", "name")),
    "attribute_value": ({"attribute_id": "attribute"}, ("owner_uid",)),
    "speaker": ({"source_id": "source"}, ("label",)),
    "case_member": ({"case_id": "study_case", "source_id": "source"}, ("turn",)),
}
_ONLY_IN = "(SELECT * FROM {1}.{0} AS a WHERE NOT EXISTS (SELECT 1 FROM {2}.{0} AS b WHERE b.uid = a.uid))"
_KNOWN = """
    SELECT 1 WHERE EXISTS (SELECT 1 FROM main.{0} WHERE uid IN ({1}))
    OR EXISTS (SELECT 1 FROM other.{0} WHERE uid IN ({1}))
"""
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


def have_twins(connection: Connection, met: Iterable[str]) -> bool:
    """Tell whether something that imports may bring was brought into both copies, each for itself.

    `met` are what twins were known as so far. It may say so where there is none, and never the other way.
    """
    if any(connection.exec_driver_sql(_find_alike(record)).first() for record in _ALIKE):
        return True
    return any(
        connection.exec_driver_sql(_KNOWN.format(record, ", ".join("?" * len(part))), (*part, *part)).first()
        for part in chunks(decode_uid(uid) for uid in met)
        for record in _ALIKE
    )


def _find_alike(record: str) -> str:
    rests_on, columns = _ALIKE[record]
    mine, others = _ONLY_IN.format(record, "main", "other"), _ONLY_IN.format(record, "other", "main")
    tables = f"{mine} AS m JOIN {others} AS o ON 1"
    tables += "".join(f" AND o.{name} IS m.{name}" for name in columns)
    for key, target in rests_on.items():
        tables += f" JOIN main.{target} AS m_{key} ON m_{key}.id = m.{key}"
        tables += f" JOIN other.{target} AS o_{key} ON o_{key}.id = o.{key} AND o_{key}.uid = m_{key}.uid"
    return f"SELECT 1 FROM {tables} LIMIT 1"  # noqa: S608 - ours


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
