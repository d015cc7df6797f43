"""Filling in a few things at once: lines to type in, and choices among a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Input

from qualcase.tui.dialogues.dialogue import Dialogue
from qualcase.tui.widgets.lines import LinesPane, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in; with `choices`, ↑ and ↓ go through them, and anything else is refused."""

    id: str
    label: str
    value: str = ""
    about: str = ""
    choices: tuple[str, ...] = ()
    needed: bool = False


class FormScreen(Dialogue[dict[str, str]]):
    """Fields one below the other; Enter goes on and, on the last one, saves. Answers what stands in each.

    Esc asks once where words would be lost.

    `check` is given the answers and returns a sentence where they cannot be taken, or an empty text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "turn(1)", "the next choice or field", show=False),
        Binding("up", "turn(-1)", "the choice or field before", show=False),
    ]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        about: str = "",
        check: Callable[[dict[str, str]], str] | None = None,
    ) -> None:
        super().__init__(title, about)
        self._fields = tuple(fields)
        self._check = check
        self._left = {field.id: field.value.strip() for field in self._fields}

    def body(self) -> ComposeResult:
        """Lay out a label and a line to type in for each field."""
        with VerticalScroll(id="fields", can_focus=False):
            for field in self._fields:
                label = LinesPane(id=f"label-{field.id}", classes="one-line")
                yield label
                typed = Input(field.value, id=field.id, select_on_focus=True, compact=True)
                typed.cursor_blink = False
                yield typed
        yield LinesPane(id="form-about")

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that answer."""
        return ("Enter", "next, then save"), ("Tab", "next field"), ("Esc", "close")

    def on_mount(self) -> None:
        """Begin in the first field."""
        for field in self._fields:
            choices = f"  ↑↓ {' · '.join(field.choices)}" if field.choices else ""
            line = ((field.label, "strong"), (choices, "dim"))
            self.query_one(f"#label-{field.id}", LinesPane).show([line])
        self.query(Input).first().focus()

    def on_descendant_focus(self) -> None:
        """Say what the field is for."""
        if (field := self._here()) is not None:
            self._say(field.about, "dim")
            self.query_one(f"#label-{field.id}").scroll_visible(animate=False)

    def on_input_submitted(self) -> None:
        """Go on to the next field; from the last one, save."""
        place = next((n for n, one in enumerate(self._fields) if one is self._here()), 0)
        if place + 1 < len(self._fields):
            self.query_one(f"#{self._fields[place + 1].id}", Input).focus()
        else:
            self._save()

    def action_turn(self, by: int) -> None:
        """Go to another choice; in a field without choices, to another field."""
        field = self._here()
        if field is None or not field.choices:
            self.focus_next() if by > 0 else self.focus_previous()
            return
        typed = self.query_one(f"#{field.id}", Input)
        place = field.choices.index(typed.value) + by if typed.value in field.choices else 0
        typed.value = field.choices[place % len(field.choices)]

    def action_close(self) -> None:
        """Close; where words would be lost, only the second time, and only if nothing was typed since."""
        answers = self._answers()
        if answers == self._left:
            self.dismiss(None)
            return
        self._left = answers
        self.show_keys(("Esc", "again closes without saving"), *self.keys()[:1])

    def _answers(self) -> dict[str, str]:
        return {field.id: self.query_one(f"#{field.id}", Input).value.strip() for field in self._fields}

    def _save(self) -> None:
        answers = self._answers()
        for field in self._fields:
            fault = _fault(field, answers[field.id])
            if fault:
                self.query_one(f"#{field.id}", Input).focus()
                self.call_after_refresh(self._say, fault, "warn")
                return
        fault = self._check(answers) if self._check else ""
        if fault:
            self._say(fault, "warn")
        else:
            self.dismiss(answers)

    def _here(self) -> Field | None:
        focused = self.focused
        return next((one for one in self._fields if focused is not None and one.id == focused.id), None)

    def _say(self, sentence: str, style: str) -> None:
        pane = self.query_one("#form-about", LinesPane)
        pane.show(fold(sentence, pane.size.width or 60, style) if sentence else [])


def _fault(field: Field, value: str) -> str:
    if field.needed and not value:
        return f"{field.label} is needed."
    if field.choices and value and value not in field.choices:
        return f"“{value}” is none of: {', '.join(field.choices)}."
    return ""
