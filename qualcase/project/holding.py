"""Texts on their way in: a portion in memory, the rest in the project's file, before any act names them.

As in git, the things come first and the one entry that names them last. Only so is an import one act in one
transaction although it holds neither its texts in memory nor the project's lock while it reads.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from qualcase.model.identity import new_uid
from qualcase.storage.errors import BusyProjectError, StaleChangeError
from qualcase.storage.staging import abandoned, stage, staged_by, unstage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.model.operation import Operation
    from qualcase.model.source import Source
    from qualcase.project.project import Project
    from qualcase.storage.texts import NewText

PORTION = 1_000_000  # Characters and bytes; a transaction for each file would cost more than its text.


class Holding:
    """The texts of one import until its act is written; whatever no act names in the end is removed."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._store = project.store
        self._owner = new_uid()
        self._held: list[tuple[Source, NewText]] = []
        self._weight = 0
        self._staged = 0

    def sweep(self) -> None:
        """Remove what imports left behind that were killed."""
        with self._store.reading() as connection:
            left = abandoned(connection)
        self._remove(left)

    def take(self, source: Source, text: NewText) -> None:
        """Hold the text of a source to come."""
        self._held.append((source, text))
        self._weight += len(text.text) + len(text.original or b"")
        if self._weight >= PORTION:
            # Where somebody else writes just now, it is held on to and tried again with the next.
            with suppress(BusyProjectError):
                self._stage()

    def _stage(self) -> None:
        with self._store.writing() as connection:
            for source, text in self._held:
                stage(connection, source.uid, source.sha256, text, self._owner)
        self._staged += len(self._held)
        self._held, self._weight = [], 0
        self._store.release_memory()

    def write(self, operation: Operation) -> None:
        """Write the act that brings all that is held; StaleChangeError where some of it is gone."""
        with self._store.writing() as connection:
            if len(staged_by(connection, self._owner)) != self._staged:
                message = "Somebody removed what this import had read so far; nothing was changed."
                raise StaleChangeError(message, hint="Import once more.")
            self._store.write(
                connection,
                operation,
                coder=self._project.coder,
                codebook_version=self._project.codebook_version(),
                texts=[text for _, text in self._held],
            )

    def close(self) -> None:
        """Remove what no act has named."""
        if self._staged:
            with self._store.reading() as connection:
                left = staged_by(connection, self._owner)
            self._remove(left)

    def _remove(self, sources: Iterable[str]) -> None:
        # One at a time: others may write in between. What cannot be removed now is swept another time.
        with suppress(BusyProjectError):
            for source in sources:
                with self._store.writing() as connection:
                    unstage(connection, source)
