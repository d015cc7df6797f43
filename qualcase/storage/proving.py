"""Proving a copy of a project: its pages are whole, and its journal verifies.

A large copy may be proven in a process of its own while the work goes on that it was made for.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from qualcase.storage import sqlite
from qualcase.storage.chain import verify
from qualcase.storage.errors import DamagedProjectError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

LARGE = 8 << 20  # Bytes; what is smaller is proven sooner than a process starts.
# Without -P a file of the folder one works in would be run for a module of Python's.
_COMMAND = (sys.executable, "-P", "-m", "qualcase.storage.prover")


def prove_copy(path: Path, pause: Callable[[], None] | None = None) -> None:
    """Raise DamagedProjectError where a copy's pages are not whole or its journal does not verify.

    Of a journal of an older format only the head is looked at: what its rows mean, its own revision knows.
    """
    _refuse(path, find_fault(path, pause))


def find_fault(path: Path, pause: Callable[[], None] | None = None) -> str | None:
    """Return what is wrong with a copy that can be read, or None."""
    version = sqlite.check_header(path)
    with reading_file(path) as connection:
        problem = next(iter(sqlite.page_problems(connection)), None)
        return problem or _journal_fault(connection, version, pause)


def _journal_fault(connection: Connection, version: int, pause: Callable[[], None] | None) -> str | None:
    if version == sqlite.USER_VERSION:
        found = verify(connection, None if pause is None else lambda _: pause())
        return None if found.verified else f"its journal does not verify: {found.problem}"
    from qualcase.storage.migration import head_agrees  # noqa: PLC0415 - older formats are rare

    return None if head_agrees(connection) else "its journal has another head than its last operation"


def _refuse(path: Path, fault: str | None) -> None:
    if fault:
        message = f"{path} is not a good copy: {fault}."
        raise DamagedProjectError(message)


@contextlib.contextmanager
def proving(path: Path) -> Iterator[Callable[[], None]]:
    """Begin to prove a copy; what is given waits for the proof, and raises as `prove_copy` does."""
    if path.stat().st_size < LARGE:
        yield lambda: prove_copy(path)
        return
    process = _start(path)
    try:
        yield lambda: _finish(path, process)
    finally:
        if process is not None:
            with process:
                process.kill()


def _start(path: Path) -> subprocess.Popen[bytes] | None:
    """Start a process that proves a copy, or return None where the system refuses."""
    paths = os.pathsep.join(map(os.path.abspath, sys.path))
    with contextlib.suppress(OSError):
        return subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            (*_COMMAND, str(path.absolute())),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            start_new_session=True,
        )
    return None


def _finish(path: Path, process: subprocess.Popen[bytes] | None) -> None:
    """Take in the other process's answer; where it gives none, the copy is proven here."""
    answer = process.communicate()[0] if process is not None else b""
    if process is None or process.returncode:
        prove_copy(path)
    else:
        found: Any = json.loads(answer)
        _refuse(path, found)


@contextlib.contextmanager
def reading_file(path: Path) -> Iterator[Connection]:
    """Give a connection that reads a file nobody writes to, and leaves nothing beside it."""
    engine = sqlite.connect_unwritten(path)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        message = f"{path} is damaged and cannot be read: {error.orig}."
        raise DamagedProjectError(message) from None
    finally:
        engine.dispose()
