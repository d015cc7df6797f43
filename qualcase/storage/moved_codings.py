"""Codings in merged copies: where each is in the text that its source has now.

A place is worked out from what an act said of it and from the text, never from where an earlier merge had
brought the coding, so that it does not matter who merged whom first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.model.identity import encode_uid
from qualcase.storage.coding_parts import read_review_texts
from qualcase.storage.joined_codings import insert_states
from qualcase.storage.records import RECORDS
from qualcase.storage.stated import PLACED_BY, find_stated
from qualcase.storage.texts import read_text
from qualcase.text.anchors import reanchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection

    from qualcase.storage.view import View

    Row = dict[str, Any]
    # Key of the text, start, end, state.
    Spot = tuple[int, int, int, str | None]

_CODING = RECORDS["coding"]
_NAMES = ("uid", *_CODING.plain, *(column for column, _ in _CODING.references.values()))
_STATED = tuple(f"stated_{name}" for name in PLACED_BY)
_CORRECTED = "SELECT 1 FROM main.text_version GROUP BY source_id HAVING count(*) > 1 LIMIT 1"
# Where neither what was said nor the text is another than before the merge, the place is what it was.
_DOUBTFUL = """
    SELECT k.id, k.clock, {names}, {stated}, s.uid AS source_uid, w.uid AS stated_text_uid,
           t.id AS text_now, t.uid AS text_now_uid
    FROM main.coding AS k
    JOIN main.source AS s ON s.id = k.source_id
    JOIN main.text_version AS t ON t.uid = s.text_uid
    LEFT JOIN temp.stated AS p ON p.copy = 'main' AND p.uid = k.uid
    JOIN main.coding AS b ON b.id = coalesce(p.base, k.id)
    JOIN main.text_version AS w ON w.id = b.text_id
    WHERE k.until IS NULL AND (b.text_id <> t.id OR b.id <> k.id) AND (b.text_id <> t.id OR {differs})
    ORDER BY k.id
"""


def move_codings(connection: Connection, view: View, corrected: set[str], last: int, sequence: int) -> int:
    """Bring codings to the texts of now; return how many are in review that were not.

    Looked at are those of the sources `corrected`, by uid, and states that were written after the key `last`.
    """
    if connection.exec_driver_sql(_CORRECTED).first() is None:
        return 0
    find_stated(connection, "main")
    rows = [row for row in _doubtful(connection) if _is_open(row, corrected, last)]
    spots = dict(_settled(rows, read_review_texts(connection, _waiting(rows)), view))
    groups: dict[tuple[bytes, bytes], list[Row]] = {}
    for row in rows:
        if row["id"] not in spots:
            groups.setdefault((row["stated_text_uid"], row["text_now_uid"]), []).append(row)
    for (old, new), group in groups.items():
        before, now = (read_text(connection, encode_uid(uid)) for uid in (old, new))
        spots |= _followed(before, now, group)
    moved = [row for row in rows if spots[row["id"]] != _spot(row)]
    _write(connection, moved, spots, sequence)
    return sum(spots[row["id"]][3] == "review" != row["state"] for row in moved)


def _doubtful(connection: Connection) -> list[Row]:
    query = _DOUBTFUL.format(
        names=", ".join(f'k."{name}"' for name in _NAMES),
        stated=", ".join(f'b."{name}" AS stated_{name}' for name in PLACED_BY),
        differs=" OR ".join(f'b."{name}" IS NOT k."{name}"' for name in PLACED_BY),
    )
    return [dict(row) for row in connection.exec_driver_sql(query).mappings()]


def _is_open(row: Row, corrected: set[str], last: int) -> bool:
    left = row["state"] is None and row["text_id"] != row["text_now"]
    return left or row["id"] > last or encode_uid(row["source_uid"]) in corrected


def _waiting(rows: list[Row]) -> set[str]:
    return {encode_uid(row["uid"]) for row in rows if row["stated_state"] == "review"}


def _settled(rows: list[Row], seen: Mapping[str, str], view: View) -> Iterator[tuple[int, Spot]]:
    """Yield the places that need no looking for, by the key of a state.

    What a correction of this very text left in review waits on, and where the text is the one that was
    spoken of, the place is as it was said.
    """
    for row in rows:
        text, start, end, state = (row[name] for name in _STATED)
        left_by = seen.get(encode_uid(row["uid"])) if state == "review" else None
        if text == row["text_now"]:
            yield row["id"], (text, start, end, None)
        elif left_by is not None and view.name_of(left_by) == encode_uid(row["text_now_uid"]):
            yield row["id"], (text, start, end, state)


def _followed(old: str, new: str, group: list[Row]) -> dict[int, Spot]:
    found = reanchor(old, new, [(row["stated_start"], row["stated_end"]) for row in group])
    spots: dict[int, Spot] = {}
    for row, place in zip(group, found, strict=True):
        spots[row["id"]] = (row["stated_text_id"], row["stated_start"], row["stated_end"], "review")
        if (
            place.state == "placed"
            and not place.changed
            and place.start is not None
            and place.end is not None
        ):
            spots[row["id"]] = (row["text_now"], place.start, place.end, None)
    return spots


def _spot(row: Row) -> Spot:
    return row["text_id"], row["start"], row["end"], row["state"]


def _write(connection: Connection, moved: list[Row], spots: Mapping[int, Spot], sequence: int) -> None:
    if not moved:
        return
    ends = [(sequence, row["id"]) for row in moved]
    connection.exec_driver_sql("UPDATE main.coding SET until = ? WHERE id = ?", ends)
    states = [{**row, **dict(zip(PLACED_BY, spots[row["id"]], strict=True))} for row in moved]
    insert_states(
        connection, [(*(state[name] for name in _NAMES), sequence, state["clock"], None) for state in states]
    )
