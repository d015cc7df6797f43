"""All that is SQLite's own: driver, file, pragmas, locking, triggers, and the checks at the door."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
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
    import sqlite3 as driver  # type: ignore[no-redef]

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

APPLICATION_ID = 0x51434153  # "QCAS"
USER_VERSION = 1
_MAGIC = b"SQLite format 3\x00"
_WAL_SAFE = (3, 51, 3)  # Before it, WAL could lose a reset and corrupt the file.
_BUSY_MILLISECONDS = 5000

TRIGGERS = (
    "CREATE TRIGGER operation_stays BEFORE DELETE ON operation "
    "BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END",
    # The one change allowed is a redaction: the body goes and leaves its hash.
    "CREATE TRIGGER operation_is_final BEFORE UPDATE ON operation "
    "WHEN NOT (NEW.body IS NULL AND NEW.nonce IS NULL AND NEW.body_hash IS NOT NULL AND OLD.body_hash IS NULL "
    "AND NEW.sequence = OLD.sequence AND NEW.uid = OLD.uid AND NEW.hash = OLD.hash) "
    "BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END",
)

_TABLES = "pragma_table_list AS t WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'"
_STRUCTURE = (
    f"SELECT t.name, t.type, t.ncol, t.wr, t.strict FROM {_TABLES} ORDER BY t.name",
    'SELECT t.name, c.cid, c.name, c.type, c."notnull", c.dflt_value, c.pk, c.hidden FROM pragma_table_list AS t, '
    "pragma_table_xinfo(t.name) AS c WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid",
    'SELECT t.name, f."table", f."from", f."to", f.on_delete FROM pragma_table_list AS t, '
    'pragma_foreign_key_list(t.name) AS f WHERE t.schema = \'main\' ORDER BY t.name, f."from", f."to"',
    'SELECT t.name, i.name, i."unique", i.partial, x.seqno, x.cid FROM pragma_table_list AS t, '
    "pragma_index_list(t.name) AS i, pragma_index_xinfo(i.name) AS x "
    "WHERE t.schema = 'main' AND i.origin = 'c' ORDER BY t.name, i.name, x.seqno",
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY type, name",
)
FINGERPRINT = "4efd10eb185c1b81fcca46c7807e1a0c5f9e65a54e45de97591e8e322d31f5a3"


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
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        message = f"There is no project at {path}."
        raise ProjectMissingError(message, hint=f"Make one: qualcase new {path}") from None
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}."
        raise ProjectMissingError(message) from None
    if (
        len(header) < 100
        or not header.startswith(_MAGIC)
        or int.from_bytes(header[68:72], "big") != APPLICATION_ID
    ):
        message = f"{path} is not a qualcase project."
        raise NotAProjectError(message)
    version = int.from_bytes(header[60:64], "big")
    if version > USER_VERSION:
        message = (
            f"{path} was written by a newer qualcase (format {version}; this one reads up to {USER_VERSION})."
        )
        raise NewerProjectError(message, hint="Upgrade qualcase.")
    return version


def connect_file(path: Path) -> Engine:
    """Return an engine over one connection to a project file, with the pragmas that were measured to matter."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: _open_connection(path),
        module=driver,
        poolclass=StaticPool,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _open_connection(path: Path) -> Any:  # noqa: ANN401 - a DB-API connection of either driver
    connection = driver.connect(str(path), isolation_level=None, check_same_thread=False)
    journal = "WAL" if driver.sqlite_version_info >= _WAL_SAFE else "DELETE"
    for pragma in (
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        f"journal_mode = {journal}",
        "synchronous = FULL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "temp_store = MEMORY",
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails when another writer came between.
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def stamp(connection: Connection) -> None:
    """Mark a file as a qualcase project of this format and add the triggers that keep the journal."""
    for trigger in TRIGGERS:
        connection.exec_driver_sql(trigger.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS", 1))
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {USER_VERSION}")


def name_revision(connection: Connection, revision: str) -> None:
    """Note the migration that a new file starts at, in the table that Alembic reads."""
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version "
        "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{revision}')")  # noqa: S608 - a constant


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


def integrity_problems(connection: Connection) -> list[str]:
    """Return what SQLite's own checks find wrong: pages, indexes, and references that lead nowhere."""
    found = [
        str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(20)") if row[0] != "ok"
    ]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20)
    return found + [f"row {row[1]} of {row[0]} points to a missing {row[2]}" for row in broken]


def is_damage(error: BaseException) -> bool:
    """Tell whether a database error means a damaged file rather than a wrong statement."""
    return any(word in str(error) for word in ("malformed", "not a database", "disk image", "corrupt"))


def is_busy(error: BaseException) -> bool:
    """Tell whether a database error means that another process holds the file."""
    return "locked" in str(error) or "busy" in str(error)


def remove_file(path: Path) -> None:
    """Remove a project file whose making failed, with whatever stands beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{suffix}").unlink()
