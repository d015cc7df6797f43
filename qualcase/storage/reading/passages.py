"""What a search finds, portion by portion: frequent words are not all gathered before the first is shown."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from qualcase.coding.queries.words import Both, Phrase
from qualcase.storage import sqlite
from qualcase.storage.schema import material, retrieval
from qualcase.storage.search import SEGMENT_BITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Select

    from qualcase.coding.queries.words import Tree

    Span = tuple[int, int]

_START = (1 << SEGMENT_BITS) - 1
_MOST_RUNS = 64  # With more, one look at the whole index is quicker than one for each.
_FEW = 4  # Of so many passages of one text each is cut out of it; for more the text is read once.
_ALL = 1 << 62


class Finder:
    """The passages that a search holds for, in the order of the texts, and by place in each.

    `texts` are the keys of the texts to look in.
    """

    def __init__(self, tree: Tree, texts: Sequence[int]) -> None:
        self._expression = match_text(tree)
        self._texts = texts
        self._runs = deque(_runs(texts))
        self._held: list[int] | None = None

    def more(self, connection: Connection, most: int) -> list[Span]:
        """Return the next passages as (text, start), at most so many; none when that was all."""
        if len(self._runs) > _MOST_RUNS and self._held is None:
            self._held = self._everything(connection)
        if self._held is not None:
            found, self._held = self._held[:most], self._held[most:]
            return [(key >> SEGMENT_BITS, key & _START) for key in found]
        while self._runs:
            first, last, members = self._runs[0]
            keys = sqlite.find_words(connection, self._expression, first, last, most)
            if len(keys) < most:
                self._runs.popleft()
            else:
                self._runs[0] = keys[-1] + 1, last, members
            if inside := [key for key in keys if key >> SEGMENT_BITS in members]:
                return [(key >> SEGMENT_BITS, key & _START) for key in inside]
        return []

    def _everything(self, connection: Connection) -> list[int]:
        place = {text: number for number, text in enumerate(self._texts)}
        keys = sqlite.find_words(connection, self._expression, 0, _ALL, -1)
        inside = (key for key in keys if key >> SEGMENT_BITS in place)
        return sorted(inside, key=lambda key: (place[key >> SEGMENT_BITS], key))


def _runs(texts: Sequence[int]) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Yield stretches of the index (first key, last key, texts) that together are the texts in their order.

    Texts are mostly stored in the order of their sources. One that was corrected is stored after those of
    later sources: it is a stretch of its own, and does not divide the rest into many.
    """
    lowest, later = _ALL, []
    for text in reversed(texts):
        later.append(text > lowest)
        lowest = min(lowest, text)
    run: list[int] = []
    for text, displaced in zip(texts, reversed(later), strict=True):
        if displaced:
            yield from _run(run)
            yield from _run([text])
            run = []
        else:
            run.append(text)
    yield from _run(run)


def _run(texts: list[int]) -> Iterator[tuple[int, int, frozenset[int]]]:
    if texts:
        yield texts[0] << SEGMENT_BITS, (texts[-1] + 1 << SEGMENT_BITS) - 1, frozenset(texts)


def match_text(tree: Tree) -> str:
    """Return a search as FTS5 wants it; only folded words in quotation marks reach it from outside."""
    if isinstance(tree, Phrase):
        words = " ".join(tree.words).replace('"', "")
        return f'"{words}"{" *" if tree.prefix else ""}'
    if isinstance(tree, Both):
        wanted = " AND ".join(map(match_text, tree.parts))
        unwanted = " OR ".join(map(match_text, tree.without))
        return f"(({wanted}) NOT ({unwanted}))" if unwanted else f"({wanted})"
    return f"({' OR '.join(map(match_text, tree.parts))})"


@dataclass(frozen=True, slots=True)
class Extract:
    """A passage `[start, end)` of a text of some length, and a stretch from `begin` on that holds it."""

    start: int
    end: int
    begin: int
    stretch: str
    length: int

    def cut(self, start: int, end: int) -> str:
        """Return the words `[start, end)` of the text, as far as they are held."""
        return self.stretch[max(0, start - self.begin) : max(0, end - self.begin)]


def read_extracts(connection: Connection, text: int, starts: Sequence[int], around: int) -> list[Extract]:
    """Return passages of a text by their starts, each with `around` code points before and after it."""
    if len(starts) > _FEW:
        return _whole(connection, text, starts)
    found: list[Extract] = []
    for start in starts:
        begin = max(0, start - around)
        given = {"key": text << SEGMENT_BITS | start, "skip": begin + 1, "more": around - begin}
        end, length, stretch = connection.execute(_cut(), given).one()
        if len(stretch) < min(length, end + around) - begin:
            return _whole(connection, text, starts)  # SQLite's own functions take a NUL for the end.
        found.append(Extract(start, end, begin, stretch, length))
    return found


@cache
def _cut() -> Select[int, int, str]:
    segment, version, content = retrieval.segment, material.text_version, material.content
    stretch = func.substr(content.c.text, bindparam("skip"), segment.c.end + bindparam("more"))
    return (
        select(segment.c.end, version.c.characters, stretch)
        .join(version, version.c.id == segment.c.id.op(">>")(SEGMENT_BITS))
        .join(content, content.c.sha256 == version.c.sha256)
        .where(segment.c.id == bindparam("key"))
    )


def _whole(connection: Connection, text: int, starts: Sequence[int]) -> list[Extract]:
    words: str = connection.scalars(_text(), {"text": text}).one()
    given = {"first": text << SEGMENT_BITS | starts[0], "last": text << SEGMENT_BITS | starts[-1]}
    ends = {key & _START: end for key, end in connection.execute(_ends(), given)}
    return [Extract(start, ends[start], 0, words, len(words)) for start in starts]


@cache
def _text() -> Select[str]:
    version, content = material.text_version, material.content
    query = select(content.c.text).join(version, version.c.sha256 == content.c.sha256)
    return query.where(version.c.id == bindparam("text"))


@cache
def _ends() -> Select[int, int]:
    segment = retrieval.segment
    return select(segment.c.id, segment.c.end).where(
        segment.c.id.between(bindparam("first"), bindparam("last"))
    )
