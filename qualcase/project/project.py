"""A project, opened: who acts, under which codebook, and the desks at which the work is done."""

from __future__ import annotations

import getpass
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from qualcase.coding.operations import find_act
from qualcase.model.errors import UsageError
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation
from qualcase.project.care import Care
from qualcase.project.cases import Cases
from qualcase.project.codebook import CodebookDesk, codebook_changes, load_codebook
from qualcase.project.codings import Codings
from qualcase.project.events import Events
from qualcase.project.journal import JournalDesk
from qualcase.project.memos import Memos
from qualcase.project.reports import Reports
from qualcase.project.rounds import Rounds
from qualcase.project.sources import Sources
from qualcase.project.suggestions import Suggestions
from qualcase.project.tables import Tables
from qualcase.project.timeline import Timeline
from qualcase.storage.people import list_coders
from qualcase.storage.reading.settings import read_settings
from qualcase.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.coding.frame import CodedData
    from qualcase.model.operation import LoggedOperation
    from qualcase.storage.reading.settings import ProjectSettings

MODES = ("coding-reliability", "codebook", "reflexive")
DEFAULT_CODEBOOK = "four-process"


class Project:
    """The one door to a project; use it as a context manager, or call `close`."""

    def __init__(self, store: Store, coder: str) -> None:
        self.store = store
        self.coder = coder

    @property
    def path(self) -> Path:
        """Where the project's file is."""
        return self.store.path

    @property
    def name(self) -> str:
        """What the project is called."""
        return self.settings().name

    @property
    def mode(self) -> str:
        """How coders work together: coding-reliability, codebook or reflexive."""
        return self.settings().mode

    def settings(self) -> ProjectSettings:
        """Return the project's name, mode and codebook version."""
        return self.store.recall("settings", ("project", "codebook"), read_settings)

    def codebook_version(self) -> int:
        """Return the version of the first codebook, under which acts are entered in the journal."""
        return self.settings().codebook_version

    def coders(self) -> tuple[str, ...]:
        """Return everybody who has acted in this project."""
        with self.store.reading() as connection:
            return list_coders(connection)

    def close(self) -> None:
        """Close the file, leaving nothing beside it."""
        self.store.close()

    def __enter__(self) -> Self:
        """Return the project itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the project."""
        self.close()

    def perform(self, kind: str, **arguments: Any) -> LoggedOperation:  # noqa: ANN401 - each act has its own
        """Carry out an act by its kind, whichever room module it was added in, with its own arguments."""
        operation = find_act(kind).build(**arguments)
        return self.store.commit(operation, coder=self.coder, codebook_version=self.codebook_version())

    @cached_property
    def sources(self) -> Sources:
        """What was collected."""
        return Sources(self)

    @cached_property
    def cases(self) -> Cases:
        """What is studied, and which sources speak of it."""
        return Cases(self)

    @cached_property
    def codebook(self) -> CodebookDesk:
        """The codes and their history."""
        return CodebookDesk(self)

    @cached_property
    def codings(self) -> Codings:
        """The acts of coding, and what they made."""
        return Codings(self)

    @cached_property
    def memos(self) -> Memos:
        """Notes on anything."""
        return Memos(self)

    @cached_property
    def events(self) -> Events:
        """Dated events, phases and turning points."""
        return Events(self)

    @cached_property
    def suggestions(self) -> Suggestions:
        """Proposals with their reasons."""
        return Suggestions(self)

    @cached_property
    def rounds(self) -> Rounds:
        """How far coders agree."""
        return Rounds(self)

    @cached_property
    def timeline(self) -> Timeline:
        """The longitudinal narrative."""
        return Timeline(self)

    @cached_property
    def tables(self) -> Tables:
        """Comparison tables."""
        return Tables(self)

    @cached_property
    def reports(self) -> Reports:
        """Case reports."""
        return Reports(self)

    @cached_property
    def journal(self) -> JournalDesk:
        """What was done by whom; undo and redo."""
        return JournalDesk(self)

    @cached_property
    def care(self) -> Care:
        """Whether all is well with the file."""
        return Care(self)

    def frame(self, *, sentences: bool = False) -> CodedData:
        """Return all coded data as columns."""
        return self.codings.data(sentences=sentences)


def open_project(path: str | Path, coder: str | None = None) -> Project:
    """Open a project; `coder` is who acts, by default $QUALCASE_CODER or the operating system's user."""
    return Project(Store.open(Path(path)), coder or default_coder())


def create_project(
    path: str | Path,
    codebooks: Sequence[str | Path] = (DEFAULT_CODEBOOK,),
    *,
    case: str | None = None,
    mode: str = "codebook",
    coder: str | None = None,
) -> Project:
    """Make a new project with codebooks by name or file, a first case, and a mode.

    Everything is read and checked before the file is made; the file appears whole or not at all.
    """
    path = Path(path)
    if mode not in MODES:
        raise UsageError(f"“{mode}” is not a mode.", hint=f"Choose one of {', '.join(MODES)}.")
    books = [load_codebook(name) for name in codebooks]
    if len({book.id for book in books}) < len(books):
        raise UsageError("The same codebook was named twice.")
    case = case or path.stem
    if not case.strip():
        raise UsageError("A case needs a name.")
    changes = [
        Change("project", new_uid(), None, {"name": path.stem, "mode": mode}),
        Change("study_case", new_uid(), None, {"name": case}),
    ]
    for position, book in enumerate(books):
        changes += codebook_changes(book, position=position)
    operation = Operation("new", f"Began the project {path.stem}", tuple(changes))
    who = coder or default_coder()
    store = Store.create(path, operation, coder=who)
    return Project(store, who)


def default_coder() -> str:
    """Return who acts where nobody says: $QUALCASE_CODER, or the operating system's user."""
    named = os.environ.get("QUALCASE_CODER", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("It is not clear who acts.", hint="Say so with --coder NAME.") from None
