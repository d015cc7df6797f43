"""Passages that were marked in one copy while the text was corrected in the other: they follow, or wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.identity import decode_uid, encode_uid
from qualcase.storage.moved_codings import move_codings
from qualcase.storage.texts import read_text
from qualcase.text.anchors import reanchor

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qualcase.storage.joining import Side
    from qualcase.storage.view import View

_REVIVE = """
    UPDATE main.text_version SET deleted = 0 WHERE deleted = 1 AND id IN (
        SELECT text_id FROM main.coding WHERE until IS NULL
        UNION SELECT text_version_id FROM main.memo WHERE deleted = 0
        UNION SELECT text_version_id FROM main.event WHERE deleted = 0
    ) RETURNING uid, writer
"""


def follow_texts(
    connection: Connection, view: View, sides: tuple[Side, Side], last: int, sequence: int
) -> int:
    """Bring what is marked to the text that its source has now; return how many a person has to see.

    A coding or memo whose words are not surely found again, or are not the same, stays on its old text,
    marked for review; an event keeps its quote, and has no place. `last` is the newest key that a coding's
    state had before the merge, `sequence` the merge's place in the journal.
    """
    corrected = sorted(_corrected(view, *sides))
    review = move_codings(connection, view, {source for source, *_ in corrected}, last, sequence)
    for source, old, new in corrected:
        texts = read_text(connection, old), read_text(connection, new)
        review += _move_memos(connection, (source, old, new), texts)
        review += _move_events(connection, (source, old, new), texts)
    return review


def revive_texts(connection: Connection) -> set[tuple[str, str]]:
    """Keep texts that were taken back while something in review stands in them; return them and by whom."""
    found = connection.exec_driver_sql(_REVIVE)
    return {(encode_uid(uid), encode_uid(writer)) for uid, writer in found}


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
