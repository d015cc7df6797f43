"""Reading a project's bytes without SQLite, and without taking from SQLite the locks it has on them.

Where a process closes any file of its own, POSIX takes every lock from it that it has on the same file,
whoever in the process took it. Another program could then write at the same time, or remove the log that is
still written to. So what was read of a file that is open as a project stays open as long as that is.
"""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO
    from pathlib import Path

    # What tells a file from all others: its device and its number there.
    Identity = tuple[int, int]


@dataclass(slots=True)
class _InUse:
    projects: int = 0
    read: list[FileIO] = field(default_factory=list)


_in_use: dict[Identity, _InUse] = {}
_turns = threading.Lock()


def begin_use(path: Path) -> Identity:
    """Note that this process opens a file as a project; return what `end_use` wants."""
    identity = _identify(path.stat())
    with _turns:
        _in_use.setdefault(identity, _InUse()).projects += 1
    return identity


def end_use(identity: Identity) -> None:
    """Note that SQLite has closed it: once it is open for nobody here, what read its bytes is closed, too."""
    with _turns:
        _in_use[identity].projects -= 1
        if _in_use[identity].projects == 0:
            for file in _in_use.pop(identity).read:
                file.close()


@contextmanager
def reading_bytes(path: Path) -> Iterator[FileIO]:
    """Give a file to read from its beginning; OSError where there is none."""
    file = _read_before(path) or path.open("rb", buffering=0)
    try:
        yield file
    finally:
        with _turns:
            here = _in_use.get(_identify(os.fstat(file.fileno())))
            if here:
                here.read.append(file)
            else:
                file.close()


def is_in_use(path: Path) -> bool:
    """Tell whether this process has a file open as a project, by whatever name."""
    with suppress(FileNotFoundError), _turns:
        return _identify(path.stat()) in _in_use
    return False


def _read_before(path: Path) -> FileIO | None:
    with suppress(FileNotFoundError), _turns:
        here = _in_use.get(_identify(path.stat()))
        if here and here.read:
            file = here.read.pop()
            file.seek(0)
            return file
    return None


def _identify(state: os.stat_result) -> Identity:
    return state.st_dev, state.st_ino
