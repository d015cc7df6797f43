"""The coding screen: codebook, transcript, what lies here; every key leads to one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from qualcase.text import selection as selecting
from qualcase.tui.actions import bindings
from qualcase.tui.acts import Acts
from qualcase.tui.choices import code_entries, coding_entries, source_entries
from qualcase.tui.dialogues.line import ask_search
from qualcase.tui.dialogues.pick import PickScreen
from qualcase.tui.keys.coding import CODING, GOING
from qualcase.tui.panes import codebook_lines, codes_here, place_text, source_text, suggestion_here
from qualcase.tui.screens.place import Place
from qualcase.tui.session import Session
from qualcase.tui.targets import Passage
from qualcase.tui.widgets.choice_list import ChoiceList
from qualcase.tui.widgets.lines import LinesPane
from qualcase.tui.widgets.transcript import TranscriptView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.model.coding import Suggestion
    from qualcase.tui.actions import Group
    from qualcase.tui.targets import Target
    from qualcase.tui.workbench import Workbench

_ROOM_FOR_CODEBOOK = 110
# What `panes` goes through: which panes stand beside the text.
_LAYOUTS = (("codebook", "side"), ("side",), ())


class CodingScreen(Place):
    """Reads keys, hands acts to `Acts`, and paints what the session reports."""

    GROUPS: ClassVar[tuple[Group, ...]] = (CODING, GOING)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GROUPS)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_ROOM_FOR_CODEBOOK, "-wide")]  # noqa: RUF012 -- Textual's declaration

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.session = Session(bench, self)
        self.acts = Acts(self.session)
        self._searched = ""
        self._layout: int | None = None

    def body(self) -> ComposeResult:
        """Lay out the three panes."""
        with Horizontal(id="panes"):
            yield ChoiceList(id="codebook")
            yield TranscriptView(id="transcript")
            with Vertical(id="side"):
                yield LinesPane(id="here")
                yield LinesPane(id="suggestion")

    def title_text(self) -> str:
        """Return which source is open."""
        return source_text(self.session)

    def where(self) -> str:
        """Return where the selection is."""
        return place_text(self.session.document)

    def here(self) -> Target | None:
        """Return the passage that is selected."""
        document = self.session.document
        return Passage(document.source.uid, *document.selection.span) if document else None

    async def arrive(self, target: Target | None) -> None:
        """Open the passage one has come for; without one, what is open, or where one left off."""
        self._transcript.focus()
        if isinstance(target, Passage):
            await self._open_at(target)
        elif self.session.document is None:
            await self._open_where_left()
        else:
            await self._open_at(
                Passage(self.session.document.source.uid, *self.session.document.selection.span)
            )

    async def _open_where_left(self) -> None:
        left, sources = self.bench.place, self.bench.sources
        if not sources:
            self.say("There are no sources yet: leave with q and use `qualcase import`.")
        elif self.bench.source(str(left.get("source", ""))):
            start, end = left.get("start"), left.get("end")
            spot = (start, end) if isinstance(start, int) and isinstance(end, int) else (0, 0)
            await self._open_at(Passage(left["source"], *spot))
        else:
            await self.session.open(sources[0])

    async def _open_at(self, passage: Passage) -> None:
        source = self.bench.source(passage.source)
        if source is None:
            self.say("This source is no longer in the project.", warn=True)
            return
        await self.session.open(source, (passage.start, passage.end))

    def on_mount(self) -> None:
        """Begin in the transcript."""
        self._transcript.focus()

    def on_resize(self) -> None:
        """Narrow terminals have no room for the codebook, until it is asked for."""
        if self._layout is None:
            self.query_one("#codebook").display = self.size.width >= _ROOM_FOR_CODEBOOK
        self.call_after_refresh(self._show_all)

    # What the session and its acts report.

    def document_opened(self) -> None:
        """Show the other document."""
        if self.session.document:
            self._transcript.show(self.session.document, self.bench.codes)
            words = self.session.document.source.words
            self.say(f"Opened {self.session.document.source.name}: {words:,} words.")
        self._show_all()

    def passage_changed(self, start: int, end: int) -> None:
        """Draw the rows of a passage afresh, and what the panes say of it."""
        self._transcript.redraw(start, end)
        self._show_codebook()
        self._show_side()

    def suggestions_changed(self) -> None:
        """Draw the margin marks and the suggestion afresh."""
        self._transcript.redraw_all()
        self._show_side()

    def suggestions_wanted(self) -> None:
        """Ask for suggestions again."""
        if self.session.document:
            self.spawn(self.session.find_suggestions(self.session.document), "reads")

    def on_transcript_view_moved(self) -> None:
        """Say where the selection is, and what lies there."""
        self._show_side()
        self.show_status()

    # What the keys of this screen do.

    def action_choose_code(self) -> None:
        """Open the list of codes."""
        if self.session.document:
            quoted = self.session.document.text[slice(*self.session.document.selection.span)]
            title = f"Code “{quoted}”"
            self.pick(PickScreen(title, code_entries(self.bench), "apply"), self.acts.apply)

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Apply the code that was taken in the codebook."""
        self.spawn(self.acts.apply(self.bench.codes.active[event.place].code.id))

    def action_repeat_code(self) -> None:
        """Apply the last code."""
        if self.session.last_code is None:
            self.say("No code has been applied yet: c chooses one.")
        else:
            self.spawn(self.acts.apply(self.session.last_code))

    def action_uncode(self) -> None:
        """Take the coding here away; ask which where there are several."""
        document = self.session.document
        codings = document.codings_at(*document.selection.span) if document else ()
        if not codings:
            self.say("There is no coding here to take away.")
        elif len(codings) == 1:
            self.spawn(self.acts.uncode(codings[0]))
        else:
            by_uid = {coding.uid: coding for coding in codings}
            screen = PickScreen("Take which coding away?", coding_entries(self.bench, codings), "uncode")
            self.pick(screen, lambda uid: self.acts.uncode(by_uid[uid]))

    def action_undo(self) -> None:
        """Take back the last act."""
        self.spawn(self.acts.undo())

    def action_redo(self) -> None:
        """Do it again."""
        self.spawn(self.acts.redo())

    def action_next_suggestion(self) -> None:
        """Go to the next suggestion, round to the first after the last."""
        document = self.session.document
        if document is None or not document.suggestions:
            self.say(f"Suggestions: {self.session.suggesting or 'none left in this source'}.")
            return
        here = document.selection.span
        ordered = list(document.suggestions.values())
        after = next((one for one in ordered if (one.start, one.end) > here), ordered[0])
        self._transcript.select(selecting.select((after.start, after.end)))

    def action_accept_suggestion(self) -> None:
        """Accept what is shown."""
        if suggestion := self._suggestion_shown():
            self.spawn(self.acts.accept(suggestion))

    def action_reject_suggestion(self) -> None:
        """Reject what is shown."""
        if suggestion := self._suggestion_shown():
            self.spawn(self.acts.reject(suggestion))

    def action_change_source(self, by: int) -> None:
        """Open the source after or before."""
        sources, place = self.bench.sources, self.session.position + by
        if 0 <= place < len(sources):
            self.spawn(self.session.open(sources[place]), "reads")
        else:
            self.say("This is the last source." if by > 0 else "This is the first source.")

    def action_choose_source(self) -> None:
        """Open a source from the list."""
        by_uid = {source.uid: source for source in self.bench.sources}
        screen = PickScreen("Open a source", source_entries(self.bench), "open")
        self.pick(screen, lambda uid: self.session.open(by_uid[uid]), "reads")

    def action_search(self) -> None:
        """Ask for words and go to where they stand."""
        self.app.push_screen(ask_search(self._searched), self._search)

    def action_next_hit(self, by: int) -> None:
        """Go to the next or last place found."""
        document = self.session.document
        if document is None or not document.hits:
            self.say("Nothing is being searched for: / asks for words.")
            return
        start, hits = document.selection.start, document.hits
        place = next((place for place, hit in enumerate(hits) if hit[0] > start), 0)
        if by < 0:
            place = next(
                (place for place in reversed(range(len(hits))) if hits[place][0] < start), len(hits) - 1
            )
        self._go_to_hit(place)

    def action_next_layout(self) -> None:
        """Show other panes beside the text, down to the text alone, and all again."""
        shown = tuple(name for name in _LAYOUTS[0] if self.query_one(f"#{name}").display)
        self._layout = (_LAYOUTS.index(shown) + 1) % len(_LAYOUTS) if shown in _LAYOUTS else 0
        for name in _LAYOUTS[0]:
            self.query_one(f"#{name}").display = name in _LAYOUTS[self._layout]
        self._transcript.focus()
        self.call_after_refresh(self._show_all)

    def _search(self, words: str | None) -> None:
        document = self.session.document
        if document is None or words is None:
            return
        self._searched, document.hits = words, document.find_all(words)
        self._transcript.redraw_all()
        if document.hits:
            start = document.selection.start
            self._go_to_hit(next((place for place, hit in enumerate(document.hits) if hit[0] >= start), 0))
        elif words.strip():
            self.say(f"“{words}” does not stand in this source.", warn=True)

    def _go_to_hit(self, place: int) -> None:
        if document := self.session.document:
            self._transcript.select(selecting.select(document.hits[place]))
            self.say(f"“{self._searched}”: {place + 1} of {len(document.hits)}. ] next, [ before.")

    def _suggestion_shown(self) -> Suggestion | None:
        document = self.session.document
        here = document.suggestions_at(*document.selection.span) if document else ()
        if not here:
            self.say("No suggestion is shown here: g goes to the next one.")
        return here[0] if here else None

    # Painting.

    @property
    def _transcript(self) -> TranscriptView:
        return self.query_one("#transcript", TranscriptView)

    def _show_all(self) -> None:
        self.show_frame()
        self._show_codebook()
        self._show_side()

    def _show_codebook(self) -> None:
        pane = self.query_one("#codebook", ChoiceList)
        if pane.display:
            pane.show(codebook_lines(self.bench.codes.active, self.bench.usage, pane.size.width))

    def _show_side(self) -> None:
        here, suggestion = self.query_one("#here", LinesPane), self.query_one("#suggestion", LinesPane)
        if self.session.document and here.size.width:
            here.show(codes_here(self.session.document, self.bench.codes, here.size.width))
            suggestion.show(suggestion_here(self.session, suggestion.size.width))
