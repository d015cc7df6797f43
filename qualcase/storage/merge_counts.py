"""What a merge did, in numbers: what is told of it, and what has to add up before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.storage.errors import MergeCountError
from qualcase.storage.joined_records import same_parts
from qualcase.storage.parts import PLACE, part_of
from qualcase.storage.records import RECORDS
from qualcase.storage.staging import BEFORE_ANY_ACT
from qualcase.storage.version_numbers import NUMBERED, number_again

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from qualcase.model.operation import Fields
    from qualcase.storage import grafting
    from qualcase.storage.joined_codings import Tally
    from qualcase.storage.joining import Side
    from qualcase.storage.merging import Merged
    from qualcase.storage.view import View


def live_codings(connection: Connection) -> int:
    """Return how many codings this file has that are not deleted."""
    query = "SELECT count(*) FROM main.coding WHERE until IS NULL"
    return int(connection.exec_driver_sql(query).scalar_one())


def under_retired(connection: Connection) -> dict[str, int]:
    """Return how many codings bear each retired code, by its handle."""
    query = (
        "SELECT c.handle, count(*) FROM main.code AS c JOIN main.coding AS k ON k.code_id = c.id "
        "WHERE c.status <> 'active' AND k.until IS NULL AND c.deleted = 0 GROUP BY c.id"
    )
    return {str(code): int(count) for code, count in connection.exec_driver_sql(query)}


def count_records(merged: Merged, view: View, ours: Side) -> None:
    """Count what the view adds, changes and removes among the records that are no codings."""
    before = {
        view.name_of(uid): held
        for uid, held in ours.held.items()
        if held.alive and held.record not in {"coder", "coding"}
    }
    after = {
        uid: held for uid, held in view.held.items() if held.alive and held.record not in {"coder", "coding"}
    }
    for uid, held in after.items():
        if uid not in before:
            merged.added[held.record] = merged.added.get(held.record, 0) + 1
        elif held.record not in NUMBERED and not same_parts(
            _told(view, uid, held.fields),
            _told(view, uid, number_again(before[uid].fields, view.numbers)),
            view.canon,
        ):
            merged.changed[held.record] = merged.changed.get(held.record, 0) + 1
    for uid in before.keys() - after.keys():
        record = before[uid].record
        merged.removed[record] = merged.removed.get(record, 0) + 1


def _told(view: View, uid: str, fields: Fields) -> Fields:
    # Where kept words are follows from what they were written of.
    if uid not in view.copies:
        return fields
    return {name: value for name, value in fields.items() if part_of(name) != PLACE}


def check_counts(connection: Connection, graft: grafting.Graft, before: int, tally: Tally) -> None:
    """Raise MergeCountError where something of the other copy is not here, or codings do not add up."""
    missing = [
        name
        for name, record in RECORDS.items()
        if _count(connection, _MISSING.format(name) + ("" if record.temporal else _STAGED_ASIDE))
    ]
    missing += ["operation"] if _count(connection, _MISSING.format("operation")) else []
    live = live_codings(connection)
    places = _count(connection, "SELECT count(*) FROM main.operation")
    if missing or live != before + tally.added - tally.removed or places != graft.last + graft.count:
        what = (
            f"{missing[0]} rows are missing"
            if missing
            else f"{live} codings are not as many as there should be"
        )
        raise MergeCountError(f"The merge does not add up ({what}); nothing was changed.")


_MISSING = """
    SELECT count(*) FROM other."{0}" AS o WHERE NOT EXISTS (SELECT 1 FROM main."{0}" AS m WHERE m.uid = o.uid)
"""
# What an import that was killed has left there is nobody's act.
_STAGED_ASIDE = f" AND NOT (o.deleted = 1 AND o.clock = {BEFORE_ANY_ACT})"


def _count(connection: Connection, query: str) -> Any:  # noqa: ANN401 - a number
    return connection.exec_driver_sql(query).scalar_one()
