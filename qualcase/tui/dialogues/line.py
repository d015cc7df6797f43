"""Asking for some words in one line at the foot of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Input

from qualcase.tui.dialogues.dialogue import Dialogue
from qualcase.tui.widgets.lines import LinesPane

if TYPE_CHECKING:
    from textual.app import ComposeResult


class LineScreen(Dialogue[str]):
    """One line to type in; dismisses with the words, or None."""

    def __init__(self, title: str, last: str, placeholder: str, *keys: tuple[str, str]) -> None:
        super().__init__(title)
        self._last = last
        self._placeholder = placeholder
        self._answers = keys

    def compose(self) -> ComposeResult:
        """Lay out the line and its keys at the foot."""
        with Vertical(classes="foot"):
            yield LinesPane(id="dialogue-title", classes="one-line")
            yield from self.body()
            yield LinesPane(id="dialogue-keys", classes="one-line")

    def body(self) -> ComposeResult:
        """Lay out the line."""
        typed = Input(self._last, placeholder=self._placeholder, id="typed")
        typed.cursor_blink = False
        yield typed

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that answer."""
        return self._answers

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: that is it."""
        self.dismiss(event.value)


def ask_search(last: str) -> LineScreen:
    """Return the question for words to look for in a source."""
    keys = (("Enter", "search"), ("Esc", "close"), ("]", "next"), ("[", "before"))
    return LineScreen("Search", last, "words to look for in this source", *keys)
