"""The desk of codings: the acts, and what they made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from qualcase.codebook.tree import subtree
from qualcase.coding.acts.code import code_passages
from qualcase.coding.acts.describe import describe_passage
from qualcase.coding.acts.recode import recode_passage
from qualcase.coding.acts.resize import resize_passage
from qualcase.coding.acts.uncode import uncode_passages
from qualcase.coding.places import SpanPlace
from qualcase.coding.speaking import speaker_of
from qualcase.model.coding import STANCES, VALENCES, Coding
from qualcase.model.errors import UnknownNameError, UsageError
from qualcase.model.identity import find_uid, short_uid
from qualcase.project.desk import Desk
from qualcase.storage.reading.codes import code_uids
from qualcase.storage.reading.codings import CodingQuery, coded_spans, find_coding_uids, list_codings
from qualcase.storage.records import RECORDS, Names, chunks, read_fields
from qualcase.storage.store import fold_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.coding.frame import CodedData
    from qualcase.coding.places import Place
    from qualcase.model.code import Code
    from qualcase.model.operation import Fields
    from qualcase.model.source import Source


@dataclass(frozen=True, slots=True)
class CodingFilter:
    """Which codings to list; empty means all. `subtree` takes a code with everything below it.

    `older` takes those made before the last change of what their code means.
    """

    code: str | None = None
    subtree: bool = False
    source: str | None = None
    coder: str | None = None
    layer: str | None = None
    speaker: str | None = None
    case: str | None = None
    older: bool = False


class Codings(Desk):
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
            code = self._usable(code_id)
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

    def recode(self, name: str, code_id: str) -> Coding:
        """Give a coding another code."""
        coding = self.find(name)
        code = self._usable(code_id)
        if code.id == coding.code:
            raise UsageError(f"That passage is coded {code.id} already.")
        fields = self._fields(coding.uid)
        operation = recode_passage(
            coding=coding.uid,
            old_code=fields["code"],
            new_code=self._code_uid(code),
            old_version=fields["codebook_version"],
            new_version=self._project.codebook.version_of(code),
            summary=f"Recoded {coding.source} {coding.start}:{coding.end} from {coding.code} to {code.id}",
        )
        self._commit(operation)
        return self.find(coding.uid)

    def resize(self, name: str, start: int, end: int) -> Coding:
        """Move the ends of a coding."""
        coding = self.find(name)
        if coding.state != "placed":
            hint = f"qualcase review move {short_uid(coding.uid)} A:B"
            raise UsageError("That coding is in review: its place is settled there.", hint=hint)
        source = self._project.sources.find(coding.source)
        SpanPlace(start, end).spans(self._project.sources.text(source), ())
        if (start, end) == (coding.start, coding.end):
            raise UsageError(f"That coding covers {start}:{end} already.")
        summary = (
            f"Resized {coding.code} in {coding.source} from {coding.start}:{coding.end} to {start}:{end}"
        )
        old = (coding.start, coding.end)
        self._commit(resize_passage(coding=coding.uid, old=old, new=(start, end), summary=summary))
        return self.find(coding.uid)

    def describe(self, name: str, **attributes: Any) -> Coding:  # noqa: ANN401 - each attribute has its own type
        """Change what is recorded with a coding: memo, valence, stance, voice, weight, key."""
        coding = self.find(name)
        fields = self._fields(coding.uid)
        after = {field: int(value) if field == "key" else value for field, value in attributes.items()}
        check_attributes(**attributes)
        before = {field: fields.get(field) for field in after}
        summary = (
            f"Changed {', '.join(after)} of {coding.code} in {coding.source} {coding.start}:{coding.end}"
        )
        self._commit(describe_passage(coding=coding.uid, before=before, after=after, summary=summary))
        return self.find(coding.uid)

    def remove(self, name: str) -> Coding:
        """Take a coding away and return what it was."""
        coding = self.find(name)
        summary = f"Took {coding.code} away from {coding.source} {coding.start}:{coding.end}"
        self._commit(uncode_passages(codings={coding.uid: self._fields(coding.uid)}, summary=summary))
        return coding

    def find(self, name: str) -> Coding:
        """Return a coding by an unambiguous beginning of its id, or its last 8 characters."""
        with self._store.reading() as connection:
            uids = find_coding_uids(connection, name.casefold())
        return self.read((find_uid(name, uids, what="coding"),))[0]

    def list(self, wanted: CodingFilter = CodingFilter()) -> tuple[Coding, ...]:
        """Return codings ordered by source and place, each with its quote and speaker."""
        query = self._query(wanted)
        found = self._with_speakers(self._list(query) if query else ())
        if wanted.speaker is not None:
            folded = wanted.speaker.casefold()
            found = tuple(coding for coding in found if (coding.speaker or "").casefold() == folded)
        if wanted.older:
            changed = self._project.codebook.changed_meanings()
            found = tuple(coding for coding in found if coding.codebook_version < changed.get(coding.code, 0))
        return found

    def in_source(self, source: Source, coder: str | None = None) -> tuple[Coding, ...]:
        """Return the codings that have a place in a source's present text, of one coder or of all."""
        coders = (fold_name(coder),) if coder else ()
        found = self._list(CodingQuery(sources=(source.uid,), coders=coders))
        return tuple(coding for coding in found if coding.state == "placed")

    def data(
        self,
        *,
        sentences: bool = False,
        coders: Sequence[str] = (),
        unaided: bool = False,
        layer: str | None = None,
    ) -> CodedData:
        """Return the coded data as columns, of all coders or of some."""
        settings = self._project.settings()
        from qualcase.storage.reading.frame import (  # noqa: PLC0415 - loads numpy, which acts do not need
            FrameQuery,
            read_frame,
        )

        query = FrameQuery(tuple(fold_name(name) for name in coders), layer, sentences, unaided)
        return read_frame(self._store, query, project=settings.name, mode=settings.mode)

    def frame(self) -> Any:  # noqa: ANN401 - pandas is an extra, its types are not always there
        """Return all codings as a pandas DataFrame, one row a coding."""
        try:
            import pandas as pd  # noqa: PLC0415 - an extra, and slow to import
        except ImportError:
            raise UsageError("A DataFrame needs pandas.", hint="pip install 'qualcase[notebook]'") from None
        codings = self.list()
        names = Coding.__dataclass_fields__
        return pd.DataFrame({name: [getattr(coding, name) for coding in codings] for name in names})

    def _query(self, wanted: CodingFilter) -> CodingQuery | None:
        codes: tuple[str, ...] = ()
        if wanted.code is not None:
            code = self._project.codebook.find(wanted.code)
            codes = subtree(self._project.codebook.home_of(code), code.id) if wanted.subtree else (code.id,)
        sources: tuple[str, ...] = ()
        if wanted.source is not None:
            sources = (self._project.sources.find(wanted.source).uid,)
        if wanted.case is not None:
            members = {s.uid for s in self._project.sources.list() if wanted.case in s.cases}
            if wanted.case not in self._project.cases.list():
                raise UnknownNameError("case", wanted.case)
            sources = tuple(uid for uid in sources or members if uid in members)
            if not sources:
                return None
        layer, coder = wanted.layer, wanted.coder
        for name in filter(None, (coder, layer if layer != "consensus" else None)):
            if fold_name(name) not in {fold_name(known) for known in self._project.coders()}:
                raise UnknownNameError(
                    "coder", name, hint=f"The coders: {', '.join(self._project.coders())}."
                )
        coders = tuple(fold_name(name) for name in (coder, None if layer == "consensus" else layer) if name)
        return CodingQuery(sources, codes, coders, layer="consensus" if layer == "consensus" else None)

    def _list(self, query: CodingQuery) -> tuple[Coding, ...]:
        with self._store.reading() as connection:
            return list_codings(connection, query)

    def read(self, uids: Sequence[str]) -> tuple[Coding, ...]:
        """Return the codings of these ids, with quotes and speakers."""
        with self._store.reading() as connection:
            found = [list_codings(connection, CodingQuery(uids=part)) for part in chunks(uids)]
        return self._with_speakers([coding for part in found for coding in part])

    def _with_speakers(self, codings: Sequence[Coding]) -> tuple[Coding, ...]:
        # A coding in doubt has its place in an older text, whose turns are not today's.
        placed = {coding.source for coding in codings if coding.state == "placed"}
        turns = self._project.sources.turns_by_handle(placed)
        return tuple(
            replace(coding, speaker=speaker_of(turns[coding.source], coding.start, coding.end))
            if coding.state == "placed"
            else coding
            for coding in codings
        )

    def _fields(self, uid: str) -> Fields:
        with self._store.reading() as connection:
            return read_fields(connection, RECORDS["coding"], Names(connection), (uid,))[uid]

    def _code_uid(self, code: Code) -> str:
        return self._store.recall("code uids", ("codebook", "code"), code_uids)[code.id]

    def _usable(self, code_id: str) -> Code:
        code = self._project.codebook.find(code_id)
        if code.status != "active":
            raise UsageError(f"The code {code.id} is {code.status} and takes no new codings.")
        return code

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


def check_attributes(
    *,
    memo: str | None = None,
    valence: str | None = None,
    stance: str | None = None,
    voice: str | None = None,
    weight: float | None = None,
    key: bool = False,
) -> Fields:
    """Return a coding's attributes as fields, empty ones left out; UsageError where a value is none."""
    if valence is not None and valence not in VALENCES:
        raise UsageError(f"“{valence}” is not a valence.", hint="Use +, - or 0.")
    if stance is not None and stance not in STANCES:
        raise UsageError(f"“{stance}” is not a stance.", hint=f"Use {', '.join(STANCES)}.")
    if weight is not None and not float("-inf") < weight < float("inf"):
        raise UsageError(f"{weight} is not a weight.")
    given: Fields = {"memo": memo, "valence": valence, "stance": stance, "voice": voice, "weight": weight}
    kept = {name: value for name, value in given.items() if value not in (None, "")}
    return kept | ({"key": 1} if key else {})
