"""A disk that remembers every write and sync, a power cut on it, and SQLite's driver on top of it."""

from __future__ import annotations

import os
import shutil
import weakref
from functools import partial
from pathlib import Path

import apsw

SECTOR = 512
NAME = "remembering"


class Disk(apsw.VFS):
    """A file system that keeps the order of writes, syncs and deletions, and what was acknowledged when."""

    def __init__(self, name=NAME):
        super().__init__(name, "")
        self.log = []

    def xOpen(self, name, flags):  # noqa: N802 - as SQLite calls it
        return File(self.log, name, flags)

    def xDelete(self, name, sync):  # noqa: N802 - as SQLite calls it
        super().xDelete(name, sync)
        self.log.append(("gone", Path(name).name, None))

    def remember_files(self, patch):
        """Also remember what is copied and synced without SQLite."""
        copied, synced, names = shutil.copyfileobj, os.fsync, {}

        def copy(origin, target, length):
            copied(origin, target, length)
            target.flush()
            names[target.fileno()] = Path(target.name).name
            self.log.append(("write", Path(target.name).name, (0, Path(target.name).read_bytes())))

        def sync(number):
            synced(number)
            if number in names:
                self.log.append(("sync", names.pop(number), None))

        patch.setattr(shutil, "copyfileobj", copy)
        patch.setattr(os, "fsync", sync)

    def start_with(self, path):
        """Forget what was; the disk holds one file, safely."""
        self.log[:] = [("write", path.name, (0, path.read_bytes())), ("sync", path.name, None)]

    def acknowledge(self, what):
        self.log.append(("done", "", what))


class File(apsw.VFSFile):
    """A file whose writes, syncs and truncations are remembered."""

    def __init__(self, log, name, flags):
        super().__init__("", name, flags)
        self.log = log
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.name = Path(path or "temporary").name

    def xWrite(self, data, offset):  # noqa: N802 - as SQLite calls it
        super().xWrite(data, offset)
        self.log.append(("write", self.name, (offset, bytes(data))))

    def xTruncate(self, newsize):  # noqa: N802 - as SQLite calls it
        super().xTruncate(newsize)
        self.log.append(("truncate", self.name, newsize))

    def xSync(self, flags):  # noqa: N802 - as SQLite calls it
        super().xSync(flags)
        self.log.append(("sync", self.name, None))


def cut(log, place, name, chance, folder):
    """Leave in a folder what may be left of a file when the power goes; return what was acknowledged last.

    What was synced is there. Of the rest each write is there, or not, or only its first sectors.
    """
    files, waiting = {}, {}
    for kind, file, value in (entry for entry in log[:place] if entry[1].startswith(name)):
        if kind == "sync":
            for change in waiting.pop(file, []):
                apply(files, file, change)
        elif kind == "gone":
            files.pop(file, None)
            waiting.pop(file, None)
        else:
            waiting.setdefault(file, []).append((kind, value))
    for file, changes in waiting.items():
        for change in changes:
            if chance.random() < 0.5:
                apply(files, file, torn(change, chance))
    for file, content in files.items():
        (folder / file).write_bytes(bytes(content))
    return max((value for kind, _, value in log[:place] if kind == "done"), default=0)


def apply(files, name, change):
    kind, value = change
    content = files.setdefault(name, bytearray())
    if kind == "truncate":
        content[:] = content[:value].ljust(value, b"\0")
        return
    offset, data = value
    content.extend(bytes(max(0, offset + len(data) - len(content))))
    content[offset : offset + len(data)] = data


def torn(change, chance):
    kind, value = change
    if kind == "truncate" or chance.random() < 0.5:
        return change
    offset, data = value
    return kind, (offset, data[: chance.randrange(len(data) // SECTOR + 1) * SECTOR])


class Cursor:
    """What SQLAlchemy asks of a cursor, by apsw."""

    arraysize = 1

    def __init__(self, connection):
        self._connection = connection
        self._cursor = connection.database.cursor()
        self._cursor.exec_trace = partial(_look, weakref.ref(self))
        self.description, self.rowcount = None, -1

    @property
    def lastrowid(self):
        return self._connection.database.last_insert_rowid()

    def execute(self, statement, parameters=()):
        before = self._connection.database.total_changes()
        self._cursor.execute(statement, parameters or None)
        self.rowcount = self._connection.database.total_changes() - before
        return self

    def executemany(self, statement, parameters):
        before = self._connection.database.total_changes()
        self._cursor.executemany(statement, parameters)
        self.rowcount = self._connection.database.total_changes() - before
        return self

    def fetchone(self):
        return next(self._cursor, None)

    def fetchmany(self, size=1):
        return [row for row, _ in zip(self._cursor, range(size), strict=False)]

    def fetchall(self):
        return list(self._cursor)

    def __iter__(self):
        return self._cursor

    def close(self):
        self._cursor.close()


def _look(held, cursor, statement, bindings):
    # Once a statement is through, apsw cannot say any more what columns it had. Held loosely: a cursor that
    # nobody wants any more must be gone at once, as SQLite's own are, or what it was reading stays locked.
    del statement, bindings
    columns = cursor.get_description()
    held().description = tuple((name, *[None] * 6) for name, _ in columns) or None
    return True


class Connection:
    """What SQLAlchemy and the store ask of a connection, by apsw."""

    isolation_level = None

    def __init__(self, path):
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
        self.database = apsw.Connection(path, flags=flags, vfs=NAME)

    def cursor(self):
        return Cursor(self)

    def execute(self, statement, parameters=()):
        return self.cursor().execute(statement, parameters)

    def commit(self):
        if self.database.in_transaction:
            self.database.execute("COMMIT")

    def rollback(self):
        if self.database.in_transaction:
            self.database.execute("ROLLBACK")

    def create_function(self, *_, **__):
        """SQLAlchemy's own functions are not used by the store."""

    def backup(self, target, *, pages=-1, progress=None):
        with target.database.backup("main", self.database, "main") as copying:
            while not copying.done:
                copying.step(pages)
                if progress:
                    progress(0, copying.remaining, copying.page_count)

    def close(self):
        self.database.close()


class Driver:
    """The module that SQLAlchemy takes for sqlite3."""

    paramstyle, threadsafety, apilevel = "qmark", 1, "2.0"
    Error = DatabaseError = InterfaceError = InternalError = ProgrammingError = NotSupportedError = apsw.Error
    DataError = OperationalError = apsw.Error
    IntegrityError = apsw.ConstraintError
    Binary = bytes
    sqlite_version = apsw.sqlite_lib_version()
    sqlite_version_info = tuple(map(int, apsw.sqlite_lib_version().split(".")))

    @staticmethod
    def connect(path, **_):
        return Connection(path)
