"""Project files by name: made so that only their owner reads them, put in place, and taken away again."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from qualcase.files.protection import refuse_place
from qualcase.storage.errors import ProjectExistsError, ProjectMissingError


def refuse_target(path: Path, what: str = "project") -> None:
    """Raise ProjectExistsError where anything stands, ProtectedFileError where only qualcase puts files."""
    refuse_existing(path, what)
    refuse_place(path)


def refuse_existing(path: Path, what: str = "project") -> None:
    """Raise ProjectExistsError where anything stands at a path, a dangling link included."""
    if path.exists() or path.is_symlink():
        message = f"{path} already exists."
        raise ProjectExistsError(message, hint=f"Give the new {what} another name.")


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
        # What begins with a dot is a draft, which nobody would look for.
        name = f"A copy in {path.parent}" if path.name.startswith(".") else path
        message = f"{name} cannot be made: {error.strerror}."
        raise ProjectMissingError(message) from None


def remove_file(path: Path) -> None:
    """Remove a project file whose making failed, with whatever stands beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{suffix}").unlink()
