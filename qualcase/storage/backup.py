"""Backups that are asked for, and restoring one: proven first, and what it replaces is kept."""

from __future__ import annotations

import contextlib
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qualcase.files.protection import BESIDE, PROJECT, refuse_place
from qualcase.model.errors import QualcaseError, UsageError
from qualcase.storage import sqlite
from qualcase.storage.attesting import find_altered
from qualcase.storage.checking import altered_texts
from qualcase.storage.digest import state_digest
from qualcase.storage.errors import (
    BusyProjectError,
    DamagedProjectError,
    ForeignProjectError,
    NotAProjectError,
    ProjectMissingError,
    StaleProjectError,
)
from qualcase.storage.journal import read_beginning, read_head
from qualcase.storage.proving import prove_copy, reading_file
from qualcase.storage.snapshots import (
    copy_file,
    draft_beside,
    keep_backup,
    list_backups,
    make_backup_folder,
    named_backup,
)
from qualcase.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qualcase.storage.attesting import Progress

_AS_IT_IS = "Take another; or restore it as it is: `qualcase restore --anyway FILE`."
_ATTEMPTS = 3  # Each keeps a backup of its own.


@dataclass(frozen=True, slots=True)
class Copy:
    """A proven copy of a project: how many operations its journal has, their head, and the state digest."""

    path: Path
    operations: int
    head: str
    digest: str


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore brought, and where what it replaced is kept (None where nothing stood there)."""

    copy: Copy
    replaced: Path | None


def write_backup(store: Store, target: Path | None = None) -> Copy:
    """Copy an open project into its folder of backups, or to a file of one's choice, and prove all of it.

    A copy that is not good to the last value is removed again, and DamagedProjectError says why.
    """
    if target is None:
        made = keep_backup(store.path, "asked").path
    else:
        made = target
        _refuse_target(store.path, target)
        copy_file(store.path, target)
    try:
        return examine(made, store.path)
    except QualcaseError:
        sqlite.remove_file(made)
        raise


def _refuse_target(project: Path, target: Path) -> None:
    sqlite.refuse_target(target, "backup")
    if target.suffix == project.suffix and target.absolute().parent == project.absolute().parent:
        message = f"{target.name} would look like a second project in this folder."
        hint = f"Give the backup another ending, as in {target.with_suffix('.backup').name}."
        raise UsageError(message, hint=hint)


def examine(path: Path, project: Path, *, attest: bool = False, progress: Progress | None = None) -> Copy:
    """Prove a copy: its pages, its structure, its journal's chain, and every value by being read.

    With `attest` its rows are held against what its acts wrote too, of which `progress` hears. Neither the
    file nor its folder is written to: the copy of its own in which one of an older format is brought up to
    date lies beside the project. Raises DamagedProjectError or NotAProjectError, and UsageError for a file
    that something stands beside.
    """
    sqlite.check_header(path)
    _refuse_company(path)
    prove_copy(path)
    draft = draft_beside(project)
    try:
        copy_file(path, draft)
        with closing(_open_copy(draft, path)) as store:
            found = _examined(store, path)
            if attest:
                _refuse_unattested(store, path, progress)
            return found
    finally:
        sqlite.remove_file(draft)


def _open_copy(draft: Path, path: Path) -> Store:
    """Open a copy of a file; what is wrong with it is said of the file itself."""
    try:
        return Store.open(draft, keep_old=False)
    except (DamagedProjectError, NotAProjectError) as error:
        message = error.message.replace(str(draft), str(path))
        raise type(error)(message, hint=error.hint) from None


def _examined(store: Store, path: Path) -> Copy:
    found = store.verify()
    if not found.verified:
        raise DamagedProjectError(f"{path} is not a good copy: its journal does not verify: {found.problem}.")
    with store.reading() as connection:
        problems = [*sqlite.integrity_problems(connection), *altered_texts(connection)]
        if problems:
            raise DamagedProjectError(f"{path} is not a good copy: {problems[0]}.")
        return Copy(path, found.operations, found.head, state_digest(connection))


def _refuse_unattested(store: Store, path: Path, progress: Progress | None) -> None:
    with store.reading() as connection:
        problems = list(find_altered(connection, progress))
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        message = f"{path} is not a good copy: {problems[0]}{more}; nothing was changed."
        raise DamagedProjectError(message, hint=_AS_IT_IS)


def _refuse_company(path: Path) -> None:
    for suffix in BESIDE:
        other = path.with_name(f"{path.name}{suffix}")
        if other.exists():
            message = f"{other} stands beside {path.name}: a program has it open, or was killed with it open."
            hint = "Close that program; or open and close the file once with the qualcase that left it so."
            raise UsageError(message, hint=hint)


def restore(project: Path, file: Path, *, anyway: bool = False, progress: Progress | None = None) -> Restored:
    """Make a project what a backup holds, whole or not at all.

    The backup is proven first and stays; `anyway` takes one that was altered, as long as it can be read and
    its journal holds. What it replaces is kept among the backups, also where it is damaged. Raises an error,
    with nothing changed, for a file that is not good or has a -wal beside it.
    """
    if not file.exists():
        raise ProjectMissingError(f"There is no backup at {file}.", hint=_known(project))
    refuse_place(project)
    if not anyway:
        _refuse_altered(file)
    found = examine(file, project, attest=not anyway, progress=progress)
    with _of_today(project, file) as draft:
        replaced = _replace(project, draft, other=None if anyway else file)
    return Restored(found, replaced)


@contextlib.contextmanager
def _of_today(project: Path, file: Path) -> Iterator[Path]:
    """Give a copy of a file, beside the project whose place it is to take, in today's format."""
    draft = draft_beside(project)
    try:
        copy_file(file, draft)
        Store.open(draft, keep_old=False).close()
        yield draft
    finally:
        sqlite.remove_file(draft)


def _refuse_altered(file: Path) -> None:
    # All of it may read well, and yet be other words than were kept.
    backup = named_backup(file)
    if backup is not None and not backup.holds():
        message = f"{file} is not a good copy: it was altered after it was made, as its name tells."
        raise DamagedProjectError(message, hint=_AS_IT_IS)


def _known(project: Path) -> str:
    backups = list_backups(project)
    return f"The newest: {backups[0].path}" if backups else "There are no backups beside the project yet."


def _replace(project: Path, draft: Path, *, other: Path | None) -> Path | None:
    """Put a draft in a project's place; one of another project, as a file is called, is refused."""
    if not project.exists():
        _refuse_company(project)
        sqlite.place_file(draft, project)
        return None
    try:
        store = Store.open(project)
        try:
            if other is not None:
                _refuse_another(store, draft, other)
            replaced = _keep_and_take_over(store, draft, "restore")
        finally:
            store.close()
    except (DamagedProjectError, NotAProjectError):
        # What is busy, or newer than this program, is never written over; this cannot be read anyway.
        _refuse_company(project)
        replaced = _set_aside(project)
        draft.replace(project)
    return replaced


def _refuse_another(store: Store, draft: Path, file: Path) -> None:
    with store.reading() as connection, reading_file(draft) as restored:
        if read_beginning(connection) == read_beginning(restored):
            return
    message = f"{file} is a backup of another project than {store.path.name}; nothing was changed."
    new = f"`qualcase -p NEW{PROJECT} restore FILE` makes a project of its own of it"
    hint = f"{new}; `qualcase restore --anyway FILE` puts it in the place of this one."
    raise ForeignProjectError(message, hint=hint)


def _set_aside(project: Path) -> Path:
    aside = make_backup_folder(project) / f"{datetime.now(tz=UTC):%Y%m%d-%H%M%S-%f}-damaged"
    shutil.copyfile(project, aside)
    aside.chmod(0o600)
    return aside


def _keep_and_take_over(store: Store, draft: Path, reason: str) -> Path:
    """Take the place of what a project holds, which a backup keeps to its last act; return that backup."""
    for _ in range(_ATTEMPTS):
        kept = keep_backup(store.path, reason).path
        # Where somebody acts after the backup it is taken again, or what they did would be nowhere.
        with contextlib.suppress(StaleProjectError):
            store.take_over(draft, instead_of=_head_of(kept))
            return kept
    message = f"Other programs go on writing to {store.path.name}; nothing was changed."
    raise BusyProjectError(message, hint="Do it again when they have ended.")


def restore_before(store: Store, head: bytes, *, instead_of: bytes) -> Path:
    """Make an open project what it was at a head of its journal, from the backup taken then.

    What it gives up is kept among the backups. Raises ProjectMissingError where no good backup of that
    moment is left, and StaleProjectError where the project has another head than `instead_of` by now.
    """
    for backup in list_backups(store.path):
        if backup.holds() and _head_of(backup.path) == head:
            keep_backup(store.path, "undo")
            # It may be of the format that the project had when it was made.
            with _of_today(store.path, backup.path) as draft:
                store.take_over(draft, instead_of=instead_of)
            return backup.path
    raise ProjectMissingError("The backup that was taken before it is not there any more.")


def backup_before_migration(store: Store) -> Path | None:
    """Return the backup of the older format that a project had, where nothing has been done since."""
    found = next((one for one in list_backups(store.path) if one.reason == "migration"), None)
    if found is None or not found.holds():
        return None
    with store.reading() as connection:
        head = read_head(connection)
    return found.path if _head_of(found.path) == head else None


def _head_of(path: Path) -> bytes:
    with reading_file(path) as connection:
        return read_head(connection) or b""
