"""The backups that a project makes by itself while it is edited."""

from __future__ import annotations

import logging
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


class Keeper:
    """Keeps a backup before much is deleted, and of what somebody has edited for half an hour."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._due = 0.0  # By the monotonic clock; looked up before the first act, then when it has come.

    def keep_before(self, deletions: int) -> None:
        """Keep a backup before an act that deletes so many rows, where they are many."""
        if deletions:
            from qualcase.storage import snapshots  # noqa: PLC0415 - most acts need none

            if deletions >= snapshots.BULK:
                snapshots.keep_backup(self._path, "delete")
                self._due = time.monotonic() + snapshots.EVERY.total_seconds()

    def keep_edited(self, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        """Keep a backup half an hour after the last; called after an act, so that nobody waits to write."""
        if time.monotonic() < self._due:
            return
        from qualcase.storage.snapshots import EVERY  # noqa: PLC0415 - as above

        with reading() as connection:
            left = self._seconds_left(connection)
        if left <= 0:
            self._keep_edited()
            left = EVERY.total_seconds()
        self._due = time.monotonic() + left

    def _seconds_left(self, connection: Connection) -> float:
        from qualcase.storage.snapshots import EVERY, next_due  # noqa: PLC0415 - as above

        first = connection.scalar(
            select(journal.operation.c.clock).order_by(journal.operation.c.sequence).limit(1)
        )
        # A project in the making, or a working copy of one, is nothing to go back to.
        if first is None or self._path.name.startswith("."):
            return EVERY.total_seconds()
        return next_due(self._path, datetime.fromisoformat(clock_text(first)).astimezone(UTC))

    def _keep_edited(self) -> None:
        from qualcase.storage.snapshots import keep_backup  # noqa: PLC0415 - as above

        try:
            keep_backup(self._path, "edits")
        except (OSError, QualcaseError) as error:  # The act is kept; this must not make it look as if not.
            name = make_visible_line(self._path.name)
            reason = error.message if isinstance(error, QualcaseError) else f"{error.strerror}."
            _log.warning("No backup of %s could be made: %s", name, reason)
