"""Going somewhere with one letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.tui.dialogues.dialogue import Dialogue
from qualcase.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from qualcase.tui.widgets.lines import Line


class MenuScreen(Dialogue[str]):
    """A list whose lines each have a letter; answers with the id of the one whose letter was pressed.

    `entries` are (letter, id, name, what it is for).
    """

    def __init__(self, title: str, entries: Sequence[tuple[str, str, str, str]]) -> None:
        super().__init__(title)
        self._entries = tuple(entries)

    def body(self) -> ComposeResult:
        """Lay out the list."""
        yield ChoiceList(id="menu")

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that answer."""
        return ("a letter", "goes there"), ("↑↓ Enter", "too"), ("Esc", "stay")

    def on_mount(self) -> None:
        """Fill in."""
        menu = self.query_one(ChoiceList)
        menu.takes_one_click = True
        menu.show([_line(letter, name, about) for letter, _, name, about in self._entries])
        menu.focus()

    def on_key(self, event: events.Key) -> None:
        """Take the entry with this letter."""
        found = next((place for letter, place, _, _ in self._entries if letter == event.character), None)
        if found is not None:
            event.stop()
            event.prevent_default()
            self.dismiss(found)

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Take the one that was chosen."""
        self.dismiss(self._entries[event.place][1])


def _line(letter: str, name: str, about: str) -> Line:
    return ((f" {letter}  ", "key"), (f"{name:<16}", "strong"), (about, "dim"))
