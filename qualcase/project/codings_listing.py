"""Finding codings: by id, and by what a filter asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcase.codebook.tree import subtree
from qualcase.coding.speaking import speaker_of
from qualcase.model.errors import UnknownNameError, UsageError
from qualcase.model.identity import decode_uid, find_uid
from qualcase.project.codebook_rereading import older_codings
from qualcase.project.desk import Desk
from qualcase.project.independence import seen_codings
from qualcase.storage.reading.codes import code_uids
from qualcase.storage.reading.codings import CodingQuery, find_coding_uids, list_codings
from qualcase.storage.records import RECORDS, Names, chunks, read_fields
from qualcase.storage.store import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.model.code import Code
    from qualcase.model.coding import Coding
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


class CodingListing(Desk):
    """The codings there are."""

    def find(self, name: str) -> Coding:
        """Return a coding by an unambiguous beginning of its id, or its last 8 characters.

        Raises UsageError where it is another's and coders work independently.
        """
        coding = self.find_any(name)
        if not seen_codings(self._project, (coding,)):
            message = f"Coders work independently here, and that coding is {coding.coder}’s."
            raise UsageError(message, hint=f"It is shown once both have marked {coding.source} as done.")
        return coding

    def find_any(self, name: str) -> Coding:
        """Return what `find` does, whoever may see it: for acts, which say themselves what they refuse."""
        with self._store.reading() as connection:
            uids = find_coding_uids(connection, name.casefold())
        return self._read((find_uid(name, uids, what="coding"),))[0]

    def find_all(self, names: Iterable[str]) -> tuple[Coding, ...]:
        """Return the codings of these ids, or beginnings or ends of ids, each once, whoever may see them."""
        wanted = dict.fromkeys(name.casefold() for name in names)
        found = {coding.uid: coding for coding in self._read([name for name in wanted if _is_whole(name)])}
        others = [self.find_any(name) for name in wanted if name not in found]
        if not others:
            return tuple(found.values())
        return self._read(tuple(dict.fromkeys((*found, *(coding.uid for coding in others)))))

    def list(self, wanted: CodingFilter = CodingFilter()) -> tuple[Coding, ...]:
        """Return codings ordered by source and place, each with its quote and speaker.

        Where coders work independently, without those that the acting coder may not see yet.
        """
        query = self._query(wanted)
        found = self._with_speakers(seen_codings(self._project, self._list(query)) if query else ())
        if wanted.speaker is not None:
            folded = wanted.speaker.casefold()
            found = tuple(coding for coding in found if (coding.speaker or "").casefold() == folded)
        if wanted.older:
            found = older_codings(self._project, found)
        return found

    def in_source(self, source: Source, coder: str | None = None) -> tuple[Coding, ...]:
        """Return the codings that have a place in a source's present text, of one coder or of all."""
        return seen_codings(self._project, self.all_in_source(source, coder))

    def all_in_source(self, source: Source, coder: str | None = None) -> tuple[Coding, ...]:
        """Return what `in_source` does, whoever may see it: for what moves all codings, or counts them."""
        coders = (fold_name(coder),) if coder else ()
        found = self._list(CodingQuery(sources=(source.uid,), coders=coders))
        return tuple(coding for coding in found if coding.state == "placed")

    def _query(self, wanted: CodingFilter) -> CodingQuery | None:
        codes: tuple[str, ...] = ()
        if wanted.code is not None:
            code = self._project.codebook.find(wanted.code)
            codes = subtree(self._project.codebook.home_of(code), code.id) if wanted.subtree else (code.id,)
        sources: tuple[str, ...] = ()
        if wanted.source is not None:
            sources = (self._project.sources.find(wanted.source).uid,)
        if wanted.case is not None:
            members = self._sources_of_case(wanted.case)
            sources = tuple(uid for uid in sources or members if uid in members)
            if not sources:
                return None
        if wanted.speaker is not None:
            self._check_speaker(wanted.speaker)
        layer, coder = wanted.layer, wanted.coder
        for name in filter(None, (coder, layer if layer != "consensus" else None)):
            if fold_name(name) not in {fold_name(known) for known in self._project.coders()}:
                raise UnknownNameError(
                    "coder", name, hint=f"The coders: {', '.join(self._project.coders())}."
                )
        coders = tuple(fold_name(name) for name in (coder, None if layer == "consensus" else layer) if name)
        return CodingQuery(sources, codes, coders, layer="consensus" if layer == "consensus" else None)

    def _sources_of_case(self, name: str) -> set[str]:
        folded, known = name.casefold(), self._project.cases.list()
        if folded not in {case.casefold() for case in known}:
            raise UnknownNameError("case", name, hint=f"The cases: {', '.join(known)}.")
        sources = self._project.sources.list()
        return {one.uid for one in sources if folded in {case.casefold() for case in one.cases}}

    def _check_speaker(self, name: str) -> None:
        labels = {label for source in self._project.sources.list() for label, _ in source.speakers}
        if name.casefold() not in {label.casefold() for label in labels}:
            shown = ", ".join(sorted(labels)[:12]) or "none"
            raise UnknownNameError("speaker", name, hint=f"The speakers: {shown}.")

    def _list(self, query: CodingQuery) -> tuple[Coding, ...]:
        with self._store.reading() as connection:
            return list_codings(connection, query)

    def read(self, uids: Sequence[str]) -> tuple[Coding, ...]:
        """Return the codings of these ids that the acting coder may see, with quotes and speakers."""
        return seen_codings(self._project, self._read(uids))

    def _read(self, uids: Sequence[str]) -> tuple[Coding, ...]:
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

    def _fields(self, uids: Sequence[str]) -> dict[str, Fields]:
        with self._store.reading() as connection:
            return read_fields(connection, RECORDS["coding"], Names(connection), uids)

    def _code_uid(self, code: Code) -> str:
        return self._store.recall("code uids", ("codebook", "code"), code_uids)[code.id]

    def usable(self, code_id: str) -> Code:
        """Return a code; UsageError where it takes no new codings."""
        code = self._project.codebook.find(code_id)
        if code.status != "active":
            raise UsageError(f"The code {code.id} is {code.status} and takes no new codings.")
        return code


def _is_whole(name: str) -> bool:
    try:
        decode_uid(name)
    except ValueError:
        return False
    return True
