"""Asking for the words to look for in a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from qualcase.tui.widgets.lines import LinesPane

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class SearchScreen(ModalScreen[str | None]):
    """One line to type in at the foot of the screen; dismisses with the words, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close without searching", show=False)
    ]

    def __init__(self, last: str) -> None:
        super().__init__()
        self._last = last

    def compose(self) -> ComposeResult:
        """Lay out the line and its keys."""
        with Vertical(id="search"):
            typed = Input(self._last, placeholder="words to look for in this source", id="typed")
            typed.cursor_blink = False
            yield typed
            yield LinesPane(id="search-keys", classes="one-line")

    def on_mount(self) -> None:
        """Say what the keys do."""
        keys = (("Enter", "key"), (" search  ", "plain"), ("Esc", "key"), (" close  ", "plain"))
        after = (("then ", "dim"), ("]", "key"), (" next  ", "plain"), ("[", "key"), (" before", "plain"))
        self.query_one("#search-keys", LinesPane).show([keys + after])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: look for it."""
        self.dismiss(event.value)

    def action_close(self) -> None:
        """Look for nothing."""
        self.dismiss(None)
