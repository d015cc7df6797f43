"""How a project file is built: what keeps the journal, and what tells an altered file from one of ours."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from qualcase.storage.sqlite.words import look_at_words

if TYPE_CHECKING:
    from sqlalchemy import Connection

TRIGGERS = {
    "operation_stays": """
        CREATE TRIGGER operation_stays BEFORE DELETE ON operation
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END
    """,
    # The one change allowed is a redaction: the body goes and leaves its hash.
    "operation_is_final": """
        CREATE TRIGGER operation_is_final BEFORE UPDATE ON operation
        WHEN NOT (
            NEW.body IS NULL AND NEW.nonce IS NULL AND NEW.body_hash IS NOT NULL AND OLD.body_hash IS NULL
            AND NEW.sequence IS OLD.sequence AND NEW.uid IS OLD.uid AND NEW.hash IS OLD.hash
            AND NEW.kind IS OLD.kind AND NEW.coder_id IS OLD.coder_id AND NEW.clock IS OLD.clock
            AND NEW.codebook_version IS OLD.codebook_version AND NEW.target IS OLD.target
            AND NEW.parents IS OLD.parents
        )
        BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END
    """,
}


# Names that begin with "sqlite_" are SQLite's own; a wildcard would also let "sqliteX" through. Shadow
# tables are the word index's own.
_STRUCTURE = (
    """
    SELECT t.name, t.type, t.ncol, t.wr, t.strict FROM pragma_table_list AS t
    WHERE t.schema = 'main' AND t.type <> 'shadow' AND substr(t.name, 1, 7) <> 'sqlite_' ORDER BY t.name
    """,
    """
    SELECT t.name, c.cid, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden
    FROM pragma_table_list AS t, pragma_table_xinfo(t.name) AS c
    WHERE t.schema = 'main' AND t.type <> 'shadow' AND substr(t.name, 1, 7) <> 'sqlite_'
    ORDER BY t.name, c.cid
    """,
    """
    SELECT t.name, f."table", f."from", f."to", f.on_update, f.on_delete, f."match"
    FROM pragma_table_list AS t, pragma_foreign_key_list(t.name) AS f
    WHERE t.schema = 'main' ORDER BY t.name, f."from", f."table", f."to"
    """,
    """
    SELECT t.name, CASE i.origin WHEN 'c' THEN i.name END, i.origin, i."unique", i.partial,
           x.seqno, x.cid, x."desc", x.coll, x."key"
    FROM pragma_table_list AS t, pragma_index_list(t.name) AS i, pragma_index_xinfo(i.name) AS x
    WHERE t.schema = 'main' AND t.type <> 'shadow' AND substr(t.name, 1, 7) <> 'sqlite_'
    ORDER BY t.name, i.origin, i.name, x.seqno
    """,
    """
    SELECT name, substr(sql, instr(upper(sql), ' WHERE ')) FROM sqlite_schema
    WHERE type = 'index' AND instr(upper(sql), ' WHERE ') ORDER BY name
    """,
    """
    SELECT type, name, tbl_name, sql FROM sqlite_schema
    WHERE type IN ('trigger', 'view')
        OR (type = 'table' AND (instr(upper(sql), 'CHECK') OR instr(upper(sql), 'VIRTUAL')))
    ORDER BY type, name
    """,
)


FINGERPRINT = "393dfc50e29764ab6d96012caae2ac5b7de395dd2080bb8f3ec953064e6f02ce"


def fingerprint(connection: Connection) -> str:
    """Return the SHA-256 of the file's structure: tables, columns, references, indexes, triggers, views.

    It reads what SQLite understood of the definitions, not their wording, so that another version of a
    library that writes them differently does not lock anybody out of a project.
    """
    digest = hashlib.sha256()
    for query in _STRUCTURE:
        for row in connection.exec_driver_sql(query):
            digest.update("\x1f".join(" ".join(str(part).split()) for part in row).encode() + b"\n")
    return digest.hexdigest()


def has_strange_parts(connection: Connection) -> bool:
    """Tell whether a file of any format has triggers or views that are not ours and could act on a write."""
    query = "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')"
    return any(name not in TRIGGERS for (name,) in connection.exec_driver_sql(query))


def count_rows(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has; those that an index of words keeps for itself are left out."""
    query = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    names = [name for (name,) in connection.exec_driver_sql(query) if not name.startswith("sqlite_")]
    quoted = {name: name.replace('"', '""') for name in names}
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{quoted[name]}"').scalar_one()  # noqa: S608 - the file's own names
        for name in names
    }


def name_revision(connection: Connection, revision: str) -> None:
    """Note the migration that a new file starts at, in the table that Alembic reads."""
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version "
        "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision}')")  # noqa: S608 - a constant


def integrity_problems(connection: Connection) -> list[str]:
    """Return what SQLite's own checks find wrong: pages, indexes, and references that lead nowhere."""
    look_at_words(connection)
    found = [
        str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)") if row[0] != "ok"
    ]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
    return found + [f"row {row[1]} of {row[0]} points to a missing {row[2]}" for row in broken]


def page_problems(connection: Connection) -> list[str]:
    """Return what a quick look at the pages finds wrong."""
    rows = connection.exec_driver_sql("PRAGMA quick_check(20)")
    return [str(row[0]) for row in rows if row[0] != "ok"]
