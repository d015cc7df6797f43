"""What is open on the coding screen: the one document being coded, its suggestions, its memos."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from qualcase.model.coding import PASSAGE
from qualcase.model.errors import QualcaseError
from qualcase.model.identity import short_uid
from qualcase.tui.document import OpenDocument
from qualcase.tui.typing_ahead import IDLE

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from qualcase.model.coding import Coding, Memo
    from qualcase.model.source import Source
    from qualcase.project.project import Project
    from qualcase.text.selection import Span
    from qualcase.tui.workbench import Workbench

# So many codings take so long to read that the text is shown without them first.
_MANY = 3000


class Listener(Protocol):
    """Whoever paints: told what changed, and sentences for the person; counts what could not be saved."""

    failures: int

    def say(self, sentence: str, *, warn: bool = False) -> None:
        """Show a sentence."""

    def spawn(self, work: Coroutine[object, object, None], group: str) -> None:
        """Do something in the background."""

    def document_opened(self) -> None:
        """Another document is open."""

    async def painted(self) -> None:
        """Wait until it can be read."""

    def passages_changed(self, spans: Sequence[Span]) -> None:
        """Codings on these passages came, went or changed."""

    def codes_changed(self) -> None:
        """There are other codes, or all codings were read again."""

    def suggestions_changed(self, spans: Sequence[Span]) -> None:
        """There are more suggestions, on these passages, or another word on their state."""

    def memos_changed(self) -> None:
        """Memos were read or written."""


class Session:
    """The open document as the screen knows it; reads through the clerk, and never blocks."""

    def __init__(self, bench: Workbench, listener: Listener) -> None:
        self.bench = bench
        self.listener = listener
        self.document: OpenDocument | None = None
        self.last_code: str | None = None
        self.walked_code: str | None = None
        self.suggesting = ""
        self.read_only = False
        self.others_shown = False
        self.memos: tuple[Memo, ...] = ()
        self._wanted = ""
        self._visited: dict[str, OpenDocument] = {}

    @property
    def position(self) -> int:
        """Which source is open, from 0."""
        uid = self.document.source.uid if self.document else None
        return next((place for place, source in enumerate(self.bench.sources) if source.uid == uid), 0)

    @property
    def source(self) -> Source | None:
        """The open source as it was read last."""
        return self.bench.source(self.document.source.uid) if self.document else None

    async def open(self, source: Source, span: Span | None = None) -> None:
        """Open a source at a passage, or where it was left; of several asked for, only the last is shown."""
        self._wanted = source.uid
        many = source.codings > _MANY
        try:
            document = await self.bench.ask(lambda project: _read(project, source, codings=not many))
        except QualcaseError as fault:
            self.listener.say(fault.message, warn=True)
            return
        if self._wanted != source.uid:
            return
        before = self._visited.get(source.uid)
        if before and before.text == document.text:
            document.selection, document.top, document.hits = before.selection, before.top, before.hits
        if span is not None and span != document.selection.span:
            document.go_to(span)
        self._visited[source.uid] = self.document = document
        self.memos = ()
        self.listener.document_opened()
        await self.listener.painted()
        # The text is there to be read: no key waits for what may last.
        self.listener.spawn(self._read_more(document, codings=many), IDLE)

    async def _read_more(self, document: OpenDocument, *, codings: bool) -> None:
        if codings:
            await self.read_codings(document)
        if self.others_shown:
            await self.show_others()
        await self.read_memos()
        await self.find_suggestions(document)

    async def read_codings(self, document: OpenDocument) -> None:
        """Read all own codings of a document again: more than single passages changed."""
        fresh = await self.bench.ask(
            lambda project: project.codings.in_source(document.source, coder=project.coder)
        )
        if document is self.document:
            others = [one for one in document.codings.values() if not document.is_own(one)]
            document.read_again((*fresh, *others))
            self.listener.codes_changed()

    # Suggestions.

    async def find_suggestions(self, document: OpenDocument) -> None:
        """Look for suggestions part by part, so that no act waits; the first time spaCy has to be loaded."""
        self._report("looking for suggestions …")
        try:
            if self.bench.warm:
                await asyncio.to_thread(self.bench.warm)
                await asyncio.to_thread(_load_language, document.source.language or "en")
                self.bench.warm = None
            own = [one for one in document.codings.values() if document.is_own(one)]
            parts = await self.bench.ask(
                lambda project: project.suggestions.propose_parts(document.source, own)
            )
            while document is self.document:
                part = await self.bench.ask(lambda _: next(parts, None))
                if part is None:
                    self._report("")
                    return
                if part:
                    document.offer(part)
                    self.listener.suggestions_changed([(one.start, one.end) for one in part])
        except QualcaseError as fault:
            self._report(f"no suggestions: {fault.message}")

    def _report(self, state: str) -> None:
        self.suggesting = state
        self.listener.suggestions_changed(())

    # Other coders.

    async def show_others(self) -> str:
        """Show the other coders' codings beside one's own; return what there is to say of it."""
        document = self.document
        if document is None:
            return ""
        source = self.source or document.source
        try:
            codings, hidden = await self.bench.ask(lambda project: project.rounds.others_in(source))
        except QualcaseError as fault:
            self.others_shown = False
            return fault.message
        if document is self.document:
            document.show_others(codings)
            self.others_shown = True
            self.listener.codes_changed()
        return _said_of_others(codings, hidden)

    def hide_others(self) -> None:
        """Show one's own codings alone."""
        self.others_shown = False
        if self.document:
            self.document.show_others(())
            self.listener.codes_changed()

    # Memos.

    async def read_memos(self) -> None:
        """Read the memos on this source, on its passages and on its codings."""
        document = self.document
        if document is None:
            return
        try:
            memos = await self.bench.ask(lambda project: project.memos.list())
        except QualcaseError as fault:
            self.listener.say(fault.message, warn=True)
            return
        if document is self.document:
            codings = {short_uid(uid) for uid in document.codings}
            self.memos = tuple(memo for memo in memos if _is_about(memo, document.source.handle, codings))
            self.listener.memos_changed()

    def memos_on(self, codings: Sequence[Coding], span: Span) -> list[Memo]:
        """Return the memos on some codings, and those on passages that share a character with a span."""
        here = {short_uid(coding.uid) for coding in codings}
        return [memo for memo in self.memos if _touches(memo, span) or (memo.about and memo.about[1] in here)]

    def memos_on_source(self) -> list[Memo]:
        """Return the memos on the source itself and on its passages."""
        return [memo for memo in self.memos if memo.about and memo.about[0] in {"source", PASSAGE}]


def _is_about(memo: Memo, handle: str, codings: set[str]) -> bool:
    kind, name = memo.about or ("", "")
    of_source = handle in {memo.source, name if kind == "source" else None}
    return of_source or (kind == "coding" and name in codings)


def _touches(memo: Memo, span: Span) -> bool:
    # One in review has its place in an older text.
    if memo.start is None or memo.end is None or memo.state != "placed":
        return False
    return memo.start < span[1] and span[0] < memo.end


def _said_of_others(codings: Sequence[Coding], hidden: Sequence[str]) -> str:
    names = list(dict.fromkeys(one.coder for one in codings))
    said = f"Beside yours: {', '.join(names)}." if names else "Nobody else's codings are here."
    kept = f" {', '.join(hidden)} has not marked the source as done." if hidden else ""
    return said + kept


def _load_language(language: str) -> None:
    # Loading what reads a language takes seconds: done here, no act waits for it on the thread of the clerk.
    from qualcase.suggest.pipelines import pipeline_for  # noqa: PLC0415 - spaCy takes seconds to import

    pipeline_for(language)


def _read(project: Project, source: Source, *, codings: bool) -> OpenDocument:
    desk = project.sources
    return OpenDocument(
        source,
        desk.text(source),
        turns=desk.turns(source),
        blocks=desk.blocks(source),
        sentences=desk.sentences(source),
        codings=project.codings.in_source(source, coder=project.coder) if codings else (),
    )
