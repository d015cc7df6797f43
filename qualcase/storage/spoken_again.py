"""An earlier act said again today: by the names that things have since a merge, with what a format added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.errors import StaleChangeError
from qualcase.storage.grafting import merge_details
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.schema import material
from qualcase.storage.texts import read_text
from qualcase.storage.view import translate
from qualcase.text.matching import find_quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from qualcase.model.operation import Change, Fields, Operation


def read_twins(connection: Connection) -> dict[str, str]:
    """Return, for each record that gave way to another in a merge, the one that it is known as."""
    to = {
        uid: other for detail in merge_details(connection, "main") for uid, _, other in detail.get("met", ())
    }
    return {uid: _root(uid, to) for uid in to}


def _root(uid: str, to: Mapping[str, str]) -> str:
    seen = {uid}
    while uid in to and to[uid] not in seen:
        uid = to[uid]
        seen.add(uid)
    return uid


def name_as_now(operation: Operation, twins: Mapping[str, str], *, also_own: bool = False) -> Operation:
    """Return an act that speaks of other things by the names that they are known by now.

    With `also_own` what it wrote itself, too: that is for comparing, since it did not make those.
    """
    if not twins:
        return operation
    return replace(operation, changes=tuple(_as_now(one, twins, also_own) for one in operation.changes))


def _as_now(change: Change, twins: Mapping[str, str], own: bool) -> Change:  # noqa: FBT001 - told above
    before, after = (fields and translate(fields, twins) for fields in (change.before, change.after))
    uid = twins.get(change.uid, change.uid) if own else change.uid
    return replace(change, uid=uid, before=before, after=after)


def place_events(connection: Connection, operation: Operation) -> Operation:
    """Return an act in which events that come to a place name the text that the place is in.

    Acts of before the fourth format do not. Raises StaleChangeError where other words stand there by now.
    """
    changes = [one for one in operation.changes if one.record == "event" and _lacks_text(one)]
    if not changes:
        return operation
    held = read_fields(connection, RECORDS["event"], Names(connection), [one.uid for one in changes])
    texts = {
        one.uid: one.after["text_uid"]
        for one in operation.changes
        if one.record == "source" and one.after and "text_uid" in one.after
    }
    placed = {one.uid: _placed(connection, one, held.get(one.uid, {}), texts) for one in changes}
    return replace(operation, changes=tuple(placed.get(one.uid, one) for one in operation.changes))


def _lacks_text(change: Change) -> bool:
    return change.after is not None and "start" in change.after and "text_version" not in change.after


def _placed(connection: Connection, change: Change, held: Fields, texts: Mapping[str, str]) -> Change:
    after = {**held, **(change.after or {})}
    if after["start"] is None:
        return replace(change, after={**(change.after or {}), "text_version": None})
    source = material.source
    query = select(source.c.handle, source.c.text_uid).where(source.c.uid == after.get("source"))
    handle, current = connection.execute(query).one()
    text = texts.get(str(after.get("source")), current)
    if not find_quote(read_text(connection, text)[after["start"] : after["end"]], after.get("quote") or ""):
        raise StaleChangeError(f"The text of {handle} has been corrected since; nothing was changed.")
    return replace(change, after={**(change.after or {}), "text_version": text})
