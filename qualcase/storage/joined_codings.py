"""Merging codings as sets: thousands arrive in a few statements, and only what both touched is compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcase.model.identity import decode_uid, encode_uid
from qualcase.storage import sqlite
from qualcase.storage.joining import Held
from qualcase.storage.records import RECORDS, chunks
from qualcase.storage.stated import PLACE_FIELDS, PLACED_BY, find_stated
from qualcase.storage.version_numbers import TEXT_VERSION, VERSION, number_again
from qualcase.storage.view import translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import Connection

    from qualcase.storage.joining import Side
    from qualcase.storage.view import View

_CODING = RECORDS["coding"]
_COLUMNS = tuple(column for column, _ in _CODING.references.values())
_PLAIN = _CODING.plain
_TOUCHED = """
    CREATE TEMP TABLE touched AS
    SELECT k.uid, EXISTS (SELECT 1 FROM main.coding AS c WHERE c.uid = k.uid) AS known, 0 AS by_both
    FROM other.coding AS k
    WHERE EXISTS (SELECT 1 FROM temp.acts AS a WHERE a.theirs IN (k.since, k.until) AND a.arriving)
    GROUP BY k.uid
"""
_KEPT = """
    INSERT INTO temp.touched (uid, known, by_both)
    SELECT DISTINCT k.uid, 1, 0 FROM other.coding AS k
    WHERE k.uid = ? AND EXISTS (SELECT 1 FROM main.coding AS c WHERE c.uid = k.uid)
    AND NOT EXISTS (SELECT 1 FROM temp.touched AS t WHERE t.uid = k.uid)
"""
_BY_BOTH = """
    UPDATE temp.touched SET by_both = 1 WHERE known AND EXISTS (
        SELECT 1 FROM main.coding AS c WHERE c.uid = touched.uid AND (
            c.since NOT IN (SELECT ours FROM temp.acts WHERE NOT arriving)
            OR c.until NOT IN (SELECT ours FROM temp.acts WHERE NOT arriving)
        )
    )
"""
_LAST = """
    CREATE TEMP TABLE fresh AS SELECT f.id, coalesce(b.base, f.id) AS base
    FROM (SELECT max(k.id) AS id, k.uid FROM other.coding AS k
          JOIN temp.touched AS t ON t.uid = k.uid AND NOT t.known GROUP BY k.uid) AS f
    LEFT JOIN temp.stated AS b ON b.copy = 'other' AND b.uid = f.uid
"""
_END_LAST = "UPDATE main.coding SET until = ? WHERE id = (SELECT max(id) FROM main.coding WHERE uid = ?)"
_ENDED_BY = "SELECT until FROM main.coding WHERE id = (SELECT max(id) FROM main.coding WHERE uid = ?)"
_RENUMBER = """
    UPDATE main.coding SET codebook_version = r.now FROM temp.renumbered AS r
    WHERE r.copy = 'main' AND r.code = coding.code_id AND r.was = coding.codebook_version
"""
_KEYED = sorted({target for _, target in _CODING.references.values()})
_TEMPORARY = ("touched", "fresh", "acts", "renumbered", "stated", *(f"keys_of_{name}" for name in _KEYED))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many codings a merge adds, changes and removes."""

    added: int = 0
    changed: int = 0
    removed: int = 0


def find_touched(connection: Connection, kept: Iterable[str] = ()) -> None:
    """Make temporary tables of the codings that arriving acts wrote: those known here, and the fresh ones.

    Those of which earlier merges `kept` words, or that arriving acts changed without a state of theirs being
    left, are looked at, too, where both copies have them.
    """
    for schema in ("main", "other"):
        find_stated(connection, schema)
    for table in ("touched", "fresh"):
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{table}")
    connection.exec_driver_sql(_TOUCHED)
    connection.exec_driver_sql("CREATE UNIQUE INDEX temp.touched_uid ON touched (uid)")
    uids = [(decode_uid(uid),) for uid in set(kept)]
    if uids:
        connection.exec_driver_sql(_KEPT, uids)
    connection.exec_driver_sql(_BY_BOTH)
    connection.exec_driver_sql(_LAST)


def drop_temporary(connection: Connection) -> None:
    """Remove the temporary tables of a merge."""
    for table in _TEMPORARY:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{table}")


def read_known(connection: Connection, schema: str, uids: Mapping[str, Mapping[int, str]]) -> dict[str, Held]:
    """Return one copy's last states of the codings that both have and the other one touched.

    Their places are those that acts gave them, wherever merges have moved them since.
    `uids` gives that copy's records' uids by table and key.
    """
    names = [*_PLAIN, *_COLUMNS]
    quoted = ", ".join(f'{"b" if name in PLACED_BY else "k"}."{name}"' for name in names)
    query = f"""
        SELECT k.uid, k.until, k.clock, s.uid, s.clock, u.uid, u.clock, {quoted}
        FROM {schema}.coding AS k
        JOIN (SELECT max(c.id) AS id FROM {schema}.coding AS c
              JOIN temp.touched AS t ON t.uid = c.uid AND t.known GROUP BY c.uid) AS last ON last.id = k.id
        LEFT JOIN temp.stated AS p ON p.copy = '{schema}' AND p.uid = k.uid
        JOIN {schema}.coding AS b ON b.id = coalesce(p.base, k.id)
        JOIN {schema}.operation AS s ON s.sequence = k.since
        LEFT JOIN {schema}.operation AS u ON u.sequence = k.until
    """  # noqa: S608 - names of our own schema
    found, unnamed = {}, {}
    for uid, until, clock, writer, written, ender, ended, *values in connection.exec_driver_sql(query):
        fields = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        for field, (column, target) in _CODING.references.items():
            fields[field] = uids[target][fields.pop(column)]
        stamp = (clock, encode_uid(writer)) if until is None else (ended, encode_uid(ender))
        key = encode_uid(uid)
        found[key] = Held("coding", key, fields, until is None, stamp)
        if until is None and written != clock:
            unnamed[key] = clock
    writers = _writers_at(connection, schema, set(unnamed.values()))
    for key, clock in unnamed.items():
        if clock in writers:
            found[key] = replace(found[key], stamp=(clock, writers[clock]))
    return found


def _writers_at(connection: Connection, schema: str, clocks: set[int]) -> dict[int, str]:
    # A coding that a merge moved or joined still bears the clock of the last act that wrote it.
    found: dict[int, str] = {}
    for part in chunks(clocks):
        marks = ", ".join("?" for _ in part)
        query = f"SELECT clock, max(uid) FROM {schema}.operation WHERE clock IN ({marks}) GROUP BY clock"  # noqa: S608 - ours
        rows = connection.exec_driver_sql(query, part)
        found |= {clock: encode_uid(uid) for clock, uid in rows}
    return found


def find_written_by_both(connection: Connection) -> set[str]:
    """Return the codings that both copies changed, whether or not it was the same that they changed."""
    rows = sqlite.plain_rows(connection, "SELECT uid FROM temp.touched WHERE by_both")
    return {encode_uid(uid) for (uid,) in rows}


def used_by_others(connection: Connection, uids: Mapping[str, Mapping[str, Mapping[int, str]]]) -> set[str]:
    """Return what the codings that are not compared rest on, but for texts; `uids` as above, by copy."""
    found: set[str] = set()
    for column, target in _CODING.references.values():
        if target == TEXT_VERSION:
            continue
        ours = (
            f"SELECT DISTINCT k.{column} FROM main.coding AS k WHERE k.until IS NULL "  # noqa: S608 - ours
            "AND NOT EXISTS (SELECT 1 FROM temp.touched AS t WHERE t.uid = k.uid AND t.known)"
        )
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


def set_keys(
    connection: Connection, uids: Mapping[str, Mapping[int, str]], ours: Callable[[str, str], int]
) -> None:
    """Make temporary tables of this file's keys for the other's records on which codings rest.

    `uids` are the other's by key, `ours` gives the key here, of a kind and a uid. Each kind has a table of
    its own: a key alone is found in half the time, and every coding asks for five.
    """
    for name in _KEYED:
        table = f"temp.keys_of_{name}"
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")
        connection.exec_driver_sql(f"CREATE TABLE {table} (theirs INTEGER PRIMARY KEY, ours INTEGER)")
        rows = [(key, ours(name, uid)) for key, uid in uids[name].items()]
        if rows:
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES (?, ?)", rows)  # noqa: S608 - ours


def write_fresh(connection: Connection, now: int) -> int:
    """Take in the codings that this file never had, deleted ones too; return how many are alive."""
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM main.coding").scalar_one()
    plain = ", ".join(f'"{name}"' for name in _PLAIN)
    numbered = "coalesce(r.now, k.codebook_version)"
    chosen = ", ".join(
        numbered if name == VERSION else f'{"b" if name in PLACED_BY else "k"}."{name}"' for name in _PLAIN
    )
    joins = " ".join(
        f"JOIN temp.keys_of_{target} AS {field}_ "
        f"ON {field}_.theirs = {'b' if column in PLACED_BY else 'k'}.{column}"
        for field, (column, target) in _CODING.references.items()
    )
    mapped = ", ".join(f"{field}_.ours" for field in _CODING.references)
    connection.exec_driver_sql(
        f"INSERT INTO main.coding (uid, {plain}, {', '.join(_COLUMNS)}, since, until, clock) "  # noqa: S608 - ours
        f"SELECT k.uid, {chosen}, {mapped}, s.ours, u.ours, k.clock "
        "FROM temp.fresh AS f JOIN other.coding AS k ON k.id = f.id JOIN other.coding AS b ON b.id = f.base "
        f"{joins} JOIN temp.acts AS s ON s.theirs = b.since LEFT JOIN temp.acts AS u ON u.theirs = k.until "
        "LEFT JOIN temp.renumbered AS r "
        "ON r.copy = 'other' AND r.code = k.code_id AND r.was = k.codebook_version ORDER BY k.id"
    )
    _begin_again(connection, last, now)
    query = "SELECT count(*) FROM temp.fresh AS f JOIN other.coding AS k ON k.id = f.id WHERE k.until IS NULL"
    return int(connection.exec_driver_sql(query).scalar_one())


def _begin_again(connection: Connection, last: int, now: int) -> None:
    """Let the states after a key that a merge had moved begin now, and keep what the acts said of them."""
    names = ", ".join(f'"{name}"' for name in ("uid", *_PLAIN, *_COLUMNS, "clock"))
    moved = "until IS NULL AND uid IN (SELECT uid FROM temp.stated WHERE copy = 'other')"
    rows = connection.exec_driver_sql(
        f"INSERT INTO main.coding ({names}, since) SELECT {names}, ? FROM main.coding "  # noqa: S608 - ours
        f"WHERE id > ? AND {moved} ORDER BY id",
        (now, last),
    ).rowcount
    if rows:
        query = f"UPDATE main.coding SET until = since WHERE id > ? AND since <> ? AND {moved}"  # noqa: S608 - ours
        connection.exec_driver_sql(query, (last, now))


class _Origin(NamedTuple):
    """Where the other copy's state of a coding comes from, by places in this file's journal.

    `since` is the act that gave it its place, `until` the one that deleted it; `arrived` says that this file
    had not that act, `moved` that a merge has moved the coding since, in either copy.
    """

    since: int
    until: int | None
    arrived: bool
    moved: bool


_ORIGINS = """
    SELECT k.uid, s.ours, u.ours, s.arriving, p.base IS NOT NULL OR q.base IS NOT NULL
    FROM other.coding AS k
    JOIN (SELECT max(c.id) AS id FROM other.coding AS c
          JOIN temp.touched AS t ON t.uid = c.uid AND t.known GROUP BY c.uid) AS last ON last.id = k.id
    LEFT JOIN temp.stated AS p ON p.copy = 'other' AND p.uid = k.uid
    LEFT JOIN temp.stated AS q ON q.copy = 'main' AND q.uid = k.uid
    JOIN other.coding AS b ON b.id = coalesce(p.base, k.id)
    JOIN temp.acts AS s ON s.theirs = b.since LEFT JOIN temp.acts AS u ON u.theirs = k.until
"""


def write_known(
    connection: Connection,
    view: View,
    sides: tuple[Side, Side],
    keys: Mapping[str, Mapping[str, int]],
    now: int,
) -> Tally:
    """Bring the codings that both had to what the view shows; `now` is the merge's place in the journal.

    A new state begins where the other's did, if it is the other's. Where it is not, or a merge has moved the
    coding before, it begins now, so that whoever has not this merge sees that there is something to take; and
    what the act said of the place is kept as a row that never holds. So is what was said of a coding by who
    did not know that it is deleted: it may be brought back.
    """
    ours, theirs = sides
    origins = {encode_uid(uid): _Origin(*rest) for uid, *rest in connection.exec_driver_sql(_ORIGINS)}
    changed = [uid for uid in origins if _is_other(view, ours.held[uid], view.held[uid])]
    ends: list[tuple[int | None, bytes]] = []
    rows: list[tuple[Any, ...]] = []
    kept: list[tuple[Any, ...]] = []
    gone: list[tuple[Any, ...]] = []
    added = removed = 0
    for uid in changed:
        new, old, origin = view.held[uid], ours.held[uid], origins[uid]
        begins, tells = now, new.alive or _says_other(view, old, new)
        if tells and origin.arrived and _has_place(view, new, theirs.held[uid]):
            if new.alive and not origin.moved and not _is_other(view, theirs.held[uid], new):
                begins = origin.since
            else:
                kept.append(_row(new, keys, origin.since, origin.since))
        if tells:
            (rows if new.alive else gone).append(_row(new, keys, begins))
        added += new.alive and not old.alive
        removed += old.alive and not new.alive
        if old.alive or (new.stamp != old.stamp and not new.alive):
            ends.append((begins if new.alive else origin.until, decode_uid(uid)))
    if ends:
        connection.exec_driver_sql(_END_LAST, ends)
    rows += [(*row[:-1], _ended_by(connection, row[0])) for row in gone]
    insert_states(connection, kept)
    insert_states(connection, rows)
    return Tally(added, len(changed) - added - removed, removed)


def _ended_by(connection: Connection, uid: bytes) -> int:
    return int(connection.exec_driver_sql(_ENDED_BY, (uid,)).scalar_one())


def _is_other(view: View, old: Held, new: Held) -> bool:
    return new.stamp != old.stamp or _says_other(view, old, new)


def _says_other(view: View, old: Held, new: Held) -> bool:
    return number_again(translate(old.fields, view.canon), view.numbers) != new.fields


def _has_place(view: View, new: Held, theirs: Held) -> bool:
    place = translate({name: theirs.fields.get(name) for name in PLACE_FIELDS}, view.canon)
    return all(new.fields.get(name) == value for name, value in place.items())


def _row(
    held: Held, keys: Mapping[str, Mapping[str, int]], since: int, until: int | None = None
) -> tuple[Any, ...]:
    plain = (held.fields.get(name) for name in _PLAIN)
    linked = (keys[target][held.fields[field]] for field, (_, target) in _CODING.references.items())
    return (decode_uid(held.uid), *plain, *linked, since, held.stamp[0], until)


def insert_states(connection: Connection, rows: list[tuple[Any, ...]]) -> None:
    """Write states of codings: uid, plain fields, keys of what they rest on, since, clock, until."""
    if not rows:
        return
    names = ", ".join(f'"{name}"' for name in ("uid", *_PLAIN, *_COLUMNS, "since", "clock", "until"))
    marks = ", ".join("?" for _ in rows[0])
    connection.exec_driver_sql(f"INSERT INTO main.coding ({names}) VALUES ({marks})", rows)  # noqa: S608 - ours
