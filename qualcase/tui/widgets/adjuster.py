"""Moving the ends of a passage: the keys of that mode, and where the ends are meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.message import Message
from textual.widget import Widget

from qualcase.text.selection import Selection, characters_beside, shift_end, shift_start
from qualcase.tui.actions import bindings
from qualcase.tui.keys.coding import ADJUSTING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from qualcase.model.coding import Coding
    from qualcase.text.selection import Span, Units
    from qualcase.tui.actions import Group
    from qualcase.tui.document import OpenDocument


class Adjuster(Widget, can_focus=True, inherit_bindings=False):
    """Takes the keys while the ends of a coding, or of the selection, are moved; is itself not seen."""

    GROUPS: ClassVar[tuple[Group, ...]] = (ADJUSTING,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GROUPS)

    class Closed(Message):
        """The ends are kept, or left as they were."""

        def __init__(self, span: Span | None) -> None:
            super().__init__()
            self.span = span

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        # Told at once when an end is elsewhere, or the other one is meant: it is painted with the key.
        self.follower: Callable[[], None] | None = None
        self.document: OpenDocument | None = None
        self.coding: Coding | None = None
        self.span: Span = (0, 0)
        self.at_end = True

    @property
    def is_on(self) -> bool:
        """Whether ends are being moved."""
        return self.document is not None

    def allow_focus(self) -> bool:
        """Tab never leads here: the mode is entered by its own key."""
        return self.is_on

    def begin(self, document: OpenDocument, coding: Coding | None) -> None:
        """Take the keys for a coding's ends or, without one, for those of the selection."""
        self.document, self.coding, self.at_end = document, coding, True
        self.span = (coding.start, coding.end) if coding else document.selection.span
        self.focus(scroll_visible=False)
        self._tell()

    def end(self) -> None:
        """Take no keys any more."""
        self.document = self.coding = None

    @property
    def selection(self) -> Selection:
        """The passage as a selection whose head is the end that moves."""
        start, end = self.span
        return (
            Selection((start, start), (end - 1, end))
            if self.at_end
            else Selection((end, end), (start, start + 1))
        )

    def action_adjust_word(self, by: int) -> None:
        """Move the end by a word."""
        if self.document:
            self._move(self.document.words, by)

    def action_adjust_character(self, by: int) -> None:
        """Move the end by a character with all that combines with it."""
        if self.document:
            edge = self.span[1] if self.at_end else self.span[0]
            self._move(characters_beside(self.document.drawn, edge, cell_len), by)

    def action_adjust_other(self) -> None:
        """Mean the other end."""
        self.at_end = not self.at_end
        self._tell()

    def action_adjust_keep(self) -> None:
        """Keep the ends where they are."""
        self.post_message(self.Closed(self.span))

    def action_adjust_leave(self) -> None:
        """Leave them as they were."""
        self.post_message(self.Closed(None))

    def _tell(self) -> None:
        if self.follower is not None:
            self.follower()

    def _move(self, units: Units, by: int) -> None:
        shift = shift_end if self.at_end else shift_start
        self.span = shift(units, self.span, by)
        self._tell()
