"""A table to walk, sort and take rows from: any number of rows, of which only those in sight are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar, overload

from rich.cells import cell_len, set_cell_size
from textual.message import Message

from qualcase.tui.actions import Action, Group, bindings
from qualcase.tui.glyphs import draw_line
from qualcase.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcase.tui.widgets.lines import Line

SORTING = Group(
    "Sort",
    (
        Action("table.sort", "s", "sort(1)", "sort by the next column", "sort"),
        Action("table.sort-back", "S", "sort(-1)", "sort by the column before"),
        Action("table.reverse", "minus", "reverse", "the other way round"),
    ),
)
_GAP = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how wide (0: shares what is left), and whether it holds numbers."""

    title: str
    width: int = 0
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it stands for, its cells as shown, and, where they sort otherwise, the values to sort by.

    A value of None (not known) sorts last, whichever way round.
    """

    id: str
    cells: tuple[str, ...]
    values: tuple[str | float | None, ...] = field(default=())

    def value(self, column: int) -> str | float | None:
        """Return what a column sorts by."""
        return self.values[column] if self.values else self.cells[column].casefold() or None


class TableList(ChoiceList):
    """A list of rows in columns below a heading; reports which row was taken by its id."""

    GROUPS: ClassVar[tuple[Group, ...]] = (*ChoiceList.GROUPS, SORTING)
    BINDINGS: ClassVar[list[BindingType]] = bindings(SORTING)

    class Sorted(Message):
        """The order is another one."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self.columns: tuple[Column, ...] = ()
        self.rows: list[Row] = []
        self.by: int | None = None
        self.backwards = False
        self._given: tuple[Row, ...] = ()

    def fill(self, columns: Sequence[Column], rows: Sequence[Row]) -> None:
        """Show rows, in the order last asked for; the row that was chosen stays chosen."""
        self.columns, self._given = tuple(columns), tuple(rows)
        self._arrange()

    @property
    def chosen_id(self) -> str | None:
        """The id of the chosen row, or None where there is none."""
        return self.rows[self.chosen].id if self.rows else None

    @property
    def heading(self) -> Line:
        """The titles of the columns, the one that is sorted by marked; for a line above the table."""
        titles = [
            one.title + (("▾" if self.backwards else "▴") if place == self.by else "")
            for place, one in enumerate(self.columns)
        ]
        return tuple((text, "strong") for text, _ in self._lay(tuple(titles)))

    def choose_id(self, wanted: str) -> None:
        """Choose the row with an id, where there is one."""
        place = next((place for place, row in enumerate(self.rows) if row.id == wanted), None)
        if place is not None:
            self.choose(place)

    def draw(self, row: Row) -> Line:
        """Return a row as a line."""
        return self._lay(row.cells)

    def action_sort(self, by: int) -> None:
        """Sort by the next column, or the one before; past the last one: as given."""
        places = [None, *range(len(self.columns))]
        self.by = places[(places.index(self.by) + by) % len(places)]
        self.backwards = False
        self._arrange()

    def action_reverse(self) -> None:
        """Turn the order round."""
        self.backwards = not self.backwards
        self._arrange()

    def on_resize(self) -> None:
        """Share the width anew."""
        self.refresh()
        self.post_message(self.Sorted())

    def _arrange(self) -> None:
        kept = self.chosen_id
        rows = list(self._given)
        if self.by is not None:
            column = self.by
            known = [row for row in rows if row.value(column) is not None]
            known.sort(key=lambda row: _sortable(row.value(column)), reverse=self.backwards)
            rows = known + [row for row in rows if row.value(column) is None]
        elif self.backwards:
            rows.reverse()
        self.rows = rows
        self.show(_Drawn(self))
        if kept is not None:
            self.choose_id(kept)
        self.refresh()
        self.post_message(self.Sorted())

    def _lay(self, cells: tuple[str, ...]) -> Line:
        fixed = sum(one.width for one in self.columns) + len(_GAP) * max(0, len(self.columns) - 1)
        sharing = sum(not one.width for one in self.columns)
        share = max(4, (self.room - fixed) // sharing) if sharing else 0
        pieces = [
            _fit(cell, column.width or share, right=column.numbers)
            for cell, column in zip(cells, self.columns, strict=True)
        ]
        return ((_GAP.join(pieces), "plain"),)


class _Drawn(Sequence["Line"]):
    """The rows as lines, each drawn when it is asked for."""

    def __init__(self, table: TableList) -> None:
        self._table = table
        self._rows = table.rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        if isinstance(place, slice):
            return [self._table.draw(row) for row in self._rows[place]]
        return self._table.draw(self._rows[place])


def _sortable(value: str | float | None) -> tuple[bool, float, str]:
    # Numbers before words, so that a column that holds both can be sorted at all.
    if isinstance(value, str):
        return True, 0, value
    return False, value or 0, ""


def _fit(cell: str, width: int, *, right: bool) -> str:
    drawn = draw_line(cell)
    if cell_len(drawn) > width:
        return set_cell_size(drawn, max(0, width - 1)) + "…"
    return " " * (width - cell_len(drawn)) + drawn if right else set_cell_size(drawn, width)
