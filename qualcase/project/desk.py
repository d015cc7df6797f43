"""What all desks share: the store, who acts, and how an act is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.errors import UnknownNameError
from qualcase.storage.people import coder_uid, find_coder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.operation import LoggedOperation, Operation
    from qualcase.project.project import Project
    from qualcase.storage.store import Store
    from qualcase.storage.texts import NewText


class Desk:
    """One part of the project's work; it reads and writes through the project's store."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def _store(self) -> Store:
        return self._project.store

    def _commit(self, operation: Operation, texts: Sequence[NewText] = ()) -> LoggedOperation:
        return self._store.commit(
            operation,
            coder=self._project.coder,
            codebook_version=self._project.codebook_version(),
            texts=texts,
        )

    def coder_uid(self) -> str:
        """Return the uid of the acting coder, who becomes known to the project by it."""
        name = self._project.coder
        known = self._store.recall(("coder", name), ("coder",), lambda held: find_coder(held, name))
        if known is not None:
            return known
        with self._store.writing() as connection:
            return coder_uid(self._store, connection, name)


def unknown(what: str, name: str, hint: str | None = None) -> UnknownNameError:
    """Return the error that says that nothing answers to a name."""
    return UnknownNameError(what, name, hint=hint)
