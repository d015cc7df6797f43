"""Writing a text of several lines: a memo, a definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import TextArea

from qualcase.tui.dialogues.dialogue import Dialogue
from qualcase.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class NoteScreen(Dialogue[str]):
    """A text to write; Tab then Enter saves it, as Ctrl+S does. Esc asks once where words would be lost."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "save", show=False)]

    def __init__(self, title: str, text: str = "", *, about: str = "") -> None:
        super().__init__(title, about)
        self._text = text
        self._warned = False

    def body(self) -> ComposeResult:
        """Lay out the text and the line that saves it."""
        yield TextArea(self._text, id="note", soft_wrap=True, tab_behavior="focus")
        yield ChoiceList(id="note-save")

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that answer."""
        return ("Enter", "new line"), ("Tab, then Enter", "save"), ("Esc", "close")

    def on_mount(self) -> None:
        """Begin at the end of the text."""
        save = self.query_one("#note-save", ChoiceList)
        save.takes_one_click = True
        save.show([(("  Save  ", "strong"),)])
        area = self.query_one(TextArea)
        area.cursor_blink = False
        area.focus()
        area.move_cursor(area.document.end)

    def on_choice_list_picked(self) -> None:
        """Save."""
        self.action_save()

    def action_save(self) -> None:
        """Answer with the text."""
        self.dismiss(self.query_one(TextArea).text)

    def action_close(self) -> None:
        """Close; where words would be lost, only the second time."""
        if self._warned or self.query_one(TextArea).text == self._text:
            self.dismiss(None)
            return
        self._warned = True
        self.show_keys(("Esc", "again closes without saving"), ("Tab, then Enter", "save"))
