"""What the terminal interface asks of a project: its desks, as far as they are used here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.coding.places import Place
    from qualcase.model.code import Codebook
    from qualcase.model.coding import Coding, Suggestion
    from qualcase.model.operation import LoggedOperation
    from qualcase.model.source import Block, Sentence, Source, Turn


class SourcesDesk(Protocol):
    """Sources and what their texts are made of."""

    def list(self) -> Sequence[Source]:
        """Return the sources in their order."""

    def text(self, source: Source) -> str:
        """Return a source's text."""

    def turns(self, source: Source) -> Sequence[Turn]:
        """Return its turns."""

    def blocks(self, source: Source) -> Sequence[Block]:
        """Return its paragraphs."""

    def sentences(self, source: Source) -> Sequence[Sentence]:
        """Return its sentences."""


class CodebookDesk(Protocol):
    """The codes."""

    def all(self) -> Sequence[Codebook]:
        """Return every codebook."""

    def usage(self) -> dict[str, int]:
        """Return how many codings each code has."""


class CodingsDesk(Protocol):
    """The acts of coding."""

    def add(self, source: Source, code_id: str, place: Place) -> Sequence[Coding]:
        """Code a place."""

    def remove(self, uid: str, /) -> Coding:
        """Take a coding away."""

    def in_source(self, source: Source, coder: str | None = None) -> Sequence[Coding]:
        """Return the live codings of a source."""


class SuggestionsDesk(Protocol):
    """Proposals."""

    def propose(self, source: Source) -> Sequence[Suggestion]:
        """Return what could be coded in a source."""

    def accept(self, uid: str, /) -> Coding:
        """Make a coding of a proposal."""

    def reject(self, uid: str, /) -> object:
        """Turn a proposal down."""


class JournalDesk(Protocol):
    """What was done."""

    def undo(self, n: int = 1) -> Sequence[LoggedOperation]:
        """Take back the coder's last acts."""

    def redo(self, n: int = 1) -> Sequence[LoggedOperation]:
        """Do again what was taken back."""


class Door(Protocol):
    """A project, as `qualcase.open` returns it."""

    @property
    def name(self) -> str:
        """The project's name."""

    @property
    def coder(self) -> str:
        """Who acts."""

    @property
    def sources(self) -> SourcesDesk:
        """The sources."""

    @property
    def codebook(self) -> CodebookDesk:
        """The codes."""

    @property
    def codings(self) -> CodingsDesk:
        """The codings."""

    @property
    def suggestions(self) -> SuggestionsDesk:
        """The proposals."""

    @property
    def journal(self) -> JournalDesk:
        """The history."""
