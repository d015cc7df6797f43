"""The desk of sources: what was collected, its text, and who has coded it through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.coding.acts.done import mark_done, reopen_source
from qualcase.model.errors import AmbiguousNameError, UnknownNameError, UsageError
from qualcase.model.identity import short_uid
from qualcase.project.desk import Desk, one_transaction
from qualcase.project.independence import seen_sources
from qualcase.project.source_facts import correct_source
from qualcase.storage.people import done_mark
from qualcase.storage.reading.sources import list_sources, text_uid_of, text_uids
from qualcase.storage.texts import read_blocks, read_sentences, read_text, read_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from qualcase.model.source import Block, Sentence, Source, Turn
    from qualcase.project.importing import ImportOptions, ImportReport
    from qualcase.project.preview import Preview


class Sources(Desk):
    """What was collected."""

    def list(self) -> tuple[Source, ...]:
        """Return all sources in the order of their import, with as many codings as may be seen."""
        with self._store.reading() as connection:
            return seen_sources(self._project, list_sources(connection))

    def find(self, name: str) -> Source:
        """Return a source by its handle, its file name, or an unambiguous beginning of its id."""
        return choose_source(self.list(), name)

    def text(self, source: Source) -> str:
        """Return a source's text."""
        return self._text_of(self.text_uid(source))

    def text_by_handle(self, handle: str) -> str:
        """Return the text of the source of this very handle; what else is known of sources is not read."""
        return self._text_of(self.text_uids((handle,))[handle])

    def texts(self, handles: Iterable[str]) -> dict[str, str]:
        """Return the texts of many sources by their handles."""
        return {handle: self._text_of(uid) for handle, uid in self.text_uids(set(handles)).items()}

    def _text_of(self, uid: str) -> str:
        return self._store.recall(("text", uid), (), lambda connection: read_text(connection, uid))

    def turns(self, source: Source) -> tuple[Turn, ...]:
        """Return a source's turns in order."""
        return self._turns_of(self.text_uid(source))

    def blocks(self, source: Source) -> tuple[Block, ...]:
        """Return a source's paragraphs, headings and apparatus in order."""
        with self._store.reading() as connection:
            return read_blocks(connection, text_uid_of(connection, source.uid))

    def sentences(self, source: Source) -> tuple[Sentence, ...]:
        """Return a source's sentences in order."""
        with self._store.reading() as connection:
            return read_sentences(connection, text_uid_of(connection, source.uid))

    def text_uid(self, source: Source) -> str:
        """Return the identity of the text version that offsets refer to."""
        return self._store.recall(
            ("text of", source.uid), ("source",), lambda connection: text_uid_of(connection, source.uid)
        )

    def text_uids(self, handles: Iterable[str]) -> dict[str, str]:
        """Return the identities of the present text versions of several sources, by their handles."""
        texts = self._store.recall("texts", ("source",), text_uids)
        return {handle: texts[handle] for handle in handles}

    def turns_by_handle(self, handles: Iterable[str]) -> dict[str, tuple[Turn, ...]]:
        """Return the turns of several sources by their handles."""
        return {handle: self._turns_of(uid) for handle, uid in self.text_uids(handles).items()}

    def _turns_of(self, uid: str) -> tuple[Turn, ...]:
        return self._store.recall(
            ("turns", uid), ("speaker",), lambda connection: read_turns(connection, uid)
        )

    def import_paths(
        self,
        paths: Sequence[Path],
        options: ImportOptions | None = None,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> ImportReport:
        """Take in files and folders as one act; `progress` hears (files read, files in all, name)."""
        from qualcase.project.importing import (  # noqa: PLC0415 - the readers behind it are slow to load
            ImportOptions,
            import_paths,
        )

        return import_paths(self._project, paths, options or ImportOptions(), progress)

    def import_chosen(
        self,
        choices: Sequence[tuple[Path, ImportOptions]],
        metadata: Path | None = None,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> ImportReport:
        """Take in files as one act, each with its own options; what `progress` raises stops it unstored."""
        from qualcase.project.chosen_import import import_chosen  # noqa: PLC0415 - opens the readers

        return import_chosen(self._project, choices, metadata, progress)

    def preview(self, path: Path, options: ImportOptions | None = None) -> Preview:
        """Return what a file would become, and store nothing; an error where it would be refused."""
        from qualcase.project.importing import ImportOptions  # noqa: PLC0415 - opens the readers
        from qualcase.project.preview import preview_file  # noqa: PLC0415 - opens the readers

        return preview_file(self._project, path, options or ImportOptions())

    @one_transaction
    def describe(self, /, source: Source, **facts: Any) -> Source:  # noqa: ANN401 - each fact has its own type
        """Say otherwise a source's title, kind, date, informant or minutes; an empty text empties it.

        Raises UsageError where a fact cannot be so.
        """
        operation = correct_source(source, **facts)
        if operation is not None:
            self._commit(operation)
        return self.find(source.handle)

    def coverage(self, coder: str) -> dict[str, str]:
        """Return by handle how much of each source a coder's codings cover, in words; no others are in it."""
        from qualcase.analysis.tables import cross_table  # noqa: PLC0415 - loads numpy

        display = cross_table(self._project.codings.data(), rows="source", columns="coder", cell="coverage")
        place = next((n for n, column in enumerate(display.columns) if column.id == coder), None)
        if place is None:
            return {}
        known = {source.handle for source in self.list()}
        told = ((row.id, row.cells[place]) for row in display.rows if row.id in known)
        return {handle: cell.text for handle, cell in told if cell.empty is None}

    @one_transaction
    def mark_done(self, source: Source) -> Source:
        """Note that the acting coder has coded a source through."""
        coder = self.coder_uid()
        if self._mark(source, coder) is not None:
            raise UsageError(f"{self._project.coder} has marked {source.handle} as coded through already.")
        self._commit(mark_done(source=source.uid, coder=coder, handle=source.handle))
        return self.find(source.handle)

    @one_transaction
    def reopen(self, source: Source) -> Source:
        """Take such a mark of the acting coder back."""
        coder = self.coder_uid()
        mark = self._mark(source, coder)
        if mark is None:
            raise UsageError(f"{self._project.coder} has not marked {source.handle} as coded through.")
        self._commit(reopen_source(mark=mark, source=source.uid, coder=coder, handle=source.handle))
        return self.find(source.handle)

    def _mark(self, source: Source, coder: str) -> str | None:
        with self._store.reading() as connection:
            return done_mark(connection, source.uid, coder)


def choose_source(sources: Sequence[Source], name: str) -> Source:
    """Return the one of these sources that `Sources.find` would: who looks for many lists them once."""
    folded = name.casefold()
    for exact in ("handle", "name"):
        found = [source for source in sources if getattr(source, exact).casefold() == folded]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousNameError("source", name, (f"{s.handle} ({s.name})" for s in found))
    found = [s for s in sources if folded and (s.uid.startswith(folded) or short_uid(s.uid) == folded)]
    if len(found) > 1:
        raise AmbiguousNameError("source", name, (source.handle for source in found))
    if not found:
        raise UnknownNameError("source", name, hint="`qualcase sources` lists them.")
    return found[0]
