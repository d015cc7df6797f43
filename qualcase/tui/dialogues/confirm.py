"""Agreeing to something after seeing what it would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from qualcase.tui.dialogues.dialogue import Dialogue
from qualcase.tui.widgets.lines import LinesPane, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.tui.widgets.lines import Line


class ConfirmScreen(Dialogue[bool]):
    """Shows lines, such as a preview of what will change; y or Enter agrees, n or Esc does not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "agree", "do it", show=False),
        Binding("n,q", "close", "leave it", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
        Binding("up,k", "scroll(-1)", "up", show=False),
        Binding("pagedown,space", "scroll(10)", "a page down", show=False),
        Binding("pageup,b", "scroll(-10)", "a page up", show=False),
    ]

    def __init__(self, title: str, lines: Sequence[Line | str], verb: str) -> None:
        super().__init__(title)
        self._lines = tuple(lines)
        self.verb = verb

    def body(self) -> ComposeResult:
        """Lay out the lines."""
        yield LinesPane(id="preview")

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that answer."""
        return ("y", self.verb), ("n", "leave it"), ("↑↓", "scroll")

    def on_mount(self) -> None:
        """Fill in."""
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """Fold anew."""
        self.call_after_refresh(self._show)

    def action_agree(self) -> None:
        """Do it."""
        self.dismiss(True)

    def action_scroll(self, by: int) -> None:
        """Scroll."""
        self.query_one("#preview", LinesPane).scroll_relative(y=by, animate=False, force=True)

    def _show(self) -> None:
        pane = self.query_one("#preview", LinesPane)
        lines: list[Line] = []
        for one in self._lines:
            lines.extend(fold(one, pane.size.width, "plain") if isinstance(one, str) else [one])
        pane.show(lines)
