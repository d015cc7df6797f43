"""The desk of questions: passages by their codes, asked now or kept for later."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import replace as replace_fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from qualcase.codebook.tree import subtree as codes_below
from qualcase.coding.acts.saved import keep_question
from qualcase.coding.queries.evaluation import Evaluation, Names
from qualcase.coding.queries.grammar import SENTENCES, All, Any, Link, read_question
from qualcase.coding.queries.spans import FAR, overlapping_pairs
from qualcase.coding.speaking import speaker_of
from qualcase.model.errors import ConflictError, UnknownNameError, UsageError
from qualcase.model.retrieval import Passage
from qualcase.project.codings_listing import CodingFilter
from qualcase.project.desk import Desk, one_transaction
from qualcase.project.independence import sight_of
from qualcase.project.question_names import QuestionNames
from qualcase.project.sets import clean_name, fold
from qualcase.storage.people import find_coder
from qualcase.storage.reading.counts import coding_spans, count_by_code_and_case
from qualcase.storage.reading.pages import count_by_source, page_of_codings
from qualcase.storage.reading.saved import list_questions
from qualcase.storage.store import fold_name
from qualcase.text.surroundings import words_around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from qualcase.coding.frame import CodedData
    from qualcase.coding.queries.grammar import Question
    from qualcase.coding.queries.spans import Spans
    from qualcase.model.code import Code
    from qualcase.model.coding import Coding
    from qualcase.model.operation import Fields
    from qualcase.model.retrieval import SavedQuestion
    from qualcase.project.project import Project

GROUPS = ("code", "source", "speaker", "case", "kind", "coder")
CONTEXT = 60


@dataclass(frozen=True)
class Answer:
    """What answers to a question: how many passages, in which sources, and each of them when asked for."""

    written: str
    spans: Spans
    evaluation: Evaluation
    project: Project

    def __len__(self) -> int:
        return len(self.spans)

    @cached_property
    def data(self) -> CodedData:
        """The coded data that was asked."""
        return self.evaluation.data(None)

    def passages(
        self, *, context: int = CONTEXT, first: int = 0, limit: int | None = None
    ) -> Iterator[Passage]:
        """Yield the passages from one on, ordered by source and place, with `context` characters around."""
        last = len(self) if limit is None else min(len(self), first + limit)
        for position in range(first, last):
            yield self._passage(position, context)

    def _passage(self, position: int, context: int) -> Passage:
        start, end = int(self.spans.start[position]), int(self.spans.end[position])
        number = start // FAR
        source, text = self.data.sources[number], self.data.texts[number]
        start, end = start - number * FAR, end - number * FAR
        evidence = self.evaluation.evidence(self.spans, position)
        before, after = words_around(text, start, end, context)
        held = [(self.evaluation.data(layer), place) for layer, place in evidence]
        return Passage(
            source=source.handle,
            start=start,
            end=end,
            quote=text[start:end],
            before=before,
            after=after,
            codes=tuple(dict.fromkeys(data.codes[data.codings.code[place]].id for data, place in held)),
            coders=tuple(dict.fromkeys(data.coders[data.codings.coder[place]] for data, place in held)),
            speaker=speaker_of(self.project.sources.turns(source), start, end),
            evidence=tuple(data.codings.uid[place] for data, place in held),
        )

    def counts(self, passages: Iterable[Passage], by: str) -> dict[str, int]:
        """Return how many of some passages each group has; one with two codes counts under both."""
        if by not in GROUPS:
            raise UsageError(
                f"Passages cannot be grouped by “{by}”.", hint=f"Choose among {', '.join(GROUPS)}."
            )
        found: dict[str, int] = {}
        for passage in passages:
            for name in self.groups(passage, by):
                found[name] = found.get(name, 0) + 1
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def groups(self, passage: Passage, by: str) -> tuple[str, ...]:
        """Return the groups that a passage belongs to."""
        source = next(source for source in self.data.sources if source.handle == passage.source)
        found = {
            "code": passage.codes,
            "coder": passage.coders,
            "source": (passage.source,),
            "speaker": (passage.speaker or "not reported",),
            "case": source.cases,
            "kind": (source.kind,),
        }
        return found[by]


class Queries(Desk):
    """Passages by their codes."""

    def ask(self, written: str) -> Answer:
        """Return what answers to a question; BadQueryError says where it cannot be understood."""
        question = read_question(written)
        names = QuestionNames(self._project, written)
        held: dict[str | None, CodedData] = {}
        sentences = _counts_sentences(question)

        def data(layer: str | None) -> CodedData:
            if layer not in held:
                held[layer] = self._project.codings.data(sentences=sentences and layer is None, layer=layer)
            return held[layer]

        evaluation = Evaluation(data, Names(names.codes, names.kept, names.layer))
        return Answer(written, evaluation.answer(question), evaluation, self._project)

    def page(
        self, code: str, first: int = 0, limit: int = 50, *, subtree: bool = False
    ) -> tuple[int, tuple[Coding, ...]]:
        """Return how many codings a code has, and a page of them with their words, by source and place."""
        if first < 0 or limit < 1:
            raise UsageError(f"There is no page of {limit} passages from {first} on.")
        if sight_of(self._project) is not None:
            seen = self._project.codings.list(CodingFilter(code=code, subtree=subtree))
            return len(seen), seen[first : first + limit]
        found = self._project.codebook.find(code)
        home = self._project.codebook.home_of(found)
        ids = codes_below(home, found.id) if subtree else (found.id,)
        with self._store.reading() as connection:  # One view of the data for both.
            counts = self._store.recall(
                ("codings by source", ids),
                ("coding", "source", "code"),
                lambda held: count_by_source(held, ids),
            )
            page = page_of_codings(connection, ids, counts, first, limit)
        return sum(count for _, count in counts), page

    def matrix(self) -> dict[tuple[str, str], int]:
        """Return how many codings each code has in each case, by (code id, case).

        Like all counts here it is of the codings that the acting coder may see.
        """
        if sight_of(self._project) is not None:
            data = self._project.codings.data()
            pairs = zip(data.codings.code[data.codings.case_coding], data.codings.case_case, strict=True)
            return dict(Counter((data.codes[code].id, data.cases[case]) for code, case in pairs))
        with self._store.reading() as connection:
            return count_by_code_and_case(connection)

    def cooccurrence(self) -> dict[tuple[str, str], int]:
        """Return how many pairs of codings of two codes share a character, by both codes' ids."""
        names, rows = self._spans()
        place = rows[:, 0] * FAR
        one, other = overlapping_pairs(place + rows[:, 1], place + rows[:, 2])
        known = {code.id: number for number, code in enumerate(self._codes())}
        number = np.array([known.get(names.get(key, ""), -1) for key in range(max(names, default=0) + 1)])
        first, second = number[rows[one, 3]], number[rows[other, 3]]
        width = len(known)
        low, high = np.minimum(first, second), np.maximum(first, second)
        counts = np.bincount((low * width + high)[(low >= 0) & (low < high)], minlength=width * width)
        ids = tuple(known)
        return {
            (ids[cell // width], ids[cell % width]): int(counts[cell])
            for cell in np.flatnonzero(counts).tolist()
        }

    def _spans(self) -> tuple[dict[int, str], NDArray[np.int64]]:
        """Return code ids by numbers, and a row (source, start, end, code) a coding that may be seen."""
        if sight_of(self._project) is not None:
            data = self._project.codings.data()
            columns = data.codings
            rows = np.column_stack((columns.source, columns.start, columns.end, columns.code))
            return {number: code.id for number, code in enumerate(data.codes)}, rows
        with self._store.reading() as connection:
            return coding_spans(connection)

    def _codes(self) -> Iterator[Code]:
        return (code for book in self._project.codebook.all() for code in book.codes)

    def list(self) -> tuple[SavedQuestion, ...]:
        """Return the questions that are kept, by name."""
        with self._store.reading() as connection:
            return list_questions(connection)

    def find(self, name: str) -> SavedQuestion:
        """Return a question that is kept, by its name, case ignored."""
        for known in self.list():
            if fold(known.name) == fold(name):
                return known
        raise UnknownNameError("kept question", name, hint="`qualcase query list` lists them.")

    @one_transaction
    def save(self, name: str, written: str, *, replace: bool = False) -> SavedQuestion:
        """Keep a question under a name, in place of one's own that has it; it must be one that can be asked.

        Raises ConflictError where another person's has the name, unless `replace` says to take its place.
        """
        name = clean_name(name, "question")
        QuestionNames(self._project, written).check(read_question(written))
        known = next((one for one in self.list() if fold(one.name) == fold(name)), None)
        if known is None:
            after = {"name": name, "expression": written, "coder": self.coder_uid()}
            self._commit(keep_question(after=after, summary=f"Kept the question {name}"))
        elif known.expression != written:
            return self._replace(known, written, replace=replace)
        return self.find(name)

    def _replace(self, known: SavedQuestion, written: str, *, replace: bool) -> SavedQuestion:
        own = fold_name(known.coder) == fold_name(self._project.coder)
        if not own and not replace:
            message = (
                f"{known.name} is a question of {known.coder}’s, {known.expression}; nothing was changed."
            )
            hint = f"Take another name; or replace {known.coder}’s, with --replace."
            raise ConflictError(message, hint=hint)
        before: Fields = {"expression": known.expression}
        after: Fields = {"expression": written}
        if not own:
            before, after = before | {"coder": self._coder_of(known)}, after | {"coder": self.coder_uid()}
        summary = f"Changed the question {known.name}"
        self._commit(keep_question(uid=known.uid, before=before, after=after, summary=summary))
        return replace_fields(self.find(known.name), replaced=known)

    @one_transaction
    def remove(self, name: str) -> SavedQuestion:
        """Let a kept question go and return what it was."""
        known = self.find(name)
        fields = {"name": known.name, "expression": known.expression, "coder": self._coder_of(known)}
        summary = f"Let the question {known.name} go"
        self._commit(keep_question(uid=known.uid, before=fields, summary=summary))
        return known

    def _coder_of(self, known: SavedQuestion) -> str:
        with self._store.reading() as connection:
            return find_coder(connection, known.coder) or ""


def _counts_sentences(question: Question) -> bool:
    if isinstance(question, Link):
        own = question.most is not None and question.unit == SENTENCES
        return own or _counts_sentences(question.left) or _counts_sentences(question.right)
    if isinstance(question, All):
        return any(map(_counts_sentences, (*question.parts, *question.without)))
    return isinstance(question, Any) and any(map(_counts_sentences, question.parts))
