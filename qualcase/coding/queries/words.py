"""What people type to find words: phrases, prefixes, AND, OR, NOT, brackets and filters.

search  = all { OR all }        all  = one { [AND] one }
one     = [NOT | -] ( word | word* | "phrase" | name:value | ( search ) )
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.coding.queries.errors import BadQueryError
from qualcase.coding.queries.filters import SEARCH_FILTERS, check_valued, read_filter
from qualcase.coding.queries.lexer import DEEPEST, read_marks
from qualcase.text.folding import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.coding.queries.filters import Filter
    from qualcase.coding.queries.lexer import Mark

MOST_WORDS = 200
_STAR = re.compile(r"\*")
_STAR_IN_PHRASE = re.compile(r"(?<=\w)\*")  # Elsewhere in a phrase it is a sign like any other.


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, folded; with `prefix` the last one need only begin so."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Both:
    """All parts must be there, and none of `without`."""

    parts: tuple[Tree, ...]
    without: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts must be there."""

    parts: tuple[Tree, ...]


Tree = Phrase | Both | Either


@dataclass(frozen=True, slots=True)
class Search:
    """A search: what words must stand in a passage, and which passages are looked at."""

    written: str
    tree: Tree
    filters: tuple[Filter, ...] = ()


def read_search(written: str) -> Search:
    """Return what a search means; BadQueryError says where it cannot be understood."""
    reader = _Reader(written)
    tree = reader.whole()
    if tree is None:
        raise BadQueryError(written, 0, "there is no word in it to look for")
    if sum(len(phrase.words) for phrase in phrases(tree)) > MOST_WORDS:
        raise BadQueryError(written, 0, f"it has more than {MOST_WORDS} words")
    return Search(written, tree, tuple(reader.filters))


def phrases(tree: Tree) -> Iterator[Phrase]:
    """Yield every phrase of a search, wanted or not."""
    if isinstance(tree, Phrase):
        yield tree
        return
    for part in (*tree.parts, *(tree.without if isinstance(tree, Both) else ())):
        yield from phrases(part)


class _Reader:
    """Reads marks from left to right; filters hold for the whole search and are put aside."""

    def __init__(self, written: str) -> None:
        self.filters: list[Filter] = []
        self._written = written
        self._marks = read_marks(written)
        self._next = 0
        self._depth = 0

    def whole(self) -> Tree | None:
        tree = self._either()
        if (mark := self._peek()).kind != "end":
            raise self._bad(mark, "the bracket closes nothing")
        return tree

    def _either(self) -> Tree | None:
        found = [self._both()]
        while self._peek().text == "OR" and self._peek().kind == "word":
            place = self._take()
            found.append(self._both())
            if found[-1] is None or found[-2] is None:
                raise self._bad(place, "OR needs words on both sides")
        parts = tuple(dict.fromkeys(tree for tree in found if tree is not None))
        return Either(parts) if len(parts) > 1 else parts[0] if parts else None

    def _both(self) -> Tree | None:
        first = self._peek()
        wanted: list[Tree] = []
        unwanted: list[Tree] = []
        while not self._ends():
            mark = self._peek()
            if self._is_and(mark):
                self._take()
                if mark is first or self._ends() or self._is_and(self._peek()):
                    raise self._bad(mark, "AND needs words on both sides")
                continue
            negated = self._negation()
            tree = self._one(negated=negated)
            if tree is not None:
                (unwanted if negated else wanted).append(tree)
        if unwanted and not wanted:
            raise self._bad(first, "NOT needs words beside it that are wanted")
        parts, without = tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted))
        return parts[0] if len(parts) == 1 and not without else Both(parts, without) if parts else None

    @staticmethod
    def _is_and(mark: Mark) -> bool:
        return mark.kind == "word" and mark.text == "AND"

    def _ends(self) -> bool:
        mark = self._peek()
        return mark.kind in {")", "end"} or (mark.kind == "word" and mark.text == "OR")

    def _negation(self) -> bool:
        mark = self._peek()
        if mark.kind == "word" and mark.text == "NOT":
            self._take()
            following = self._peek()
            if self._ends() or (following.kind == "word" and following.text in {"AND", "NOT"}):
                raise self._bad(mark, "NOT needs something after it")
            return True
        if mark.kind == "-":
            self._take()
        return mark.kind == "-"

    def _one(self, *, negated: bool) -> Tree | None:
        mark = self._take()
        if mark.kind == "(":
            return self._bracket(mark)
        if mark.kind == "filter":
            if self._depth:
                raise self._bad(mark, "a filter holds for the whole search and stands outside brackets")
            self.filters.append(read_filter(self._written, mark, SEARCH_FILTERS, negated=negated))
            return None
        check_valued(self._written, mark, SEARCH_FILTERS)
        return self._phrase(mark)

    def _phrase(self, mark: Mark) -> Phrase | None:
        quoted, written = mark.kind == "quoted", mark.text.rstrip()
        words, prefix = written.removesuffix("*"), written.endswith("*")
        folded = tuple(folded_words(words))
        stray = (_STAR_IN_PHRASE if quoted else _STAR).search(words)
        if stray or (prefix and not folded):
            place = mark.place + quoted + (stray.start() if stray else len(words))
            why = "a star stands at the end of a word, and of a phrase"
            raise BadQueryError(self._written, place, why, hint='As in cooperat* or "built tru*".')
        return Phrase(folded, prefix) if folded else None

    def _bracket(self, opening: Mark) -> Tree | None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._bad(opening, f"the brackets go more than {DEEPEST} deep")
        tree = self._either()
        if self._take().kind != ")":
            raise self._bad(opening, "the bracket is never closed")
        self._depth -= 1
        return tree

    def _peek(self) -> Mark:
        return self._marks[self._next]

    def _take(self) -> Mark:
        mark = self._peek()
        self._next = min(self._next + 1, len(self._marks) - 1)
        return mark

    def _bad(self, mark: Mark, why: str) -> BadQueryError:
        return BadQueryError(self._written, mark.place, why)
