"""Every file that a user names is written here: whole or not at all, for its owner, and over no project.

They hold participants' words, so nobody but their keeper may read them.
"""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.files.protection import refuse_protected

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER_MODE = 0o700
_LINKS = 40  # As many as systems follow.


def write_files(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files by name into a folder, made for its owner only where it is missing; return their paths.

    Raises ProtectedFileError before anything is written, and OSError where a file cannot be.
    """
    paths = {folder / name: content for name, content in contents.items()}
    refuse_protected((folder, *paths))
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    return tuple(write_file(path, content) for path, content in paths.items())


def write_file(path: Path, content: bytes) -> Path:
    """Write a file that is whole or not there at all, for its owner only, and return its path.

    A link is followed and stays; what is no ordinary file, as a pipe or a terminal, is written to. Raises
    ProtectedFileError where a project stands there, or what belongs to one, and OSError where the file
    cannot be written.
    """
    refuse_protected((path,))
    own = _open_file(path)
    if own is not None:
        _write_into(os.dup(own), content)
    elif _is_ordinary(path):
        _replace(Path(os.path.realpath(path)), content)
    else:
        _write_into(os.open(path, os.O_WRONLY), content)
    return path


def _is_ordinary(path: Path) -> bool:
    """Tell whether a path is, or would be, a file that another may take the place of."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _replace(path: Path, content: bytes) -> None:
    # A temporary file has mode 0600 from the beginning, and a reader sees the old file or the new one.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write_into(descriptor: int, content: bytes) -> None:
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def _open_file(path: Path) -> int | None:
    """Return which of this process's open files a name stands for, as /dev/stdout does for 1, or None.

    Opened anew it would be written from its beginning, over what the process has printed.
    """
    here = Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow the last link too
    for _ in range(_LINKS):
        folder = Path(os.path.realpath(here.parent))
        if here.name.isdecimal() and folder in {Path("/dev/fd"), Path(f"/proc/{os.getpid()}/fd")}:
            return int(here.name)
        if not here.is_symlink():
            return None
        here = folder / here.readlink()
    return None
