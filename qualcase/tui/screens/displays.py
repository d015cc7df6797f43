"""The tables screen: any display, walked cell by cell, with the evidence of each cell one key away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qualcase.reports.wording import manifest_line, plural
from qualcase.tui.actions import bindings
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.dialogues.form import Field, FormScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.evidence import open_evidence
from qualcase.tui.export import ask_display_file
from qualcase.tui.keys.displays import TABLES
from qualcase.tui.screens.place import Place
from qualcase.tui.targets import Named
from qualcase.tui.typing_ahead import IDLE, READS
from qualcase.tui.widgets.grid import GridView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.model.display import Display
    from qualcase.project.project import Project
    from qualcase.tui.actions import Group
    from qualcase.tui.targets import Target
    from qualcase.tui.workbench import Workbench

DIMENSIONS = (
    "code",
    "process",
    "case",
    "source",
    "source_kind",
    "actor",
    "speaker",
    "phase",
    "year",
    "coder",
)
_CELLS = ("count", "sources", "voices", "coverage", "quotes", "summary")
_CROSS = "cross:"
_SHORT = 16
_FIRST = f"{_CROSS}process source_kind count codings"


class DisplaysScreen(Place):
    """Shows one table at a time; which one is remembered while the workbench is open."""

    GROUPS: ClassVar[tuple[Group, ...]] = (TABLES,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(TABLES)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._names: dict[str, str] = {}
        self._wanted = ""

    def body(self) -> ComposeResult:
        """Lay out the grid."""
        yield GridView(id="grid")

    def title_text(self) -> str:
        """Return the table's title."""
        display = self.grid_view.display_shown if self.is_mounted else None
        return f"Tables · {display.title}" if display else "Tables"

    def where(self) -> str:
        """Return which cell is chosen, and on how much it rests."""
        grid = self.grid_view
        display, cell = grid.display_shown, grid.cell
        if display is None or cell is None:
            return ""
        rests = f" · {len(cell.evidence):,} as evidence" if cell.evidence else ""
        row, column = display.rows[grid.row], display.columns[grid.column]
        return f"{_short(row.id, row.label)} × {_short(column.id, column.label)}{rests}"

    def here(self) -> Target | None:
        """Return the table that is shown."""
        return Named(self._wanted) if self._wanted else None

    async def arrive(self, target: Target | None) -> None:
        """Show the table that was asked for, or the one from before; first of all, ask which."""
        self.grid_view.focus()
        if not self._names:
            self._names = await self.read(lambda project: project.tables.names()) or {}
        if isinstance(target, Named):
            await self._show(target.id)
        elif self._wanted:
            await self._show(self._wanted)
        else:
            await self._show(_FIRST)

    @property
    def grid_view(self) -> GridView:
        """The table."""
        return self.query_one(GridView)

    def on_grid_view_walked(self) -> None:
        """Say which cell is chosen."""
        self.show_status()

    def on_grid_view_opened(self) -> None:
        """Open the evidence of the cell."""
        cell = self.grid_view.cell
        if cell is None or not cell.evidence:
            self.say(_why_nothing(cell.empty if cell else None, cell.searched if cell else None))
            return
        self.spawn(open_evidence(self, self._heading(), cell.evidence), READS)

    def action_choose(self) -> None:
        """Ask for a table by its name."""
        entries = [Entry(name, name, question) for name, question in self._names.items()]
        self.pick(PickScreen("Which table?", entries, "show"), self._show, IDLE)

    def action_cross(self) -> None:
        """Ask for two dimensions."""
        before = self._wanted if self._wanted.startswith(_CROSS) else _FIRST
        rows, columns, cell, of = before.removeprefix(_CROSS).split()
        dimensions = (*DIMENSIONS, *self._attributes())
        fields = (
            Field("rows", "Rows", rows, choices=dimensions, needed=True),
            Field("columns", "Columns", columns, choices=dimensions, needed=True),
            Field("cell", "In the cells", cell, choices=_CELLS, needed=True),
            Field("of", "Of", of, choices=("codings", "events"), needed=True),
        )
        self.pick(FormScreen("One dimension by another", fields), self._cross, IDLE)

    def action_whole(self) -> None:
        """Show all that the cell says."""
        cell = self.grid_view.cell
        if cell is not None:
            lines = [cell.text or str(cell.value)]
            if cell.searched is not None:
                lines.append(f"{cell.searched:,} searched.")
            lines.append(f"Evidence: {', '.join(cell.evidence) or 'none'}")
            self.app.push_screen(ConfirmScreen(self._heading(), lines, "close"))

    def action_notes(self) -> None:
        """Show what the table was made from."""
        display = self.grid_view.display_shown
        if display is not None:
            lines = [*(f"Note: {note}" for note in display.notes), manifest_line(display.manifest)]
            self.app.push_screen(ConfirmScreen(display.title, lines, "close"))

    def action_export(self) -> None:
        """Write the table to a file."""
        display = self.grid_view.display_shown
        if display is not None:
            ask_display_file(self, display)

    async def _cross(self, given: dict[str, str]) -> None:
        await self._show(f"{_CROSS}{given['rows']} {given['columns']} {given['cell']} {given['of']}")

    async def _show(self, wanted: str) -> None:
        self.say("Reading the codings …")
        display = await self.read(lambda project: _make(project, wanted))
        if display is None:
            return
        again = wanted == self._wanted
        row, column = self.grid_view.row, self.grid_view.column
        self._wanted = wanted
        self.grid_view.show(display)
        if again:
            self.grid_view.walk_to(row, column)
        columns = plural(len(display.columns), "column")
        self.say(f"{plural(len(display.rows), 'row')}, {columns}; · is “none found”.")
        self.show_frame()

    def _heading(self) -> str:
        grid, display = self.grid_view, self.grid_view.display_shown
        if display is None:
            return ""
        return f"{display.rows[grid.row].label} × {display.columns[grid.column].label}"

    def _attributes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for source in self.bench.sources for name in source.attributes))


def _make(project: Project, wanted: str) -> Display:
    if wanted.startswith(_CROSS):
        rows, columns, cell, of = wanted.removeprefix(_CROSS).split()
        return project.tables.cross(rows, columns, cell, of)
    return project.tables.named(wanted)


def _short(name: str, label: str) -> str:
    # A status line is narrow: the id where it is a short one, as people know their codes by.
    return name if 0 < len(name) <= _SHORT else label


def _why_nothing(empty: str | None, searched: int | None) -> str:
    if empty == "none found":
        return f"None found, and {searched or 0:,} were searched."
    return {"no data": "No source covers this.", "not reported": "The material does not say."}.get(
        empty or "", "This cell rests on no single passage."
    )
