"""Proving a copy of a project: its pages are whole, and its journal verifies.

A large copy may be proven in a process of its own while the work goes on that it was made for; and so may
what a colleague's copy would bring to it.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from qualcase.storage import grafting, sqlite
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


def find_faults(path: Path, other: Path | None) -> tuple[str | None, str | None]:
    """Return what is wrong with a copy, and with the acts that another one would bring to it."""
    return find_fault(path), None if other is None else _find_alteration(path, other)


def _find_alteration(path: Path, other: Path) -> str | None:
    with reading_file(path) as connection:
        sqlite.attach(connection.engine, other, grafting.OTHER)
        grafting.map_acts(connection)
        return grafting.find_alteration(connection)


def is_large(path: Path) -> bool:
    """Tell whether a file is proven in a process of its own."""
    return path.stat().st_size >= LARGE


@contextlib.contextmanager
def proving(path: Path, other: Path | None = None) -> Iterator[Callable[[], None]]:
    """Begin to prove a copy; what is given waits for the proof, and raises as `prove_copy` does.

    What `other`, a copy of the same project that nobody writes to, would bring to it is checked as well:
    BrokenJournalError where its journal was altered, also instead of what else has failed meanwhile.
    """
    process = _start(path, other) if is_large(path) else None
    asked = False

    def finish() -> None:
        nonlocal asked
        asked = True
        fault, alteration = _answer(process) or find_faults(path, other)
        _refuse(path, fault)
        grafting.refuse_alteration(alteration)

    try:
        yield finish
    except Exception:
        if other is not None and not asked:  # What cannot be read may be what was altered.
            with contextlib.suppress(DamagedProjectError):
                finish()
        raise
    finally:
        if process is not None:
            with process:
                process.kill()


def _start(path: Path, other: Path | None) -> subprocess.Popen[bytes] | None:
    """Start a process that proves a copy, or return None where the system refuses."""
    paths = os.pathsep.join(map(os.path.abspath, sys.path))
    files = [str(file.absolute()) for file in (path, other) if file is not None]
    with contextlib.suppress(OSError):
        return subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            (*_COMMAND, *files),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
            start_new_session=True,
        )
    return None


def _answer(process: subprocess.Popen[bytes] | None) -> tuple[str | None, str | None] | None:
    """Return what the other process has found, or None where it gives no answer."""
    answer = process.communicate()[0] if process is not None else b""
    if process is None or process.returncode:
        return None
    with contextlib.suppress(ValueError, TypeError):  # Who knows what else writes to its stdout.
        fault, alteration = json.loads(answer)
        return fault, alteration
    return None


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
