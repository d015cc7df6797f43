"""Passages that were marked in one copy while the text was corrected in the other: they follow, or wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.model.identity import decode_uid
from qualcase.storage.joined_codings import insert_states
from qualcase.storage.records import RECORDS
from qualcase.storage.texts import read_text
from qualcase.text.anchors import reanchor

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qualcase.storage.joining import Side
    from qualcase.storage.view import View

_CODING = RECORDS["coding"]
_NAMES = ("uid", *_CODING.plain, *(column for column, _ in _CODING.references.values()))


def follow_texts(connection: Connection, view: View, ours: Side, theirs: Side, sequence: int) -> int:
    """Bring what is marked to the text that its source has now; return how many a person has to see.

    A coding or memo whose words are not surely found again, or are not the same, stays on its old text,
    marked for review; an event keeps its quote, and has no place.
    """
    review = 0
    for source, old, new in sorted(_corrected(view, ours, theirs)):
        texts = read_text(connection, old), read_text(connection, new)
        review += _move_codings(connection, (source, old, new), texts, sequence)
        review += _move_memos(connection, (source, old, new), texts)
        review += _move_events(connection, (source, old, new), texts)
    return review


def _corrected(view: View, ours: Side, theirs: Side) -> set[tuple[str, str, str]]:
    """Return (source, text in one copy, text now) wherever the two are not the same."""
    found = set()
    for side in (ours, theirs):
        for uid, held in side.held.items():
            source = view.held[view.name_of(uid)]
            if held.record == "source" and held.alive and source.alive:
                old, new = (view.name_of(one.fields["text_uid"]) for one in (held, source))
                if old != new:
                    found.add((source.uid, old, new))
    return found


def _move_codings(
    connection: Connection, place: tuple[str, str, str], texts: tuple[str, str], sequence: int
) -> int:
    names = ", ".join(f'k."{name}"' for name in _NAMES)
    rows = connection.exec_driver_sql(
        f"SELECT k.id, v.id AS new_text, k.clock, {names} FROM main.coding AS k "  # noqa: S608 - ours
        "JOIN source AS s ON s.id = k.source_id AND s.uid = ? "
        "JOIN text_version AS t ON t.id = k.text_id AND t.uid = ? "
        "JOIN text_version AS v ON v.uid = ? WHERE k.until IS NULL AND k.state IS NULL",
        tuple(decode_uid(uid) for uid in place),
    ).mappings()
    held = [dict(row) for row in rows]
    found = reanchor(*texts, [(row["start"], row["end"]) for row in held])
    states = []
    review = 0
    for row, placement in zip(held, found, strict=True):
        state: dict[str, Any] = {name: row[name] for name in _NAMES}
        if placement.state == "placed" and not placement.changed:
            state |= {"start": placement.start, "end": placement.end, "text_id": row["new_text"]}
        else:
            state["state"] = "review"
            review += 1
        states.append((*state.values(), sequence, row["clock"]))
    if held:
        ends = [(sequence, row["id"]) for row in held]
        connection.exec_driver_sql("UPDATE main.coding SET until = ? WHERE id = ?", ends)
    insert_states(connection, states)
    return review


def _move_memos(connection: Connection, place: tuple[str, str, str], texts: tuple[str, str]) -> int:
    rows = connection.exec_driver_sql(
        'SELECT m.id, m.start, m."end", v.id AS new_text FROM memo AS m '
        "JOIN source AS s ON s.id = m.source_id AND s.uid = ? "
        "JOIN text_version AS t ON t.id = m.text_version_id AND t.uid = ? "
        "JOIN text_version AS v ON v.uid = ? WHERE m.deleted = 0 AND m.state IS NULL",
        tuple(decode_uid(uid) for uid in place),
    ).all()
    review = 0
    for row, found in zip(rows, reanchor(*texts, [(row.start, row.end) for row in rows]), strict=True):
        sure = found.state == "placed" and not found.changed
        review += not sure
        if sure:
            moved = (found.start, found.end, row.new_text, row.id)
            query = 'UPDATE memo SET start = ?, "end" = ?, text_version_id = ? WHERE id = ?'
            connection.exec_driver_sql(query, moved)
        else:
            connection.exec_driver_sql("UPDATE memo SET state = 'review' WHERE id = ?", (row.id,))
    return review


def _move_events(connection: Connection, place: tuple[str, str, str], texts: tuple[str, str]) -> int:
    rows = connection.exec_driver_sql(
        'SELECT e.id, e.start, e."end", v.id AS new_text FROM event AS e '
        "JOIN source AS s ON s.id = e.source_id AND s.uid = ? "
        "JOIN text_version AS t ON t.id = e.text_version_id AND t.uid = ? "
        "JOIN text_version AS v ON v.uid = ? WHERE e.deleted = 0",
        tuple(decode_uid(uid) for uid in place),
    ).all()
    moved = []
    for row, found in zip(rows, reanchor(*texts, [(row.start, row.end) for row in rows]), strict=True):
        sure = found.state == "placed" and not found.changed
        spot = (found.start, found.end, row.new_text) if sure else (None, None, None)
        moved.append((*spot, row.id))
    if moved:
        query = 'UPDATE event SET start = ?, "end" = ?, text_version_id = ? WHERE id = ?'
        connection.exec_driver_sql(query, moved)
    return sum(start is None for start, *_ in moved)
