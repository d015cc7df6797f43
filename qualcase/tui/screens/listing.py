"""A screen that lists things in a table above what is known of the chosen one."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from qualcase.tui.screens.place import Place
from qualcase.tui.targets import Named
from qualcase.tui.turning_back import redo_last, undo_last
from qualcase.tui.widgets.lines import LinesPane
from qualcase.tui.widgets.table import TableList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from qualcase.project.project import Project
    from qualcase.tui.targets import Target
    from qualcase.tui.widgets.choice_list import ChoiceList
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.widgets.table import Column, Row


class Listing(Place):
    """Shows rows and tells about the chosen one; each screen says which rows and what to tell."""

    NOTHING = "There is nothing here yet."

    @abstractmethod
    async def read_rows(self) -> tuple[tuple[Column, ...], list[Row]]:
        """Return the columns and rows as they are now."""

    @abstractmethod
    def about(self, row_id: str, width: int) -> list[Line]:
        """Return what is known of one thing."""

    @abstractmethod
    def take(self, row_id: str) -> None:
        """Open one thing."""

    def body(self) -> ComposeResult:
        """Lay out the table above what is known of the chosen row."""
        yield LinesPane(id="heading", classes="one-line")
        yield TableList(id="table")
        yield LinesPane(id="known")

    def where(self) -> str:
        """Return which row of how many."""
        return f"{self.table.chosen + 1} of {len(self.table.rows)}" if self.table.rows else ""

    def here(self) -> Target | None:
        """Return the chosen row."""
        return Named(self.table.chosen_id) if self.table.chosen_id else None

    async def arrive(self, target: Target | None) -> None:
        """Show the rows as they are now, with the one that was asked for chosen."""
        self.table.focus()
        columns, rows = await self.read_rows()
        self.table.fill(columns, rows)
        if isinstance(target, Named):
            self.table.choose_id(target.id)
        if not rows:
            self.say(self.NOTHING)
        self.show_chosen()
        self.show_frame()

    @property
    def table(self) -> TableList:
        """The list."""
        return self.query_one("#table", TableList)

    def on_choice_list_stepped(self, _event: ChoiceList.Stepped) -> None:
        """Tell about the row that was gone to."""
        self.show_chosen()
        self.show_status()

    def on_choice_list_picked(self, _event: ChoiceList.Picked) -> None:
        """Open the row that was taken."""
        if self.table.chosen_id is not None:
            self.take(self.table.chosen_id)

    def on_table_list_sorted(self) -> None:
        """Show what the list is sorted by."""
        self.query_one("#heading", LinesPane).show([self.table.heading])
        self.show_chosen()

    def action_undo(self) -> None:
        """Take back the last act."""
        self.spawn(self.do(undo_last, str))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.spawn(self.do(redo_last, str))

    async def do(self, job: Callable[[Project], object], done: Callable[[object], str] | str) -> None:
        """Change the project, say what was done, and show the list anew."""
        if await self.act(job, done) is not None:
            await self.bench.refresh()
            await self.arrive(self.here())

    def show_chosen(self) -> None:
        """Tell about the chosen row."""
        pane, chosen = self.query_one("#known", LinesPane), self.table.chosen_id
        pane.show(self.about(chosen, pane.room) if chosen and pane.room else [])
