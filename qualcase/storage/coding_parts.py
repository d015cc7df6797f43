"""Who last wrote each part of a coding: read off the journal, for codings that two copies changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.codec import decode_body
from qualcase.storage.journal import MARKERS
from qualcase.storage.parts import CORRECTION, NEVER, PLACE, WORDS, Places, Placing, part_of
from qualcase.storage.records import RECORDS
from qualcase.storage.schema import journal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sqlalchemy import Connection

    from qualcase.model.operation import Operation
    from qualcase.storage.parts import Written
    from qualcase.storage.wordings import Wordings

# Acts that only make codings, or never touch one: most of a journal, and nobody's change of anything.
_MAKING = ("new", "import", "code", "code-many", "in-vivo", "decide", "memo", "event", "merge")
_FIELDS = (*RECORDS["coding"].plain, *RECORDS["coding"].references)


def read_coding_parts(connection: Connection, uids: Collection[str], wordings: Wordings) -> Written:
    """Return which act wrote each part of some codings last, of those that a copy has.

    `wordings` takes in who wrote over whose words in them.
    """
    # A memo made with a coding is nobody's change of it.
    found: Written = {uid: {WORDS["coding"]: NEVER} for uid in uids}
    places = Places()
    for placing, operation in _acts(connection) if uids else ():
        if operation is None:
            wordings.unread.append(placing.sequence)
            continue
        for change in operation.changes:
            if change.record != "coding" or change.uid not in found:
                continue
            wordings.note(change, placing.stamp, placing.sequence)
            if change.after is not None:
                # Who brings one back brings it back whole, also where it says nothing.
                names = _names(change.after if change.before is not None else _FIELDS)
                if PLACE in names:
                    places.note(change.uid, placing)
                parts = found[change.uid]
                for name in names - {PLACE}:
                    parts[name] = max(placing.stamp, parts.get(name, NEVER))
    places.settle(found, lambda: wordings.knows)
    return found


def _names(fields: Iterable[str]) -> set[str]:
    return {part_of(field, "coding") for field in fields}


def _acts(connection: Connection) -> Iterator[tuple[Placing, Operation | None]]:
    """Yield the acts that may have changed a coding; None for what is redacted."""
    act, first = journal.operation, journal.operation.alias("first")
    query = (
        select(act.c.uid, act.c.clock, act.c.sequence, act.c.kind, first.c.kind, act.c.body)
        .outerjoin(first, (first.c.sequence == act.c.target) & act.c.kind.in_(MARKERS))
        .where(act.c.kind.not_in(_MAKING))
    )
    for uid, clock, sequence, kind, target, body in connection.execute(query):
        operation = None if body is None else decode_body(kind, body)
        yield Placing((clock, uid), sequence, CORRECTION in {kind, target}), operation


def read_review_texts(connection: Connection, uids: Collection[str]) -> dict[str, str]:
    """Return for codings in review the text to which the last correction that left them there turned."""
    act, first = journal.operation, journal.operation.alias("first")
    query = (
        select(act.c.kind, act.c.body)
        .outerjoin(first, (first.c.sequence == act.c.target) & act.c.kind.in_(MARKERS))
        .where((act.c.kind == CORRECTION) | (first.c.kind == CORRECTION), act.c.body.is_not(None))
        .order_by(act.c.clock, act.c.uid)
    )
    found: dict[str, str] = {}
    for kind, body in connection.execute(query) if uids else ():
        changes = decode_body(kind, body).changes
        turned = [
            change.after["text_uid"] for change in changes if change.record == "source" and change.after
        ]
        for change in changes if turned else ():
            if change.record == "coding" and change.uid in uids and (change.after or {}).get("state"):
                found[change.uid] = turned[0]
    return found
