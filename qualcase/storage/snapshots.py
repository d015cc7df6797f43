"""Backups beside a project: copies of its file, proven after writing, and how long they are kept."""

from __future__ import annotations

import contextlib
import glob
import hashlib
import itertools
import os
import re
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from qualcase.files.protection import backup_folder
from qualcase.model.identity import new_uid
from qualcase.storage import sqlite
from qualcase.storage.errors import DamagedProjectError, UnwritableProjectError
from qualcase.storage.proving import prove_copy, proving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_ENDING = ".backup"
_NAME = re.compile(r"(\d{8}-\d{6}-\d{6})-([a-z]+)-([0-9a-f]{16})\.backup")
_DRAFT = re.compile(r"[0-9a-z]{26}")
_PORTION = 1 << 20
_LEFT_AFTER = 3600  # Seconds; no working copy is needed for that long.
_SOON = 60.0  # Seconds since something was written to a draft, after which nobody may be writing to it.
_SYNC_AFTER = 8  # Portions of a copy; each is about a megabyte.
_MOMENT = "%Y%m%d-%H%M%S-%f"
_ALL_OF = timedelta(days=2)
_DAYS, _WEEKS, _MONTHS = 7, 4, 6
BULK = 1000  # An act that deletes so many rows is preceded by a backup.
EVERY = timedelta(minutes=30)  # Who goes on editing for so long has a backup of how it was.


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy in the folder beside a project; its name says when and why, and how its bytes hash."""

    path: Path
    made_at: datetime
    reason: str
    sha256: str

    def holds(self) -> bool:
        """Tell whether the file still has the bytes that were written."""
        with contextlib.suppress(OSError):
            return hash_file(self.path).startswith(self.sha256)
        return False


def list_backups(project: Path) -> tuple[Backup, ...]:
    """Return the backups of a project, the newest first."""
    folder = backup_folder(project)
    found = [named_backup(path) for path in (folder.iterdir() if folder.is_dir() else ())]
    return tuple(sorted(filter(None, found), key=lambda backup: backup.made_at, reverse=True))


def named_backup(path: Path) -> Backup | None:
    """Return what the name of a backup tells, or None for another name."""
    name = _NAME.fullmatch(path.name)
    with contextlib.suppress(ValueError):  # A moment that no calendar has.
        if name:
            made_at = datetime.strptime(name[1], _MOMENT).replace(tzinfo=UTC)
            return Backup(path, made_at, name[2], name[3])
    return None


def newest_good(project: Path) -> Backup | None:
    """Return the newest backup that still has the bytes that were written, or None."""
    return next((backup for backup in list_backups(project) if backup.holds()), None)


def next_due(project: Path, begun: datetime) -> float:
    """Return the seconds until a project that is edited is due for a backup: half an hour after the last.

    One that has none yet is due half an hour after it was `begun`; 0 or less says that it is due now. While
    another program seems to be making one, it is asked for again in a minute.
    """
    if any(_age(path) < _SOON for path in _drafts(backup_folder(project).glob(".*"))):
        return _SOON
    newest = next(iter(list_backups(project)), None)
    last = max(newest.made_at, begun) if newest else begun
    return (last + EVERY - datetime.now(tz=UTC)).total_seconds()


def keep_backup(project: Path, reason: str, pause: Callable[[], None] | None = None) -> Backup:
    """Copy a project as it stands into its folder of backups, prove the copy, and let old ones go.

    An open transaction is not in it. A copy that does not prove good is not kept, and then nothing goes.
    With a `pause`, which is called every few milliseconds, it is made beside a store that is written to;
    whatever that raises ends it, and nothing is left.
    """
    with _draft_backup(project) as draft:
        if pause is None:
            copy_file(project, draft)
        else:
            _copy_beside(project, draft, pause)
        prove_copy(draft, pause)
        return _keep_draft(project, draft, reason)


@contextlib.contextmanager
def keeping_backup(project: Path, reason: str, other: Path | None = None) -> Iterator[Callable[[], Backup]]:
    """Do as `keep_backup` does, and go on with the work while the copy is being proven.

    What is given waits for the proof, and raises what `keep_backup` would; it is to be called before the
    work is kept. Where it is not called no backup stays. `other` is as `proving` has it.
    """
    with _draft_backup(project) as draft:
        copy_file(project, draft)
        with proving(draft, other) as prove:

            def finish() -> Backup:
                prove()
                return _keep_draft(project, draft, reason)

            yield finish


@contextlib.contextmanager
def _draft_backup(project: Path) -> Iterator[Path]:
    folder = make_backup_folder(project)
    _remove_left(folder.glob(".*"))
    draft = folder / f".{new_uid()}"
    try:
        yield draft
    finally:
        sqlite.remove_file(draft)


def make_backup_folder(project: Path) -> Path:
    """Return a project's folder of backups, made where it is missing, or raise UnwritableProjectError."""
    folder = backup_folder(project)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        why = "a file stands there" if isinstance(error, FileExistsError) else error.strerror
        message = f"The folder of backups {folder} cannot be made: {why}; nothing was changed."
        raise UnwritableProjectError(message, hint="Without a backup this is not done.") from None
    return folder


def _keep_draft(project: Path, draft: Path, reason: str) -> Backup:
    made_at = datetime.now(tz=UTC)
    digest = hash_file(draft)[:16]
    path = draft.with_name(f"{made_at.strftime(_MOMENT)}-{reason}-{digest}{_ENDING}")
    sqlite.place_file(draft, path)
    let_go(project, made_at)
    return Backup(path, made_at, reason, digest)


def copy_file(source: Path, target: Path) -> None:
    """Copy a database as it stands at one moment, also while somebody writes to it.

    Only the owner may read the copy. The source stays as it is, and what a killed program has left beside it;
    only where somebody writes to it meanwhile, what they wrote may be moved from beside it into it. Raises
    DamagedProjectError where it cannot be read as a database, and ProjectMissingError where the copy cannot
    be made.
    """
    sqlite.create_file(target)
    try:
        if not _copy_resting(source, target):
            _copy_written(source, target)
    except DBAPIError as error:
        sqlite.remove_file(target)
        message = f"{source} cannot be copied: {error.orig}."
        raise DamagedProjectError(message) from None


def _copy_resting(source: Path, target: Path) -> bool:
    """Copy the bytes of a file; False where somebody writes to it, so that they may be of two moments."""
    before = _moment(source)
    pairs = [(source, target)]
    if _in_use(source):
        pairs.append((_log_of(source), _log_of(target)))
        sqlite.create_file(_log_of(target))
    for origin, copy in pairs:
        with sqlite.reading_bytes(origin) as read, copy.open("r+b") as written:
            shutil.copyfileobj(read, written, _PORTION)
            written.flush()
            os.fsync(written.fileno())
    if _moment(source) == before:
        # Closing the copy moves into it what lay beside it.
        engine = sqlite.connect_file(target) if _in_use(target) else sqlite.connect_unwritten(target)
        try:
            with engine.connect() as connection:
                sqlite.fingerprint(connection)
        finally:
            engine.dispose()
        return True
    sqlite.remove_file(target)
    sqlite.create_file(target)
    return False


def _moment(path: Path) -> tuple[tuple[int, int], ...]:
    states = [one.stat() for one in (path, _log_of(path)) if one.exists()]
    return tuple((state.st_mtime_ns, state.st_size) for state in states)


def _copy_written(source: Path, target: Path) -> None:
    origin = sqlite.connect_file(source)
    copy = sqlite.connect_file(target)
    try:
        sqlite.copy_pages(origin, copy)
    finally:
        origin.dispose()
        copy.dispose()


def _copy_beside(project: Path, draft: Path, pause: Callable[[], None]) -> None:
    # By SQLite, page by page: the bytes of a file that is written to meanwhile would be of many moments.
    sqlite.create_file(draft)
    origin, copy = sqlite.connect_file(project), sqlite.connect_file(draft)
    with draft.open("rb") as written:
        try:
            sqlite.copy_beside(origin, copy, _Syncing(written.fileno(), pause))
        except DBAPIError as error:
            message = f"{project} cannot be copied: {error.orig}."
            raise DamagedProjectError(message) from None
        finally:
            origin.dispose()
            copy.dispose()


class _Syncing:
    """A pause that now and then syncs what was written: all of it at once would hold up an act."""

    def __init__(self, file: int, pause: Callable[[], None]) -> None:
        self._file, self._pause, self._count = file, pause, itertools.count(1)

    def __call__(self) -> None:
        if next(self._count) % _SYNC_AFTER == 0:
            os.fsync(self._file)
        self._pause()


def _in_use(path: Path) -> bool:
    # What the -wal holds is not in the file yet; without one, the file alone is the whole of it.
    log = _log_of(path)
    return log.exists() and log.stat().st_size > 0


def _log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def draft_beside(project: Path) -> Path:
    """Return a name for a working copy beside a project, and remove those that a killed program left.

    A working copy holds what the project holds; nobody would look for it behind its dot.
    """
    _remove_left(project.parent.glob(f".{glob.escape(project.name)}.*"))
    return project.with_name(f".{project.name}.{new_uid()}")


def _remove_left(paths: Iterable[Path]) -> None:
    for path in _drafts(paths):
        if _age(path) > _LEFT_AFTER:
            sqlite.remove_file(path)


def _drafts(paths: Iterable[Path]) -> Iterator[Path]:
    return (path for path in paths if _DRAFT.fullmatch(path.name.rpartition(".")[2]))


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:  # It has been finished, or let go, since it was listed.
        return _SOON


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def let_go(project: Path, now: datetime) -> None:
    """Remove the backups whose time is over, as long as a good one stays."""
    backups = list_backups(project)
    kept = moments_to_keep((backup.made_at for backup in backups), now)
    over = [backup for backup in backups if backup.made_at not in kept]
    if over and any(backup.holds() for backup in backups if backup.made_at in kept):
        for backup in over:
            backup.path.unlink(missing_ok=True)


def moments_to_keep(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Return which moments' backups stay: all of 2 days; before them the last of 7 days, 4 weeks, 6 months.

    Days, weeks and months are those that have a backup at all.
    """
    ordered = sorted(moments, reverse=True)
    kept = {moment for moment in ordered if moment > now - _ALL_OF}
    rest = [moment for moment in ordered if moment not in kept]
    for period, count in (("%Y-%j", _DAYS), ("%G-%V", _WEEKS), ("%Y-%m", _MONTHS)):
        newest: dict[str, datetime] = {}
        for moment in rest:
            newest.setdefault(moment.strftime(period), moment)
        chosen = list(newest.values())[:count]
        kept.update(chosen)
        names = {moment.strftime(period) for moment in chosen}
        rest = [moment for moment in rest if moment.strftime(period) not in names]
    return kept
