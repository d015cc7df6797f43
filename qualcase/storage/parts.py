"""Codes, codebooks and memos are joined part by part: two who change different things of one both hold.

A definition goes with its rules, for together they are what a code means; what a memo is about goes with its
place in a text. Each part is as the later of the acts that wrote it left it. What else records hold is joined
whole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from qualcase.storage.codec import decode_body
from qualcase.storage.journal import MARKERS
from qualcase.storage.schema import codings, journal

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from sqlalchemy import Connection

    from qualcase.storage.joining import Held, Stamp

PARTED = frozenset({"code", "codebook", "memo"})
MEANING, PLACE = "definition", "place"
# The field of a record that holds a person's words: where two edits differ in it, both are kept.
WORDS = {"memo": "text", "coding": "memo", "code": MEANING, "claim": "text"}
_TOGETHER = {
    "include": MEANING,
    "exclude": MEANING,
    **dict.fromkeys(("about_kind", "about_uid", "source", "text_version", "start", "end", "state"), PLACE),
}
# A place in an order is nobody's word, and a handle is never changed.
_UNPARTED = frozenset({"handle", "version", "codebook"})
_OF_ONE = frozenset({"position"})
# The acts that write codes, codebooks and memos; a correction of a text does where a memo has a place in it.
_KINDS = ("new", "codebook", "in-vivo", "memo", "review")
_CORRECTION = "edit"

# By uid of record and part, the act that wrote it last.
Written = dict[str, dict[str, "Stamp"]]


def part_of(field: str) -> str:
    """Return the part that a field belongs to."""
    return _TOGETHER.get(field, field)


def read_written(connection: Connection) -> Written:
    """Return for every record that is joined part by part the last act that wrote each part of it."""
    placed = connection.scalar(select(exists().where(codings.memo.c.text_version_id.is_not(None))))
    kinds = (*_KINDS, _CORRECTION) if placed else _KINDS
    act, first = journal.operation, journal.operation.alias("first")
    query = (
        select(act.c.uid, act.c.clock, act.c.kind, act.c.body)
        .outerjoin(first, first.c.sequence == act.c.target)
        .where(
            act.c.kind.in_(kinds) | (act.c.kind.in_(MARKERS) & first.c.kind.in_(kinds)),
            act.c.body.is_not(None),
        )
    )
    found: Written = {}
    for uid, clock, kind, body in connection.execute(query):
        for change in decode_body(kind, body).changes:
            if change.record in PARTED:
                parts = found.setdefault(change.uid, {})
                for name in {part_of(field) for field in change.after or ()} - _UNPARTED:
                    parts[name] = max((clock, uid), parts.get(name, (0, "")))
    return found


def with_parts(
    held: Mapping[str, Held], written: Written, met: Mapping[tuple[str, str], str]
) -> dict[str, Held]:
    """Return records that know when each of their parts was written, those of met twins among them."""
    whole = {uid: dict(parts) for uid, parts in written.items()}
    for (uid, _), head in met.items():
        for name, stamp in written.get(uid, {}).items():
            parts = whole.setdefault(head, {})
            if name not in _OF_ONE:
                parts[name] = max(stamp, parts.get(name, (0, "")))
    return {
        uid: replace(one, parts=whole.get(uid, {})) if one.record in PARTED else one
        for uid, one in held.items()
    }


def join_parts(base: Held, other: Held) -> Held:
    """Return a record with each part as the later act left it, all else as in `base`."""
    if base.record not in PARTED:
        return base
    fields = dict(base.fields)
    for name in {*base.fields, *other.fields} - _UNPARTED:
        part = part_of(name)
        if other.parts.get(part, (0, "")) > base.parts.get(part, (0, "")):
            fields.pop(name, None)
            if name in other.fields:
                fields[name] = other.fields[name]
    parts = {
        name: max(base.parts.get(name, (0, "")), other.parts.get(name, (0, "")))
        for name in {*base.parts, *other.parts}
    }
    return replace(base, fields=fields, parts=parts)


def head_parts(held: Held) -> dict[str, Stamp]:
    """Return the parts that a twin keeps of its own, whoever wrote last."""
    return {name: held.parts[name] for name in _OF_ONE if name in held.parts}


def said(held: Held) -> Stamp:
    """Return the act that wrote a record's words."""
    return held.parts.get(WORDS.get(held.record, ""), held.stamp)


def contested(mine: Held, other: Held, own: Container[str], far: Container[str]) -> Iterator[str]:
    """Yield the parts that both copies wrote, neither knowing of the other."""
    for name in sorted(mine.parts.keys() & other.parts.keys()):
        if mine.parts[name][1] in own and other.parts[name][1] in far:
            yield name
