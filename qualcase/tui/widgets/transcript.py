"""The transcript: one source's text with its codings, and the keys that move and select in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qualcase.text import selection as selecting
from qualcase.text.selection import Selection
from qualcase.tui.actions import bindings
from qualcase.tui.keys.coding import MOVING, SELECTING
from qualcase.tui.widgets.transcript_mouse import TranscriptMouse

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcase.text.selection import Span, Units
    from qualcase.tui.actions import Group
    from qualcase.tui.document import OpenDocument


class TranscriptView(TranscriptMouse, inherit_bindings=False):
    """Moves and selects by word, sentence, turn and row."""

    GROUPS: ClassVar[tuple[Group, ...]] = (MOVING, SELECTING)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GROUPS)

    def action_move_word(self, by: int) -> None:
        """Go to another word."""
        if self.document:
            self.select(selecting.move(self.document.words, self.document.selection, by))

    def action_move_row(self, by: int) -> None:
        """Go to the word above or below."""
        if self.document:
            self.select(selecting.select(self._word_beside(self.document, by)), keep_column=True)

    def action_move_page(self, by: int) -> None:
        """Go a page up or down, with the selection at the same height of the screen."""
        rows = by * max(1, self.size.height - 2)
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False, force=True)
        self.action_move_row(rows)

    def action_move_to_end(self, by: int) -> None:
        """Go to the first or the last word."""
        if self.document:
            self.select(selecting.select(self.document.words.spans[-1 if by > 0 else 0]))

    def action_take(self, kind: str) -> None:
        """Select the unit here, or the next."""
        if self.document:
            self.select(selecting.take(self._units(kind), self.document.selection))

    def action_extend(self, kind: str, by: int) -> None:
        """Draw the selection on by a unit."""
        if self.document:
            self.select(selecting.extend(self._units(kind), self.document.selection, by))

    def action_extend_row(self, by: int) -> None:
        """Draw the selection to the row above or below."""
        if self.document:
            drawn_to = Selection(self.document.selection.anchor, self._word_beside(self.document, by))
            self.select(drawn_to, keep_column=True)

    def action_collapse(self) -> None:
        """Select just the word where the selection began."""
        if self.document:
            self.select(selecting.select_at(self.document.words, self.document.selection.anchor[0]))

    def _units(self, kind: str) -> Units:
        units: Units = getattr(self.document, kind)
        return units

    def _word_beside(self, document: OpenDocument, by: int) -> Span:
        here = document.selection.head[0]
        if self._column is None:
            self._column = document.column_of(here)
        return document.word_beside(document.rows.row_of(here), self._column, by)
