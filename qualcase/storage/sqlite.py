"""All that is SQLite's own: driver, file, pragmas, locking, triggers, and the checks at the door."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from qualcase.storage.errors import (
    NewerProjectError,
    NotAProjectError,
    ProjectExistsError,
    ProjectMissingError,
)

try:
    from pysqlite3 import dbapi2 as driver
except ImportError:  # Elsewhere than on Linux the interpreter's own SQLite serves.
    import sqlite3 as driver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x51434153  # "QCAS"
USER_VERSION = 3
_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_WAL_SAFE = (3, 51, 3)  # Before it, WAL could lose a reset and corrupt the file.
# Less loses acknowledged acts in a power cut; only tests that need no durability lower it.
SYNCHRONOUS = "FULL"
_BUSY_MILLISECONDS = 5000

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

# Words come to it folded, one blank between two, so its own tokenizer has nothing left to decide. It keeps
# no text (content is empty): what was found is read from the texts themselves.
WORD_INDEX = "CREATE VIRTUAL TABLE segment_words USING fts5(words, content='', tokenize='ascii')"

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
FINGERPRINT = "1e5d0170085c3f79126e31a1ba53993433b299fd540c18c471bf34d1d8d0b137"


def refuse_existing(path: Path) -> None:
    """Raise ProjectExistsError where anything stands at a path, a dangling link included."""
    if path.exists() or path.is_symlink():
        message = f"{path} already exists."
        raise ProjectExistsError(message, hint="Give the new project another name.")


def place_file(draft: Path, path: Path) -> None:
    """Give a finished draft its name, never replacing anything, and make the name survive a power cut."""
    try:
        os.link(draft, path)
    except FileExistsError:
        refuse_existing(path)
        raise
    except OSError:  # Some file systems know no links.
        refuse_existing(path)
        draft.rename(path)
    with contextlib.suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def create_file(path: Path) -> None:
    """Make an empty file that only its owner may read; ProjectMissingError where that cannot be done."""
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)
    try:
        os.close(os.open(path, flags, 0o600))
    except OSError as error:
        message = f"{path} cannot be made: {error.strerror}."
        raise ProjectMissingError(message) from None


def check_header(path: Path) -> int:
    """Return the schema number of a project file, before any of it is trusted.

    Raises ProjectMissingError, NotAProjectError, or NewerProjectError.
    """
    header = _read_header(path)
    ours = header[:16] == _MAGIC and int.from_bytes(header[68:72], "big") == APPLICATION_ID
    if len(header) < _HEADER_BYTES or not ours:
        message = f"{path} is not a qualcase project."
        raise NotAProjectError(message)
    version = int.from_bytes(header[60:64], "big")
    if version > USER_VERSION:
        formats = f"format {version}; this one reads up to {USER_VERSION}"
        message = f"{path} was written by a newer qualcase ({formats})."
        raise NewerProjectError(message, hint="Upgrade qualcase.")
    return version


def _read_header(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            message = f"{path} is not a file."
            raise NotAProjectError(message)
        with path.open("rb") as file:
            return file.read(_HEADER_BYTES)
    except FileNotFoundError:
        message = f"There is no project at {path}."
        raise ProjectMissingError(message, hint=f"Make one: qualcase new {path}") from None
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise ProjectMissingError(message) from None


def connect_file(path: Path) -> Engine:
    """Return an engine over one connection to a project file, with the pragmas that were measured to matter.

    The file is not written to by this; `set_journal_mode` comes once it is trusted.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: _open_connection(path),
        module=driver,
        poolclass=StaticPool,
    )
    event.listen(engine, "begin", _begin)
    return engine


def connect_unwritten(path: Path) -> Engine:
    """Return an engine over a file that nobody writes to meanwhile; it leaves nothing beside it."""
    name = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    return create_engine(
        "sqlite://", creator=lambda: _open_connection(name, uri=True), module=driver, poolclass=StaticPool
    )


def copy_pages(origin: Engine, copy: Engine) -> None:
    """Make one database what another is at this moment, whole or not at all."""
    with origin.connect() as source, copy.connect() as target:
        source_driver: Any = source.connection.driver_connection
        target_driver: Any = target.connection.driver_connection
        try:
            source_driver.backup(target_driver)
        except driver.Error as error:
            raise DatabaseError(None, None, error) from error


def page_problems(connection: Connection) -> list[str]:
    """Return what a quick look at the pages finds wrong."""
    rows = connection.exec_driver_sql("PRAGMA quick_check(20)")
    return [str(row[0]) for row in rows if row[0] != "ok"]


def plain_rows(connection: Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """Yield rows as the driver gives them: where there are tens of thousands, anything more is felt."""
    driver_connection: Any = connection.connection.driver_connection
    yield from driver_connection.execute(query)


def attach(engine: Engine, path: Path, name: str) -> None:
    """Let statements name the tables of another file as `name.table`."""
    with engine.connect() as connection:
        driver_connection: Any = connection.connection.driver_connection
        driver_connection.execute(f"ATTACH ? AS {name}", (str(path),))


def detach(engine: Engine, name: str) -> None:
    """Let go of another file."""
    with engine.connect() as connection:
        driver_connection: Any = connection.connection.driver_connection
        driver_connection.execute(f"DETACH {name}")


def _open_connection(path: Path | str, *, uri: bool = False) -> Any:  # noqa: ANN401 - a DB-API connection of either driver
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False, uri=uri)
    for pragma in (
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        f"synchronous = {SYNCHRONOUS}",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "temp_store = MEMORY",
        "cache_size = -65536",
    ):
        _set(connection, pragma)
    return connection


def _set(connection: Any, pragma: str) -> None:  # noqa: ANN401 - see above
    try:
        connection.execute(f"PRAGMA {pragma}")
    except driver.Error:
        connection.close()  # An open one would leave its files beside a project that cannot be read.
        raise


def safe_journal_mode(version: tuple[int, ...]) -> str:
    """Return the journal mode that a version of SQLite can be trusted with."""
    return "WAL" if version >= _WAL_SAFE else "DELETE"


def set_journal_mode(engine: Engine) -> None:
    """Let readers go on while somebody writes, where this SQLite does that without fault."""
    mode = safe_journal_mode(driver.sqlite_version_info)
    with engine.connect() as connection:
        driver_connection: Any = connection.connection.driver_connection
        driver_connection.execute(f"PRAGMA journal_mode = {mode}").fetchall()


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails when another writer came between.
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def stamp(connection: Connection) -> None:
    """Mark a file as a qualcase project of this format and add the triggers that keep the journal."""
    for name, trigger in TRIGGERS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(" ".join(trigger.split()))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {USER_VERSION}")


def name_revision(connection: Connection, revision: str) -> None:
    """Note the migration that a new file starts at, in the table that Alembic reads."""
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version "
        "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision}')")  # noqa: S608 - a constant


def enter_words(connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Enter the folded words of passages under their keys."""
    statement = "INSERT INTO segment_words (rowid, words) VALUES (?, ?)"
    connection.exec_driver_sql(statement, list(rows))


def empty_word_index(connection: Connection) -> None:
    """Take every word out of the index."""
    connection.exec_driver_sql("INSERT INTO segment_words (segment_words) VALUES ('delete-all')")


def find_words(connection: Connection, expression: str) -> list[int]:
    """Return the keys of the passages that an expression of FTS5 holds for, in order."""
    query = "SELECT rowid FROM segment_words WHERE segment_words MATCH ? ORDER BY rowid"
    return list(connection.exec_driver_sql(query, (expression,)).scalars())


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


@contextlib.contextmanager
def references_off(engine: Engine) -> Iterator[Connection]:
    """Give one writing transaction in which references are not enforced.

    While they are, rebuilding a table deletes the rows of other tables that point to it, silently.
    """
    with engine.connect() as connection:
        driver_connection: Any = connection.connection.driver_connection
        driver_connection.execute("PRAGMA foreign_keys = OFF")
        try:
            immediate = connection.execution_options(immediate=True)
            with immediate.begin():
                yield immediate
        finally:
            driver_connection.execute("PRAGMA foreign_keys = ON")


def overwrite_what_goes(connection: Connection) -> None:
    """Have this connection write zeros over whatever it deletes from now on."""
    connection.exec_driver_sql("PRAGMA secure_delete = ON")


def defer_references(connection: Connection) -> None:
    """Have this transaction check references when it ends, so that rows may come in any order."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


def foreign_writes(connection: Connection) -> int:
    """Return a number that changes when another connection has written to the file."""
    driver_connection: Any = connection.connection.driver_connection
    return int(driver_connection.execute("PRAGMA data_version").fetchone()[0])


def integrity_problems(connection: Connection) -> list[str]:
    """Return what SQLite's own checks find wrong: pages, indexes, and references that lead nowhere."""
    found = [
        str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)") if row[0] != "ok"
    ]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
    return found + [f"row {row[1]} of {row[0]} points to a missing {row[2]}" for row in broken]


def is_damage(error: BaseException) -> bool:
    """Tell whether a database error means a damaged file rather than a wrong statement."""
    signs = "malformed|not a database|disk image|corrupt|Could not decode|disk I/O|constructor failed"
    return any(sign in str(error) for sign in signs.split("|"))


def is_busy(error: BaseException) -> bool:
    """Tell whether a database error means that another process holds the file."""
    return "locked" in str(error) or "busy" in str(error)


def remove_file(path: Path) -> None:
    """Remove a project file whose making failed, with whatever stands beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{suffix}").unlink()
