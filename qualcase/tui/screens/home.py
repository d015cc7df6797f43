"""Home: the projects last worked on, a new one, the demonstration; no project is open here."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from qualcase.model.errors import QualcaseError
from qualcase.tui.actions import bindings
from qualcase.tui.beginnings import MODES, begin_fields, check_beginning, codebook_offers, read_beginning
from qualcase.tui.dialogues.line import LineScreen
from qualcase.tui.dialogues.path import PathScreen
from qualcase.tui.dialogues.wizard import WizardScreen
from qualcase.tui.keys.home import ALONE, GROUPS
from qualcase.tui.lobby import projects_in
from qualcase.tui.paths import changed_on, read_path, shorten
from qualcase.tui.screens.place import Place
from qualcase.tui.typing_ahead import READS
from qualcase.tui.ways_out import full_sentence
from qualcase.tui.widgets.choice_list import ChoiceList
from qualcase.tui.widgets.lines import LinesPane, fold
from qualcase.tui.widgets.table import Column, Row, TableList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.tui.actions import Group
    from qualcase.tui.lobby import Lobby
    from qualcase.tui.targets import Target
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.workbench import Workbench

    Opening = Callable[[], Awaitable[Workbench]]

_ABOUT = (
    "Follow a case over years: bring in interviews and field notes, code them, see what the codes say over "
    "time. Everything is done by keys or by mouse; the line at the foot shows the keys, ? all of them."
)
_NONE = " There is no project here yet. n begins one; d builds one to look around in."
_COLUMNS = (Column("Project", 30), Column("Changed", 10), Column("Folder"))
_DEMO = "qualcase-demo"
_PAUSE = 0.1
_LATEST = 6


class HomeScreen(Place):
    """Opens, begins and demonstrates projects; one that cannot be opened is told of in a sentence."""

    GROUPS: ClassVar[tuple[Group, ...]] = GROUPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GROUPS)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.lobby = cast("Lobby", bench)
        self.busy = False
        self._answers: dict[str, str] = {}
        self._told: list[str] = []
        self._refusal = ""

    def body(self) -> ComposeResult:
        """Lay out: what this is, the projects, what else can be done, how far a long act has come."""
        yield LinesPane(id="home-about")
        yield LinesPane(id="home-heading", classes="one-line")
        yield TableList(id="projects")
        yield LinesPane(id="home-told")
        yield ChoiceList(id="doors")

    def title_text(self) -> str:
        """Return where one is."""
        return "Home"

    def where(self) -> str:
        """Return which project of how many is marked."""
        table = self.query_one(TableList)
        return f"{table.chosen + 1} of {len(table.rows)}" if table.rows else ""

    def bar_groups(self) -> tuple[Group, ...]:
        """Return the groups whose keys the bar shows; there is nowhere to go to from here."""
        return (*getattr(self.focused, "GROUPS", ()), *self.GROUPS, ALONE)

    async def arrive(self, target: Target | None) -> None:
        """Show the projects as they are now; without any, what to begin with."""
        del target
        self.busy, self._told = False, []
        self._refusal = ""
        table = self.query_one(TableList)
        table.fill(_COLUMNS, await asyncio.to_thread(self._rows))
        table.display = bool(table.rows)
        if self.focused is None or not table.rows:
            (table if table.rows else self.query_one("#doors")).focus()
        self._show_all()

    def say(self, sentence: str, *, warn: bool = False) -> None:
        """Show a sentence; a refusal in a place of its own, where all of it can be read."""
        self._refusal = sentence if warn else ""
        super().say("" if warn else sentence)
        if self.is_mounted:
            self._show_told()

    # What the keys of this screen do.

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Open the project that was taken, or do what was."""
        if isinstance(event.pane, TableList):
            self.spawn(self._open_typed(event.pane.rows[event.place].id), READS)
        else:
            self.run_worker(self.app.run_action(_DOORS[event.place][1], self), group=READS)

    def on_choice_list_stepped(self) -> None:
        """Say which one is marked."""
        self.show_status()

    def action_begin_project(self) -> None:
        """Ask what a new project needs."""
        if self.busy:
            return
        self.spawn(self._ask_beginning(), READS)

    def action_open_file(self) -> None:
        """Ask for a project's path."""
        if self.busy:
            return
        screen = PathScreen(
            "Open a project", "./", "open it", wanted=lambda path: path.suffix == ".qualcase",
            about="The path of a .qualcase file.",
        )  # fmt: skip
        self.pick(screen, self._open_typed, READS)

    def action_build_demo(self) -> None:
        """Ask where the demonstration is to be built."""
        if self.busy:
            return
        about = "It is built in this folder, with its tables and reports, and then opened. It takes a while."
        screen = PathScreen("Build the demonstration", _DEMO, "build it", wanted=lambda _: False, about=about)
        self.pick(screen, self._build)

    def action_change_coder(self) -> None:
        """Ask who acts."""
        if self.busy:
            return
        keys = (("Enter", "be this coder"), ("Esc", "close"))
        title = "Who acts? Your codings are kept under this name."
        self.pick(LineScreen(title, self.lobby.coder, "a name", *keys), self._be, READS)

    async def _ask_beginning(self) -> None:
        offered = await asyncio.to_thread(codebook_offers)
        fields = begin_fields(self.lobby.coder, offered, self._answers)
        offers = {"book": offered, "mode": tuple(MODES.items())}
        self.pick(WizardScreen("A new project", fields, offers, check=check_beginning), self._begin)

    async def _begin(self, answers: dict[str, str]) -> None:
        self._answers = answers
        self.lobby.coder = answers["coder"]
        if await self._try(lambda: self.lobby.begin(read_beginning(answers)), "importing"):
            self._answers = {}

    async def _open_typed(self, typed: str) -> None:
        await self._try(lambda: self.lobby.enter(read_path(typed)), "coding")

    async def _build(self, typed: str) -> None:
        # What is told comes from the clerk's thread, and is painted from time to time.
        self._told = ["Building the demonstration: it takes some ten seconds …"]
        painting = self.set_interval(_PAUSE, self._show_told)
        try:
            await self._try(
                lambda: self.lobby.demonstrate(read_path(typed), self._told.append), "coding", "Building …"
            )
        finally:
            painting.stop()
            self._show_told()

    async def _be(self, name: str) -> None:
        if name.strip():
            self.lobby.coder = name.strip()
            self._show_all()
            self.say(f"You are {self.lobby.coder}: what you code from now on is kept under this name.")

    async def _try(self, opening: Opening, place_id: str, saying: str = "Opening …") -> bool:
        # One project at a time: while one is being opened, a second Enter is not for another.
        if self.busy:
            return False
        self.busy = True
        self.say(saying)
        bench: Workbench | None = None
        try:
            bench = await opening()
            await self.application.enter(bench, place_id)
        except QualcaseError as fault:
            self._told = []
            self.say(full_sentence(fault), warn=True)
            if bench is not None:
                await self.lobby.leave(bench)
            return False
        finally:
            self.busy = False
        self.say("")
        return True

    # Painting.

    def _rows(self) -> list[Row]:
        here = projects_in(Path.cwd())
        found = [path.resolve() for path in here]
        others = [path for path in self.lobby.memory.recent() if path not in found]
        return [_row(path, here=True) for path in found] + [_row(path, here=False) for path in others]

    def on_resize(self) -> None:
        """Fold anew."""
        self.call_after_refresh(self._show_all)

    def on_table_list_sorted(self) -> None:
        """Mark the column that is sorted by."""
        self._show_heading()

    def _show_all(self) -> None:
        self.show_frame()
        about = self.query_one("#home-about", LinesPane)
        about.show([*fold(_ABOUT, about.size.width, "dim")])
        doors = self.query_one("#doors", ChoiceList)
        doors.show([_door(key, words, self.lobby.coder) for key, _, words in _DOORS])
        doors.refresh()
        self._show_heading()
        self._show_told()

    def _show_heading(self) -> None:
        table, heading = self.query_one(TableList), self.query_one("#home-heading", LinesPane)
        heading.show([table.heading if table.rows else ((_NONE, "strong"),)])

    def _show_told(self) -> None:
        pane = self.query_one("#home-told", LinesPane)
        told = fold(f"! {self._refusal}", max(20, self.size.width - 4), "warn") if self._refusal else []
        pane.display = bool(told or self._told)
        pane.show(told or [((one, "dim"),) for one in self._told[-_LATEST:]])


_DOORS = (
    ("n", "begin_project", "begin a new project: its codebook, its case, who codes"),
    ("o", "open_file", "open another project by its path"),
    ("d", "build_demo", "build the demonstration and look around in it"),
    ("c", "change_coder", "say who acts: now {}"),
    ("q", "app.leave", "quit"),
)


def _door(key: str, words: str, coder: str) -> Line:
    return ((f" {key}  ", "key"), (words.format(coder or "nobody"), "plain"))


def _row(path: Path, *, here: bool) -> Row:
    day, seconds = changed_on(path)
    folder = "this folder" if here else shorten(path.parent)
    return Row(str(path), (path.stem, day, folder), (path.stem.casefold(), seconds, folder))
