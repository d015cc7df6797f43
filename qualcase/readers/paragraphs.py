"""Paragraphs, headings and front matter: the parts of a text that are nobody's turn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.source import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qualcase.model.source import Turn

# Text whose lines are nearly all this short was wrapped by hand: a line end inside it means nothing.
_WRAPPED_AT = 100
_NEARLY_ALL = 0.9
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+\S")
_RULE = re.compile(r"[ ]{0,3}(?:-{3,}|\*{3,}|_{3,}|\{:.{0,80}\})[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """One line `[start, end)` of a text without its line end; `blank` lines hold white space only."""

    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether the line has nothing to read."""
        return not self.text or self.text.isspace()


def split_lines(text: str, start: int = 0) -> list[Line]:
    """Return the lines of `text` from offset `start`, divided at LF alone."""
    lines = []
    for line in text[start:].split("\n"):
        lines.append(Line(start, start + len(line), line))
        start += len(line) + 1
    return lines


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Say whether these lines were wrapped by hand, so that only a blank line ends a paragraph."""
    full = [line for line in lines if not line.blank]
    blanks = len(full) < len(lines)
    return blanks and sum(line.end - line.start <= _WRAPPED_AT for line in full) >= _NEARLY_ALL * len(full)


def find_paragraphs(lines: Sequence[Line], *, wrapped: bool, markdown: bool = False) -> Iterator[Block]:
    """Yield paragraphs, and in Markdown headings and rules, over consecutive `lines`."""
    begin: Line | None = None
    last: Line | None = None
    for line in lines:
        kind = line_kind(line) if markdown else "paragraph"
        if begin and last and (line.blank or not wrapped or kind != "paragraph"):
            yield Block(begin.start, last.end)
            begin = last = None
        if line.blank:
            continue
        if kind != "paragraph":
            yield Block(line.start, line.end, kind)
            continue
        begin, last = begin or line, line
    if begin and last:
        yield Block(begin.start, last.end)


def line_kind(line: Line) -> str:
    """Return what a line of Markdown is by itself: heading, apparatus (a rule, an attribute), paragraph."""
    if _HEADING.match(line.text):
        return "heading"
    return "apparatus" if _RULE.match(line.text) else "paragraph"


def fill_between(
    lines: Sequence[Line], turns: Iterable[Turn], fixed: Iterable[Block], *, wrapped: bool, markdown: bool
) -> tuple[Block, ...]:
    """Return `fixed`, and paragraphs and headings of the lines that no turn or fixed block touches."""
    blocks = list(fixed)
    taken = sorted(
        [(turn.start, turn.end) for turn in turns] + [(block.start, block.end) for block in blocks]
    )
    free: list[Line] = []
    place = 0
    for line in lines:
        while place < len(taken) and taken[place][1] < line.start:
            place += 1
        if place < len(taken) and taken[place][0] <= line.end:
            blocks.extend(find_paragraphs(free, wrapped=wrapped, markdown=markdown))
            free = []
        else:
            free.append(line)
    blocks.extend(find_paragraphs(free, wrapped=wrapped, markdown=markdown))
    return tuple(sorted(blocks, key=lambda block: (block.start, block.end)))
