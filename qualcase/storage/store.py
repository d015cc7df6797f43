"""A project's file, opened: the one place through which rows are read and operations written."""

from __future__ import annotations

import logging
import random
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Self

from sqlalchemy.exc import DatabaseError, OperationalError

from qualcase.model.errors import UsageError
from qualcase.model.identity import new_uid
from qualcase.model.operation import Operation
from qualcase.storage import sqlite
from qualcase.storage.applying import apply_changes, plain_changes, whole_deletions
from qualcase.storage.entering import LastAct, enter
from qualcase.storage.errors import (
    BusyProjectError,
    DamagedProjectError,
    NotAProjectError,
    StaleProjectError,
    UnwritableProjectError,
)
from qualcase.storage.guards import refuse_strays
from qualcase.storage.journal import read_head
from qualcase.storage.keeping import Keeper
from qualcase.storage.memory import Memory
from qualcase.storage.schema import metadata
from qualcase.storage.texts import store_content, store_parts
from qualcase.text.visible import make_visible_line

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Engine, RootTransaction

    from qualcase.files.open_files import Identity
    from qualcase.storage.attesting import Progress
    from qualcase.storage.chain import Verification
    from qualcase.storage.journal import Entry
    from qualcase.storage.memory import Value
    from qualcase.storage.texts import NewText

_ATTEMPTS = 6  # Each waits for SQLite's own 5 seconds.
_PAUSE = 0.1  # Seconds at most between two of them.
_log = logging.getLogger("qualcase")  # Python writes its warnings to stderr where nobody else listens.
_UNWRITABLE_HINT = "Make room or let yourself write there, and do it again; or work on a copy elsewhere."
_DAMAGE_HINT = "There is no backup beside it. Copy the file before anything else is done to it."


class _Dropped(Exception):  # noqa: N818 - no fault: it only ends what was tried
    """What was tried is let go."""


class Store:
    """One open project; safe to use from several threads, one at a time."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self._lock = threading.RLock()
        self._inside: Connection | None = None
        self._memory = Memory()
        self._last = LastAct()
        self._trying = False
        self._keeper = Keeper(path)
        self._use: Identity | None = sqlite.begin_use(path)
        self.former_version: int | None = None  # The format that it had, where this brought it up to date.

    @classmethod
    def create(cls, path: Path, operation: Operation, *, coder: str) -> Self:
        """Make a new project whose first operation this is; the file appears whole or not at all.

        Only its owner may read it. Raises ProjectExistsError where something stands there already.
        """
        from qualcase.storage.migration import HEAD_REVISION  # noqa: PLC0415 - only new files need it

        sqlite.refuse_target(path)
        draft = path.with_name(f".{path.name}.{new_uid()}")
        sqlite.create_file(draft)
        try:
            store = cls(draft, sqlite.connect_file(draft))
            try:
                sqlite.set_journal_mode(store._engine)
                with store.writing() as connection:
                    metadata.create_all(connection)
                    connection.exec_driver_sql(sqlite.WORD_INDEX)
                    sqlite.stamp(connection)
                    sqlite.name_revision(connection, HEAD_REVISION)
                    store.write(connection, operation, coder=coder)
            finally:
                store.close()
            sqlite.place_file(draft, path)
        finally:
            sqlite.remove_file(draft)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, keep_old: bool = True) -> Self:
        """Open a project after checking that it is one and that nobody has altered its structure.

        Nothing is written to a file that fails a check. One of an older format is brought up to date, after
        a backup of it where `keep_old` asks for one.
        """
        sqlite.check_header(path)
        store = cls(path, sqlite.connect_file(path))
        try:
            with store._guarded():
                store._prepare(keep_old=keep_old)
        except BaseException:
            store.close()
            raise
        return store

    def _prepare(self, *, keep_old: bool) -> None:
        with self.reading() as connection:  # Its header may not say yet that another program has upgraded it.
            version = sqlite.read_version(connection)
        if version < sqlite.USER_VERSION:
            from qualcase.storage.migration import upgrade  # noqa: PLC0415 - most files are of today's format

            if keep_old:
                from qualcase.storage.snapshots import keep_backup  # noqa: PLC0415 - as above

                keep_backup(self.path, "migration")
            upgrade(self._engine)
            self.former_version = version
        with self.reading() as connection:
            ours = sqlite.fingerprint(connection) == sqlite.FINGERPRINT
        if not ours:
            message = f"{self.path} is not built as a qualcase project is: somebody has altered it."
            raise NotAProjectError(message, hint="Do not trust it; ask whoever sent it for their original.")
        sqlite.set_journal_mode(self._engine)

    def close(self) -> None:
        """Close the file, leaving nothing beside it."""
        self._keeper.finish()
        with self._lock:
            self._engine.dispose()
            if self._use:
                sqlite.end_use(self._use)
                self._use = None

    def take_over(self, path: Path, *, instead_of: bytes) -> None:
        """Become what another file holds, whole or not at all; other readers see the one or the other.

        `instead_of` is the head of the journal that is given up; StaleProjectError where another program has
        written since, and then nothing changes.
        """
        with self._lock, self._guarded():
            origin = sqlite.connect_unwritten(path)
            try:
                sqlite.copy_pages(origin, self._engine, check=lambda: self._refuse_other(instead_of))
            finally:
                origin.dispose()
                self._memory.forget()

    def _refuse_other(self, head: bytes) -> None:
        # The store's own connection is being written to by the copying.
        engine = sqlite.connect_file(self.path)
        try:
            with engine.connect() as connection:
                found = read_head(connection)
        finally:
            engine.dispose()
        if found != head:
            message = f"Another program has written to {self.path.name} meanwhile; nothing was changed."
            raise StaleProjectError(message, hint="Look at what came (qualcase log), and do it again.")

    def foreign_writes(self) -> int:
        """Return a number that is another one once another program has written to the file."""
        with self.reading() as connection:
            return sqlite.foreign_writes(connection)

    @contextmanager
    def attached(self, path: Path, name: str) -> Iterator[None]:
        """Let statements name the tables of another project's file as `name.table`."""
        with self._lock, self._guarded():
            sqlite.attach(self._engine, path, name)
            try:
                yield
            finally:
                sqlite.detach(self._engine, name)
                self._memory.forget()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for reading, with one view of the data; inside another use it is the same one."""
        with self._lock:
            if self._inside is not None:
                yield self._inside
                return
            with (
                self._guarded(),
                self._engine.connect() as connection,
                self._entered(connection, connection.begin()),
            ):
                yield connection

    def recall(self, name: Hashable, records: tuple[str, ...], read: Callable[[Connection], Value]) -> Value:
        """Return what `read` gives, from memory while no record of these kinds has been written since.

        Without records it is taken for something that never changes, as a text is once it is stored.
        """
        with self.reading() as connection:
            elsewhere = sqlite.foreign_writes(connection)
            return self._memory.recall(name, records, elsewhere, read, connection)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection for writing; all of it is kept or none.

        While another program writes it waits, after 5 seconds with a word, and gives up after half a minute:
        BusyProjectError.
        """
        with self._lock:
            if self._inside is not None:
                if not self.is_writing:
                    message = "a reading transaction cannot turn into a writing one"
                    raise RuntimeError(message)
                if self._trying:
                    message = "nothing can be written while an earlier state is looked at: it would be lost"
                    raise RuntimeError(message)
                yield self._inside
                return
            with self._guarded(), self._engine.connect() as plain:
                immediate = plain.execution_options(immediate=True)
                with self._entered(immediate, self._begin_writing(immediate)) as connection:
                    yield connection
            self._keeper.keep_edited(self.reading)

    @property
    def is_writing(self) -> bool:
        """Whether a writing transaction is open, so that nobody else writes until it ends."""
        return self._inside is not None and bool(self._inside.get_execution_options().get("immediate"))

    def _begin_writing(self, connection: Connection) -> RootTransaction:
        # SQLite lets its waiters in by chance, not in turn: of many, one may lose each time for seconds.
        for attempt in range(1, _ATTEMPTS):
            try:
                return connection.begin()
            except OperationalError as error:
                if not sqlite.is_busy(error.orig or error):
                    raise
            if attempt == 1:
                _log.warning("Other programs are writing to %s; waiting.", make_visible_line(self.path.name))
            time.sleep(random.uniform(0, _PAUSE))  # noqa: S311 - only so that waiters do not keep step
        return connection.begin()

    @contextmanager
    def trying(self) -> Iterator[Connection]:
        """Give a connection for writing of which nothing is kept; till it ends, all reading sees it."""
        with self._lock:
            if self.is_writing:
                message = "an earlier state cannot be looked at within a writing transaction"
                raise RuntimeError(message)
            with suppress(_Dropped), self.writing() as connection:
                self._memory.forget()
                self._trying = True
                try:
                    yield connection
                finally:
                    self._trying = False
                raise _Dropped

    @contextmanager
    def _entered(self, connection: Connection, transaction: RootTransaction) -> Iterator[Connection]:
        try:
            with transaction:
                self._inside = connection
                try:
                    yield connection
                finally:
                    self._inside = None
        except BaseException:  # Also where all was done and only keeping it failed.
            self._memory.forget()
            raise

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            if sqlite.is_busy(error.orig or error):
                message = f"Another program is writing to {self.path.name}; nothing was changed."
                raise BusyProjectError(message, hint="Try again in a moment.") from None
            raise self._damage(error) from error
        except DatabaseError as error:
            raise self._damage(error) from error

    def _damage(self, error: DatabaseError) -> Exception:
        if sqlite.is_damage(error.orig or error):
            message = f"{self.path} is damaged and cannot be read: {error.orig}."
            from qualcase.storage.snapshots import newest_good  # noqa: PLC0415 - damage is rare

            good = newest_good(self.path)
            hint = f"The newest good backup: qualcase restore {good.path}" if good else _DAMAGE_HINT
            return DamagedProjectError(message, hint=hint)
        if reason := sqlite.why_unwritable(error.orig or error):
            message = f"{self.path.name} cannot be written: {reason}. Nothing was changed."
            return UnwritableProjectError(message, hint=_UNWRITABLE_HINT)
        return error

    def commit(
        self,
        operation: Operation,
        *,
        coder: str,
        codebook_version: int = 1,
        texts: Sequence[NewText] = (),
        target: int | None = None,
    ) -> Entry:
        """Write an operation, its effect and its texts in one transaction.

        Raises StaleChangeError or StillUsedError, after which nothing has changed.
        """
        with self.writing() as connection:
            return self.write(
                connection,
                operation,
                coder=coder,
                codebook_version=codebook_version,
                texts=texts,
                target=target,
            )

    def write(
        self,
        connection: Connection,
        operation: Operation,
        *,
        coder: str,
        codebook_version: int = 1,
        texts: Sequence[NewText] = (),
        target: int | None = None,
    ) -> Entry:
        """Write an operation inside a transaction that is already open."""
        changes = whole_deletions(
            connection, plain_changes(operation.changes), again=operation.kind == "redo"
        )
        self._keeper.keep_before(sum(change.after is None for change in changes))
        for new in texts:
            store_content(connection, new)
        stamp, entered, entry = enter(
            connection,
            Operation(operation.kind, operation.summary, changes, operation.detail),
            _names(coder),
            self._last,
            codebook_version=codebook_version,
            target=target,
        )
        apply_changes(connection, changes, stamp)
        refuse_strays(connection, changes)
        self._memory.note(change.record for change in entered.changes)
        for new in texts:
            store_parts(connection, new)
        return entry

    def release_memory(self) -> None:
        """Give back the memory that a large act has needed; what is wanted again is read again."""
        with self.reading() as connection:
            sqlite.release_memory(connection)

    def digest(self) -> str:
        """Return the state digest of the project."""
        from qualcase.storage.digest import state_digest  # noqa: PLC0415 - it is asked for seldom

        with self.reading() as connection:
            return state_digest(connection)

    def verify(self, progress: Progress | None = None) -> Verification:
        """Check the journal's chain; a journal that cannot even be read does not verify.

        `progress` hears how many operations were passed, of how many, and what is being done.
        """
        from qualcase.storage.chain import Verification, verify_telling  # noqa: PLC0415 - asked for seldom

        try:
            with self.reading() as connection:
                return verify_telling(connection, progress)
        except (DatabaseError, DamagedProjectError, ValueError) as error:
            return Verification(verified=False, operations=0, head="", problem=f"it cannot be read: {error}")


def fold_name(name: str) -> str:
    """Return what coders' names are compared by: “Anna” and “anna” are one person."""
    return " ".join(name.split()).casefold()


def _names(coder: str) -> tuple[str, str]:
    """Return a coder's name as it is shown, and as it is compared."""
    shown = " ".join(coder.split())
    if not shown:
        message = "A coder needs a name."
        raise UsageError(message, hint="Say who acts with --coder NAME.")
    return shown, shown.casefold()
