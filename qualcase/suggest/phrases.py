"""Finding the codebook's key phrases in sentences, whatever form their words take."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from qualcase.model.coding import Reason
from qualcase.suggest.errors import NoPhrasesError
from qualcase.suggest.pipelines import pipeline_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Span

    from qualcase.model.code import Code
    from qualcase.model.source import Sentence

STAGE = "codebook match"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code for the sentence `[start, end)` with the phrases that speak for it; there is no score yet."""

    start: int
    end: int
    code: str
    reasons: tuple[Reason, ...]
    stage: str = STAGE


class PhraseSuggester:
    """Looks for the key phrases of active codes by their lemmas, in one language."""

    def __init__(self, codes: Iterable[Code], language: str = "en") -> None:
        self.pipeline = pipeline_for(language)
        self._lines: dict[str, list[tuple[str, str]]] = defaultdict(list)
        vocabulary = self.pipeline.language.vocab
        self._as_written = PhraseMatcher(vocabulary, attr="LOWER")
        self._by_lemma = PhraseMatcher(vocabulary, attr="LEMMA")
        for code in codes:
            if code.status == "active":
                self._learn(code)
        if not self._lines:
            raise NoPhrasesError

    def _learn(self, code: Code) -> None:
        for number, phrase in enumerate(code.key_phrases):
            # Phrases stand in sentences, not at their head: lower case, so that a lemma table finds them.
            pattern = self.pipeline.language(phrase.casefold())
            label = f"{code.id}\x1f{number}"
            self._as_written.add(label, [pattern])
            if self.pipeline.attribute == "LEMMA":
                self._by_lemma.add(label, list(_lemma_patterns(pattern)))
            self._lines[label].append((code.id, f"{code.id} {code.name}, key phrase “{phrase}”"))

    def suggest(self, text: str, sentences: Sequence[Sentence]) -> Iterator[Proposal]:
        """Yield proposals in the order of the text, one a sentence and code, with all their reasons."""
        words = (text[sentence.start : sentence.end] for sentence in sentences)
        for sentence, doc in zip(sentences, self.pipeline.language.pipe(words, batch_size=256), strict=True):
            for code, reasons in self._find(doc).items():
                yield Proposal(sentence.start, sentence.end, code, tuple(reasons))

    def _find(self, doc: Doc) -> dict[str, list[Reason]]:
        by_code: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        for span in (*self._as_written(doc, as_spans=True), *self._by_lemma(doc, as_spans=True)):
            for code, line in self._lines[span.label_]:
                by_code[code].append((span, line))
        return {code: list(_reasons(found)) for code, found in by_code.items()}


def _lemma_patterns(pattern: Doc) -> Iterator[Doc]:
    """Yield the phrase as lemmas: its words as they are, and of several words their lemmas as well.

    A single word stands for itself and its plural: a table takes “meeting” for a form of “meet”, and
    a phrase for gatherings must not find everybody who met.
    """
    words = [token.text for token in pattern]
    bare = Doc(pattern.vocab, words=words, lemmas=words)
    yield bare
    if len(words) > 1:
        yield pattern


def _reasons(found: list[tuple[Span, str]]) -> Iterator[Reason]:
    lines = {(span.start, span.end): line for span, line in found}
    # Of phrases that lie inside each other the longest speaks.
    for span in filter_spans([span for span, _ in found]):
        yield Reason("phrase", span.text)
        yield Reason("codebook", lines[span.start, span.end])
