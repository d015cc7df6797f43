"""What no file that is written may replace: projects, databases, what lies beside them, and backups.

A file is known by its bytes, so by whatever name, link or path it is reached. What SQLite keeps beside
a database, and a folder of backups, are known by their names once all links are followed.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.files.errors import ProtectedFileError
from qualcase.files.open_files import is_in_use, reading_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

PROJECT = ".qualcase"
BESIDE = ("-wal", "-shm", "-journal")
_BACKUPS = "-backups"
_DATABASE = b"SQLite format 3\x00"
# A log and a rollback journal, as they begin when they hold something.
_LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7")
_OURS = b"QCAS"
_OURS_AT = 68


def backup_folder(project: Path) -> Path:
    """Return the folder beside a project in which its backups lie; it begins with a dot."""
    return project.with_name(f".{project.stem}{_BACKUPS}")


def refuse_protected(paths: Iterable[Path]) -> None:
    """Raise ProtectedFileError where one of these is a project, or a place where only qualcase writes.

    OSError where a file cannot be looked at.
    """
    for path in paths:
        refuse_place(path)
        _refuse_database(path)
        if Path(os.path.realpath(path)).suffix.casefold() == PROJECT:
            raise ProtectedFileError(f"{path} is a name for projects")


def refuse_place(path: Path) -> None:
    """Raise ProtectedFileError in a folder of backups, and for what SQLite may keep beside a database."""
    real = Path(os.path.realpath(path))
    for folder in real.parents:
        name = folder.name.casefold()
        if name.startswith(".") and name.endswith(_BACKUPS):
            raise ProtectedFileError(f"{path} lies in a project’s folder of backups")
    for suffix in BESIDE:
        beside = real.name[: -len(suffix)]
        named = beside and real.name.casefold().endswith(suffix)
        if named and _begins(real.with_name(beside)).startswith(_DATABASE):
            raise ProtectedFileError(f"{path} belongs to the database {beside}")


def _refuse_database(path: Path) -> None:
    begins = _begins(path)
    if begins.startswith(_DATABASE) or is_in_use(path):
        ours = begins[_OURS_AT:] == _OURS or is_in_use(path)
        what = "is a project, or a backup of one" if ours else "is a database"
        raise ProtectedFileError(f"{path} {what}")
    if begins.startswith(_LOGS):
        raise ProtectedFileError(f"{path} belongs to a database")


def _begins(path: Path) -> bytes:
    """Return the first bytes of a file as far as they tell what it is; none of a device, or of nothing."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return b""
        with reading_bytes(path) as file:
            return file.read(_OURS_AT + len(_OURS))
    except FileNotFoundError:
        return b""
