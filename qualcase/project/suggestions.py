"""The desk of suggestions: proposals with their reasons, and a person's verdict on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.coding.acts.decide import decide_suggestions
from qualcase.coding.index import SpanIndex
from qualcase.model.coding import Suggestion
from qualcase.model.errors import UsageError
from qualcase.model.identity import find_uid
from qualcase.project.desk import Desk, one_transaction
from qualcase.project.open_suggestions import open_suggestions
from qualcase.project.suggestion_names import may_name, name_suggestion
from qualcase.storage.reading.codings import list_decisions
from qualcase.storage.store import fold_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from qualcase.model.coding import Coding
    from qualcase.model.operation import Fields
    from qualcase.model.source import Sentence, Source
    from qualcase.suggest.phrases import PhraseSuggester

# Sentences read in one go: about as long as a person who acts meanwhile does not notice.
PART = 64


@dataclass(frozen=True, slots=True)
class Answered:
    """How many suggestions were answered, and how many of those accepted."""

    accepted: int = 0
    answered: int = 0


class Suggestions(Desk):
    """Proposals; nothing is coded before a person says so."""

    _shown: dict[str, Suggestion] | None = None
    _suggesters: dict[tuple[object, ...], PhraseSuggester] | None = None

    def propose(
        self, source: Source | None = None, code: str | None = None, limit: int | None = None
    ) -> tuple[Suggestion, ...]:
        """Return proposals for one source or all, in order; what the coder coded or decided is left out."""
        wanted = self._project.codebook.find(code).id if code else None
        if limit is not None and limit < 1:
            raise UsageError(f"{limit} is not a number of suggestions.")
        found: list[Suggestion] = []
        for suggestion in self._walk([source] if source else self._project.sources.list()):
            if wanted in (None, suggestion.code):
                found.append(suggestion)
            if limit is not None and len(found) >= limit:
                break
        return tuple(found)

    def propose_parts(
        self, source: Source, own: Sequence[Coding] | None = None
    ) -> Iterator[tuple[Suggestion, ...]]:
        """Yield the proposals for a source part by part, so that whoever asks can do other things between.

        A part takes some hundredths of a second, and may be empty. `own` are the coder's codings in the
        source, where they are known already.
        """
        sentences = self._project.sources.sentences(source)
        yield ()
        open_ones = self._open(source, self._decided(), own)
        yield ()
        for place in range(0, len(sentences), PART):
            part = self._in_sentences(source, sentences[place : place + PART])
            yield tuple(suggestion for suggestion in part if open_ones(suggestion))

    def accept(self, name: str) -> Coding:
        """Make a coding of a suggestion, as the acting coder; it keeps the origin `suggestion`."""
        return self.accept_all([self.find(name)])[0]

    def accept_all(self, suggestions: Sequence[Suggestion]) -> tuple[Coding, ...]:
        """Make codings of several suggestions, as one act; what is coded or answered already is left out.

        Raises UsageError where nothing is left, ConflictError where the words of one are no longer there.
        """
        if not suggestions:
            raise UsageError("No suggestion was named.")
        return self._project.codings.read(self._decide(suggestions, "accepted"))

    def reject(self, name: str) -> Suggestion:
        """Turn a suggestion down; it is not shown to this coder again."""
        suggestion = self.find(name)
        self._decide([suggestion], "rejected")
        return suggestion

    def find(self, name: str) -> Suggestion:
        """Return a suggestion by an unambiguous beginning of its id, or its last 8 characters."""
        if self._shown and name in self._shown:
            return self._shown[name]
        # An id tells in which sources it can be: no other has to be read.
        sources = [source for source in self._project.sources.list() if may_name(name, source.uid)]
        known: dict[str, Suggestion] = {}
        for suggestion in self._walk(sources):
            known[suggestion.uid] = suggestion
            if suggestion.uid == name:
                return suggestion
        return known[find_uid(name, known, what="suggestion")]

    def record(self) -> dict[tuple[str, str], Answered]:
        """Return how the acting coder has answered suggestions so far, by (code id, stage)."""
        found: dict[tuple[str, str], Answered] = {}
        with self._store.reading() as connection:
            decisions = list_decisions(connection, fold_name(self._project.coder))
        for row in decisions:
            key = row["code"], row["stage"]
            before = found.get(key, Answered())
            accepted = before.accepted + (row["verdict"] == "accepted")
            found[key] = Answered(accepted, before.answered + 1)
        return found

    def pipelines(self, sources: Iterable[Source]) -> dict[str, str]:
        """Return the names of what reads the words of some sources here, by their languages."""
        languages = sorted({source.language or "en" for source in sources})
        return {language: self.pipeline(language) for language in languages}

    def pipeline(self, language: str = "en") -> str:
        """Return the name of what reads the words of a language here."""
        return self._suggester(language).pipeline.name

    def _walk(self, sources: Sequence[Source]) -> Iterator[Suggestion]:
        decided = self._decided()
        for source in sources:
            open_ones = self._open(source, decided)
            sentences = self._project.sources.sentences(source)
            yield from filter(open_ones, self._in_sentences(source, sentences))

    def _decided(self) -> set[tuple[str, int, int, str]]:
        with self._store.reading() as connection:
            decisions = list_decisions(connection, fold_name(self._project.coder))
        return {(row["source"], row["start"], row["end"], row["code"]) for row in decisions}

    def _open(
        self,
        source: Source,
        decided: set[tuple[str, int, int, str]],
        codings: Sequence[Coding] | None = None,
    ) -> Callable[[Suggestion], bool]:
        """Return what tells whether the coder has still to answer a suggestion, and remembers those."""
        own: dict[str, SpanIndex] = {}
        if codings is None:
            codings = self._project.codings.in_source(source, self._project.coder)
        for coding in codings:
            own.setdefault(coding.code, SpanIndex()).add(coding.uid, coding.start, coding.end)
        shown = self._shown = {} if self._shown is None else self._shown

        def is_open(suggestion: Suggestion) -> bool:
            start, end, code = suggestion.start, suggestion.end, suggestion.code
            if (source.uid, start, end, code) in decided or (
                code in own and own[code].overlapping(start, end)
            ):
                return False
            shown[suggestion.uid] = suggestion
            return True

        return is_open

    def _in_sentences(self, source: Source, sentences: Sequence[Sentence]) -> Iterator[Suggestion]:
        text = self._project.sources.text(source)
        for proposal in self._suggester(source.language or "en").suggest(text, sentences):
            start, end = proposal.start, proposal.end
            yield Suggestion(
                uid=name_suggestion(source.uid, start, end, proposal.code),
                source=source.handle,
                start=start,
                end=end,
                quote=text[start:end],
                code=proposal.code,
                score=None,
                stage=proposal.stage,
                reasons=proposal.reasons,
            )

    def _suggester(self, language: str) -> PhraseSuggester:
        from qualcase.suggest.phrases import PhraseSuggester  # noqa: PLC0415 - spaCy takes seconds to import

        if self._suggesters is None:
            self._suggesters = {}
        codes = tuple(code for book in self._project.codebook.all() for code in book.codes)
        key = (language, codes)
        if key not in self._suggesters:
            self._suggesters = {key: PhraseSuggester(codes, language), **self._suggesters}
        return self._suggesters[key]

    @one_transaction
    def _decide(self, suggestions: Sequence[Suggestion], verdict: str) -> list[str]:
        coder = self.coder_uid()
        answered = open_suggestions(self._project, suggestions, coder, accepting=verdict == "accepted")
        versions = self._project.codebook.code_versions(one.code for one, _ in answered)
        decisions: list[tuple[Fields, Fields | None]] = []
        for suggestion, place in answered:
            reasons = [[reason.kind, reason.text] for reason in suggestion.reasons]
            decision = {**place.shared, "verdict": verdict, "stage": suggestion.stage, "reasons": reasons}
            coding = {**place.shared, "text": place.text, "codebook_version": versions[suggestion.code]}
            decisions.append((decision, coding if verdict == "accepted" else None))
        what = answered[0][0].code if len(answered) == 1 else f"{len(answered)} suggestions"
        operation = decide_suggestions(decisions=decisions, summary=f"{verdict.capitalize()} {what}")
        self._commit(operation)
        for suggestion in suggestions:
            (self._shown or {}).pop(suggestion.uid, None)
        return [change.uid for change in operation.changes if change.record == "coding"]
