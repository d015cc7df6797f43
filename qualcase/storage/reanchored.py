"""Passages that were marked in one copy while the text was corrected in the other: they follow, or wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.identity import decode_uid, encode_uid
from qualcase.storage.moved_codings import move_codings
from qualcase.storage.parts import FOLLOWED, NEVER, PLACE
from qualcase.storage.texts import read_text
from qualcase.text.anchors import reanchor
from qualcase.text.matching import find_quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from qualcase.storage.joining import Held, Side, Stamp
    from qualcase.storage.view import View

# By source, which has an index: few texts are deleted, and all codings together are many.
_REVIVE = """
    UPDATE main.text_version SET deleted = 0 WHERE deleted = 1 AND (
        EXISTS (
            SELECT 1 FROM main.coding AS c
            WHERE c.source_id = text_version.source_id AND c.until IS NULL AND c.text_id = text_version.id
        )
        OR id IN (SELECT text_version_id FROM main.memo WHERE deleted = 0)
        OR id IN (SELECT text_version_id FROM main.event WHERE deleted = 0)
    ) RETURNING uid, writer
"""


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of the time before a merge: the newest key of a coding's state, and memos in review."""

    last: int
    waiting: set[str]


def note_before(connection: Connection) -> Before:
    """Return what has to be known of a project before a merge writes into it."""
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM main.coding").scalar_one()
    rows = connection.exec_driver_sql("SELECT uid FROM main.memo WHERE deleted = 0 AND state = 'review'")
    return Before(int(last), {encode_uid(uid) for (uid,) in rows})


def follow_texts(
    connection: Connection, view: View, sides: tuple[Side, Side], before: Before, sequence: int
) -> int:
    """Bring what is marked to the text that its source has now; return how many a person has to see.

    A coding or memo whose words are not surely found again, or are not the same, stays on its old text,
    marked for review; an event keeps its quote, and has no place. `sequence` is the merge's place in the
    journal.
    """
    turned = {**sides[0].turned, **sides[1].turned}
    review = _move_memos(connection, view, turned, before.waiting)
    review += _move_events(connection, view, turned)
    return review + move_codings(connection, view, _corrected(view, *sides), before.last, sequence)


def revive_texts(connection: Connection) -> set[tuple[str, str]]:
    """Keep texts that were taken back while something in review stands in them; return them and by whom."""
    found = connection.exec_driver_sql(_REVIVE)
    return {(encode_uid(uid), encode_uid(writer)) for uid, writer in found}


def _corrected(view: View, ours: Side, theirs: Side) -> set[str]:
    """Return the sources whose text is not the same in one copy as it is now."""
    found = set()
    for side in (ours, theirs):
        for uid, held in side.held.items():
            source = view.held[view.name_of(uid)]
            if held.record == "source" and held.alive and source.alive:
                old, new = (view.name_of(one.fields["text_uid"]) for one in (held, source))
                if old != new:
                    found.add(source.uid)
    return found


def _move_memos(
    connection: Connection, view: View, turned: Mapping[tuple[str, Stamp], str], waiting: set[str]
) -> int:
    """Bring memos from where acts said that they are to where that is in the texts of now."""
    groups: dict[tuple[str, str], list[Held]] = {}
    for held in view.held.values():
        if held.record != "memo" or not held.alive or "text_version" not in held.fields:
            continue
        of = view.held[view.beside.get(held.uid, held.uid)]
        if of is not held and of.alive:
            continue
        text, now = held.fields["text_version"], view.held[held.fields["source"]].fields["text_uid"]
        left_by = turned.get((of.uid, _placed_by(of)))
        if text != now and not ("state" in held.fields and left_by and view.name_of(left_by) == now):
            groups.setdefault((text, now), []).append(held)
        elif text == now and "state" in held.fields:
            _place_memo(connection, held, (held.fields["start"], held.fields["end"], text))
    review = 0
    for (old, new), group in sorted(groups.items()):
        spans = [(held.fields["start"], held.fields["end"]) for held in group]
        texts = read_text(connection, old), read_text(connection, new)
        for held, found in zip(group, reanchor(*texts, spans), strict=True):
            sure = found.state == "placed" and not found.changed
            _place_memo(connection, held, (found.start, found.end, new) if sure else None)
            review += not sure and held.uid not in waiting
    return review + _place_beside(connection, view, waiting)


def _place_beside(connection: Connection, view: View, waiting: set[str]) -> int:
    """Put the kept words of a memo where it is, and return how many came into review with it."""
    review = 0
    for uid, of in view.beside.items():
        if not view.held[of].alive:
            continue
        row = connection.exec_driver_sql(_PLACE_BESIDE, (decode_uid(of), decode_uid(uid))).scalar_one()
        review += row == "review" and uid not in waiting
    return review


def _place_memo(connection: Connection, held: Held, spot: tuple[int | None, int | None, str] | None) -> None:
    state = "review" if spot is None else None
    connection.exec_driver_sql("UPDATE memo SET state = ? WHERE uid = ?", (state, decode_uid(held.uid)))
    if spot is not None:
        _place(connection, held, spot)


def _move_events(connection: Connection, view: View, turned: Mapping[tuple[str, Stamp], str]) -> int:
    """Do the same for events, which are in doubt without a place; return how many lose theirs."""
    review = 0
    for held in view.held.values():
        if held.record != "event" or not held.alive or held.fields.get("source") is None:
            continue
        now = view.held[held.fields["source"]].fields["text_uid"]
        left_by = turned.get((held.uid, _placed_by(held)))
        if "start" in held.fields:
            if held.fields["text_version"] == now:
                continue
            span = held.fields["start"], held.fields["end"]
            texts = read_text(connection, held.fields["text_version"]), read_text(connection, now)
            found = reanchor(*texts, [span])[0]
            sure = found.state == "placed" and not found.changed
            review += not sure
            _place(connection, held, (found.start, found.end, now) if sure else (None, None, None))
        elif held.fields.get("quote") and left_by and view.name_of(left_by) != now:
            places = find_quote(read_text(connection, now), held.fields["quote"])
            if len(places) == 1:
                _place(connection, held, (*places[0], now))
    return review


def _placed_by(held: Held) -> Stamp:
    return held.parts.get(FOLLOWED) or held.parts.get(PLACE, NEVER)


def _place(connection: Connection, held: Held, spot: tuple[int | None, int | None, str | None]) -> None:
    start, end, text = spot
    query = f'UPDATE {held.record} SET start = ?, "end" = ?, text_version_id = ' + _TEXT_BY_UID  # noqa: S608 - ours
    words = (start, end, text and decode_uid(text), decode_uid(held.uid))
    connection.exec_driver_sql(query, words)


_PLACE_BESIDE = """
    UPDATE memo SET start = o.start, "end" = o."end", text_version_id = o.text_version_id, state = o.state
    FROM memo AS o WHERE o.uid = ? AND memo.uid = ? RETURNING memo.state
"""
_TEXT_BY_UID = "(SELECT id FROM text_version WHERE uid = ?) WHERE uid = ?"
