"""The cases screen: what is studied, and which sources speak of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qualcase.tui.actions import bindings
from qualcase.tui.dates import draw_date
from qualcase.tui.dialogues.line import LineScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.keys.material import CASES
from qualcase.tui.screens.listing import Listing
from qualcase.tui.targets import Passage
from qualcase.tui.typing_ahead import READS
from qualcase.tui.widgets.lines import fold
from qualcase.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcase.model.source import Source
    from qualcase.tui.actions import Group
    from qualcase.tui.widgets.lines import Line

_COLUMNS = (
    Column("case"), Column("sources", 8, numbers=True), Column("words", 9, numbers=True),
    Column("codings", 8, numbers=True), Column("from", 11), Column("to", 11),
)  # fmt: skip


class CasesScreen(Listing):
    """Lists cases; Enter shows the sources of one."""

    GROUPS: ClassVar[tuple[Group, ...]] = (CASES,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(CASES)
    NOTHING = "There is no case yet: n makes one."

    def title_text(self) -> str:
        """Return how many cases there are."""
        return f"Cases · {len(self.table.rows)}" if self.is_mounted else "Cases"

    async def read_rows(self) -> tuple[tuple[Column, ...], list[Row]]:
        """Return the cases with what there is on each."""
        await self.bench.refresh()
        names = await self.read(lambda project: project.cases.list())
        return _COLUMNS, [_row(name, self._sources(name)) for name in names or ()]

    def about(self, row_id: str, width: int) -> list[Line]:
        """Return the sources of a case."""
        sources = self._sources(row_id)
        lines = fold(row_id, width, "strong")
        for one in sources:
            lines += fold(f"{one.handle} {one.title or one.name} ({draw_date(one.date)})", width, "plain")
        return (
            lines
            if sources
            else [*lines, *fold("No source speaks of it yet: on the sources screen, c.", width, "dim")]
        )

    def take(self, row_id: str) -> None:
        """Ask which source of the case to read."""
        entries = [
            Entry(one.uid, f"{one.handle}  {one.title or one.name}", one.kind.replace("_", " "))
            for one in self._sources(row_id)
        ]

        async def go(chosen: str) -> None:
            self.application.go("coding", Passage(chosen, 0, 0))

        self.pick(PickScreen(f"Sources that speak of {row_id}", entries, "open"), go, READS)

    def action_new(self) -> None:
        """Make a case."""
        question = LineScreen("A new case", "", "its name", ("Enter", "make it"), ("Esc", "close"))
        self.pick(
            question,
            lambda name: self.do(
                lambda project: project.cases.create(name), lambda made: f"Added the case {made}."
            ),
        )

    def _sources(self, case: str) -> list[Source]:
        return [one for one in self.bench.sources if case in one.cases]


def _row(name: str, sources: list[Source]) -> Row:
    words, codings = sum(one.words for one in sources), sum(one.codings for one in sources)
    first = min((one.earliest for one in sources if one.earliest), default=None)
    last = max((one.latest for one in sources if one.latest), default=None)
    cells = (name, f"{len(sources):,}", f"{words:,}", f"{codings:,}", first or "·", last or "·")
    return Row(name, cells, (name.casefold(), len(sources), words, codings, first, last))
