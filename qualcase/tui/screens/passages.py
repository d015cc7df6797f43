"""The passages screen: all passages of a question in groups, read, marked, changed and written out."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from qualcase.coding.queries.errors import BadQueryError
from qualcase.model.errors import QualcaseError
from qualcase.project.arranging import GROUPINGS
from qualcase.tui.actions import bindings
from qualcase.tui.keys.passages import GROUPS
from qualcase.tui.passage_book import CONTEXTS, MANY, Asked, open_book, regroup
from qualcase.tui.passage_lines import definition_lines
from qualcase.tui.screens.passage_acts import PassageActs
from qualcase.tui.screens.passage_questions import PassageQuestions
from qualcase.tui.targets import Named, Passage, Passages
from qualcase.tui.typing_ahead import IDLE
from qualcase.tui.ways_out import full_sentence
from qualcase.tui.widgets.lines import LinesPane, fold
from qualcase.tui.widgets.passage_list import PassageList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.project.project import Project
    from qualcase.project.segments import Segment
    from qualcase.tui.actions import Group
    from qualcase.tui.passage_book import PassageBook
    from qualcase.tui.targets import Target
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.workbench import Workbench

_ROOM_FOR_DEFINITION = 110
_ORDERS = (*GROUPINGS, None)
_BEFORE = "asked:"  # begins the name of what was asked here before


def _page_of(book: PassageBook, page: int, _: Project) -> tuple[Segment, ...]:
    return book.read(page)


class PassagesScreen(PassageQuestions, PassageActs):
    """Shows what was asked for, and remembers the line of each question asked in this sitting."""

    GROUPS: ClassVar[tuple[Group, ...]] = GROUPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GROUPS)
    CSS_PATH = "../passages.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_ROOM_FOR_DEFINITION, "-wide")]  # noqa: RUF012 -- Textual's declaration

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._history: list[tuple[Asked, int]] = []
        self._number = -1
        self._reading = ""
        self._definition = True
        self._loading: set[int] = set()

    def body(self) -> ComposeResult:
        """Lay out: the line that says what is shown, the passages, the definition beside them."""
        yield LinesPane(id="passages-head", classes="one-line")
        with Horizontal(id="passages-panes"):
            yield PassageList(id="passages")
            yield LinesPane(id="definition")

    @property
    def pane(self) -> PassageList:
        """The passages as they are shown."""
        return self.query_one(PassageList)

    def title_text(self) -> str:
        """Return what was asked."""
        return f"Passages: {self.book.asked.shown}" if self.book is not None else "Passages"

    def where(self) -> str:
        """Return which passage of how many is chosen, and how many are marked."""
        if self.book is None or not len(self.book):
            return self._reading
        marked = f"{len(self.book.marked):,} marked · " if self.book.marked else ""
        return f"{marked}{self.pane.chosen + 1:,} of {len(self.book):,}"

    def here(self) -> Target | None:
        """Return a name for what is shown, under which its line is found again."""
        if self.book is None:
            return None
        self._history[self._number] = (self.book.asked, self.pane.chosen)
        return Named(f"{_BEFORE}{self._number}")

    async def arrive(self, target: Target | None) -> None:
        """Show the passages one has come for; without a target, what was shown last."""
        self.pane.focus()
        if isinstance(target, Passages) and (target.query or target.evidence):
            kind = "evidence" if target.evidence else "question"
            await self.ask_for(Asked(kind, target.query, ids=target.evidence, title=target.title))
        elif isinstance(target, Named) and target.id.startswith(_BEFORE):
            await self._return_to(int(target.id.removeprefix(_BEFORE)))
        elif isinstance(target, Named):
            await self.ask_for(Asked("code", target.id))
        elif self.book is not None:
            await self.read_anew()
        else:
            self._show_all()

    async def read_again(self) -> None:
        """Show what the project holds now."""
        await self.read_anew()

    # Asking.

    async def ask_for(self, asked: Asked, chosen: int = 0) -> None:
        """Show the passages of something; where it cannot be understood, ask again."""
        by = self._order()
        many = sum(self.bench.usage.values()) > MANY
        codes = self.bench.codes
        book = await self._idly(asked, lambda project: open_book(project, asked, by, codes, many=many))
        if book is None:
            return
        self._history.append((asked, chosen))
        self._number = len(self._history) - 1
        await self._open(book, chosen)

    async def read_anew(self, *, whole: bool = True) -> None:
        """Ask the same again and stay on the same passage; marks are let go.

        Unless it must be the `whole`, of very many codings only what is in sight is read again, as it is now.
        """
        if self.book is None:
            return
        if not whole and sum(self.bench.usage.values()) > MANY:
            self.book.marked.clear()
            self.book.forget()
            await self._read_page(self.pane.chosen)
            self.pane.choose(self.pane.chosen)
            return
        before, chosen = self.book, self.pane.chosen
        asked, by = before.asked, before.by
        many = before.found is None
        segment = before.segment(chosen)
        near = (segment.source, segment.start, segment.end) if segment else None
        codes = self.bench.codes
        book = await self._idly(asked, lambda project: open_book(project, asked, by, codes, many=many))
        if book is not None:
            book.context = before.context
            await self._open(book, chosen, near)

    async def _return_to(self, number: int) -> None:
        if not 0 <= number < len(self._history):
            return
        asked, chosen = self._history[number]
        if self.book is not None and number == self._number:
            await self.read_anew()
            return
        await self.ask_for(asked, chosen)
        self._history.pop()
        self._number = number

    async def _idly(self, asked: Asked, job: Callable[[Project], PassageBook]) -> PassageBook | None:
        self._reading = "reading …"
        self._show_all()
        try:
            return await self.bench.ask_idly(job)
        except BadQueryError as fault:
            self.ask_better(asked, fault)
        except QualcaseError as fault:
            self.say(full_sentence(fault), warn=True)
        except asyncio.CancelledError:
            return None
        finally:
            self._reading = ""
            self._show_all()
        return None

    async def _open(self, book: PassageBook, chosen: int, near: tuple[str, int, int] | None = None) -> None:
        self.book = book
        chosen = max(0, min(chosen, len(book) - 1))
        first = max(0, chosen - 2)
        for row in (first, chosen, chosen + 8):
            await self._read_page(row)
        for row in (chosen, *range(first, min(len(book), chosen + 9))) if near else ():
            one = book.segment(row)
            if one and (one.source, one.start, one.end) == near:
                chosen = row
                break
        self.pane.open(book, chosen)
        self._load()
        if not len(book):
            self.say("Nothing answers to that.")
        elif self._message[0].startswith("Nothing answers"):
            self.say("")
        self._show_all()

    async def _read_page(self, row: int) -> None:
        book = self.book
        if book is None or book.segment(row) is not None or row >= len(book):
            return
        for page in tuple(book.wanted):
            segments = await self.read(partial(_page_of, book, page))
            if segments is not None:
                book.keep(page, segments)

    def _load(self) -> None:
        """Read in the background what is in sight and not read yet."""
        if self.book is not None and set(self.book.wanted) - self._loading:
            self.spawn(self._load_wanted(self.book), IDLE)

    async def _load_wanted(self, book: PassageBook) -> None:
        for page in tuple(book.wanted):
            if page in self._loading:
                continue
            self._loading.add(page)
            try:
                segments = await self.read(partial(_page_of, book, page))
            finally:
                self._loading.discard(page)
            if segments is not None and book is self.book:
                book.keep(page, segments)
                self.pane.choose(self.pane.chosen)

    # Reading.

    def on_passage_list_stepped(self) -> None:
        """Say which one it is, and read what has come into sight."""
        self._load()
        self._show_all()

    def on_passage_list_picked(self) -> None:
        """Go to where the passage stands."""
        segment = self.book.segment(self.pane.chosen) if self.book is not None else None
        if segment is None:
            return
        if segment.in_review:
            self.say("This passage waits for review: its place in today's text is not settled.", warn=True)
            return
        self.application.go("coding", Passage(segment.source, segment.start, segment.end))

    def action_group(self, by: int) -> None:
        """Group by something else."""
        if self.book is None:
            self.say("Nothing is shown yet: o takes a code, / asks a question.")
            return
        wanted = _ORDERS[(_ORDERS.index(self.book.by) + by) % len(_ORDERS)]
        self.spawn(self._regroup(wanted), IDLE)

    async def _regroup(self, by: str | None) -> None:
        before = self.book
        if before is None:
            return
        book = await self._idly(before.asked, lambda project: regroup(project, before, by))
        if book is None:
            return
        self.bench.place["passages_by"] = by or ""
        await self._open(book, 0)
        self.say(f"Grouped by {by}." if by else "In no groups: by source and place.")

    def action_step_group(self, by: int) -> None:
        """Go to the first passage of another group."""
        groups = self.book.listing.groups if self.book is not None else ()
        here = self.book.group_at(self.pane.chosen) if self.book is not None else None
        if here is None:
            self.say("There are no groups: s groups the passages.")
            return
        if by < 0 and self.pane.chosen > groups[here].first:
            by = 0
        if 0 <= here + by < len(groups):
            self.pane.choose(groups[here + by].first)
        else:
            self.say("This is the last group." if by > 0 else "This is the first group.")

    def action_change_context(self, by: int) -> None:
        """Show more or fewer of the words around."""
        if self.book is None:
            return
        place = CONTEXTS.index(self.book.context) + by
        if not 0 <= place < len(CONTEXTS):
            self.say("There is no more context than this." if by > 0 else "There is no context shown.")
            return
        self.book.context = CONTEXTS[place]
        self.book.forget()
        self.pane.choose(self.pane.chosen)
        self.say(f"{CONTEXTS[place]} characters of context on either side.")

    def action_turn_definition(self) -> None:
        """Show the code's definition beside its passages, or not."""
        self._definition = not self._definition
        self.call_after_refresh(self._show_all)

    # Painting.

    def on_resize(self) -> None:
        """Lay out anew."""
        self.call_after_refresh(self._show_all)

    def _order(self) -> str | None:
        if self.book is not None:
            return self.book.by
        last = self.bench.place.get("passages_by", "code")
        return last if last in GROUPINGS else None

    def _show_all(self) -> None:
        self._show_definition()
        self.query_one("#passages-head", LinesPane).show([self._heading()])
        if self.book is None:
            self.pane.show(fold(_BEGIN, max(20, self.pane.size.width - 2), "dim"))
        self.show_frame()

    def _heading(self) -> Line:
        if self.book is None:
            return ((f" {self._reading}", "dim"),)
        book = self.book
        many = "1 passage" if len(book) == 1 else f"{len(book):,} passages"
        groups = book.listing.groups
        grouped = f" by {book.by}" if book.by else ", not grouped"
        pieces: list[tuple[str, str]] = [(f" {many}{grouped}", "strong")]
        place = book.group_at(self.pane.chosen)
        if place is not None:
            group = groups[place]
            row = self.pane.chosen - group.first + 1
            pieces += [(f" · group {place + 1:,} of {len(groups):,}, {row:,} of {group.count:,}: ", "dim")]
            pieces += [(group.label, "title")]
        pieces += [(f" · {note}", "warn") for note in book.notes]
        return (*pieces, (f" · {self._reading}", "warn")) if self._reading else tuple(pieces)

    def _show_definition(self) -> None:
        pane = self.query_one("#definition", LinesPane)
        segment = self.book.segment(self.pane.chosen) if self.book is not None and len(self.book) else None
        code = self.bench.codes.find(segment.codes[0]) if segment and segment.codes else None
        pane.display = self._definition and code is not None and self.size.width >= _ROOM_FOR_DEFINITION
        if pane.display and code is not None:
            width = max(10, pane.size.width - 2)
            pane.show(definition_lines(code, self.bench.usage.get(code.id, 0), width))


_BEGIN = (
    "No passages are shown yet. o takes the passages of a code, / asks a question about codes, f finds "
    "words, l asks a question that was kept."
)
