"""The suggestions review: one after the other, with its reasons, answered by one key."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Vertical

from qualcase.coding.speaking import speaker_of
from qualcase.model.errors import QualcaseError
from qualcase.project.segments import Spot, read_segments
from qualcase.reports.wording import plural
from qualcase.tui.actions import bindings
from qualcase.tui.choices import source_entries
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.keys.suggestions import GROUPS
from qualcase.tui.passage_book import CONTEXTS
from qualcase.tui.screens.suggestion_answers import SuggestionAnswers
from qualcase.tui.suggestion_lines import QueueLines, suggestion_lines
from qualcase.tui.suggestion_queue import ORDERS
from qualcase.tui.targets import Named, Passage
from qualcase.tui.typing_ahead import READS
from qualcase.tui.ways_out import full_sentence
from qualcase.tui.widgets.choice_list import ChoiceList
from qualcase.tui.widgets.lines import LinesPane, fold

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.model.coding import Suggestion
    from qualcase.model.source import Source
    from qualcase.project.project import Project
    from qualcase.project.segments import Segment
    from qualcase.tui.actions import Group
    from qualcase.tui.targets import Target
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.workbench import Workbench

_EVERY = "*"
_AHEAD = 4  # how many of those that come next are read beforehand
_ANSWERS = (("y", "yes, code it"), ("n", "no"), ("l", "later"))


class SuggestionsScreen(SuggestionAnswers):
    """Looks for suggestions source by source while nothing else is to be done, and takes the answers."""

    GROUPS: ClassVar[tuple[Group, ...]] = GROUPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GROUPS)
    CSS_PATH = "../suggestions.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 -- Textual's declaration

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._source = ""  # the uid of the one source that is asked about, or none
        self._left: list[Source] | None = None  # sources still to be looked at; None before the first look
        self._around = CONTEXTS[1]
        self._segments: dict[str, Segment] = {}
        self._looking = False

    def body(self) -> ComposeResult:
        """Lay out: the list, and beside or above it the suggestion with the answers."""
        yield LinesPane(id="suggestions-head", classes="one-line")
        with Container(id="review"):
            yield ChoiceList(id="suggestions")
            with Vertical(id="answering"):
                yield LinesPane(id="about-suggestion")
                yield ChoiceList(id="answers")

    @property
    def pane(self) -> ChoiceList:
        """The list of suggestions."""
        return self.query_one("#suggestions", ChoiceList)

    def title_text(self) -> str:
        """Return whose suggestions are shown."""
        source = self.bench.source(self._source)
        return f"Suggestions: {source.handle} {source.title or source.name}" if source else "Suggestions"

    def where(self) -> str:
        """Return which suggestion of how many is asked about."""
        return f"{self.pane.chosen + 1:,} of {len(self.shown):,}" if self.shown else ""

    def here(self) -> Target | None:
        """Return the source whose suggestions are shown."""
        return Named(self._source) if self._source else None

    async def arrive(self, target: Target | None) -> None:
        """Show the suggestions of a source, or of the project; go on looking where one left off."""
        self.pane.focus()
        wanted = target.id if isinstance(target, Named) else ""
        source = self.bench.source(wanted)
        if self._left is None or (source is not None and source.uid != self._source):
            self._begin(source.uid if source else "")
        else:
            # What was coded meanwhile is suggested no longer, and what was taken away is again.
            chosen = self.current
            self._begin(self._source)
            if chosen is not None:
                self.queue.offer((chosen,))
        self.show_all()

    async def read_again(self) -> None:
        """Look again: the project is another one."""
        self._begin(self._source)

    def on_mount(self) -> None:
        """Give the answers to the mouse."""
        answers = self.query_one("#answers", ChoiceList)
        answers.can_focus = False
        answers.takes_one_click = True
        answers.show([((f" {key} ", "key"), (word, "plain")) for key, word in _ANSWERS])

    # Looking.

    def _begin(self, source: str) -> None:
        self._source = source
        one = self.bench.source(source)
        self._left = [one] if one else list(self.bench.sources)
        self.queue.arrange(
            (one.handle for one in self.bench.sources), (one.code.id for one in self.bench.codes.active)
        )
        self.queue.clear()
        self._segments.clear()
        if not self._looking:
            self.spawn(self._look(), READS)

    async def _look(self) -> None:
        """Look for suggestions part by part, so that whoever acts meanwhile does not wait; rest when away."""
        self._looking = True
        try:
            if self.bench.warm:
                await asyncio.to_thread(self.bench.warm)
                self.bench.warm = None
            self.record = await self.bench.ask(lambda project: project.suggestions.record())
            while self._left and self.application.place is self:
                await self._look_at(self._left[0])
        except QualcaseError as fault:
            self._left = []
            self.say(full_sentence(fault), warn=True)
        finally:
            self._looking = False
            self.show_all()

    async def _look_at(self, source: Source) -> None:
        left = self._left
        parts = await self.bench.ask(lambda project: project.suggestions.propose_parts(source))
        while (part := await self.bench.ask(lambda _: next(parts, None))) is not None:
            if self._left is not left or self.application.place is not self:
                return
            if part:
                self.queue.offer(part)
                self.show_all()
        if left and left[0] is source:
            del left[0]

    # Answering.

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Go to where the suggestion stands; or take the answer that was clicked."""
        if event.pane.id == "answers":
            (self.action_accept, self.action_reject, self.action_postpone)[event.place]()
        elif (one := self.current) is not None:
            self.application.go("coding", Passage(one.source, one.start, one.end))

    def on_choice_list_stepped(self, event: ChoiceList.Stepped) -> None:
        """Show the chosen suggestion."""
        if event.pane is self.pane:
            self.show_one()

    # Choosing.

    def action_sort(self, by: int) -> None:
        """Sort by something else."""
        self.queue.order = ORDERS[(ORDERS.index(self.queue.order) + by) % len(ORDERS)]
        self.show_all()
        none = self.queue.order == "score" and all(one.score is None for one in self.shown)
        self.say(
            "Sorted by score; none of them has a score, so that they stand by source."
            if none
            else f"Sorted by {self.queue.order}."
        )

    def action_choose_code(self) -> None:
        """Ask about one code only."""
        counts = self.queue.counts()
        entries = [Entry(_EVERY, f"all codes  ({len(self.queue):,})")]
        entries += [
            Entry(code, f"{code}  {self.bench.codes.name(code)}  ({many:,})") for code, many in counts.items()
        ]

        async def take(code: str) -> None:
            self.queue.code = "" if code == _EVERY else code
            self.pane.choose(0)
            self.show_all()

        self.pick(PickScreen("Suggestions of which code?", entries, "those"), take, READS)

    def action_choose_source(self) -> None:
        """Ask about one source only."""
        entries = [Entry(_EVERY, "all sources"), *source_entries(self.bench)]

        async def take(uid: str) -> None:
            self._begin("" if uid == _EVERY else uid)
            self.pane.choose(0)
            self.show_all()

        self.pick(PickScreen("Suggestions in which source?", entries, "those"), take, READS)

    def action_propose_again(self) -> None:
        """Look anew."""
        self._begin(self._source)
        self.say("Looking anew.")

    def action_change_context(self, by: int) -> None:
        """Show more or fewer of the words around."""
        place = CONTEXTS.index(self._around) + by
        if 0 <= place < len(CONTEXTS):
            self._around = CONTEXTS[place]
            self._segments.clear()
            self.show_one()
            self.say(f"{self._around} characters of context on either side.")

    # Painting.

    def on_resize(self) -> None:
        """Lay out anew."""
        self.call_after_refresh(self.show_all)

    def show_all(self) -> None:
        """Draw everything anew."""
        chosen = self.current
        before = self.pane.chosen
        self.shown = self.queue.shown()
        self.pane.show(QueueLines(self.shown, self.queue, self.bench.codes, self.pane.size.width))
        # Whoever is looked at stays so while others come in; where it is gone, the next one takes its place.
        place = next((n for n, one in enumerate(self.shown) if chosen and one.uid == chosen.uid), before)
        if chosen and self.queue.is_later(chosen.uid) and place != before:
            place = before
        self.pane.choose(place)
        self.query_one("#suggestions-head", LinesPane).show([self._heading()])
        if chosen is None or chosen is not self.current or self.current.uid in self._segments:
            self.show_one()
        self.show_frame()

    def _heading(self) -> Line:
        every, only = self._many(len(self.queue)), ""
        if self.queue.code:
            only = f" · {len(self.shown):,} of {self.queue.code} shown"
        pieces = [(f" {every} wait for an answer{only} · by {self.queue.order}", "strong")]
        if self._left:
            total = 1 if self._source else len(self.bench.sources)
            pieces.append(
                (f" · looking: {total - len(self._left):,} of {plural(total, 'source')} read …", "warn")
            )
        return tuple(pieces)

    def show_one(self) -> None:
        """Draw the suggestion that is asked about."""
        pane, one = self.query_one("#about-suggestion", LinesPane), self.current
        self.query_one("#answers").display = one is not None
        width = max(20, pane.size.width - 2)
        if one is None:
            pane.show(fold(self._nothing(), width, "dim"))
        else:
            record = self.record.get((one.code, one.stage))
            segment = self._segments.get(one.uid)
            pane.show(suggestion_lines(one, segment, record, self.bench.codes, width))
            if segment is None:
                self.spawn(self._read_around(self.pane.chosen), READS)
        pane.scroll_to(y=0, animate=False, force=True)
        self.show_status()

    def _nothing(self) -> str:
        if self._left:
            return "Looking for suggestions …"
        if self.queue.code and len(self.queue):
            return f"No suggestion of {self.queue.code} is left. c shows those of other codes."
        return (
            "No suggestion waits for an answer. They come from the key phrases of the codes: give a code "
            "some in the codebook (g b), and R looks anew."
        )

    async def _read_around(self, first: int) -> None:
        """Read the words around a suggestion and around those that come next."""
        wanted = [one for one in self.shown[first : first + _AHEAD] if one.uid not in self._segments]
        context = self._around
        found = await self.read(lambda project: _segments_of(project, wanted, context))
        if found is not None and context == self._around:
            self._segments |= {one.uid: segment for one, segment in zip(wanted, found, strict=True)}
            if self.current in wanted:
                self.show_one()

    @staticmethod
    def _many(count: int) -> str:
        return "1 suggestion" if count == 1 else f"{count:,} suggestions"


def _segments_of(project: Project, wanted: list[Suggestion], context: int) -> tuple[Segment, ...]:
    spots = []
    sources = {source.handle: source for source in project.sources.list()}
    for one in wanted:
        source = sources[one.source]
        speaker = speaker_of(project.sources.turns(source), one.start, one.end)
        spots.append(Spot(source, one.start, one.end, speaker))
    return read_segments(project, spots, context)
