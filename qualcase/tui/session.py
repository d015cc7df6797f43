"""What is open: the project's sources and codes, and the one document being coded."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from qualcase.model.errors import QualcaseError
from qualcase.tui.codes import CodeList
from qualcase.tui.document import OpenDocument

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.model.source import Source
    from qualcase.tui.clerk import Clerk
    from qualcase.tui.doors import Door


class Listener(Protocol):
    """Whoever paints: told what changed, and sentences for the person."""

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
    """The open project as the screen knows it; reads through the clerk, and never blocks."""

    def __init__(
        self, project: Door, clerk: Clerk, listener: Listener, warm: Callable[[], object] | None = None
    ) -> None:
        self.project = project
        self.clerk = clerk
        self.listener = listener
        self.name = self.coder = ""
        self.codes = CodeList(())
        self.usage: dict[str, int] = {}
        self.sources: tuple[Source, ...] = ()
        self.document: OpenDocument | None = None
        self.last_code: str | None = None
        self.suggesting = ""
        self._warm = warm
        self._wanted = ""
        self._visited: dict[str, OpenDocument] = {}

    async def start(self) -> None:
        """Read the codes and the list of sources, and open the first."""
        await self.clerk.ask(self._read_project)
        if self.sources:
            await self.open(self.sources[0])
        else:
            self.listener.say("There are no sources yet: leave with q and use `qualcase import`.")

    @property
    def position(self) -> int:
        """Which source is open, from 0."""
        uid = self.document.source.uid if self.document else None
        return next((place for place, source in enumerate(self.sources) if source.uid == uid), 0)

    async def open(self, source: Source) -> None:
        """Open a source where it was left; of several asked for quickly, only the last is shown."""
        self._wanted = source.uid
        try:
            document = await self.clerk.ask(lambda: _read(self.project, source))
        except QualcaseError as fault:
            self.listener.say(fault.message, warn=True)
            return
        if self._wanted != source.uid:
            return
        before = self._visited.get(source.uid)
        if before:
            document.selection, document.top = before.selection, before.top
        self._visited[source.uid] = self.document = document
        self.listener.document_opened()
        await self.find_suggestions(document)

    async def find_suggestions(self, document: OpenDocument) -> None:
        """Ask for suggestions in the background; the first time a language model has to be loaded."""
        self._report("looking for suggestions …")
        try:
            if self._warm:
                await asyncio.to_thread(self._warm)
                self._warm = None
            found = await self.clerk.ask_idly(lambda: self.project.suggestions.propose(document.source))
        except QualcaseError as fault:
            self._report(f"no suggestions: {fault.message}")
            return
        except asyncio.CancelledError:
            return
        if document is self.document:
            document.propose(found)
            self._report("")

    def count(self, code_id: str, by: int) -> None:
        """Count one coding more or less for a code."""
        self.usage[code_id] = max(0, self.usage.get(code_id, 0) + by)

    def _read_project(self) -> None:
        # Even a name may be read from the file: all that is asked of the project is asked by the clerk.
        project = self.project
        self.name, self.coder = project.name, project.coder
        self.codes = CodeList(project.codebook.all())
        self.usage = dict(project.codebook.usage())
        self.sources = tuple(project.sources.list())

    def _report(self, state: str) -> None:
        self.suggesting = state
        self.listener.suggestions_changed()


def _read(project: Door, source: Source) -> OpenDocument:
    desk = project.sources
    return OpenDocument(
        source,
        desk.text(source),
        turns=desk.turns(source),
        blocks=desk.blocks(source),
        sentences=desk.sentences(source),
        codings=project.codings.in_source(source, coder=project.coder),
    )
