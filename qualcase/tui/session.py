"""What is open on the coding screen: the one document being coded, and its suggestions."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from qualcase.model.errors import QualcaseError
from qualcase.tui.document import OpenDocument

if TYPE_CHECKING:
    from qualcase.model.source import Source
    from qualcase.project.project import Project
    from qualcase.text.selection import Span
    from qualcase.tui.workbench import Workbench


class Listener(Protocol):
    """Whoever paints: told what changed, and sentences for the person; counts what could not be saved."""

    failures: int

    def say(self, sentence: str, *, warn: bool = False) -> None:
        """Show a sentence."""

    def document_opened(self) -> None:
        """Another document is open."""

    def passage_changed(self, start: int, end: int) -> None:
        """Codings on this passage came, went or changed."""

    def suggestions_changed(self) -> None:
        """There are other suggestions, or another word on their state."""

    def suggestions_wanted(self) -> None:
        """Suggestions that were answered may be open again."""


class Session:
    """The open document as the screen knows it; reads through the clerk, and never blocks."""

    def __init__(self, bench: Workbench, listener: Listener) -> None:
        self.bench = bench
        self.listener = listener
        self.document: OpenDocument | None = None
        self.last_code: str | None = None
        self.suggesting = ""
        self._wanted = ""
        self._visited: dict[str, OpenDocument] = {}

    @property
    def position(self) -> int:
        """Which source is open, from 0."""
        uid = self.document.source.uid if self.document else None
        return next((place for place, source in enumerate(self.bench.sources) if source.uid == uid), 0)

    async def open(self, source: Source, span: Span | None = None) -> None:
        """Open a source at a passage, or where it was left; of several asked for, only the last is shown."""
        self._wanted = source.uid
        try:
            document = await self.bench.ask(lambda project: _read(project, source))
        except QualcaseError as fault:
            self.listener.say(fault.message, warn=True)
            return
        if self._wanted != source.uid:
            return
        before = self._visited.get(source.uid)
        if before and before.text == document.text:
            document.selection, document.top = before.selection, before.top
        if span is not None:
            document.go_to(span)
        self._visited[source.uid] = self.document = document
        self.listener.document_opened()
        await self.find_suggestions(document)

    async def find_suggestions(self, document: OpenDocument) -> None:
        """Ask for suggestions in the background; the first time a language model has to be loaded."""
        self._report("looking for suggestions …")
        try:
            if self.bench.warm:
                await asyncio.to_thread(self.bench.warm)
                self.bench.warm = None
            found = await self.bench.ask_idly(lambda project: project.suggestions.propose(document.source))
        except QualcaseError as fault:
            self._report(f"no suggestions: {fault.message}")
            return
        except asyncio.CancelledError:
            return
        if document is self.document:
            document.propose(found)
            self._report("")

    def _report(self, state: str) -> None:
        self.suggesting = state
        self.listener.suggestions_changed()


def _read(project: Project, source: Source) -> OpenDocument:
    desk = project.sources
    return OpenDocument(
        source,
        desk.text(source),
        turns=desk.turns(source),
        blocks=desk.blocks(source),
        sentences=desk.sentences(source),
        codings=project.codings.in_source(source, coder=project.coder),
    )
