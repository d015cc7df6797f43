"""Files on their way in: each is read, described and made ready, or passed over, or refused, whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.errors import InputError, QualcaseError
from qualcase.project.description import describe
from qualcase.project.registration import Registrar
from qualcase.project.survey import read_survey
from qualcase.readers.isolation import read_document_safely, read_tables_safely
from qualcase.readers.registry import check_name
from qualcase.readers.tables import TABLE_FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.operation import Change
    from qualcase.model.source import Source
    from qualcase.project.holding import Holding
    from qualcase.project.importing import ImportOptions
    from qualcase.project.metadata_csv import Metadata
    from qualcase.project.project import Project
    from qualcase.project.registration import Arrival


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that was not taken in, and why."""

    path: str
    reason: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A file that was read: the source it will be and the changes that make it, without its text."""

    path: Path
    source: Source
    changes: tuple[Change, ...]


class Gathering:
    """The files on their way in: each arrives, is passed over, or is refused, whole.

    Without a `holding` their texts are let go, as for an import that is only tried.
    """

    def __init__(
        self, project: Project, options: ImportOptions, metadata: Metadata | None, holding: Holding | None
    ) -> None:
        self._options = options
        self._holding = holding
        self._metadata = metadata
        self._types = metadata.types() if metadata else {}
        self._registrar = Registrar(project)
        standing = project.sources.list()
        self._known = {source.sha256: source for source in standing}
        self._names = {source.name: source for source in standing}
        self.arrivals: list[Newcomer] = []
        self.skipped: list[Passed] = []
        self.refused: list[Passed] = []

    def take(self, path: Path) -> None:
        """Read one file, and note what came of it."""
        try:
            check_name(str(path))
            data = path.read_bytes()
            if self._options.text_column and path.suffix.lower() in TABLE_FORMATS:
                self._take_survey(path, data, self._options.text_column)
            else:
                self._take_document(path, data)
        except QualcaseError as error:
            self.refused.append(Passed(str(path), error.message, error.hint))
        except OSError as error:
            self.refused.append(Passed(str(path), f"{path} cannot be read: {error.strerror}."))

    def _take_document(self, path: Path, data: bytes) -> None:
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._known:
            self.skipped.append(Passed(str(path), _same_as(self._known[digest])))
            return
        options = self._options
        document = read_document_safely(path.name, data, encoding=options.encoding, speakers=options.speakers)
        if not document.text.strip():
            raise InputError(f"{path.name} holds no text.")
        row = self._metadata.row_for(path) if self._metadata else {}
        facts = describe(path, document, options, row, self._types)
        kept = data if options.keep_original else None
        self._arrive(self._registrar.register(path, kept, digest, document, facts, options.handle))

    def _take_survey(self, path: Path, data: bytes, column: str) -> None:
        options = self._options
        tables = read_tables_safely(path.name, data, encoding=options.encoding)
        survey = read_survey(path.name, tables, column, options.speakers)
        for number in survey.silent:
            reason = f"its cell of “{column}” is empty"
            self.skipped.append(Passed(str(path.with_name(f"{path.name}#{number}")), reason))
        about = self._metadata.row_for(path) if self._metadata else {}
        for respondent in survey.respondents:
            where = path.with_name(respondent.name)
            if respondent.sha256 in self._known:
                self.skipped.append(Passed(str(where), _same_as(self._known[respondent.sha256])))
                continue
            facts = describe(path, respondent.document, options, about | respondent.facts, survey.types)
            kept = respondent.data if options.keep_original else None
            handle = self._registrar.free_handle(respondent.handle, path.stem)
            self._arrive(
                self._registrar.register(where, kept, respondent.sha256, respondent.document, facts, handle)
            )

    def namesakes(self) -> tuple[tuple[Newcomer, Source], ...]:
        """Return what arrived under the name of a source that was there before, with that source."""
        named = ((one, self._names.get(one.source.name)) for one in self.arrivals)
        return tuple((one, there) for one, there in named if there is not None)

    def _arrive(self, arrival: Arrival) -> None:
        if self._holding is not None:
            self._holding.take(arrival.source, arrival.text)
        self.arrivals.append(Newcomer(arrival.path, arrival.source, arrival.changes))
        self._known[arrival.source.sha256] = arrival.source


def _same_as(source: Source) -> str:
    return f"the same content is there already as {source.handle} ({source.name})"
