"""The coding screen: codebook, transcript, what lies here; every key leads to one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from qualcase.text import selection as selecting
from qualcase.tui.actions import CODING, GOING, bar_pieces, bindings
from qualcase.tui.acts import Acts
from qualcase.tui.panes import (
    codebook_lines,
    codes_here,
    place_text,
    status_line,
    suggestion_here,
    title_line,
)
from qualcase.tui.screens.choices import code_entries, coding_entries, source_entries
from qualcase.tui.screens.help import HelpScreen
from qualcase.tui.screens.pick import PickScreen
from qualcase.tui.screens.search import SearchScreen
from qualcase.tui.session import Session
from qualcase.tui.widgets.choice_list import ChoiceList
from qualcase.tui.widgets.lines import LinesPane
from qualcase.tui.widgets.transcript import TranscriptView

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.model.coding import Suggestion
    from qualcase.tui.clerk import Clerk
    from qualcase.tui.doors import Door

    Work = Coroutine[object, object, None]

_ROOM_FOR_CODEBOOK = 110


class CodingScreen(Screen[None]):
    """Reads keys, hands acts to `Acts`, and paints what the session reports."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(CODING, GOING)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_ROOM_FOR_CODEBOOK, "-wide")]  # noqa: RUF012 -- Textual's declaration

    def __init__(self, project: Door, clerk: Clerk, warm: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.session = Session(project, clerk, self, warm)
        self.acts = Acts(self.session)
        self._message = ("Reading the project …", False)
        self._searched = ""
        self._panes_chosen = False

    def compose(self) -> ComposeResult:
        """Lay out: title, three panes, status, keys."""
        yield LinesPane(id="title", classes="one-line")
        with Horizontal(id="panes"):
            yield ChoiceList(id="codebook")
            yield TranscriptView(id="transcript")
            with Vertical(id="side"):
                yield LinesPane(id="here")
                yield LinesPane(id="suggestion")
        yield LinesPane(id="status", classes="one-line")
        yield LinesPane(id="keys", classes="one-line")

    def on_mount(self) -> None:
        """Open the project's first source in the background."""
        self.query_one("#transcript").focus()
        self._spawn(self.session.start(), "reads")

    def on_resize(self) -> None:
        """Narrow terminals have no room for the codebook, until it is asked for."""
        if not self._panes_chosen:
            self.query_one("#codebook").display = self.size.width >= _ROOM_FOR_CODEBOOK
        self.call_after_refresh(self._show_all)

    # What the session and its acts report.

    def say(self, sentence: str, *, warn: bool = False) -> None:
        """Show a sentence in the status line."""
        self._message = (sentence, warn)
        self._show_status()

    def document_opened(self) -> None:
        """Show the other document."""
        if self.session.document:
            self._transcript.show(self.session.document, self.session.codes)
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
            self._spawn(self.session.find_suggestions(self.session.document), "reads")

    def on_transcript_view_moved(self) -> None:
        """Say where the selection is, and what lies there."""
        self._show_side()
        self._show_status()

    # What the keys of this screen do.

    def action_choose_code(self) -> None:
        """Open the list of codes."""
        if self.session.document:
            quoted = self.session.document.text[slice(*self.session.document.selection.span)]
            title = f"Code “{quoted}”"
            self._pick(PickScreen(title, code_entries(self.session), "apply"), self.acts.apply)

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Apply the code that was taken in the codebook."""
        self._spawn(self.acts.apply(self.session.codes.active[event.place].code.id))

    def action_repeat_code(self) -> None:
        """Apply the last code."""
        if self.session.last_code is None:
            self.say("No code has been applied yet: c chooses one.")
        else:
            self._spawn(self.acts.apply(self.session.last_code))

    def action_uncode(self) -> None:
        """Take the coding here away; ask which where there are several."""
        document = self.session.document
        codings = document.codings_at(*document.selection.span) if document else ()
        if not codings:
            self.say("There is no coding here to take away.")
        elif len(codings) == 1:
            self._spawn(self.acts.uncode(codings[0]))
        else:
            by_uid = {coding.uid: coding for coding in codings}
            screen = PickScreen("Take which coding away?", coding_entries(self.session, codings), "uncode")
            self._pick(screen, lambda uid: self.acts.uncode(by_uid[uid]))

    def action_undo(self) -> None:
        """Take back the last act."""
        self._spawn(self.acts.undo())

    def action_redo(self) -> None:
        """Do it again."""
        self._spawn(self.acts.redo())

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
            self._spawn(self.acts.accept(suggestion))

    def action_reject_suggestion(self) -> None:
        """Reject what is shown."""
        if suggestion := self._suggestion_shown():
            self._spawn(self.acts.reject(suggestion))

    def action_change_source(self, by: int) -> None:
        """Open the source after or before."""
        sources, place = self.session.sources, self.session.position + by
        if 0 <= place < len(sources):
            self._spawn(self.session.open(sources[place]), "reads")
        else:
            self.say("This is the last source." if by > 0 else "This is the first source.")

    def action_choose_source(self) -> None:
        """Open a source from the list."""
        by_uid = {source.uid: source for source in self.session.sources}
        screen = PickScreen("Open a source", source_entries(self.session), "open")
        self._pick(screen, lambda uid: self.session.open(by_uid[uid]), "reads")

    def action_search(self) -> None:
        """Ask for words and go to where they stand."""
        self.app.push_screen(SearchScreen(self._searched), self._search)

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

    def action_toggle_pane(self, name: str) -> None:
        """Show or hide a pane."""
        pane = self.query_one(f"#{name}")
        self._panes_chosen = True
        pane.display = not pane.display
        if not pane.display:
            self._transcript.focus()
        self.call_after_refresh(self._show_all)

    def action_help(self) -> None:
        """List every key."""
        self.app.push_screen(HelpScreen())

    def action_leave(self) -> None:
        """Quit once everything is saved."""
        self._spawn(self._leave(), "leave")

    async def _leave(self) -> None:
        failures = self.acts.failures
        writes = [worker for worker in self.workers if worker.group == "writes" and not worker.is_finished]
        if writes:
            self.say("Saving the last acts …")
            await self.workers.wait_for_complete(writes)
        if self.acts.failures == failures:
            self.app.exit(0)

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

    def _pick(self, screen: PickScreen, then: Callable[[str], Work], group: str = "writes") -> None:
        def take(chosen: str | None) -> None:
            if chosen is not None:
                self._spawn(then(chosen), group)

        self.app.push_screen(screen, take)

    def _spawn(self, work: Work, group: str = "writes") -> None:
        self.run_worker(work, group=group)

    # Painting.

    @property
    def _transcript(self) -> TranscriptView:
        return self.query_one("#transcript", TranscriptView)

    def _show_all(self) -> None:
        self.query_one("#title", LinesPane).show([title_line(self.session)])
        self.query_one("#keys", LinesPane).show([bar_pieces(self.size.width)])
        self._show_codebook()
        self._show_side()
        self._show_status()

    def _show_status(self) -> None:
        sentence, warn = self._message
        line = status_line(sentence, place_text(self.session.document), self.size.width, warn=warn)
        self.query_one("#status", LinesPane).show([line])

    def _show_codebook(self) -> None:
        pane = self.query_one("#codebook", ChoiceList)
        if pane.display:
            pane.show(codebook_lines(self.session.codes.active, self.session.usage, pane.size.width))

    def _show_side(self) -> None:
        here, suggestion = self.query_one("#here", LinesPane), self.query_one("#suggestion", LinesPane)
        if self.session.document and here.size.width:
            here.show(codes_here(self.session.document, self.session.codes, here.size.width))
            suggestion.show(suggestion_here(self.session, suggestion.size.width))
