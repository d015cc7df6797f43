"""The desk of codings: putting codes on passages, changing that, and the data that comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.coding.acts.code import code_passages
from qualcase.model.coding import Coding
from qualcase.model.errors import UsageError
from qualcase.project.codings_attributes import check_attributes
from qualcase.project.codings_changes import CodingChanges
from qualcase.project.codings_listing import CodingFilter
from qualcase.project.independence import seen_data
from qualcase.storage.reading.codings import coded_spans
from qualcase.storage.store import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.coding.frame import CodedData
    from qualcase.coding.places import Place
    from qualcase.model.code import Code
    from qualcase.model.source import Source

__all__ = ["CodingFilter", "Codings", "check_attributes"]


class Codings(CodingChanges):
    """The acts of coding, and what they made."""

    def add(
        self,
        source: Source,
        code_id: str,
        place: Place,
        *,
        memo: str | None = None,
        valence: str | None = None,
        stance: str | None = None,
        voice: str | None = None,
        weight: float | None = None,
        key: bool = False,
    ) -> tuple[Coding, ...]:
        """Put a code on a place of a source, as the acting coder; several spans are one act.

        Raises UsageError where place, code or an attribute is wrong, or where the coder has that code
        on just that passage already.
        """
        attributes = check_attributes(
            memo=memo, valence=valence, stance=stance, voice=voice, weight=weight, key=key
        )
        # One transaction: nobody else's act comes between what is checked and what is written.
        with self._store.writing():
            code = self.usable(code_id)
            spans = place.spans(self._project.sources.text(source), self._project.sources.turns(source))
            operation = code_passages(
                source=source.uid,
                handle=source.handle,
                text=self._project.sources.text_uid(source),
                code=self._code_uid(code),
                code_id=code.id,
                coder=self.coder_uid(),
                spans=self._new_spans(source, code, spans),
                codebook_version=self._project.codebook.version_of(code),
                attributes=attributes,
            )
            self._commit(operation)
            return self.read(tuple(change.uid for change in operation.changes))

    def data(
        self,
        *,
        sentences: bool = False,
        coders: Sequence[str] = (),
        unaided: bool = False,
        layer: str | None = None,
        everyone: bool = False,
    ) -> CodedData:
        """Return the coded data as columns, of all coders or of some, as far as the acting coder may see it.

        With `everyone` all of it, for what counts and tells nobody what was coded.
        """
        settings = self._project.settings()
        from qualcase.storage.reading.frame import (  # noqa: PLC0415 - loads numpy, which acts do not need
            FrameQuery,
            read_frame,
        )

        query = FrameQuery(tuple(fold_name(name) for name in coders), layer, sentences, unaided)
        data = read_frame(self._store, query, project=settings.name, mode=settings.mode)
        return data if everyone or layer == "consensus" else seen_data(self._project, data)

    def frame(self) -> Any:  # noqa: ANN401 - pandas is an extra, its types are not always there
        """Return all codings as a pandas DataFrame, one row a coding."""
        try:
            import pandas as pd  # noqa: PLC0415 - an extra, and slow to import
        except ImportError:
            raise UsageError("A DataFrame needs pandas.", hint="pip install 'qualcase[notebook]'") from None
        codings = self.list()
        names = Coding.__dataclass_fields__
        return pd.DataFrame({name: [getattr(coding, name) for coding in codings] for name in names})

    def _new_spans(
        self, source: Source, code: Code, spans: tuple[tuple[int, int], ...]
    ) -> tuple[tuple[int, int], ...]:
        with self._store.reading() as connection:
            there = coded_spans(connection, source.uid, self._code_uid(code), self.coder_uid())
        new = tuple(span for span in spans if span not in there)
        if not new:
            start, end = spans[0]
            raise UsageError(
                f"{self._project.coder} has coded {source.handle} {start}:{end} as {code.id} already."
            )
        return new
