"""From lines to running text: which line ends are only the page's, and which hyphens go."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.label_lines import STYLES, Label, find_label
from qualcase.readers.names import LONGEST_NAME, clean_name, could_be_name
from qualcase.readers.pdf_layout import text_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.pdf_layout import Line
    from qualcase.readers.pdf_lines import Row

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LAST_PART = re.compile(r"(?P<word>[^\W\d_]+)[-\N{HYPHEN}\N{SOFT HYPHEN}]\Z")
_FIRST_PART = re.compile(r"[^\W\d_]+")
# A counter, a time, a bullet or a number of a list begins a line of its own.
_OPENS_LINE = re.compile(
    r"\[?\(?\d{1,3}[.:]\s?\d{2}(?:[:.]\d{2})*\b|[•▪◦‣*]\s|[-–—]\s|\(?\d{1,3}[.)]\s|\[\d|<[^<>]{1,40}>"
)
_COLON = re.compile(r"[ ]?:[ ]?")
_NEXT_PARAGRAPH = 1.3
_HEADING = 1.25
_LONGEST_HEADING = 150
_INDENT = 1.0
_NEAR = 3.0
_ROUNDED = 2
_REGULAR = 0.15
# Letters differ in width, so a word must have had this much more room before its line counts as short.
_SURELY = 1.5


@dataclass(slots=True)
class Body:
    """The text of a PDF; `apparatus` are (offset, words) of what stood around it, in reading order."""

    text: str = ""
    apparatus: list[tuple[int, str]] = field(default_factory=list)
    headings: list[Block] = field(default_factory=list)
    bold_runs: list[Label] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual, in points: line pitch, height of letters, left edge, and right edge by column."""

    pitch: float
    height: float
    left: float
    rights: dict[int, float]


def build_body(lines: Sequence[Line], asides: dict[int, str]) -> Body:
    """Return the running text; `asides` is what runs in another direction, by page."""
    texts = [line.row for line in lines if line.kind == "text"]
    measures = _measure(texts)
    words = Counter(word.casefold() for row in texts for word in _WORD.findall(row.text))
    return _Builder(measures, words).build(lines, asides)


class _Builder:
    """Appends one line after the other."""

    def __init__(self, measures: _Measures, words: Counter[str]) -> None:
        self.measures = measures
        self.words = words
        self.body = Body()
        self._pieces: list[str] = []
        self._length = 0
        self._before: Row | None = None
        self._tabbed = False
        self._paragraph: Row | None = None

    def build(self, lines: Sequence[Line], asides: dict[int, str]) -> Body:
        page = 0
        for line in lines:
            for left in range(page, line.row.page):
                self._note(asides.get(left, ""))
            page = line.row.page
            if line.kind == "text":
                self._add(line)
            else:
                self._note(line.row.text)
        for left in range(page, max(asides, default=-1) + 1):
            self._note(asides.get(left, ""))
        self.body.text = "".join(self._pieces)
        return self.body

    def _note(self, words: str) -> None:
        if words.strip():
            self.body.apparatus.append((self._length, " ".join(words.split())))

    def _add(self, line: Line) -> None:
        row, text = line.row, hang(line.row, self.measures.left)
        joint = self._joint(row, text)
        if joint is None:
            last = self._pieces[-1]
            self._pieces[-1] = last[:-1]
            self._length -= 1
        else:
            self._append(joint)
        if joint != " " and joint is not None:
            self._paragraph = row
        start = self._length
        if line.number is not None:
            self.body.apparatus.append((start, line.number))
        self._append(text)
        self._before, self._tabbed = row, "\t" in text
        if joint != " " and joint is not None:
            self._begin(row, text, start)

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _begin(self, row: Row, text: str, start: int) -> None:
        """Remember that a line of its own is a heading, or begins with a name in bold."""
        if self._is_heading(row):
            self.body.headings.append(Block(start, start + len(text), "heading"))
            return
        bold = _bold_length(row, text)
        name = clean_name(text[:bold])
        if bold < len(text) and 0 < len(name) <= LONGEST_NAME:
            self.body.bold_runs.append(Label(start, start + bold, name, None, "bold run"))

    def _is_named(self, row: Row, text: str) -> bool:
        """Say whether a line begins with what can be a name in bold, and goes on otherwise."""
        bold = _bold_length(row, text)
        return 0 < bold < len(text) and could_be_name(text[:bold])

    def _is_heading(self, row: Row) -> bool:
        return row.height >= _HEADING * self.measures.height and len(row.text) <= _LONGEST_HEADING

    def _joint(self, row: Row, text: str) -> str | None:
        """Return what stands between the line before and this one; None where a hyphen goes."""
        before = self._before
        if before is None:
            return ""
        if self._is_heading(row) or self._is_heading(before):
            alike = self._is_heading(row) and self._is_heading(before) and row.page == before.page
            return "\n" if alike and not self._is_apart(before, row) else "\n\n"
        if self._is_apart(before, row):
            return "\n\n"
        last = _LAST_PART.search(self._pieces[-1])
        if last and self._is_one_word(last["word"], text):
            return None
        return "\n" if last or self._opens_line(before, row, text) else " "

    def _is_apart(self, before: Row, row: Row) -> bool:
        """Say whether a paragraph ends: by space between lines, or at a page's end by a short last line."""
        pitch = before.top - row.top
        if before.page != row.page or pitch <= 0:
            return self._is_short(before, row)
        return pitch > _NEXT_PARAGRAPH * self.measures.pitch * max(row.height / self.measures.height, 1)

    def _opens_line(self, before: Row, row: Row, text: str) -> bool:
        if self._is_short(before, row) or _OPENS_LINE.match(text) or _is_label(text):
            return True
        if "\t" in text and (self._tabbed or row.left < self.measures.left - _NEAR):
            return True
        return self._is_named(row, text) or self._is_indented(before, row)

    def _is_short(self, before: Row, row: Row) -> bool:
        """Say whether the next line's first word would have had room on the line before."""
        first = row.segments[0]
        word = first.text.partition(" ")[0]
        width = (first.right - first.left) * (len(word) + 1) / max(len(first.text), 1)
        return before.right + width < self.measures.rights[before.column] - _SURELY * row.height

    def _is_indented(self, before: Row, row: Row) -> bool:
        """Say whether a line begins further in, or further out, than the paragraph before it goes on."""
        first = self._paragraph or before
        if any(abs(segment.left - row.left) <= _NEAR for segment in (*first.segments, *before.segments)):
            return False
        inward = row.left - before.left
        if abs(inward) <= _INDENT * row.height:
            return False
        return inward > 0 or before is not first

    def _is_one_word(self, first: str, text: str) -> bool:
        """Say whether a word divided at the line end stands whole elsewhere in the document."""
        rest = _FIRST_PART.match(text)
        if not rest or not rest[0][0].islower():
            return False
        return self.words[(first + rest[0]).casefold()] > 0


def _bold_length(row: Row, text: str) -> int:
    """Return how many first characters are bold, with a colon that follows them."""
    bold = row.segments[0].bold
    colon = _COLON.match(text, bold)
    return colon.end() if bold and colon else bold


def hang(row: Row, left: float) -> str:
    """Return the text of a row, with a tab after what hangs out to the left of the text."""
    first, *rest = row.segments
    if rest and first.right < left and abs(rest[0].left - left) <= _NEAR:
        return first.text + "\t" + row.text[len(first.text) :].lstrip(" \t")
    return row.text


def _is_label(text: str) -> bool:
    # A dash after a name and a tab also stand within a sentence, where a line happens to begin.
    return any(find_label(style, text, 0) for style in STYLES if style not in ("tab", "name and dash"))


def _measure(rows: Sequence[Row]) -> _Measures:
    heights = sorted(row.height for row in rows for _ in range(max(len(row.text) // 10, 1)))
    height = median(heights) if heights else 1.0
    rights = {column: _right_edge(rows, column) for column in {row.column for row in rows}}
    return _Measures(_pitch(rows, height), height, text_left(rows), rights)


def _right_edge(rows: Sequence[Row], column: int) -> float:
    """Return where the long lines of a column end."""
    ends = sorted(row.right for row in rows if row.column == column)
    return ends[int(len(ends) * 0.95)]


def _pitch(rows: Sequence[Row], height: float) -> float:
    """Return the smallest distance between lines that is regular."""
    steps = Counter(
        round((before.top - row.top) * _ROUNDED) / _ROUNDED
        for before, row in pairwise(rows)
        if before.page == row.page and before.top - row.top > height / 2
    )
    regular = [step for step, count in steps.items() if count >= _REGULAR * steps.total()]
    return min(regular, default=min(steps, default=height))
