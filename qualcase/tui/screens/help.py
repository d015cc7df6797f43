"""The list of all keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from qualcase.tui.actions import GROUPS
from qualcase.tui.widgets.lines import LinesPane

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.tui.widgets.lines import Line

_KEYS_WIDTH = 14


class HelpScreen(ModalScreen[None]):
    """Every key with what it does, from the table that binds them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "close", "close", show=False),
        Binding("down,j", "scroll(1)", "down", show=False),
        Binding("up,k", "scroll(-1)", "up", show=False),
        Binding("pagedown,space", "scroll(15)", "down a page", show=False),
        Binding("pageup,b", "scroll(-15)", "up a page", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Lay out the list and how to leave it."""
        with Vertical(id="help"):
            yield LinesPane(id="help-lines")
            yield LinesPane(id="help-keys", classes="one-line")

    def on_mount(self) -> None:
        """Fill in."""
        self.query_one("#help-lines", LinesPane).show(help_lines())
        keys = (("↑↓ Space b", "key"), (" scroll  ", "plain"), ("Esc", "key"), (" close", "plain"))
        self.query_one("#help-keys", LinesPane).show([keys])

    def action_scroll(self, by: int) -> None:
        """Scroll by so many lines."""
        self.query_one("#help-lines", LinesPane).scroll_relative(y=by, animate=False, force=True)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def help_lines() -> list[Line]:
    """Return the help: a heading for each group, then key and sentence."""
    lines: list[Line] = []
    for title, group in GROUPS:
        lines += [((title, "strong"),)]
        lines += [
            ((set_cell_size(f"  {action.shown}", _KEYS_WIDTH), "key"), (action.help, "plain"))
            for action in group
        ]
        lines += [()]
    return [
        *lines,
        (
            ("Tab", "key"),
            (" goes between the transcript and the codebook; Enter there applies a code.", "plain"),
        ),
    ]
