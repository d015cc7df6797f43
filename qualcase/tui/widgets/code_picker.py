"""The list of codes to apply, which can stay open for several codes on one passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import Input

from qualcase.tui.dialogues.pick import PickScreen
from qualcase.tui.widgets.choice_list import ChoiceList
from qualcase.tui.widgets.lines import LinesPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.binding import BindingType

    from qualcase.tui.dialogues.pick import Entry


class CodePicker(PickScreen):
    """Enter applies the chosen code and closes; Tab applies it and asks for another one.

    After Tab no code is meant before one was typed or gone to: Enter then closes, and Tab does nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "take_more", "apply, and another", show=False)]

    def __init__(self, title: str, entries: Sequence[Entry], apply: Callable[[str], None]) -> None:
        super().__init__(title, entries, "apply")
        self._apply = apply
        self._applied: list[str] = []
        self._filtered = ""
        self._is_meant = True

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that answer."""
        return ("↑↓", "choose"), ("Enter", "apply"), ("Tab", "apply, and another"), ("Esc", "close")

    def action_take_more(self) -> None:
        """Apply the chosen code and stay."""
        typed = self.query_one(Input).value
        if not (typed or self._is_meant):
            return
        if typed != self._filtered:
            # Keys come faster than what they change is told: the list may still be that of fewer letters.
            self._filter(typed)
        place = self.query_one(ChoiceList).chosen
        if place < len(self._found):
            entry = self._entries[self._found[place][0]]
            self._apply(entry.id)
            self._applied.append(entry.label)
            said = f"Applied {len(self._applied)} (Enter closes): {'; '.join(self._applied)}"
            self.query_one("#dialogue-title", LinesPane).show([((said, "strong"),)])
            self.query_one(Input).value = ""
            self._is_meant = False

    def action_step(self, by: int) -> None:
        """Choose another one."""
        self._is_meant = True
        super().action_step(by)

    def on_input_submitted(self) -> None:
        """Take the chosen one; where none is meant, there is none to come."""
        if self.query_one(Input).value or self._is_meant:
            super().on_input_submitted()
        else:
            self.dismiss(None)

    def _filter(self, typed: str) -> None:
        self._filtered = typed
        super()._filter(typed)
