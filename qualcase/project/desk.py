"""What all desks share: the store, who acts, and how an act is written down."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from qualcase.model.errors import UnknownNameError
from qualcase.storage.people import coder_uid, find_coder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualcase.model.operation import Operation
    from qualcase.project.project import Project
    from qualcase.storage.journal import Entry
    from qualcase.storage.store import Store
    from qualcase.storage.texts import NewText

Given = ParamSpec("Given")
Result = TypeVar("Result")
Sitting = TypeVar("Sitting", bound="Desk")


def one_transaction(
    method: Callable[Concatenate[Sitting, Given], Result],
) -> Callable[Concatenate[Sitting, Given], Result]:
    """Let what an act looks at and what it writes be one writing transaction: nobody else's comes between.

    What takes long and needs nothing of the project, as reading a file does, belongs before it.
    """

    @wraps(method)
    def acting(desk: Sitting, /, *args: Given.args, **named: Given.kwargs) -> Result:
        with desk._store.writing():  # noqa: SLF001 - of the desk itself
            return method(desk, *args, **named)

    return acting


class Desk:
    """One part of the project's work; it reads and writes through the project's store."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def _store(self) -> Store:
        return self._project.store

    def _commit(self, operation: Operation, texts: Sequence[NewText] = ()) -> Entry:
        if not self._store.is_writing:
            message = "an act is written in the transaction in which it was decided: use one_transaction"
            raise RuntimeError(message)
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
