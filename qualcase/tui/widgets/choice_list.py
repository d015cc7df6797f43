"""A list to walk with the keys and choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message

from qualcase.tui.widgets.lines import LinesPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

    from qualcase.tui.widgets.lines import Line


class ChoiceList(LinesPane, can_focus=True, inherit_bindings=False):
    """Lines of which one is chosen by the arrow keys; Enter says which."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "step(1)", "the next line", show=False),
        Binding("up,k", "step(-1)", "the line before", show=False),
        Binding("pagedown", "step(10)", "ten lines down", show=False),
        Binding("pageup", "step(-10)", "ten lines up", show=False),
        Binding("enter", "pick", "take this one", show=False),
    ]

    class Picked(Message):
        """A line was taken."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.chosen = 0
        self.marked = False
        self._plain: tuple[Line, ...] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines, the chosen one marked."""
        self._plain = tuple(lines)
        self.chosen = max(0, min(self.chosen, len(self._plain) - 1))
        marked = [
            _chosen(line) if place == self.chosen and self.marked else line
            for place, line in enumerate(lines)
        ]
        super().show(marked)

    def action_step(self, by: int) -> None:
        """Choose another line."""
        self.chosen += by
        self.show(self._plain)
        if not self.scroll_offset.y <= self.chosen < self.scroll_offset.y + self.size.height:
            self.scroll_to(y=max(0, self.chosen - self.size.height // 2), animate=False, force=True)

    def action_pick(self) -> None:
        """Take the chosen line."""
        if self._plain:
            self.post_message(self.Picked(self.chosen))

    def on_focus(self) -> None:
        """Mark the chosen line while keys go here."""
        self._mark(marked=True)

    def on_blur(self) -> None:
        """Keys go elsewhere: nothing is marked."""
        self._mark(marked=False)

    def on_click(self, event: events.Click) -> None:
        """Take the line that was clicked."""
        place = event.y + self.scroll_offset.y
        if place < len(self._plain):
            self.chosen = place
            self.action_pick()

    def _mark(self, *, marked: bool) -> None:
        self.marked = marked
        self.show(self._plain)


def _chosen(line: Line) -> Line:
    return tuple((text, "chosen") for text, _ in line)
