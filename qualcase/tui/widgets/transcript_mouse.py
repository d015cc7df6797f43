"""The mouse in the transcript: drawing a selection, choosing a stripe, taking a sentence or turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from qualcase.text import selection as selecting
from qualcase.text.selection import Selection
from qualcase.tui.widgets.transcript_rows import TranscriptRows

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Offset
    from textual.timer import Timer

    from qualcase.text.selection import Span
    from qualcase.tui.document import OpenDocument

_PULL = 0.05
_SENTENCE, _TURN = 2, 3


class TranscriptMouse(TranscriptRows, inherit_bindings=False):
    """Selects word by word while the button is held; with Ctrl or Alt held too, character by character."""

    class StripeClicked(Message):
        """A stripe in the margin was clicked."""

        def __init__(self, uid: str) -> None:
            super().__init__()
            self.uid = uid

    _drawn_from: Span | None = None
    _pointer: tuple[Offset, bool] | None = None
    _pulling: Timer | None = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Choose the stripe here, or begin a selection; with Shift, draw the old one to here."""
        document, cell = self.document, event.get_content_offset(self)
        if event.button != 1 or cell is None or document is None or not document.text:
            return
        row = self._row_at(document, cell)
        if uid := self._stripe_at(document, row, cell.x):
            self.post_message(self.StripeClicked(uid))
            return
        here = self._unit_at(document, cell, exact=_exact(event))
        self._drawn_from = document.selection.anchor if event.shift else here
        self.select(Selection(self._drawn_from, here))
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Draw the selection to the pointer; beyond an edge, on and on."""
        if self._drawn_from is None:
            return
        self._pointer = event.get_content_offset_capture(self), _exact(event)
        outside = not 0 <= self._pointer[0].y < self.size.height
        if outside and self._pulling is None:
            self._pulling = self.set_interval(_PULL, self._pull)
        elif not outside:
            self._stop_pulling()
        self._draw_to_pointer()

    def on_mouse_up(self) -> None:
        """End drawing: the selection stands."""
        self._drawn_from = None
        self._stop_pulling()
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Take the sentence at a second click, the turn or paragraph at a third."""
        document = self.document
        if document is None or event.chain < _SENTENCE or not document.text:
            return
        units = document.sentences if event.chain == _SENTENCE else document.contributions
        if event.chain <= _TURN:
            self.select(selecting.select_at(units, document.selection.head[0]))

    def _pull(self) -> None:
        if self._pointer is not None:
            y = self._pointer[0].y
            by = y if y < 0 else y - self.size.height + 1
            self.scroll_to(y=self.scroll_offset.y + by, animate=False, force=True)
            self._draw_to_pointer()

    def _stop_pulling(self) -> None:
        if self._pulling is not None:
            self._pulling.stop()
            self._pulling = None

    def _draw_to_pointer(self) -> None:
        if self.document is not None and self._drawn_from is not None and self._pointer is not None:
            cell, exact = self._pointer
            self.select(Selection(self._drawn_from, self._unit_at(self.document, cell, exact=exact)))

    def _unit_at(self, document: OpenDocument, cell: Offset, *, exact: bool) -> Span:
        row, column = self._row_at(document, cell), cell.x - self.margin.left
        return document.character_at(row, column) if exact else document.unit_at(row, column)

    def _row_at(self, document: OpenDocument, cell: Offset) -> int:
        within = max(0, min(cell.y, self.size.height - 1))
        return min(within + self.scroll_offset.y, len(document.rows) - 1)

    def _stripe_at(self, document: OpenDocument, row: int, column: int) -> str | None:
        lane = column - self.margin.stripes
        if not 0 <= lane < self.margin.lanes:
            return None
        here = document.codings_at(*document.rows.span(row))
        return next((one.uid for one in here if document.lanes[one.uid] == lane), None)


def _exact(event: events.MouseEvent) -> bool:
    return event.ctrl or event.meta
