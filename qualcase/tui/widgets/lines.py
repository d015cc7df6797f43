"""A pane of ready lines that redraws only those that changed; what is shown is never read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip

from qualcase.text.wrapping import wrap_rows
from qualcase.tui.glyphs import draw_line
from qualcase.tui.widgets.kept import KeptView
from qualcase.tui.widgets.styles import StyleSheet

if TYPE_CHECKING:
    from collections.abc import Sequence

Piece = tuple[str, str]
Line = tuple[Piece, ...]


class LinesPane(KeptView, can_focus=False):
    """Shows lines, each made of pieces: a text and the name of its style."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, classes=classes)
        self.lines: Sequence[Line] = ()
        self.sheet = StyleSheet(self)

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; of those in sight only what differs from before is drawn again.

        A sequence that makes its lines when they are asked for may be as long as it likes.
        """
        old, self.lines = self.lines, lines
        self._measure()
        top = self.scroll_offset.y
        for place in range(top, top + self.size.height):
            if old[place : place + 1] != lines[place : place + 1]:
                self.refresh_line(place)

    @property
    def room(self) -> int:
        """How many cells a line has beside the scroll bar."""
        return self.scrollable_content_region.width

    def refresh_line(self, place: int) -> None:
        """Draw one line again, where it is in sight."""
        if 0 <= (y := place - self.scroll_offset.y) < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def line_at(self, place: int) -> Line:
        """Return a line as it is to be drawn."""
        return self.lines[place]

    def on_resize(self) -> None:
        """Keep the height that can be scrolled through."""
        self._measure()

    def notify_style_update(self) -> None:
        """Draw everything afresh after a change of theme."""
        self.sheet.forget()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the viewport."""
        place = y + self.scroll_offset.y
        pieces = self.line_at(place) if place < len(self.lines) else ()
        strip = Strip([Segment(draw_line(text), self.sheet[name,]) for text, name in pieces if text])
        return strip.crop_extend(0, self.size.width, self.sheet[()])

    def _measure(self) -> None:
        # A change of the virtual size draws the whole pane anew: while all fits, it stays the pane's own.
        self.virtual_size = Size(0, max(len(self.lines), self.size.height))


def fold(text: str, width: int, style: str, indent: str = "") -> list[Line]:
    """Return a text as lines of a width in cells."""
    drawn = draw_line(text)
    rows = wrap_rows(drawn, max(1, width - len(indent)), cell_len)
    return [((indent + drawn[slice(*rows.span(row))].rstrip(), style),) for row in range(len(rows))]
