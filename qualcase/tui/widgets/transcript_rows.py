"""The rows of a document in a viewport: laid out, drawn as they change, and kept once drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.strip import Strip

from qualcase.tui.widgets.kept import KeptView
from qualcase.tui.widgets.row_painter import Margin, paint_row
from qualcase.tui.widgets.styles import StyleSheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qualcase.text.selection import Selection, Span
    from qualcase.tui.codes import CodeList
    from qualcase.tui.document import OpenDocument


class TranscriptRows(KeptView, can_focus=True, inherit_bindings=False):
    """Shows a document and its selection; knows codings as stripes and colours only."""

    # Selecting here means passages: the terminal's own way of selecting stays out of it.
    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        # Told of every other selection at once, so that all that shows it is painted together with it.
        self.follower: Callable[[], None] | None = None
        self.document: OpenDocument | None = None
        self.codes: CodeList | None = None
        self.sheet = StyleSheet(self)
        self.rows_drawn = 0
        self.numbering = "numbers"
        self._strips: LRUCache[tuple[int, Span], Strip] = LRUCache(1024)
        self._column: int | None = None
        self._laid_at = 0
        self._look: tuple[object, object] | None = None

    def show(self, document: OpenDocument, codes: CodeList) -> None:
        """Show a document where it was left."""
        if self.document is not None:
            self.document.top = self._top_offset()
        self.document, self.codes, self._column = document, codes, None
        self._lay_out()

    def number_by(self, numbering: str) -> None:
        """Show numbers, lines, times or speakers in the margin."""
        self.numbering = numbering
        self.lay_out_again()

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
        if old != selection.span and self.follower is not None:
            self.follower()

    def redraw(self, *spans: Span) -> None:
        """Draw the rows of some `[start, end)` afresh: what lies on them came, went or changed."""
        document = self.document
        if document is None:
            return
        rows = {row for start, end in spans for row in document.rows_of(start, end)}
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
            strip = paint_row(document, self.codes, row, key[1], self.sheet, self.margin)
            self._strips[key] = strip
            self.rows_drawn += 1
        return strip

    def notify_style_update(self) -> None:
        """Draw everything afresh after a change of theme; taking or losing the keys is none."""
        super().notify_style_update()
        look = self.app.theme, self.rich_style
        if look != self._look:
            self._look = look
            self.sheet.forget()
            self._strips.clear()

    def _on_focus(self, event: events.Focus) -> None:
        # Nothing in the text shows who has the keys: it is not sent again, as Textual would.
        event.prevent_default()
        self.has_focus = True
        self._tell_parent(events.DescendantFocus(self))

    def _on_blur(self, event: events.Blur) -> None:
        event.prevent_default()
        self.has_focus = False
        self._tell_parent(events.DescendantBlur(self))

    def _tell_parent(self, message: events.Event) -> None:
        if self.parent is not None:
            self.parent.post_message(message)

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap anew, with the same words at the top."""
        self.lay_out_again()

    def lay_out_again(self) -> None:
        """Wrap anew, with the same words at the top."""
        if self.document is not None:
            self.document.top = self._top_offset()
            self._lay_out()

    @property
    def margin(self) -> Margin:
        """How the width is shared."""
        return Margin(self.size.width, self.numbering)

    def _lay_out(self) -> None:
        if self.document is None or not self.size.width:
            return
        self.document.wrap(self.margin.text)
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


def _difference(old: Span, new: Span) -> tuple[Span, ...]:
    # What only one of two passages covers: growing a selection need not draw what it already held.
    if old[1] <= new[0] or new[1] <= old[0]:
        return old, new
    edges = ((old[0], new[0]), (old[1], new[1]))
    return tuple((min(pair), max(pair)) for pair in edges if pair[0] != pair[1])
