"""Merging codings as sets: thousands arrive in a few statements, and only what both touched is compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcase.model.identity import decode_uid, encode_uid
from qualcase.storage.joining import Held
from qualcase.storage.records import RECORDS
from qualcase.storage.version_numbers import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from qualcase.storage.view import View

_CODING = RECORDS["coding"]
_COLUMNS = tuple(column for column, _ in _CODING.references.values())
_PLAIN = _CODING.plain
_TOUCHED = """
    CREATE TEMP TABLE touched AS
    SELECT DISTINCT k.uid, EXISTS (SELECT 1 FROM main.coding AS c WHERE c.uid = k.uid) AS known
    FROM other.coding AS k
    WHERE k.since IN (SELECT theirs FROM temp.acts WHERE arriving)
       OR k.until IN (SELECT theirs FROM temp.acts WHERE arriving)
"""
_LAST = """
    CREATE TEMP TABLE fresh AS SELECT max(k.id) AS id
    FROM other.coding AS k JOIN temp.touched AS t ON t.uid = k.uid AND NOT t.known GROUP BY k.uid
"""
_END_LAST = "UPDATE main.coding SET until = ? WHERE id = (SELECT max(id) FROM main.coding WHERE uid = ?)"
_RENUMBER = """
    UPDATE main.coding SET codebook_version = r.now FROM temp.renumbered AS r
    WHERE r.copy = 'main' AND r.code = coding.code_id AND r.was = coding.codebook_version
"""
_TEMPORARY = ("touched", "fresh", "keys", "acts", "renumbered")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many codings a merge adds, changes and removes."""

    added: int = 0
    changed: int = 0
    removed: int = 0


def find_touched(connection: Connection) -> None:
    """Make temporary tables of the codings that arriving acts wrote: those known here, and the fresh ones."""
    for table in ("touched", "fresh"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{table}")
    connection.exec_driver_sql(_TOUCHED)
    connection.exec_driver_sql("CREATE UNIQUE INDEX temp.touched_uid ON touched (uid)")
    connection.exec_driver_sql(_LAST)


def drop_temporary(connection: Connection) -> None:
    """Remove the temporary tables of a merge."""
    for table in _TEMPORARY:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{table}")


def read_known(connection: Connection, schema: str, uids: Mapping[str, Mapping[int, str]]) -> dict[str, Held]:
    """Return one copy's last states of the codings that both have and the other one touched.

    `uids` gives that copy's records' uids by table and key.
    """
    names = [*_PLAIN, *_COLUMNS]
    quoted = ", ".join(f'k."{name}"' for name in names)
    query = f"""
        SELECT k.uid, k.until, k.clock, s.uid, s.clock, u.uid, u.clock, {quoted}
        FROM {schema}.coding AS k
        JOIN (SELECT max(c.id) AS id FROM {schema}.coding AS c
              JOIN temp.touched AS t ON t.uid = c.uid AND t.known GROUP BY c.uid) AS last ON last.id = k.id
        JOIN {schema}.operation AS s ON s.sequence = k.since
        LEFT JOIN {schema}.operation AS u ON u.sequence = k.until
    """  # noqa: S608 - names of our own schema
    found = {}
    for uid, until, clock, writer, written, ender, ended, *values in connection.exec_driver_sql(query):
        fields = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        for field, (column, target) in _CODING.references.items():
            fields[field] = uids[target][fields.pop(column)]
        if until is not None:
            stamp = (ended, encode_uid(ender))
        elif written == clock:
            stamp = (clock, encode_uid(writer))
        else:
            stamp = (clock, _writer_at(connection, schema, clock) or encode_uid(writer))
        key = encode_uid(uid)
        found[key] = Held("coding", key, fields, until is None, stamp)
    return found


def _writer_at(connection: Connection, schema: str, clock: int) -> str | None:
    # A coding that a merge moved to a corrected text still bears the clock of the act that made it so.
    query = f"SELECT max(uid) FROM {schema}.operation WHERE clock = ?"  # noqa: S608 - ours
    uid = connection.exec_driver_sql(query, (clock,)).scalar()
    return None if uid is None else encode_uid(uid)


def used_by_others(connection: Connection, uids: Mapping[str, Mapping[str, Mapping[int, str]]]) -> set[str]:
    """Return what the codings that are not compared rest on; `uids` as above, by copy."""
    found: set[str] = set()
    for column, target in _CODING.references.values():
        ours = f"SELECT DISTINCT {column} FROM main.coding WHERE until IS NULL"  # noqa: S608 - ours
        theirs = (
            f"SELECT DISTINCT k.{column} FROM other.coding AS k JOIN temp.fresh AS f ON f.id = k.id "  # noqa: S608 - ours
            "WHERE k.until IS NULL"
        )
        for schema, query in (("main", ours), ("other", theirs)):
            found.update(uids[schema][target][key] for (key,) in connection.exec_driver_sql(query))
    return found


def renumber(connection: Connection, versions: Iterable[tuple[str, int, int, int]]) -> None:
    """Give this file's codings the numbers that their versions have since, and note those of the other's.

    `versions` are copy, key of a code, number before and number since.
    """
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.renumbered")
    connection.exec_driver_sql(
        "CREATE TEMP TABLE renumbered "
        "(copy TEXT, code INTEGER, was INTEGER, now INTEGER, PRIMARY KEY (copy, code, was))"
    )
    rows = list(versions)
    if rows:
        connection.exec_driver_sql("INSERT INTO temp.renumbered VALUES (?, ?, ?, ?)", rows)
    if any(row[0] == "main" for row in rows):
        connection.exec_driver_sql(_RENUMBER)


def repoint(connection: Connection, record: str, pairs: Iterable[tuple[int, int]]) -> None:
    """Let this file's codings, and for speakers its turns, rest on another record than they did."""
    both = [(new, old) for old, new in pairs]
    for column, target in _CODING.references.values():
        if target == record:
            for pair in both:
                connection.exec_driver_sql(f"UPDATE coding SET {column} = ? WHERE {column} = ?", pair)  # noqa: S608 - ours
    if record == "speaker":
        for pair in both:
            connection.exec_driver_sql("UPDATE turn SET speaker_id = ? WHERE speaker_id = ?", pair)


def set_keys(connection: Connection, keys: Iterable[tuple[str, int, int]]) -> None:
    """Make the temporary table that gives this file's key for each key of the other's records."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS temp.keys")
    connection.exec_driver_sql(
        "CREATE TEMP TABLE keys (record TEXT, theirs INTEGER, ours INTEGER, PRIMARY KEY (record, theirs))"
    )
    connection.exec_driver_sql("INSERT INTO temp.keys VALUES (?, ?, ?)", list(keys))


def write_fresh(connection: Connection) -> int:
    """Take in the codings that this file never had, deleted ones too; return how many are alive."""
    plain = ", ".join(f'"{name}"' for name in _PLAIN)
    numbered = "coalesce(r.now, k.codebook_version)"
    chosen = ", ".join(numbered if name == VERSION else f'k."{name}"' for name in _PLAIN)
    joins = " ".join(
        f"JOIN temp.keys AS {field}_ ON {field}_.record = '{target}' AND {field}_.theirs = k.{column}"
        for field, (column, target) in _CODING.references.items()
    )
    mapped = ", ".join(f"{field}_.ours" for field in _CODING.references)
    connection.exec_driver_sql(
        f"INSERT INTO main.coding (uid, {plain}, {', '.join(_COLUMNS)}, since, until, clock) "  # noqa: S608 - ours
        f"SELECT k.uid, {chosen}, {mapped}, s.ours, u.ours, k.clock "
        "FROM temp.fresh AS f JOIN other.coding AS k ON k.id = f.id "
        f"{joins} JOIN temp.acts AS s ON s.theirs = k.since LEFT JOIN temp.acts AS u ON u.theirs = k.until "
        "LEFT JOIN temp.renumbered AS r "
        "ON r.copy = 'other' AND r.code = k.code_id AND r.was = k.codebook_version ORDER BY k.id"
    )
    query = "SELECT count(*) FROM temp.fresh AS f JOIN other.coding AS k ON k.id = f.id WHERE k.until IS NULL"
    return int(connection.exec_driver_sql(query).scalar_one())


def write_known(
    connection: Connection, view: View, ours: Mapping[str, Held], keys: Mapping[str, Mapping[str, int]]
) -> Tally:
    """Bring the codings that both had to what the view shows; a new state begins where the other's did."""
    places = {
        encode_uid(uid): (since, until)
        for uid, since, until in connection.exec_driver_sql(
            "SELECT k.uid, s.ours, u.ours FROM other.coding AS k "
            "JOIN (SELECT max(c.id) AS id FROM other.coding AS c "
            "JOIN temp.touched AS t ON t.uid = c.uid AND t.known GROUP BY c.uid) AS last ON last.id = k.id "
            "JOIN temp.acts AS s ON s.theirs = k.since LEFT JOIN temp.acts AS u ON u.theirs = k.until"
        )
    }
    changed = [uid for uid, old in ours.items() if view.held[uid].stamp != old.stamp]
    ends, rows = [], []
    added = removed = 0
    for uid in changed:
        new, old, (since, until) = view.held[uid], ours[uid], places[uid]
        ends.append((since if new.alive else until, decode_uid(uid)))
        if new.alive:
            rows.append(_row(new, keys, since))
            added += not old.alive
        else:
            removed += old.alive
    gone = [
        end for end, uid in zip(ends, changed, strict=True) if ours[uid].alive or not view.held[uid].alive
    ]
    if gone:
        connection.exec_driver_sql(_END_LAST, gone)
    insert_states(connection, rows)
    return Tally(added, len(changed) - added - removed, removed)


def _row(held: Held, keys: Mapping[str, Mapping[str, int]], since: int) -> tuple[Any, ...]:
    plain = (held.fields.get(name) for name in _PLAIN)
    linked = (keys[target][held.fields[field]] for field, (_, target) in _CODING.references.items())
    return (decode_uid(held.uid), *plain, *linked, since, held.stamp[0])


def insert_states(connection: Connection, rows: list[tuple[Any, ...]]) -> None:
    """Write present states of codings: uid, plain fields, keys of what they rest on, since, clock."""
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in ("uid", *_PLAIN, *_COLUMNS, "since", "clock"))
    marks = ", ".join("?" for _ in rows[0])
    connection.exec_driver_sql(f"INSERT INTO main.coding ({names}) VALUES ({marks})", rows)  # noqa: S608 - ours
