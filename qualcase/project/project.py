"""A project, opened: who acts, under which codebook, and the desks at which the work is done."""

from __future__ import annotations

import getpass
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from qualcase.coding.operations import find_act
from qualcase.model.errors import UsageError
from qualcase.project.lazy import LazyDesk
from qualcase.storage.journal import log_entry
from qualcase.storage.people import list_coders
from qualcase.storage.reading.settings import read_settings
from qualcase.storage.sqlite import USER_VERSION
from qualcase.storage.store import Store
from qualcase.text.visible import make_visible_line

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.operation import LoggedOperation
    from qualcase.project.actors import Actors
    from qualcase.project.attributes import Attributes
    from qualcase.project.backups import Backups
    from qualcase.project.care import Care
    from qualcase.project.cases import Cases
    from qualcase.project.codebook import CodebookDesk
    from qualcase.project.codings import Codings
    from qualcase.project.editing import Editing
    from qualcase.project.events import Events
    from qualcase.project.in_vivo import InVivo
    from qualcase.project.journal import JournalDesk
    from qualcase.project.memos import Memos
    from qualcase.project.merging import Merging
    from qualcase.project.queries import Queries
    from qualcase.project.reports import Reports
    from qualcase.project.rounds import Rounds
    from qualcase.project.search import SearchDesk
    from qualcase.project.sets import Sets
    from qualcase.project.sources import Sources
    from qualcase.project.suggestions import Suggestions
    from qualcase.project.tables import Tables
    from qualcase.project.timeline import Timeline
    from qualcase.storage.reading.settings import ProjectSettings

_log = logging.getLogger(__name__)  # Python writes its warnings to stderr where nobody else listens.


class Project:
    """The one door to a project; use it as a context manager, or call `close`.

    Each desk is a module of this room, loaded when it is first sat down at.
    """

    # What was collected.
    sources: LazyDesk[Sources] = LazyDesk("sources", "Sources")
    # What is studied, and which sources speak of it.
    cases: LazyDesk[Cases] = LazyDesk("cases", "Cases")
    # Who speaks and acts, across sources.
    actors: LazyDesk[Actors] = LazyDesk("actors", "Actors")
    # What is known of sources, cases and actors besides their words.
    attributes: LazyDesk[Attributes] = LazyDesk("attributes", "Attributes")
    # The codes and their history.
    codebook: LazyDesk[CodebookDesk] = LazyDesk("codebook", "CodebookDesk")
    # The acts of coding, and what they made.
    codings: LazyDesk[Codings] = LazyDesk("codings", "Codings")
    # Correcting texts, and what that leaves in doubt.
    editing: LazyDesk[Editing] = LazyDesk("editing", "Editing")
    # Notes on anything.
    memos: LazyDesk[Memos] = LazyDesk("memos", "Memos")
    # Codes that are called what people said.
    in_vivo: LazyDesk[InVivo] = LazyDesk("in_vivo", "InVivo")
    # Words in the sources.
    search: LazyDesk[SearchDesk] = LazyDesk("search", "SearchDesk")
    # Passages by their codes.
    queries: LazyDesk[Queries] = LazyDesk("queries", "Queries")
    # Sources or codes under one name.
    sets: LazyDesk[Sets] = LazyDesk("sets", "Sets")
    # Dated events, phases and turning points.
    events: LazyDesk[Events] = LazyDesk("events", "Events")
    # Proposals with their reasons.
    suggestions: LazyDesk[Suggestions] = LazyDesk("suggestions", "Suggestions")
    # How far coders agree.
    rounds: LazyDesk[Rounds] = LazyDesk("rounds", "Rounds")
    # The longitudinal narrative.
    timeline: LazyDesk[Timeline] = LazyDesk("timeline", "Timeline")
    # Comparison tables.
    tables: LazyDesk[Tables] = LazyDesk("tables", "Tables")
    # Case reports.
    reports: LazyDesk[Reports] = LazyDesk("reports", "Reports")
    # What was done by whom; undo and redo.
    journal: LazyDesk[JournalDesk] = LazyDesk("journal", "JournalDesk")
    # A colleague's copy taken in.
    merging: LazyDesk[Merging] = LazyDesk("merging", "Merging")
    # Copies of the project, each proven.
    backups: LazyDesk[Backups] = LazyDesk("backups", "Backups")
    # Whether all is well with the file.
    care: LazyDesk[Care] = LazyDesk("care", "Care")

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

    def foreign_writes(self) -> int:
        """Return a number that is another one once another program has written to the project."""
        return self.store.foreign_writes()

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
        entry = self.store.commit(operation, coder=self.coder, codebook_version=self.codebook_version())
        return log_entry(entry, operation=operation)

    def frame(self, *, sentences: bool = False) -> CodedData:
        """Return all coded data as columns."""
        return self.codings.data(sentences=sentences)


def open_project(path: str | Path, coder: str | None = None) -> Project:
    """Open a project; `coder` is who acts, by default $QUALCASE_CODER or the operating system's user.

    One of an older format is brought up to date, also where it is only read, and a warning is logged.
    """
    path = Path(path)
    store = Store.open(path)
    if store.former_version is not None:
        _tell_of_format(store, store.former_version)
    return Project(store, coder or default_coder())


def _tell_of_format(store: Store, former: int) -> None:
    from qualcase.storage.backup import backup_before_migration  # noqa: PLC0415 - few files are of an older one

    kept = backup_before_migration(store)
    before = f"; as it was before: {make_visible_line(str(kept))}" if kept else ""
    name = make_visible_line(store.path.name)
    _log.warning("%s had format %s and was brought to today's, %s%s", name, former, USER_VERSION, before)


def default_coder() -> str:
    """Return who acts where nobody says: $QUALCASE_CODER, or the operating system's user."""
    named = os.environ.get("QUALCASE_CODER", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("It is not clear who acts.", hint="Say so with --coder NAME.") from None
