"""Passages one below the other, each as high as its words need; only those in sight are laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

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

_WHEEL = 3
_MARGIN = 2  # where the marks stand


class Book(Protocol):
    """What is shown: rows, each of some lines; a row that is not read yet is asked for."""

    def __len__(self) -> int: ...

    def lines(self, row: int, width: int, *, chosen: bool) -> Sequence[Line]:
        """Return a row's lines, or one line that it is still to be read."""


class PassageList(LinesPane, can_focus=True, inherit_bindings=False):
    """A list of rows of any height, of which one is chosen; any number of rows."""

    GROUPS: ClassVar[tuple[Group, ...]] = (LIST,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(LIST)

    class Stepped(Message):
        """Another row is the chosen one, or others are in sight."""

    class Picked(Message):
        """The chosen row was taken."""

    class Marked(Message):
        """The chosen row was marked with the mouse, or is no longer."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.chosen = 0
        self._book: Book | None = None
        self._top = 0
        self._hidden = 0  # lines of the top row that are above the pane
        self._owners: list[int] = []

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._book) if self._book is not None else 0

    @property
    def in_sight(self) -> range:
        """The rows that are in sight, at least in part."""
        return range(self._top, self._owners[-1] + 1) if self._owners else range(self._top, self._top)

    def open(self, book: Book, chosen: int = 0) -> None:
        """Show other rows, with one of them chosen."""
        self._book = book
        self.chosen = self._top = max(0, min(chosen, len(book) - 1))
        self._hidden = 0
        self.paint()

    def choose(self, row: int) -> None:
        """Choose a row and bring it into sight."""
        if self._book is None:
            return
        self.chosen = max(0, min(row, self.rows - 1))
        self._bring()
        self.paint()
        self.post_message(self.Stepped())

    def paint(self) -> None:
        """Lay out what is in sight."""
        lines: list[Line] = []
        self._owners = []
        row, hidden = self._top, self._hidden
        while len(lines) < self.size.height and row < self.rows:
            block = self._block(row)[hidden:]
            lines += block
            self._owners += [row] * len(block)
            row, hidden = row + 1, 0
        del lines[self.size.height :], self._owners[self.size.height :]
        self.show(lines)

    def on_resize(self) -> None:
        """Lay out anew, the chosen row in sight."""
        if self._book is not None:
            self._hidden = 0
            self._bring()
            self.paint()
            self.post_message(self.Stepped())

    def action_step(self, by: int) -> None:
        """Choose the next row or the one before; a row higher than the pane is first read to its end."""
        if self.rows and not self._read_on(by):
            self.choose(self.chosen + by)

    def action_step_page(self, by: int) -> None:
        """Go a page on or back."""
        self._scroll(by * max(1, self.size.height - 2))
        self.chosen = self._top if not self._hidden or self._top + 1 >= self.rows else self._top + 1
        if self.rows and by > 0 and self._owners and self._owners[-1] == self.rows - 1:
            self.chosen = self.rows - 1
        self.paint()
        self.post_message(self.Stepped())

    def action_step_to(self, row: int) -> None:
        """Go to the first row, or (-1) the last."""
        self.choose(row % max(1, self.rows))

    def action_pick(self) -> None:
        """Take the chosen row."""
        if self.rows:
            self.post_message(self.Picked())

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked; a second click takes it, one at the very left marks it."""
        if event.y < len(self._owners):
            self.choose(self._owners[event.y])
            if event.x < _MARGIN:
                self.post_message(self.Marked())
            elif event.chain > 1:
                self.action_pick()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll."""
        self._wheel(event, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        self._wheel(event, -_WHEEL)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        event.prevent_default()
        self._scroll(by)
        self.paint()
        if self._owners and self.chosen not in self.in_sight:
            self.chosen = self._owners[0] if by > 0 else self._owners[-1]
            self.paint()
        self.post_message(self.Stepped())

    def _block(self, row: int) -> Sequence[Line]:
        return self._book.lines(row, self.size.width, chosen=row == self.chosen) if self._book else ()

    def _read_on(self, by: int) -> bool:
        """Scroll within the chosen row where it goes on beyond the pane; tell whether it did."""
        height, step = self.size.height, max(1, self.size.height // 2)
        if self.chosen != self._top:
            return False
        if by > 0 and len(self._block(self._top)) - self._hidden > height:
            self._hidden = min(self._hidden + step, len(self._block(self._top)) - height)
        elif by < 0 and self._hidden:
            self._hidden = max(0, self._hidden - step)
        else:
            return False
        self.paint()
        return True

    def _scroll(self, by: int) -> None:
        """Move what is in sight by so many lines."""
        self._hidden += by
        while self._hidden < 0 and self._top > 0:
            self._top -= 1
            self._hidden += len(self._block(self._top))
        while self._top + 1 < self.rows and self._hidden >= len(self._block(self._top)):
            self._hidden -= len(self._block(self._top))
            self._top += 1
        last = max(0, len(self._block(self._top)) - 1) if self.rows else 0
        self._hidden = max(0, min(self._hidden, last))

    def _bring(self) -> None:
        """Bring the whole chosen row into sight, or its beginning where it is too high."""
        height, chosen = self.size.height, self.chosen
        if chosen <= self._top:
            self._top, self._hidden = chosen, 0
            return
        if chosen - self._top <= height:
            used = sum(len(self._block(row)) for row in range(self._top, chosen + 1)) - self._hidden
            if used <= height:
                return
        # Below what is shown: its last line becomes the last, the topmost row a whole one.
        self._top, self._hidden = chosen, 0
        used = len(self._block(chosen))
        while self._top > 0 and (used := used + len(self._block(self._top - 1))) <= height:
            self._top -= 1
