"""The keys that work on a screen: those of the pane in use first."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from textual.binding import Binding

from qualcase.tui.dialogues.dialogue import Dialogue
from qualcase.tui.widgets.lines import LinesPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.tui.actions import Group, Keymap
    from qualcase.tui.widgets.lines import Line

_KEYS_WIDTH = 16


class HelpScreen(Dialogue[None]):
    """Every key with what it does, from the tables that bind them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,question_mark,f1,enter", "close", "close", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
        Binding("up,k", "scroll(-1)", "up", show=False),
        Binding("pagedown,space", "scroll(15)", "down a page", show=False),
        Binding("pageup,b", "scroll(-15)", "up a page", show=False),
    ]

    def __init__(self, title: str, groups: Sequence[Group], keymap: Keymap) -> None:
        super().__init__(title)
        self._lines = help_lines(groups, keymap)

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield LinesPane(id="help-lines")

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that answer."""
        return ("↑↓ Space b", "scroll"), ("Esc", "close")

    def on_mount(self) -> None:
        """Fill in."""
        self.query_one("#help-lines", LinesPane).show(self._lines)

    def action_scroll(self, by: int) -> None:
        """Scroll by so many lines."""
        self.query_one("#help-lines", LinesPane).scroll_relative(y=by, animate=False, force=True)


def help_lines(groups: Sequence[Group], keymap: Keymap) -> list[Line]:
    """Return the help: a heading for each group, then key and sentence."""
    lines: list[Line] = []
    for group in groups:
        lines += [((group.title, "strong"),)]
        lines += [
            ((set_cell_size(f"  {keymap.shown(action)}", _KEYS_WIDTH), "key"), (f" {action.help}", "plain"))
            for action in group.actions
        ]
        lines += [()]
    tab: Line = (
        ("Tab", "key"),
        (" goes from pane to pane; the keys of the pane in use come first.", "plain"),
    )
    return [*lines, tab]
