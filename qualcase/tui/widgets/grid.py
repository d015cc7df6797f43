"""A display as a grid to walk cell by cell: headings stay, only what is in sight is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcase.reports.wording import row_heading
from qualcase.tui.actions import Action, Group, bindings
from qualcase.tui.glyphs import draw_line
from qualcase.tui.widgets.styles import StyleSheet

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

    from qualcase.model.display import Cell, Display

WALKING = Group(
    "Move in the table",
    (
        Action("grid.right", "right,l", "walk(0,1)", "a cell to the right"),
        Action("grid.left", "left,h", "walk(0,-1)", "a cell to the left"),
        Action("grid.down", "down,j", "walk(1,0)", "a row down"),
        Action("grid.up", "up,k", "walk(-1,0)", "a row up"),
        Action("grid.page-down", "pagedown,space", "walk(15,0)", "a page down"),
        Action("grid.page-up", "pageup,b", "walk(-15,0)", "a page up"),
        Action("grid.first", "home,less_than_sign", "walk(-1000000,-1000000)", "to the first cell"),
        Action("grid.last", "end,greater_than_sign", "walk(1000000,1000000)", "to the last cell"),
        Action("grid.open", "enter", "open", "open the evidence of the cell", "evidence", 1),
    ),
)
_LABEL, _WORDS, _NUMBER = 40, 26, 12


class GridView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a display; reports the cell that is walked to and the one that is opened."""

    GROUPS: ClassVar[tuple[Group, ...]] = (WALKING,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(WALKING)

    class Walked(Message):
        """Another cell is the chosen one."""

    class Opened(Message):
        """A cell was opened."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.display_shown: Display | None = None
        self.row = self.column = 0
        self.sheet = StyleSheet(self)
        self._label = _LABEL
        self._widths: tuple[int, ...] = ()
        self._first = 0

    def show(self, display: Display) -> None:
        """Show a display from its first cell on."""
        self.display_shown, self.row, self.column, self._first = display, 0, 0, 0
        self._widths = tuple(_column_width(display, place) for place in range(len(display.columns)))
        labels = [cell_len(_row_label(display, place)) for place in range(len(display.rows))]
        self._label = min(_LABEL, max([12, *labels]) + 1)
        self.virtual_size = Size(0, len(display.rows) + 1)
        self.scroll_to(y=0, animate=False, force=True)
        self.refresh()
        self.post_message(self.Walked())

    @property
    def cell(self) -> Cell | None:
        """The chosen cell."""
        display = self.display_shown
        if display is None or not display.rows or not display.columns:
            return None
        return display.rows[self.row].cells[self.column]

    def walk_to(self, row: int, column: int) -> None:
        """Choose a cell and bring it into sight."""
        display = self.display_shown
        if display is None or not display.rows or not display.columns:
            return
        before = self.row
        self.row = max(0, min(row, len(display.rows) - 1))
        self.column = max(0, min(column, len(display.columns) - 1))
        first = self._first
        self._bring_column()
        if self._first != first:
            self.refresh()
        top, height = self.scroll_offset.y, max(2, self.size.height)
        if not top <= self.row < top + height - 1:
            wanted = self.row if self.row < top else self.row - height + 2
            self.scroll_to(y=wanted, animate=False, force=True)
        self._refresh_row(before)
        self._refresh_row(self.row)
        self.refresh(Region(0, 0, self.size.width, 1))
        self.post_message(self.Walked())

    def action_walk(self, rows: int, columns: int) -> None:
        """Go so many cells down and to the right."""
        self.walk_to(self.row + rows, self.column + columns)

    def action_open(self) -> None:
        """Open the chosen cell."""
        if self.cell is not None:
            self.post_message(self.Opened())

    def on_click(self, event: events.Click) -> None:
        """Choose the cell that was clicked; a second click opens it."""
        display = self.display_shown
        row = event.y - 1 + self.scroll_offset.y
        if display is None or event.y == 0 or row >= len(display.rows):
            return
        column, left = self._first, self._label
        while column < len(self._widths) - 1 and event.x >= left + self._widths[column] + 1:
            left += self._widths[column] + 1
            column += 1
        self.walk_to(row, column)
        if event.chain > 1:
            self.action_open()

    def notify_style_update(self) -> None:
        """Draw everything afresh after a change of theme."""
        self.sheet.forget()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw the headings, or one row."""
        display = self.display_shown
        if display is None:
            return Strip.blank(self.size.width, self.rich_style)
        if y == 0:
            segments = self._heading(display)
        else:
            place = y - 1 + self.scroll_offset.y
            if place >= len(display.rows):
                return Strip.blank(self.size.width, self.rich_style)
            segments = self._row(display, place)
        return Strip(segments).crop_extend(0, self.size.width, self.rich_style)

    def _heading(self, display: Display) -> list[Segment]:
        segments = [self._piece(display.row_label, self._label, "dim")]
        for place in range(self._first, len(display.columns)):
            style = "key" if place == self.column else "strong"
            column = display.columns[place]
            segments.append(self._piece(column.label, self._widths[place] + 1, style, right=column.numeric))
        return segments

    def _row(self, display: Display, place: int) -> list[Segment]:
        row = display.rows[place]
        style = "key" if place == self.row else "strong"
        segments = [self._piece(_row_label(display, place), self._label, style)]
        for column in range(self._first, len(row.cells)):
            cell = row.cells[column]
            chosen = place == self.row and column == self.column
            name = "chosen" if chosen else "dim" if cell.empty else "plain"
            right = display.columns[column].numeric
            segments.append(self._piece(_cell_text(cell), self._widths[column] + 1, name, right=right))
        return segments

    def _piece(self, text: str, width: int, style: str, *, right: bool = False) -> Segment:
        drawn = draw_line(text)
        room = max(1, width - 1)
        if cell_len(drawn) > room:
            drawn = set_cell_size(drawn, room - 1) + "…"
        padded = " " * (width - cell_len(drawn)) + drawn if right else set_cell_size(drawn, width)
        return Segment(padded, self.sheet[style,])

    def _refresh_row(self, row: int) -> None:
        y = row - self.scroll_offset.y + 1
        if 1 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))

    def _bring_column(self) -> None:
        self._first = min(self._first, self.column)
        while self._first < self.column and self._right_edge() > self.size.width:
            self._first += 1

    def _right_edge(self) -> int:
        return self._label + sum(width + 1 for width in self._widths[self._first : self.column + 1])


def _row_label(display: Display, place: int) -> str:
    row = display.rows[place]
    return "  " * row.depth + row_heading(row)


def _cell_text(cell: Cell) -> str:
    return "·" if cell.empty == "none found" else cell.empty or cell.text or str(cell.value)


def _column_width(display: Display, place: int) -> int:
    column = display.columns[place]
    widest = max([cell_len(_cell_text(row.cells[place])) for row in display.rows] or [1])
    if column.numeric:
        return max(min(cell_len(column.label), _NUMBER), min(widest, _WORDS))
    return max(min(cell_len(column.label), _WORDS), min(widest, _WORDS))
