"""A list to walk with the keys or the mouse and choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from qualcase.tui.actions import bindings
from qualcase.tui.keys.common import LIST
from qualcase.tui.widgets.lines import LinesPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

    from qualcase.tui.actions import Group
    from qualcase.tui.widgets.lines import Line


class ChoiceList(LinesPane, can_focus=True, inherit_bindings=False):
    """Lines of which one is chosen by the arrow keys; Enter says which.

    `marked` shows which is chosen though the keys go elsewhere, as to a line to type in.
    """

    GROUPS: ClassVar[tuple[Group, ...]] = (LIST,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)

    class Picked(Message):
        """A line was taken."""

        def __init__(self, pane: ChoiceList, place: int) -> None:
            super().__init__()
            self.pane = pane
            self.place = place

        @property
        def control(self) -> ChoiceList:
            """The list it was taken from, for handlers of one list among several."""
            return self.pane

    class Stepped(Message):
        """Another line is the chosen one."""

        def __init__(self, pane: ChoiceList, place: int) -> None:
            super().__init__()
            self.pane = pane
            self.place = place

        @property
        def control(self) -> ChoiceList:
            """The list that was walked."""
            return self.pane

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.chosen = 0
        self.marked = False

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines; the chosen place stays where it was, as far as there are lines."""
        self.chosen = max(0, min(self.chosen, len(lines) - 1))
        super().show(lines)

    def line_at(self, place: int) -> Line:
        """Return a line as drawn: the chosen one marked while keys go here."""
        line = super().line_at(place)
        return tuple((text, "chosen") for text, _ in line) if place == self.chosen and self.marked else line

    def choose(self, place: int) -> None:
        """Choose a line and bring it into sight."""
        before, self.chosen = self.chosen, max(0, min(place, len(self.lines) - 1))
        self.refresh_line(before)
        self.refresh_line(self.chosen)
        if not self.scroll_offset.y <= self.chosen < self.scroll_offset.y + self.size.height:
            self.scroll_to(y=max(0, self.chosen - self.size.height // 2), animate=False, force=True)
        if before != self.chosen:
            self.post_message(self.Stepped(self, self.chosen))

    def action_step(self, by: int) -> None:
        """Choose another line."""
        self.choose(self.chosen + by)

    def action_step_page(self, by: int) -> None:
        """Go a page on."""
        self.choose(self.chosen + by * max(1, self.size.height - 1))

    def action_step_to(self, place: int) -> None:
        """Go to the first line, or (-1) the last."""
        self.choose(place % max(1, len(self.lines)))

    def action_pick(self) -> None:
        """Take the chosen line."""
        if self.lines:
            self.post_message(self.Picked(self, self.chosen))

    def on_focus(self) -> None:
        """Mark the chosen line while keys go here."""
        self._mark(marked=True)

    def on_blur(self) -> None:
        """Keys go elsewhere: nothing is marked."""
        self._mark(marked=False)

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked; a second click takes it."""
        place = event.y - self.gutter.top + self.scroll_offset.y
        if 0 <= place < len(self.lines):
            self.choose(place)
            if event.chain > 1 or self.takes_one_click:
                self.action_pick()

    takes_one_click = False

    def _mark(self, *, marked: bool) -> None:
        self.marked = marked
        self.refresh_line(self.chosen)
