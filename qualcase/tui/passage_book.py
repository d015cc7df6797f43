"""What is open on the passages screen: what was asked, the rows that answer, and which are marked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.project.retrieval import CodePages, find_answers, find_evidence, find_of_code, find_words
from qualcase.tui.passage_lines import heading_lines, segment_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.project.project import Project
    from qualcase.project.retrieval import Found, Listing
    from qualcase.project.segments import Segment
    from qualcase.tui.codes import CodeList
    from qualcase.tui.widgets.lines import Line

PAGE = 40
CONTEXTS = (0, 60, 200, 600)
# From so many codings on reading all takes seconds: a code's passages are then read page by page.
MANY = 50_000
_PAGES_KEPT = 25


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the passages of a `code`, a `question`, `words`, or some `evidence`."""

    kind: str
    text: str = ""
    subtree: bool = True
    ids: tuple[str, ...] = ()
    title: str = ""

    @property
    def question(self) -> str:
        """It in the language of questions; empty where it cannot be said in that."""
        if self.kind == "code":
            return f"{self.text}+" if self.subtree else self.text
        return self.text if self.kind == "question" else ""

    @property
    def shown(self) -> str:
        """It as a person reads it."""
        below = " and below" if self.kind == "code" and self.subtree else ""
        return self.title or {"words": f"words “{self.text}”"}.get(self.kind, f"{self.text}{below}")


def find(project: Project, asked: Asked) -> Found:
    """Return what was asked for, as columns; BadQueryError where a question cannot be understood."""
    if asked.kind == "code":
        return find_of_code(project, asked.text, subtree=asked.subtree)
    if asked.kind == "words":
        return find_words(project, asked.text)
    if asked.kind == "evidence":
        return find_evidence(project, asked.ids)
    return find_answers(project, asked.text)


class PassageBook:
    """The rows of one listing, a page of them read at a time."""

    def __init__(
        self, asked: Asked, listing: Listing, found: Found | None, by: str | None, codes: CodeList
    ) -> None:
        self.asked = asked
        self.listing = listing
        self.found = found
        self.by = by
        self.codes = codes
        self.context = CONTEXTS[1]
        self.marked: set[int] = set()
        self._starts = {group.first: group for group in listing.groups}
        self._pages: dict[int, tuple[Segment, ...]] = {}
        self.wanted: dict[int, None] = {}

    def __len__(self) -> int:
        return len(self.listing)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be said of what was found."""
        return self.found.notes if self.found else ()

    def segment(self, row: int) -> Segment | None:
        """Return a row's passage, or None where it is not read yet; it is then wanted."""
        page = row // PAGE
        if page in self._pages:
            held = self._pages[page]
            return held[row % PAGE] if row % PAGE < len(held) else None
        if row < len(self):
            self.wanted[page] = None
        return None

    def read(self, page: int) -> tuple[Segment, ...]:
        """Read a page from the project."""
        return self.listing.segments(page * PAGE, PAGE, self.context)

    def keep(self, page: int, segments: tuple[Segment, ...]) -> None:
        """Keep a page that was read; the oldest of many go."""
        self._pages[page] = segments
        self.wanted.pop(page, None)
        while len(self._pages) > _PAGES_KEPT:
            del self._pages[next(iter(self._pages))]

    def forget(self) -> None:
        """Forget what was read: something may have changed."""
        self._pages.clear()

    def group_at(self, row: int) -> int | None:
        """Return which group a row stands in, from 0; None where there are none."""
        place = bisect_right(self.listing.groups, row, key=lambda group: group.first)
        return place - 1 if place else None

    def lines(self, row: int, width: int, *, chosen: bool) -> Sequence[Line]:
        """Return a row's lines, with the heading of the group that it begins."""
        segment = self.segment(row)
        group = self._starts.get(row)
        heading = [*heading_lines(group, self.by or "", width), ()] if group else []
        if segment is None:
            return [*heading, (("  …", "dim"),), (), ()]
        marked = row in self.marked
        return [*heading, *segment_lines(segment, self.codes, width, self.by, chosen=chosen, marked=marked)]


def open_book(project: Project, asked: Asked, by: str | None, codes: CodeList, *, many: bool) -> PassageBook:
    """Ask, and open what was found with its first page read; of very many codings a code's alone are read."""
    if many and asked.kind == "code":
        book = PassageBook(asked, CodePages(project, asked.text, subtree=asked.subtree), None, None, codes)
    else:
        found = find(project, asked)
        book = PassageBook(asked, found.listing(project, by), found, by, codes)
    book.keep(0, book.read(0))
    return book


def regroup(project: Project, book: PassageBook, by: str | None) -> PassageBook:
    """Return the same passages in other groups, with the first page read."""
    found = book.found or find(project, book.asked)
    fresh = PassageBook(book.asked, found.listing(project, by), found, by, book.codes)
    fresh.context = book.context
    fresh.keep(0, fresh.read(0))
    return fresh
