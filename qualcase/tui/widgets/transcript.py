"""The transcript: one source's text with its codings, drawn row by row as rows change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcase.text import selection as selecting
from qualcase.text.selection import Selection
from qualcase.tui.actions import bindings
from qualcase.tui.keys.coding import MOVING, SELECTING
from qualcase.tui.widgets.row_painter import Margin, paint_row
from qualcase.tui.widgets.styles import NAMES, StyleSheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events
    from textual.binding import BindingType

    from qualcase.text.selection import Span, Units
    from qualcase.tui.actions import Group
    from qualcase.tui.codes import CodeList
    from qualcase.tui.document import OpenDocument


class TranscriptView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a document and holds the selection; knows codings as stripes and colours only."""

    COMPONENT_CLASSES = NAMES
    GROUPS: ClassVar[tuple[Group, ...]] = (MOVING, SELECTING)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GROUPS)

    class Moved(Message):
        """The selection is another one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.document: OpenDocument | None = None
        self.codes: CodeList | None = None
        self.sheet = StyleSheet(self)
        self.rows_drawn = 0
        self._strips: LRUCache[tuple[int, Span], Strip] = LRUCache(1024)
        self._column: int | None = None
        self._laid_at = 0

    def show(self, document: OpenDocument, codes: CodeList) -> None:
        """Show a document where it was left."""
        if self.document is not None:
            self.document.top = self._top_offset()
        self.document, self.codes, self._column = document, codes, None
        self._lay_out()

    def select(self, selection: Selection, *, keep_column: bool = False) -> None:
        """Select a passage, draw the rows that changed, and bring its moving end into view."""
        document = self.document
        if document is None or not document.text:
            return
        if not keep_column:
            self._column = None
        old, document.selection = document.selection.span, selection
        changed = _difference(old, selection.span)
        self._refresh_rows(row for start, end in changed for row in document.rows_of(start, end))
        head = document.rows_of(*selection.head)
        self._bring_into_view(head[0], head[-1])
        if old != selection.span:
            self.post_message(self.Moved())

    def redraw(self, start: int, end: int) -> None:
        """Draw the rows of `[start, end)` afresh: a coding on them came, went or changed."""
        if self.document is not None:
            rows = set(self.document.rows_of(start, end))
            for key in [key for key in self._strips.keys() if key[0] in rows]:  # noqa: SIM118 -- not a dict
                self._strips.discard(key)
            self._refresh_rows(rows)

    def redraw_all(self) -> None:
        """Draw everything afresh."""
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one row of the viewport."""
        document, row = self.document, y + self.scroll_offset.y
        if document is None or self.codes is None or row >= len(document.rows):
            return Strip.blank(self.size.width, self.rich_style)
        start, end = document.rows.span(row)
        selection = document.selection
        inside = max(start, selection.start), min(end, selection.end)
        key = row, inside if inside[0] < inside[1] else (0, 0)
        strip = self._strips.get(key)
        if strip is None:
            strip = paint_row(document, self.codes, row, key[1], self.sheet, Margin(self.size.width))
            self._strips[key] = strip
            self.rows_drawn += 1
        return strip

    def notify_style_update(self) -> None:
        """Draw everything afresh after a change of theme."""
        self.sheet.forget()
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap anew, with the same words at the top."""
        if self.document is not None:
            self.document.top = self._top_offset()
            self._lay_out()

    def on_click(self, event: events.Click) -> None:
        """Select the word that was clicked."""
        if self.document is not None and (offset := event.get_content_offset(self)) is not None:
            row = min(offset.y + self.scroll_offset.y, len(self.document.rows) - 1)
            place = self.document.offset_at(row, offset.x - self._margin.left)
            self.select(selecting.select_at(self.document.words, place))

    def action_move_word(self, by: int) -> None:
        """Go to another word."""
        if self.document:
            self.select(selecting.move(self.document.words, self.document.selection, by))

    def action_move_row(self, by: int) -> None:
        """Go to the word above or below."""
        if self.document:
            self.select(selecting.select(self._word_beside(self.document, by)), keep_column=True)

    def action_move_page(self, by: int) -> None:
        """Go a page up or down, with the selection at the same height of the screen."""
        rows = by * max(1, self.size.height - 2)
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False, force=True)
        self.action_move_row(rows)

    def action_move_to_end(self, by: int) -> None:
        """Go to the first or the last word."""
        if self.document:
            self.select(selecting.select(self.document.words.spans[-1 if by > 0 else 0]))

    def action_take(self, kind: str) -> None:
        """Select the unit here, or the next."""
        if self.document:
            self.select(selecting.take(self._units(kind), self.document.selection))

    def action_extend(self, kind: str, by: int) -> None:
        """Draw the selection on by a unit."""
        if self.document:
            self.select(selecting.extend(self._units(kind), self.document.selection, by))

    def action_extend_row(self, by: int) -> None:
        """Draw the selection to the row above or below."""
        if self.document:
            drawn_to = Selection(self.document.selection.anchor, self._word_beside(self.document, by))
            self.select(drawn_to, keep_column=True)

    def action_collapse(self) -> None:
        """Select just the word where the selection began."""
        if self.document:
            self.select(selecting.select_at(self.document.words, self.document.selection.anchor[0]))

    @property
    def _margin(self) -> Margin:
        return Margin(self.size.width)

    def _units(self, kind: str) -> Units:
        units: Units = getattr(self.document, kind)
        return units

    def _lay_out(self) -> None:
        if self.document is None or not self.size.width:
            return
        self.document.wrap(self._margin.text)
        self.virtual_size = Size(self.size.width, len(self.document.rows))
        self._strips.clear()
        self.scroll_to(y=self.document.rows.row_of(self.document.top), animate=False, force=True)
        self._laid_at = self.scroll_offset.y
        self.refresh()

    def _top_offset(self) -> int:
        document, row = self.document, self.scroll_offset.y
        if document is None:
            return 0
        # Not scrolled since it was laid out: a resize may come in steps, and one may have had to stop short.
        return (
            document.top if row == self._laid_at else document.rows.starts[min(row, len(document.rows) - 1)]
        )

    def _refresh_rows(self, rows: Iterable[int]) -> None:
        top, height = self.scroll_offset.y, self.size.height
        shown = {row - top for row in rows if top <= row < top + height}
        if shown:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in shown))

    def _bring_into_view(self, first: int, last: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        if first < top or last >= top + height:
            # A third of a page from the edge: the next keys need not scroll again.
            wanted = first - height // 3 if first < top else min(first, last - height + 1 + height // 3)
            self.scroll_to(y=max(0, wanted), animate=False, force=True)

    def _word_beside(self, document: OpenDocument, by: int) -> Span:
        here = document.selection.head[0]
        if self._column is None:
            self._column = document.column_of(here)
        return document.word_beside(document.rows.row_of(here), self._column, by)


def _difference(old: Span, new: Span) -> tuple[Span, ...]:
    # What only one of two passages covers: growing a selection need not draw what it already held.
    if old[1] <= new[0] or new[1] <= old[0]:
        return old, new
    edges = ((old[0], new[0]), (old[1], new[1]))
    return tuple((min(pair), max(pair)) for pair in edges if pair[0] != pair[1])
