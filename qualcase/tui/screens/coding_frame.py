"""What the coding screen shows, and where in it a person is: laid out, painted, remembered."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from qualcase.reports.wording import plural
from qualcase.tui.panes import (
    codebook_lines,
    here_lines,
    no_codes_lines,
    place_text,
    source_text,
    suggestion_here,
)
from qualcase.tui.screens.place import Place
from qualcase.tui.session import Session
from qualcase.tui.targets import Passage
from qualcase.tui.travel import Travel
from qualcase.tui.widgets.adjuster import Adjuster
from qualcase.tui.widgets.choice_list import ChoiceList
from qualcase.tui.widgets.kept import Kept, KeptColumn, KeptRow
from qualcase.tui.widgets.lines import LinesPane
from qualcase.tui.widgets.row_painter import NUMBERINGS
from qualcase.tui.widgets.transcript import TranscriptView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from qualcase.text.selection import Span
    from qualcase.tui.targets import Target
    from qualcase.tui.workbench import Workbench

ROOM_FOR_CODEBOOK = 132
# What `panes` goes through: which panes stand beside the text.
LAYOUTS = (("codebook", "side"), ("side",), ())
NO_SOURCES = "There are no sources yet: g, then i, brings some in."
_SPOTS = 200
# A source that is read within these seconds is painted together with the screen around it, in one go.
_SOON = 0.25


class CodingFrame(Kept, Place):
    """Paints what the session reports, and notes where one is."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (ROOM_FOR_CODEBOOK, "-wide")]  # noqa: RUF012 -- Textual's declaration

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.session = Session(bench, self)
        self.acts = Travel(self.session)
        self._layout: int | None = None
        self._unpainted = True
        self._painted = asyncio.Event()

    def body(self) -> ComposeResult:
        """Lay out the three panes."""
        with KeptRow(id="panes"):
            yield ChoiceList(id="codebook")
            yield TranscriptView(id="transcript")
            with KeptColumn(id="side"):
                yield LinesPane(id="here")
                yield LinesPane(id="suggestion")
        yield Adjuster(id="adjuster")

    def title_text(self) -> str:
        """Return which source is open."""
        beside = cell_len(f" {self.bench.name} ·  · coder {self.bench.coder} ")
        return source_text(self.session, self.size.width - beside)

    def where(self) -> str:
        """Return where the selection is."""
        return place_text(self.session.document)

    def here(self) -> Target | None:
        """Return the passage that is selected."""
        document = self.session.document
        return Passage(document.source.uid, *document.selection.span) if document else None

    async def arrive(self, target: Target | None) -> None:
        """Open the passage one has come for; without one, what is open, or where one left off."""
        self.transcript.focus()
        if isinstance(target, Passage):
            await self.open_at(target)
        elif self.session.document is None:
            self._take_up_panes()
            await self._open_where_left()
        else:
            await self.open_at(
                Passage(self.session.document.source.uid, *self.session.document.selection.span)
            )

    async def open_at(self, passage: Passage) -> None:
        """Open a source at a passage."""
        source = self.bench.source(passage.source)
        if source is None:
            self.say("This source is no longer in the project.", warn=True)
            return
        await self.session.open(source, (passage.start, passage.end))

    async def _open_where_left(self) -> None:
        sources = self.bench.sources
        if not sources:
            self.say(NO_SOURCES)
            self.call_after_refresh(self._paint_first)
            return
        source = self.bench.source(str(self.bench.place.get("source", ""))) or sources[0]
        await self.session.open(source, self.spot_in(source.uid))

    # Where one left off.

    def spot_in(self, uid: str) -> Span | None:
        """Return what was selected in a source when it was left last, in this sitting or before."""
        spot = _kept(self.bench.place, "spots", dict).get(uid)
        if isinstance(spot, list) and [type(place) for place in spot] == [int, int]:
            return spot[0], spot[1]
        return None

    @property
    def shortcuts(self) -> dict[str, str]:
        """The codes by the digits that were given to them; codes that are gone are left out."""
        kept = _kept(self.bench.place, "shortcuts", dict)
        return {
            digit: code_id
            for digit, code_id in kept.items()
            if isinstance(code_id, str) and self.bench.codes.find(code_id)
        }

    def remember(self, *, write: bool = False) -> None:
        """Note the source, the selection and the panes; with `write`, on the disk as well."""
        place, document = self.bench.place, self.session.document
        if document is not None:
            spots = _kept(place, "spots", dict)
            spots.pop(document.source.uid, None)
            spots[document.source.uid] = list(document.selection.span)
            place["spots"] = dict(list(spots.items())[-_SPOTS:])
            place["source"] = document.source.uid
        place["panes"], place["margin"] = self._layout, self.transcript.numbering
        if write:
            self.bench.memory.write()

    def _take_up_panes(self) -> None:
        layout, numbering = self.bench.place.get("panes"), self.bench.place.get("margin")
        if isinstance(layout, int) and 0 <= layout < len(LAYOUTS):
            self.show_layout(layout)
        if isinstance(numbering, str) and numbering in NUMBERINGS:
            self.transcript.number_by(numbering)

    def on_mount(self) -> None:
        """Begin in the transcript."""
        self.transcript.follower = self.selection_moved
        self.transcript.focus()
        self.set_timer(_SOON, self._paint_first)

    async def painted(self) -> None:
        """Wait until the document that was opened last is on the screen."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._painted.wait(), 4 * _SOON)

    def _paint_first(self) -> None:
        if self._unpainted:
            self._unpainted = False
            self._compositor_refresh()
        if self.session.document:
            self._painted.set()

    def _compositor_refresh(self) -> None:
        # Mounting, measuring and filling the panes would each paint the whole screen: it waits for its text.
        if not self._unpainted:
            super()._compositor_refresh()

    def on_unmount(self) -> None:
        """Remember what was shown last."""
        self.bench.memory.write()

    def on_resize(self) -> None:
        """Narrow terminals have no room for the codebook, until it is asked for."""
        if self._layout is None:
            self.query_one("#codebook").display = self.size.width >= ROOM_FOR_CODEBOOK
        self.call_after_refresh(self.show_all)

    # What the session and its acts report.

    def document_opened(self) -> None:
        """Show the other document."""
        if self.session.document:
            self.adjuster.end()
            self.transcript.show(self.session.document, self.bench.codes)
            words = self.session.document.source.words
            self.say(f"Opened {self.session.document.source.name}: {plural(words, 'word')}.")
            self.remember(write=True)
        self.show_all()
        self._painted.clear()
        self.call_after_refresh(self._paint_first)

    def passages_changed(self, spans: Sequence[Span]) -> None:
        """Draw the rows of some passages afresh, and what the panes say of them."""
        self.transcript.redraw(*spans)
        self.show_codebook()
        self.show_side()

    def codes_changed(self) -> None:
        """Draw everything afresh."""
        self.transcript.codes = self.bench.codes
        self.transcript.redraw_all()
        self.show_all()

    def suggestions_changed(self, spans: Sequence[Span]) -> None:
        """Draw the margin marks and the suggestion afresh."""
        self.transcript.redraw(*spans)
        self.show_side()

    def memos_changed(self) -> None:
        """Show the memos there are now."""
        self.show_side()

    def selection_moved(self) -> None:
        """Say where the selection is, and what lies there."""
        self.choose_none_elsewhere()
        self.show_side()
        self.show_status()
        self.remember()

    def choose_none_elsewhere(self) -> None:
        """Let go of the chosen coding once the selection has left it."""
        document = self.session.document
        if document and document.chosen and document.chosen_coding() is None:
            self.choose(None)

    def choose(self, uid: str | None) -> None:
        """Choose the coding that the keys for a coding mean."""
        document = self.session.document
        if document is None:
            return
        changed = [document.codings[one] for one in (document.chosen, uid) if one in document.codings]
        document.chosen = uid
        self.transcript.redraw(*((one.start, one.end) for one in changed))
        self.show_side()

    # Painting.

    @property
    def transcript(self) -> TranscriptView:
        """The text."""
        return self.query_one("#transcript", TranscriptView)

    @property
    def codebook(self) -> ChoiceList:
        """The codes."""
        return self.query_one("#codebook", ChoiceList)

    @property
    def adjuster(self) -> Adjuster:
        """What takes the keys while ends are moved."""
        return self.query_one("#adjuster", Adjuster)

    def show_layout(self, layout: int) -> None:
        """Show some of the panes beside the text."""
        self._layout = layout
        for name in LAYOUTS[0]:
            self.query_one(f"#{name}").display = name in LAYOUTS[layout]
        self.call_after_refresh(self.show_all)

    def show_all(self) -> None:
        """Draw the frame and the panes."""
        self.show_frame()
        self.show_codebook()
        self.show_side()

    def show_codebook(self) -> None:
        """Draw the codes with their counts."""
        pane = self.codebook
        if pane.display:
            entries = self.bench.codes.active
            if not entries:
                pane.show(no_codes_lines(pane.size.width))
                return
            pane.show(codebook_lines(entries, self.bench.usage, self.shortcuts, pane.size.width))

    def show_side(self) -> None:
        """Draw what lies here."""
        here, suggestion = self.query_one("#here", LinesPane), self.query_one("#suggestion", LinesPane)
        if self.session.document and here.size.width:
            here.show(here_lines(self.session, here.size.width))
            suggestion.show(suggestion_here(self.session, suggestion.size.width))


def _kept(place: dict[str, Any], name: str, shape: type[dict[str, Any]]) -> dict[str, Any]:
    # The file is the person's own: whatever else stands there is as good as nothing.
    found = place.get(name)
    return found if isinstance(found, shape) else {}
