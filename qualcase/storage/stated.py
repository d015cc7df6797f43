"""The places of codings as acts gave them, where merges have since moved them to corrected texts.

A merge moves a coding by a row of its own, which begins with the merge. What an act said of the place is
still there: in the last row that an act wrote and in which the place is not the one of the row before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.storage import sqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection

PLACE_FIELDS = ("text", "start", "end", "state")
PLACED_BY = ("text_id", "start", "end", "state")
_TABLE = """
    CREATE TEMP TABLE IF NOT EXISTS stated (
        copy TEXT, uid BLOB, base INTEGER, PRIMARY KEY (copy, uid)
    )
"""
_MERGES = "SELECT sequence FROM {0}.operation WHERE kind = 'merge'"
_STATED = """
    INSERT INTO temp.stated
    SELECT '{0}', uid, max(id) FROM (
        SELECT k.id, k.uid, k.since IN ({1}) AS moved, k.since IS lag(k.until) OVER rows
            AND k.text_id IS lag(k.text_id) OVER rows AND k.start IS lag(k.start) OVER rows
            AND k."end" IS lag(k."end") OVER rows AND k.state IS lag(k.state) OVER rows AS kept
        FROM {0}.coding AS k
        WHERE k.uid IN (SELECT m.uid FROM {0}.coding AS m WHERE m.since IN ({1}))
        WINDOW rows AS (PARTITION BY k.uid ORDER BY k.id)
    ) WHERE NOT moved AND NOT kept GROUP BY uid
"""


def find_stated(connection: Connection, schema: str) -> None:
    """Note in the temporary table `stated` which row has the place as an act gave it, of codings moved since.

    Those of which it says nothing are where their last row has them.
    """
    connection.exec_driver_sql(_TABLE)
    connection.exec_driver_sql("DELETE FROM temp.stated WHERE copy = ?", (schema,))
    merges = ", ".join(str(row[0]) for row in sqlite.plain_rows(connection, _MERGES.format(schema)))
    if merges:
        connection.exec_driver_sql(_STATED.format(schema, merges))
