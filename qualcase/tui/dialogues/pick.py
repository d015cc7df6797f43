"""Choosing one thing from a list by typing part of its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import Input

from qualcase.coding.fuzzy import rank_names
from qualcase.tui.dialogues.dialogue import Dialogue
from qualcase.tui.glyphs import draw_line
from qualcase.tui.widgets.choice_list import ChoiceList
from qualcase.tui.widgets.lines import LinesPane, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.coding.fuzzy import Match
    from qualcase.tui.widgets.lines import Line


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to choose: its id, what is typed against, and more about it."""

    id: str
    label: str
    about: str = ""


class PickScreen(Dialogue[str]):
    """A line to type in over the list of what matches; dismisses with an id, or None.

    With `fresh`, a verb for making a new one, what was typed is answered where nothing matches it,
    after the mark NEW.
    """

    NEW = "+"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "the next one", show=False),
        Binding("up", "step(-1)", "the one before", show=False),
        Binding("pagedown", "step(10)", "ten down", show=False),
        Binding("pageup", "step(-10)", "ten up", show=False),
    ]

    def __init__(self, title: str, entries: Sequence[Entry], verb: str, *, fresh: str = "") -> None:
        super().__init__(title)
        self._entries = tuple(entries)
        self._verb = verb
        self._fresh = fresh
        self._found: list[tuple[int, Match]] = []

    def body(self) -> ComposeResult:
        """Lay out: typed line, list, about the chosen one."""
        typed = Input(placeholder="type part of the name", id="typed", select_on_focus=False)
        typed.cursor_blink = False
        yield typed
        yield ChoiceList(id="found")
        yield LinesPane(id="about")

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that answer."""
        return ("↑↓", "choose"), ("Enter", self._verb), ("Esc", "close")

    def on_mount(self) -> None:
        """Begin with everything listed."""
        found = self.query_one(ChoiceList)
        found.can_focus = False
        found.marked = found.takes_one_click = True
        self._filter("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what matches."""
        self._filter(event.value)

    def on_input_submitted(self) -> None:
        """Take the chosen one."""
        self._take(self.query_one(ChoiceList).chosen)

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Take the one that was clicked."""
        self._take(event.place)

    def on_choice_list_stepped(self) -> None:
        """Say what the chosen one is."""
        self._tell_about()

    def on_resize(self) -> None:
        """Fold what is said about the chosen one anew."""
        self._tell_about()

    def action_step(self, by: int) -> None:
        """Choose another one."""
        self.query_one(ChoiceList).action_step(by)

    def _filter(self, typed: str) -> None:
        self._found = rank_names(typed, [entry.label for entry in self._entries])
        found = self.query_one(ChoiceList)
        found.chosen = 0
        found.scroll_to(y=0, animate=False, force=True)
        found.show([_line(self._entries[place].label, match) for place, match in self._found])
        found.refresh()
        self._tell_about()

    def _tell_about(self) -> None:
        place, pane = self.query_one(ChoiceList).chosen, self.query_one("#about", LinesPane)
        about = "nothing matches" + (f": Enter {self._fresh}" if self._fresh else "")
        if place < len(self._found):
            about = self._entries[self._found[place][0]].about
        pane.show(fold(about, pane.size.width, "dim")[: max(1, pane.size.height)])

    def _take(self, place: int) -> None:
        typed = self.query_one(Input).value.strip()
        if place < len(self._found):
            self.dismiss(self._entries[self._found[place][0]].id)
        elif self._fresh and typed:
            self.dismiss(self.NEW + typed)


def _line(label: str, match: Match) -> Line:
    meant = set(match.positions)
    return tuple(
        (draw_line(letter), "key" if place in meant else "plain") for place, letter in enumerate(label)
    )
