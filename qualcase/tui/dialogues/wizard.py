"""A form whose fields say what each of their choices means, as one goes through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from qualcase.tui.dialogues.form import FormScreen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from qualcase.tui.dialogues.form import Field


class WizardScreen(FormScreen):
    """A form; `offers` are, by field, the values that ↑ and ↓ go through, each with a sentence on it.

    Unlike the choices of a field, what is offered is not all that may be typed.
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        offers: Mapping[str, Sequence[tuple[str, str]]],
        *,
        check: Callable[[dict[str, str]], str] | None = None,
    ) -> None:
        super().__init__(title, fields, check=check)
        self._offers = {field: dict(offered) for field, offered in offers.items()}

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that answer."""
        return ("Enter", "next, then begin"), ("↑↓", "other choice"), ("Esc", "close")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the value that stands there now means."""
        self._tell_of(event.input)

    def on_descendant_focus(self) -> None:
        """Say what the value in the field means."""
        if isinstance(self.focused, Input):
            self.call_after_refresh(self._tell_of, self.focused)

    def action_turn(self, by: int) -> None:
        """Go to another value that is offered; in a field without any, to another field."""
        typed = self.focused
        offered = tuple(self._offers.get(typed.id or "", ())) if isinstance(typed, Input) else ()
        if not isinstance(typed, Input) or not offered:
            super().action_turn(by)
            return
        place = offered.index(typed.value) + by if typed.value in offered else 0
        typed.value = offered[place % len(offered)]
        typed.cursor_position = len(typed.value)

    def _tell_of(self, typed: Input) -> None:
        meant = self._offers.get(typed.id or "", {}).get(typed.value)
        if meant and typed.has_focus:
            self._say(meant, "dim")
