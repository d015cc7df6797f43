"""The language of questions about codes.

question = all { OR all }            all  = one { [AND] one }          one = [NOT | -] link
link     = leaf { relation leaf }
leaf     = CODE[+] | "CODE NAME"[+] | set:NAME | name:value | name=value | ( question )
relation = NEAR/n[w|s|t] | WITHIN | OVERLAPS | FOLLOWED BY[/n[w|s|t]]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.coding.queries.errors import BadQueryError
from qualcase.coding.queries.filters import CODING_FILTERS, check_valued, read_filter
from qualcase.coding.queries.lexer import DEEPEST, read_marks

if TYPE_CHECKING:
    from qualcase.coding.queries.filters import Filter
    from qualcase.coding.queries.lexer import Mark

WORDS, SENTENCES, TURNS = "w", "s", "t"
MOST_LEAVES = 200
LONGEST_NAME = 200
_RELATION = re.compile(r"(NEAR|WITHIN|OVERLAPS|FOLLOWED|BY)(?:/(.*))?")
_DISTANCE = re.compile(r"([0-9]{1,6})([wst]?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CodeLeaf:
    """Passages of a code, as written; `subtree` takes all codes below it too."""

    name: str
    place: int
    subtree: bool = False


@dataclass(frozen=True, slots=True)
class SetLeaf:
    """A set by name: of codes, or of sources; which of them is known only in a project."""

    name: str
    place: int


@dataclass(frozen=True, slots=True)
class All:
    """What every part has in common, free of `without`; filters hold for all codes within."""

    parts: tuple[Question, ...]
    without: tuple[Question, ...] = ()
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """The passages of all parts together."""

    parts: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """The passages of `left` that stand in a relation to one of `right`.

    The relation is near, within, overlaps or followed; a distance is `most` words, sentences or turns.
    """

    relation: str
    left: Question
    right: Question
    most: int | None = None
    unit: str = SENTENCES


Question = CodeLeaf | SetLeaf | All | Any | Link


def read_question(written: str) -> Question:
    """Return what a question means; BadQueryError says where it cannot be understood."""
    return _Reader(written).whole()


class _Reader:
    """Reads marks from left to right, one method a rule of the grammar."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._marks = read_marks(written)
        self._next = self._depth = self._leaves = 0

    def whole(self) -> Question:
        found = self._either()
        if (mark := self._peek()).kind != "end":
            raise self._bad(mark, "the bracket closes nothing")
        return found

    def _either(self) -> Question:
        parts = [self._all()]
        while self._says("OR"):
            self._take()
            parts.append(self._all())
        return Any(tuple(dict.fromkeys(parts))) if len(parts) > 1 else parts[0]

    def _all(self) -> Question:
        first = self._peek()
        parts: list[Question] = []
        without: list[Question] = []
        filters: list[Filter] = []
        while True:
            negated = self._negation()
            if (mark := self._peek()).kind == "filter" and not _is_set(mark):
                filters.append(read_filter(self._written, self._take(), CODING_FILTERS, negated=negated))
            else:
                (without if negated else parts).append(self._link())
            if self._says("AND"):
                self._take()
            elif self._ends():
                break
        if not parts and not filters and not all(isinstance(part, SetLeaf) for part in without):
            raise self._bad(first, "NOT needs something beside it that is wanted")
        if len(parts) == 1 and not without and not filters:
            return parts[0]
        return All(tuple(parts), tuple(without), tuple(filters))

    def _negation(self) -> bool:
        negated = self._peek().kind == "-" or self._says("NOT")
        if negated:
            self._take()
        return negated

    def _link(self) -> Question:
        left = self._leaf()
        while self._relation() is not None:
            left = self._linked(left)
        return left

    def _linked(self, left: Question) -> Link:
        mark = self._take()
        name, distance = self._relation(mark) or ("", None)
        if name == "BY":
            raise self._bad(mark, "BY follows the word FOLLOWED")
        if name == "FOLLOWED":
            following = self._take()
            name, further = self._relation(following) or ("", None)
            if name != "BY" or distance is not None:
                raise self._bad(following, "FOLLOWED wants the word BY after it")
            distance, name = further, "FOLLOWED"
        most, unit = self._distance(mark, name, distance)
        return Link(name.casefold(), left, self._leaf(), most, unit)

    def _relation(self, mark: Mark | None = None) -> tuple[str, str | None] | None:
        mark = mark or self._peek()
        found = _RELATION.fullmatch(mark.text) if mark.kind == "word" else None
        return (found[1], found[2]) if found else None

    def _distance(self, mark: Mark, name: str, written: str | None) -> tuple[int | None, str]:
        if written is None:
            if name == "NEAR":
                raise self._bad(
                    mark, "NEAR needs a distance", hint="NEAR/5w words, NEAR/2 sentences, NEAR/1t turns"
                )
            return None, SENTENCES
        found = _DISTANCE.fullmatch(written)
        if name not in {"NEAR", "FOLLOWED"} or not found:
            raise self._bad(mark, f"“/{written}” is not a distance here", hint="NEAR/5w, NEAR/2s, NEAR/1t")
        return int(found[1]), found[2].casefold() or SENTENCES

    def _leaf(self) -> Question:
        mark = self._take()
        if mark.kind == "(":
            return self._bracket(mark)
        self._leaves += 1
        if self._leaves > MOST_LEAVES:
            raise self._bad(mark, f"it names more than {MOST_LEAVES} codes")
        if mark.kind == "filter" and _is_set(mark):
            return SetLeaf(mark.text, mark.place)
        if mark.kind == "filter":
            raise self._bad(mark, "a filter cannot stand beside NEAR, WITHIN, OVERLAPS or FOLLOWED BY")
        if mark.kind not in {"word", "quoted"} or (mark.kind == "word" and self._reserved(mark)):
            raise self._bad(mark, "a code is missing here")
        check_valued(self._written, mark, CODING_FILTERS)
        name = mark.text.strip()
        subtree = name.endswith("+")
        if (
            mark.kind == "quoted"
            and self._peek().text == "+"
            and self._peek().place == mark.place + len(mark.text) + 2
        ):
            self._take()
            subtree = True
        if not name.rstrip("+*").strip():
            raise self._bad(mark, "a code is missing here")
        if len(name) > LONGEST_NAME:
            raise self._bad(mark, "no code has so long a name")
        return CodeLeaf(name.removesuffix("+"), mark.place, subtree)

    def _bracket(self, opening: Mark) -> Question:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._bad(opening, f"the brackets go more than {DEEPEST} deep")
        found = self._either()
        if self._take().kind != ")":
            raise self._bad(opening, "the bracket is never closed")
        self._depth -= 1
        # A set of sources is a filter, and a bracket parts filters of one name.
        return All((found,)) if isinstance(found, SetLeaf) else found

    def _ends(self) -> bool:
        return self._peek().kind in {")", "end"} or self._says("OR")

    def _says(self, word: str) -> bool:
        mark = self._peek()
        return mark.kind == "word" and mark.text == word

    def _reserved(self, mark: Mark) -> bool:
        return mark.text in {"AND", "OR", "NOT"} or self._relation(mark) is not None

    def _peek(self) -> Mark:
        return self._marks[self._next]

    def _take(self) -> Mark:
        mark = self._peek()
        self._next = min(self._next + 1, len(self._marks) - 1)
        return mark

    def _bad(self, mark: Mark, why: str, *, hint: str | None = None) -> BadQueryError:
        return BadQueryError(self._written, mark.place, why, hint=hint)


def _is_set(mark: Mark) -> bool:
    return mark.name == "set" and mark.sign == ":"
