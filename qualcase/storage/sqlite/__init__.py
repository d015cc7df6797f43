"""All that is SQLite's own: driver, file, pragmas, locking, triggers, and the checks at the door.

What a file is made of stands in `structure`, making and placing it in `files`, its index of words in
`words`; reading very many rows at once, which needs numpy, in `columns`.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import StaticPool

from qualcase.files.open_files import begin_use, end_use, reading_bytes
from qualcase.storage.errors import NewerProjectError, NotAProjectError, ProjectMissingError
from qualcase.storage.sqlite.files import create_file, place_file, refuse_target, remove_file
from qualcase.storage.sqlite.structure import (
    FINGERPRINT,
    TRIGGERS,
    count_rows,
    fingerprint,
    has_strange_parts,
    integrity_problems,
    name_revision,
    page_problems,
)
from qualcase.storage.sqlite.words import WORD_INDEX, count_words, empty_word_index, enter_words, find_words

try:
    from pysqlite3 import dbapi2 as driver
except ImportError:  # Elsewhere than on Linux the interpreter's own SQLite serves.
    import sqlite3 as driver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

__all__ = [
    "FINGERPRINT", "TRIGGERS", "WORD_INDEX", "begin_use", "count_rows", "count_words", "create_file",
    "empty_word_index", "end_use", "enter_words", "find_words", "fingerprint", "has_strange_parts",
    "integrity_problems", "name_revision", "page_problems", "place_file", "reading_bytes", "refuse_target",
    "remove_file",
]  # fmt: skip

APPLICATION_ID = 0x51434153  # "QCAS"
USER_VERSION = 5
_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_WAL_SAFE = (3, 51, 3)  # Before it, WAL could lose a reset and corrupt the file.
# Less loses acknowledged acts in a power cut; only tests that need no durability lower it.
SYNCHRONOUS = "FULL"
_BUSY_MILLISECONDS = 5000
# While pages are copied: the answers where another program holds them, and how often it is asked again.
_WAITING, _WAITS = (5, 6), 6
_PORTION = 256  # Pages of a copy that is made beside the work.


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
        with reading_bytes(path) as file:
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


def copy_pages(origin: Engine, copy: Engine, *, check: Callable[[], None] | None = None) -> None:
    """Make one database what another is at this moment, whole or not at all.

    `check` is called when nobody else can write to the copy any more and all of it is still what it was;
    what it raises ends the copying. Where another program writes for half a minute: OperationalError.
    """
    # The first page locks the copy; whatever is copied in one step is kept before anybody is asked.
    pages, waits = -1 if check is None else 1, 0

    def step(status: int, *_: int) -> None:
        nonlocal check, waits
        if status in _WAITING:
            waits += 1
            if waits == _WAITS:
                raise OperationalError(None, None, driver.OperationalError("database is locked"))
        elif check is not None:
            asked, check = check, None
            asked()

    if check is not None and safe_journal_mode(driver.sqlite_version_info) != "WAL":
        check()  # Without a write-ahead log nobody can read what is locked.
        check = None
    with origin.connect() as source, copy.connect() as target:
        source_driver: Any = source.connection.driver_connection
        target_driver: Any = target.connection.driver_connection
        try:
            source_driver.backup(target_driver, pages=pages, progress=step)
        except driver.Error as error:
            raise DatabaseError(None, None, error) from error


def copy_beside(origin: Engine, copy: Engine, pause: Callable[[], None]) -> None:
    """Make one database what another is at one moment, in portions, while others may write to it.

    `pause` is called after each; what it raises ends the copying. Where another program holds it for longer
    than every pause: OperationalError.
    """
    waits = 0

    def step(status: int, *_: int) -> None:
        nonlocal waits
        waits = waits + 1 if status in _WAITING else 0
        if waits == _WAITS:
            raise OperationalError(None, None, driver.OperationalError("database is locked"))
        pause()

    with origin.connect() as source, copy.connect() as target:
        source_driver: Any = source.connection.driver_connection
        target_driver: Any = target.connection.driver_connection
        target_driver.execute(
            f"PRAGMA cache_size = {_PORTION}"
        )  # What is copied is written, not kept till the end.
        if safe_journal_mode(driver.sqlite_version_info) == "WAL":
            # Holds the moment; without a log writers would wait for it, and the copying begins anew instead.
            source_driver.execute("BEGIN")
            source_driver.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        try:
            source_driver.backup(target_driver, pages=_PORTION, progress=step)
        except driver.Error as error:
            raise DatabaseError(None, None, error) from error


def plain_rows(connection: Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """Return rows as the driver gives them: where there are tens of thousands, anything more is felt."""
    driver_connection: Any = connection.connection.driver_connection
    rows: Iterator[tuple[Any, ...]] = driver_connection.execute(query)
    return rows


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


def read_version(connection: Connection) -> int:
    """Return the schema number of an open file, also where it still lies beside it and not in its header."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


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


def release_memory(connection: Connection) -> None:
    """Give back the memory of pages that were read or written, until they are wanted again."""
    driver_connection: Any = connection.connection.driver_connection
    driver_connection.execute("PRAGMA shrink_memory")


def foreign_writes(connection: Connection) -> int:
    """Return a number that changes when another connection has written to the file."""
    driver_connection: Any = connection.connection.driver_connection
    return int(driver_connection.execute("PRAGMA data_version").fetchone()[0])


def is_damage(error: BaseException) -> bool:
    """Tell whether a database error means a damaged file rather than a wrong statement."""
    signs = "malformed|not a database|disk image|corrupt|Could not decode|disk I/O|constructor failed"
    return any(sign in str(error) for sign in signs.split("|"))


def is_misbuilt(error: BaseException) -> bool:
    """Tell whether a database error means that tables are not there, or are there already."""
    return any(sign in str(error) for sign in ("no such ", "already ", "duplicate column"))


def is_busy(error: BaseException) -> bool:
    """Tell whether a database error means that another process holds the file."""
    return "locked" in str(error) or "busy" in str(error)


def why_unwritable(error: BaseException) -> str:
    """Return what keeps the file from being written, as a person says it; empty where it is another fault."""
    reasons = {
        "readonly database": "it, or its folder, may only be read",
        "unable to open database": "its folder may only be read, or is gone",
        "disk is full": "the disk is full",
    }
    return next((reason for sign, reason in reasons.items() if sign in str(error)), "")
