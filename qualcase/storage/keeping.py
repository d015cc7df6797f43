"""The backups that a project makes by itself while it is edited."""

from __future__ import annotations

import logging
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.model.errors import QualcaseError
from qualcase.storage.clock import clock_text
from qualcase.storage.schema import journal
from qualcase.text.visible import make_visible_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sqlalchemy import Connection

_log = logging.getLogger(__name__)
_PAUSE = 0.001  # Seconds in which whoever acts has Python to itself, every few milliseconds.


class _Abandoned(Exception):  # noqa: N818 - no fault: it only ends what was begun
    """Nobody waits for the backup any more."""


class Keeper:
    """Keeps a backup before much is deleted, and of what somebody has edited for half an hour.

    The latter is made beside the work, in a thread of its own, one at a time.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._due = 0.0  # By the monotonic clock; looked up before the first act, then when it has come.
        self._beside: threading.Thread | None = None
        self._hurried, self._abandoned = threading.Event(), threading.Event()

    def keep_before(self, deletions: int) -> None:
        """Keep a backup before an act that deletes so many rows, where they are many."""
        if deletions:
            from qualcase.storage import snapshots  # noqa: PLC0415 - most acts need none

            if deletions >= snapshots.BULK:
                self.finish()
                # Within a transaction that may have written before: only SQLite knows what is kept of that.
                # Whoever acts waits, so it is made without a pause.
                snapshots.keep_backup(self._path, "delete", _go_on)
                self._due = time.monotonic() + snapshots.EVERY.total_seconds()

    def keep_edited(self, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        """Begin a backup half an hour after the last; called after an act, which does not wait for it."""
        if time.monotonic() < self._due or (self._beside and self._beside.is_alive()):
            return
        from qualcase.storage.snapshots import EVERY  # noqa: PLC0415 - as above

        with reading() as connection:
            left = self._seconds_left(connection)
        if left <= 0:
            self._begin()
            left = EVERY.total_seconds()
        self._due = time.monotonic() + left

    def finish(self) -> None:
        """Wait until the backup that is being made is whole; who interrupts the waiting does without it."""
        if self._beside is None:
            return
        self._hurried.set()
        try:
            self._beside.join()
        except BaseException:
            self._abandoned.set()
            self._beside.join()
            raise
        finally:
            self._beside = None

    def _seconds_left(self, connection: Connection) -> float:
        from qualcase.storage.snapshots import EVERY, next_due  # noqa: PLC0415 - as above

        first = connection.scalar(
            select(journal.operation.c.clock).order_by(journal.operation.c.sequence).limit(1)
        )
        # A project in the making, or a working copy of one, is nothing to go back to.
        if first is None or self._path.name.startswith("."):
            return EVERY.total_seconds()
        return next_due(self._path, datetime.fromisoformat(clock_text(first)).astimezone(UTC))

    def _begin(self) -> None:
        self._hurried.clear()
        self._beside = threading.Thread(target=self._keep_edited, name=f"backup of {self._path.name}")
        try:
            self._beside.start()
        except RuntimeError:  # No thread is to be had, as when the interpreter is ending.
            self._beside = None
            self._hurried.set()
            self._keep_edited()

    def _keep_edited(self) -> None:
        from qualcase.storage.snapshots import keep_backup  # noqa: PLC0415 - as above

        try:
            keep_backup(self._path, "edits", self._pause)
        except _Abandoned:
            return
        except (OSError, ValueError, QualcaseError) as error:  # The act is kept; it must not look as if not.
            name = make_visible_line(self._path.name)
            _log.warning("No backup of %s could be made: %s", name, _reason(error))

    def _pause(self) -> None:
        if self._abandoned.is_set():
            raise _Abandoned
        if threading.main_thread().is_alive():  # It is over when the program ends and waits for this alone.
            self._hurried.wait(_PAUSE)


def _go_on() -> None:
    """Let nobody else have a turn."""


def _reason(error: OSError | ValueError | QualcaseError) -> str:
    if isinstance(error, QualcaseError):
        return error.message
    return f"{(isinstance(error, OSError) and error.strerror) or error}."
