"""What the names in a question about codes stand for in a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.codebook.tree import subtree
from qualcase.coding.queries.errors import BadQueryError
from qualcase.coding.queries.filters import SOURCE_FILTERS
from qualcase.coding.queries.grammar import All, CodeLeaf, Link, SetLeaf
from qualcase.model.errors import QualcaseError
from qualcase.project.selection import select_sources
from qualcase.storage.store import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from qualcase.coding.frame import CodedData
    from qualcase.coding.queries.filters import Filter
    from qualcase.coding.queries.grammar import Question
    from qualcase.model.retrieval import SavedSet
    from qualcase.project.project import Project

    Truth = NDArray[np.bool_]

CONSENSUS = "consensus"


class QuestionNames:
    """Codes, sets, coders and the rest by their names; BadQueryError where one is not there."""

    def __init__(self, project: Project, written: str) -> None:
        self._project = project
        self._written = written
        self._numbers: dict[str, int] | None = None

    def check(self, question: Question) -> None:
        """Raise BadQueryError where a code or set in a question is not there."""
        for leaf in leaves_of(question):
            self.codes(leaf)

    def codes(self, leaf: CodeLeaf | SetLeaf) -> frozenset[int] | None:
        """Return the places of the codes that a leaf means, or None for a set of sources."""
        if isinstance(leaf, SetLeaf):
            found = self._set(leaf)
            return self._places(found.members) if found.kind == "codes" else None
        try:
            code = self._project.codebook.find(leaf.name)
        except QualcaseError as error:
            raise self._bad(leaf.place, error) from None
        home = self._project.codebook.home_of(code)
        return self._places(subtree(home, code.id) if leaf.subtree else (code.id,))

    def layer(self, one: Filter) -> str | None:
        """Return the layer that a filter asks for where it is not a coder's own."""
        asks = one.name == "layer" and not one.attribute and not one.negated
        return CONSENSUS if asks and one.value.casefold() == CONSENSUS else None

    def kept(self, data: CodedData, one: Filter) -> Truth:
        """Return which codings a filter keeps, before it is negated."""
        codings = data.codings
        if one.attribute or one.name in SOURCE_FILTERS:
            return self._in_sources(data, one)
        if one.name in {"coder", "layer"}:
            return np.isin(codings.coder, self._coders(data, one))
        if one.name == "actor":
            return self._actor(data, one)
        return np.isin(codings.speaker, self._people(one, data.speakers, "speaks"))

    def _actor(self, data: CodedData, one: Filter) -> Truth:
        # Voices are of those who answer, and of informants; who asks the questions is known by the labels.
        actors = self._project.actors.list()
        names = (*data.voices, *(actor.name for actor in actors if actor.name not in data.voices))
        meant = {names[place] for place in self._people(one, names, "is an actor")}
        voices = [place for place, name in enumerate(data.voices) if name in meant]
        sources = {source.handle: place for place, source in enumerate(data.sources)}
        labels = {label: place for place, label in enumerate(data.speakers)}
        heard = [
            sources[handle] * len(labels) + labels[label]
            for actor in actors
            for handle, label, _ in (actor.speakers if actor.name in meant else ())
            if handle in sources and label in labels
        ]
        codings = data.codings
        alone = np.isin(codings.source * len(labels) + codings.speaker, heard) & (codings.speaker >= 0)
        return np.isin(codings.voice, voices) | alone

    def _people(self, one: Filter, names: Sequence[str], what: str) -> list[int]:
        places = [place for place, name in enumerate(names) if name.casefold() == one.value.casefold()]
        if not places:
            shown = ", ".join(sorted(names)[:12]) or "none"
            why = f"nobody called “{one.value}” {what} here"
            raise BadQueryError(self._written, one.place, why, hint=f"There are: {shown}.")
        return places

    def _in_sources(self, data: CodedData, one: Filter) -> Truth:
        # Negation is worked out here, since a source of unknown date is neither in a time nor outside it.
        kept = {source.uid for source in select_sources(self._project, (one,), self._written)}
        mask = np.array([source.uid in kept for source in data.sources], dtype=np.bool_)
        chosen: Truth = mask[data.codings.source] if len(data.codings.source) else np.zeros(0, dtype=np.bool_)
        return ~chosen if one.negated else chosen

    def _coders(self, data: CodedData, one: Filter) -> list[int]:
        folded = fold_name(one.value)
        places = [place for place, name in enumerate(data.coders) if fold_name(name) == folded]
        if not places:
            hint = f"The coders: {', '.join(data.coders)}."
            raise BadQueryError(self._written, one.place, f"there is no coder “{one.value}”", hint=hint)
        return places

    def _set(self, leaf: SetLeaf) -> SavedSet:
        try:
            return self._project.sets.find(leaf.name)
        except QualcaseError as error:
            raise self._bad(leaf.place, error) from None

    def _places(self, ids: tuple[str, ...]) -> frozenset[int]:
        if self._numbers is None:
            codes = (code.id for book in self._project.codebook.all() for code in book.codes)
            self._numbers = {code_id: place for place, code_id in enumerate(codes)}
        return frozenset(self._numbers[code_id] for code_id in ids)

    def _bad(self, place: int, error: QualcaseError) -> BadQueryError:
        return BadQueryError(self._written, place, error.message.rstrip("."), hint=error.hint)


def leaves_of(question: Question, *, wanted: bool = False) -> Iterator[CodeLeaf | SetLeaf]:
    """Yield the codes and sets that a question names; with `wanted` not those after NOT."""
    if isinstance(question, CodeLeaf | SetLeaf):
        yield question
        return
    if isinstance(question, Link):
        parts: tuple[Question, ...] = (question.left, question.right)
    else:
        without = question.without if isinstance(question, All) and not wanted else ()
        parts = (*question.parts, *without)
    for part in parts:
        yield from leaves_of(part, wanted=wanted)
