"""The tree of codes as a list whose lines can be dragged onto each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from qualcase.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from textual import events


class CodeTree(ChoiceList):
    """Reports a code that was dragged onto another; a click alone chooses."""

    class Dropped(Message):
        """A line was dragged onto another one."""

        def __init__(self, dragged: int, onto: int) -> None:
            super().__init__()
            self.dragged = dragged
            self.onto = onto

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._held: int | None = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of a line."""
        place = event.y + self.scroll_offset.y
        self._held = place if place < len(self.lines) else None

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of it, perhaps over another."""
        held, self._held = self._held, None
        place = event.y + self.scroll_offset.y
        if held is not None and held != place and 0 <= place < len(self.lines):
            self.post_message(self.Dropped(held, place))
