"""The log: what was done by whom, the newest first, read page by page however long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qualcase.reports.wording import plural
from qualcase.tui.actions import bindings
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.keys.history import HISTORY
from qualcase.tui.log_lines import COLUMNS, LogList, brief_lines, change_lines, log_row
from qualcase.tui.screens.listing import Listing
from qualcase.tui.typing_ahead import READS
from qualcase.tui.widgets.lines import LinesPane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.model.operation import LoggedOperation
    from qualcase.project.project import Project
    from qualcase.tui.actions import Group
    from qualcase.tui.targets import Target
    from qualcase.tui.widgets.choice_list import ChoiceList
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.widgets.table import Column, Row
    from qualcase.tui.workbench import Workbench

PAGE = 200
_NEAR = 50


class HistoryScreen(Listing):
    """Lists operations; Enter tells the whole of one."""

    GROUPS: ClassVar[tuple[Group, ...]] = (HISTORY,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(HISTORY)
    NOTHING = "Nothing was done yet."

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._shown: dict[str, LoggedOperation] = {}
        self._total = 0
        self._coder: str | None = None
        self._newest_first = True
        self._all_read = False

    def body(self) -> ComposeResult:
        """Lay out the operations above what is known of the chosen one."""
        yield LinesPane(id="heading", classes="one-line")
        yield LogList(id="table")
        yield LinesPane(id="known")

    def title_text(self) -> str:
        """Return how many operations there are, and whose are shown."""
        whose = f" · by {self._coder}" if self._coder else ""
        first = "newest" if self._newest_first else "oldest"
        return f"Log · {plural(self._total, 'act')}{whose} · {first} first"

    def where(self) -> str:
        """Return which act of how many; of one coder's only how many are read is known."""
        if not self.table.rows:
            return ""
        number = len(self._shown)
        total = (
            f"{number:,}"
            if self._all_read
            else f"{number:,} read so far"
            if self._coder
            else f"{self._total:,}"
        )
        return f"{self.table.chosen + 1:,} of {total}"

    async def arrive(self, target: Target | None) -> None:
        """Show the log as it is now, from its beginning; after an act of one's own that is the newest."""
        self._shown, self._all_read = {}, False
        await super().arrive(target)

    async def read_rows(self) -> tuple[tuple[Column, ...], list[Row]]:
        """Return the rows read so far and the next page."""
        beyond = next(reversed(self._shown.values())).sequence if self._shown else None
        coder, newest_first = self._coder, self._newest_first
        found = await self.read(
            lambda project: (
                project.journal.page(PAGE, beyond, coder, newest_first=newest_first),
                project.journal.size(),
            )
        )
        page, self._total = found or ((), self._total)
        self._all_read = len(page) < PAGE
        self._shown |= {one.id: one for one in page}
        return COLUMNS, [log_row(one) for one in self._shown.values()]

    def about(self, row_id: str, width: int) -> list[Line]:
        """Return an operation in short."""
        return brief_lines(self._shown[row_id], width)

    def take(self, row_id: str) -> None:
        """Tell the whole of an operation."""
        self.spawn(self._tell_whole(self._shown[row_id]), READS)

    def on_choice_list_stepped(self, _event: ChoiceList.Stepped) -> None:
        """Read on where the end of what is read comes near."""
        if not self._all_read and self.table.chosen >= len(self._shown) - _NEAR:
            self.run_worker(self._read_on(), group="paging", exclusive=True)

    # What the keys do.

    def action_choose_coder(self) -> None:
        """Show the acts of one coder, or of everybody."""
        self.spawn(self._ask_coder(), READS)

    def action_turn_round(self) -> None:
        """Show the oldest first, or the newest."""
        self._newest_first = not self._newest_first
        self.say("Reading the journal …")
        self.spawn(self._show_again(), READS)

    def action_verify(self) -> None:
        """Check the chain of hashes."""
        self.say("Checking every act of the journal …")
        self.spawn(self._verify(), READS)

    # The steps of the longer ones.

    async def do(self, job: Callable[[Project], object], done: Callable[[object], str] | str) -> None:
        """Change the project, and show the newest act, which is the one just made."""
        if await self.act(job, done) is not None:
            await self.bench.refresh()
            await self._show_again(said=False)

    async def _read_on(self) -> None:
        columns, rows = await self.read_rows()
        self.table.fill(columns, rows)
        self.show_status()

    async def _show_again(self, *, said: bool = True) -> None:
        await self.arrive(None)
        self.table.choose(0)
        if said:
            self.say("The newest first." if self._newest_first else "The oldest first.")

    async def _ask_coder(self) -> None:
        names = await self.read(lambda project: project.coders())
        entries = [Entry("", "everybody"), *(Entry(name, name) for name in names or ())]

        async def show(name: str) -> None:
            self._coder = name or None
            await self._show_again()
            self.say(f"The acts of {name}." if name else "Everybody’s acts.")

        self.pick(PickScreen("Whose acts?", entries, "show"), show, READS)

    async def _verify(self) -> None:
        found = await self.read(lambda project: project.journal.verify())
        if found is None:
            return
        if found.verified:
            self.say(f"The journal holds: {plural(found.operations, 'act')}, each as it was written.")
        else:
            self.say(f"The journal has been altered: {found.problem}", warn=True)

    async def _tell_whole(self, operation: LoggedOperation) -> None:
        changes = await self.read(lambda project: project.journal.changes(operation.id))
        if changes is not None:
            lines = [*brief_lines(operation, 70), *change_lines(changes, 70)]
            if operation.redacted:
                lines.append((("What it said was redacted.", "warn"),))
            self.app.push_screen(ConfirmScreen(f"Act {operation.sequence:,}", lines, "close"))
