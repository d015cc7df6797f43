"""A transcript to be corrected: what is typed is noted as edits of the text that one began with."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import TextArea

from qualcase.text.anchors import apply_edits
from qualcase.tui.actions import bindings
from qualcase.tui.glyphs import draw_characters
from qualcase.tui.keys.review import TYPING
from qualcase.tui.typed_edits import TypedEdits, clean_typed

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.document._document import EditResult, Location
    from textual.widgets.text_area import Edit as AreaEdit

    from qualcase.text.anchors import Edit
    from qualcase.tui.actions import Group


class TextEditor(TextArea):
    """Shows a text character for character, controls as symbols, so that offsets here are the text's own."""

    GROUPS: ClassVar[tuple[Group, ...]] = (TYPING,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(TYPING)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        self.typed = TypedEdits()
        self._began = ""
        super().__init__(id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=True)
        self.cursor_blink = False

    def begin(self, text: str) -> None:
        """Show a text to be corrected; what was typed before is forgotten."""
        self._began = text
        self.load_text(draw_characters(text))
        self.typed = TypedEdits()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was typed since, as edits of the text that one began with."""
        return self.typed.edits

    @property
    def now(self) -> str:
        """The text as it is now; characters that nobody touched are as they were stored."""
        return apply_edits(self._began, self.edits)

    @property
    def is_true(self) -> bool:
        """Whether the edits that were noted lead to what is on the screen."""
        return draw_characters(self.now) == draw_characters(self.text)

    def edit(self, edit: AreaEdit) -> EditResult:
        """Change the text as typed or pasted, without characters that a transcript cannot hold."""
        edit.text = clean_typed(edit.text)
        return super().edit(edit)

    def offset_of(self, location: Location) -> int:
        """Return how many characters stand before a place."""
        row, column = location
        lines = self.document.lines
        return sum(len(line) + 1 for line in lines[:row]) + min(column, len(lines[row]))

    def go_to(self, offset: int) -> None:
        """Put the cursor at an offset, in the middle of the pane."""
        before = self.document.text[:offset]
        self.move_cursor((before.count("\n"), offset - before.rfind("\n") - 1), center=True)

    def _set_document(self, text: str, language: str | None) -> None:
        # The only door through which the text changes, also when a change is taken back: every edit is noted.
        super()._set_document(text, language)
        replace = self.document.replace_range

        def note(start: Location, end: Location, text: str) -> EditResult:
            top, bottom = sorted((start, end))
            removed = self.document.get_text_range(top, bottom)
            self.typed.note(self.offset_of(top), removed, text)
            return replace(top, bottom, text)

        setattr(self.document, "replace_range", note)  # noqa: B010 -- one document, not its class
