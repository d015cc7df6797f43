"""Going somewhere on the coding screen: sources, words, numbers, the passages of a code, suggestions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.reports.wording import plural
from qualcase.text import selection as selecting
from qualcase.tui.choices import code_entries_in, hit_entries, source_entries
from qualcase.tui.dialogues.line import LineScreen, ask_search
from qualcase.tui.dialogues.pick import PickScreen
from qualcase.tui.screens.coding_frame import LAYOUTS, NO_SOURCES, ROOM_FOR_CODEBOOK, CodingFrame
from qualcase.tui.typing_ahead import READS
from qualcase.tui.widgets.row_painter import NUMBERINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.text.selection import Span
    from qualcase.tui.document import OpenDocument

# So many places are listed at once; more are walked.
MOST_LISTED = 1000
_TIME = re.compile(r"(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)")
_LINE = re.compile(r"(?:l|line)\s*(\d+)", re.IGNORECASE)


class CodingFinding(CodingFrame):
    """Reads keys that go somewhere or show something else; none of them changes the project."""

    _searched = ""

    def action_change_source(self, by: int) -> None:
        """Open the source after or before."""
        sources, place = self.bench.sources, self.session.position + by
        if 0 <= place < len(sources):
            source = sources[place]
            self.spawn(self.session.open(source, self.spot_in(source.uid)), READS)
        elif sources:
            self.say("This is the last source." if by > 0 else "This is the first source.")
        else:
            self.say(NO_SOURCES)

    def action_choose_source(self) -> None:
        """Open a source from the list."""
        if not self.bench.sources:
            self.say(NO_SOURCES)
            return
        by_uid = {source.uid: source for source in self.bench.sources}
        screen = PickScreen("Open a source", source_entries(self.bench), "open")
        self.pick(screen, lambda uid: self.session.open(by_uid[uid], self.spot_in(uid)), READS)

    # Words.

    def action_search(self) -> None:
        """Ask for words and go to where they stand."""
        if self.session.document is None:
            self.say(NO_SOURCES)
            return
        self.app.push_screen(ask_search(self._searched), self._search)

    def action_next_hit(self, by: int) -> None:
        """Go to the next or last place found."""
        document = self.session.document
        if document is None or not document.hits:
            self.say("Nothing is being searched for: / asks for words.")
            return
        self._go_to_hit(document, _next_place(document.hits, document.selection.span, by))

    def action_list_hits(self) -> None:
        """List all places found, to choose one."""
        document = self.session.document
        if document is None or not document.hits:
            self.say("Nothing is being searched for: / asks for words.")
            return
        listed, found = document.hits[:MOST_LISTED], len(document.hits)
        more = "" if found == len(listed) else f", of which the first {len(listed):,} are listed"
        title = f"“{self._searched}”: {plural(found, 'place')}{more}"
        screen = PickScreen(title, hit_entries(document, listed), "go")
        self.app.push_screen(screen, lambda place: self._go_to_hit(document, int(place)) if place else None)

    def _search(self, words: str | None) -> None:
        document = self.session.document
        if document is None or words is None:
            return
        self._searched, document.hits = words, document.find_all(words)
        self.transcript.redraw_all()
        if document.hits:
            self._go_to_hit(document, _next_place(document.hits, (document.selection.start, -1), 1))
        elif words.strip():
            self.say(f"“{words}” does not stand in this source.", warn=True)
        else:
            self.say("Nothing is searched for any more.")

    def _go_to_hit(self, document: OpenDocument, place: int) -> None:
        self.transcript.select(selecting.select(document.hits[place]))
        self.say(f"“{self._searched}”: {place + 1} of {len(document.hits)}. ] next, [ before, A all.")

    # Numbers.

    def action_go_to_number(self) -> None:
        """Ask for the number of a turn or line, or a time, and go there."""
        document = self.session.document
        if document is None:
            return
        title = "Go to turn" if document.turns else "Go to line"
        hint = "a number; l 120 for a line; 1:02:30 for a time" if document.turns else "a number"
        screen = LineScreen(title, "", hint, ("Enter", "go"), ("Esc", "close"))
        self.app.push_screen(screen, lambda typed: self._go_to_number(document, typed))

    def _go_to_number(self, document: OpenDocument, typed: str | None) -> None:
        wanted = (typed or "").strip()
        if not wanted or document is not self.session.document:
            return
        found = _find_place(document, wanted)
        if found is None:
            self.say(f"There is no “{wanted}” in this source.", warn=True)
        else:
            self.transcript.select(selecting.select(found))

    # The passages of a code.

    def action_find_code(self) -> None:
        """Ask for a code that is used here and go to its next passage."""
        document = self.session.document
        if document is None:
            return
        entries = code_entries_in(self.bench, document.codings.values())
        if not entries:
            self.say("Nothing is coded in this source yet.")
            return
        self.app.push_screen(PickScreen("Go to the passages of", entries, "go"), self._walk_code)

    def action_next_passage(self, by: int) -> None:
        """Go to the next passage of the code that is being walked, or of the one chosen in the codebook."""
        document, walked = self.session.document, self.session.walked_code
        if self.focused is self.codebook and self.bench.codes.active:
            walked = self.bench.codes.active[self.codebook.chosen].code.id
        elif walked is None and document is not None:
            here = document.chosen_coding() or next(iter(document.codings_at(*document.selection.span)), None)
            walked = here.code if here else self.session.last_code
        if document is None or walked is None:
            self.say("No code is being walked: F asks for one.")
            return
        self._go_to_passage(document, walked, by)

    def _walk_code(self, code_id: str | None) -> None:
        if code_id is not None and self.session.document:
            self._go_to_passage(self.session.document, code_id, 1)

    def _go_to_passage(self, document: OpenDocument, code_id: str, by: int) -> None:
        self.session.walked_code = code_id
        name, passages = self.bench.codes.name(code_id), document.passages_of(code_id)
        if not passages:
            self.say(f"“{name}” is nowhere in this source.")
            return
        place = _next_place(passages, document.selection.span, by)
        self.transcript.select(selecting.select(passages[place]))
        self.say(f"“{name}”: {place + 1} of {len(passages)}. ) next, ( before.")

    # Suggestions.

    def action_next_suggestion(self) -> None:
        """Go to the next suggestion, round to the first after the last."""
        document = self.session.document
        if document is None or not document.suggestions:
            self.say(f"Suggestions: {self.session.suggesting or 'none left in this source'}.")
            return
        here = document.selection.span
        ordered = list(document.suggestions.values())
        after = next((one for one in ordered if (one.start, one.end) > here), ordered[0])
        self.transcript.select(selecting.select((after.start, after.end)))

    # What is shown.

    def action_next_layout(self) -> None:
        """Show other panes beside the text, down to the text alone, and all again."""
        shown = tuple(name for name in LAYOUTS[0] if self.query_one(f"#{name}").display)
        self.show_layout((LAYOUTS.index(shown) + 1) % len(LAYOUTS) if shown in LAYOUTS else 0)
        self.transcript.focus()
        self.remember(write=True)

    def action_focus_text(self) -> None:
        """Show the text alone, without title and keys, and back."""
        alone = self.query_one("#title").display
        for name in ("title", "keys"):
            self.query_one(f"#{name}").display = not alone
        self.show_layout(len(LAYOUTS) - 1 if alone else 0 if self.size.width >= ROOM_FOR_CODEBOOK else 1)
        self.transcript.focus()
        self.say("The text alone: Z brings the rest back." if alone else "All panes.")

    def action_next_numbering(self) -> None:
        """Show something else in the margin."""
        names = list(NUMBERINGS)
        numbering = names[(names.index(self.transcript.numbering) + 1) % len(names)]
        self.transcript.number_by(numbering)
        self.say(f"In the margin: {_IN_THE_MARGIN[numbering]}.")
        self.remember(write=True)

    def action_toggle_others(self) -> None:
        """Show the other coders' codings beside one's own, or hide them."""
        if self.session.others_shown:
            self.session.hide_others()
            self.say("Your codings alone.")
        else:
            self.spawn(self._show_others(), READS)

    def action_toggle_read_only(self) -> None:
        """Let no key change anything, or let them again."""
        self.session.read_only = not self.session.read_only
        on = "Read only: no key changes anything. R turns that off."
        self.say(on if self.session.read_only else "Keys change the project again.")
        self.show_frame()

    async def _show_others(self) -> None:
        said = await self.session.show_others()
        self.say(said, warn=not self.session.others_shown)
        self.show_frame()


_IN_THE_MARGIN = {
    "numbers": "the numbers of turns, of lines where there are none",
    "lines": "the numbers of lines",
    "times": "time stamps",
    "speakers": "speakers",
}


def _next_place(spans: Sequence[Span], here: Span, by: int) -> int:
    # Round to the first after the last, and to the last before the first.
    places = range(len(spans))
    if by > 0:
        return next((place for place in places if spans[place] > here), 0)
    return next((place for place in reversed(places) if spans[place] < here), len(spans) - 1)


def _find_place(document: OpenDocument, wanted: str) -> Span | None:
    if found := _TIME.fullmatch(wanted):
        hours, minutes, seconds = found.groups()
        return document.find_seconds(int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds))
    if found := _LINE.fullmatch(wanted):
        return document.find_line(int(found[1]))
    return document.find_number(int(wanted)) if wanted.isdecimal() else None
