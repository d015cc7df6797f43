"""Files of participants' words: each whole or not there at all, and for nobody but their keeper."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_FOLDER_MODE = 0o700


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can read, unless it is there; OSError where it cannot be."""
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)


def write_file(path: Path, content: bytes) -> Path:
    """Write a file that is whole or not there at all, for its owner only, and return its path.

    Raises OSError where it cannot be written.
    """
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
    return path
