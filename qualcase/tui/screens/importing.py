"""The import screen: files are shown as they would be stored, put right, and taken in."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from qualcase.model.errors import QualcaseError
from qualcase.project.files import find_files
from qualcase.tui.actions import bindings
from qualcase.tui.arrival_form import ask_of_all, ask_of_file
from qualcase.tui.arrival_lines import about_lines, columns, count_line, progress_line, row
from qualcase.tui.arrivals import Arrivals
from qualcase.tui.dialogues.path import PathScreen
from qualcase.tui.errors import ImportStoppedError
from qualcase.tui.keys.importing import GROUPS
from qualcase.tui.paths import read_path
from qualcase.tui.screens.place import Place
from qualcase.tui.targets import Passage
from qualcase.tui.turning_back import redo_last, undo_last
from qualcase.tui.typing_ahead import IDLE
from qualcase.tui.ways_out import full_sentence
from qualcase.tui.widgets.lines import LinesPane
from qualcase.tui.widgets.table import TableList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.model.source import Source
    from qualcase.project.importing import ImportReport
    from qualcase.project.project import Project
    from qualcase.tui.actions import Group
    from qualcase.tui.arrivals import Newcomer
    from qualcase.tui.targets import Target
    from qualcase.tui.workbench import Workbench

_EMPTY = "o chooses a file or a folder; it is shown here before anything is stored."
_PAUSE = 0.1


class ImportScreen(Place):
    """Reads each file as an import would, shows what would come of it, and stores nothing untold."""

    GROUPS: ClassVar[tuple[Group, ...]] = GROUPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GROUPS)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.arrivals = Arrivals()
        self.running = False
        self._stopped = False
        self._made = 0
        self._stored: dict[Path, Source] = {}
        self._heard = (0, 0, "", 0.0)

    def body(self) -> ComposeResult:
        """Lay out the files above what the marked one would become."""
        yield LinesPane(id="import-heading", classes="one-line")
        yield TableList(id="files")
        yield LinesPane(id="import-count", classes="one-line")
        yield LinesPane(id="arriving")

    def title_text(self) -> str:
        """Return what is done here."""
        return "Import"

    def where(self) -> str:
        """Return which file of how many is marked."""
        return f"{self._table.chosen + 1} of {len(self.arrivals.files)}" if self.arrivals.files else ""

    async def arrive(self, target: Target | None) -> None:
        """Show the files as they were left; without any, ask for them."""
        del target
        self._table.focus()
        self._show_all()
        if not self.arrivals.files and self.app.screen is self:
            self.action_choose_files()

    async def read_again(self) -> None:
        """Another program has written: what is there already may be other files now."""
        self._read(self.arrivals.files)

    # What the keys of this screen do.

    def action_choose_files(self) -> None:
        """Ask for a file or a folder."""
        if self.running:
            self.say("Files are being taken in: Esc stops that.")
            return
        about = (
            f"A file, or a folder with all that is in it. ./ is the folder you are in, “{Path.cwd().name}”."
        )
        screen = PathScreen("Import", "./", "look at it", about=about, wanted=_is_material)
        self.pick(screen, self._look_at, IDLE)

    def action_import(self) -> None:
        """Take the files in."""
        if self.running:
            self.say("Files are being taken in: Esc stops that.")
        elif self.arrivals.coming:
            self.running, self._stopped = True, False
            self.workers.cancel_group(self, "previews")
            self.spawn(self._import())
        else:
            self.say("There is nothing to take in." if self.arrivals.files else _EMPTY)

    def action_code(self) -> None:
        """Go and code the first of those that came in."""
        source = next((one.source for one in self.arrivals.files if one.source), None)
        if source is None:
            self.say("Nothing has been taken in yet: i does that.")
        else:
            self._go_to(source)

    def action_change(self) -> None:
        """Ask what the marked file is."""
        file = self._marked
        if file is None or file.source is not None or self.running:
            self.say("Change it before it is taken in." if file else _EMPTY)
            return
        self.pick(ask_of_file(self.arrivals, file), lambda told: self._change(told, file), IDLE)

    def action_change_all(self) -> None:
        """Ask what all files are."""
        if not self.arrivals.files or self.running:
            self.say(_EMPTY)
            return
        self.pick(ask_of_all(self.arrivals), lambda told: self._change(told, None), IDLE)

    def action_leave_out(self) -> None:
        """Leave the marked file out, or take it in again."""
        if (file := self._marked) is not None and file.source is None:
            file.left_out = not file.left_out
            self._show_files()

    def action_undo(self) -> None:
        """Take back what was taken in here; never an act from elsewhere."""
        if self.running:
            self.say("Files are being taken in: Esc stops that.")
        elif self._made == 0:
            self.say("Nothing was taken in here; the log (g, then l) reaches further.")
        else:
            self.spawn(self._travel(undo_last, -1))

    def action_redo(self) -> None:
        """Take in again what was taken back."""
        if not self.running:
            self.spawn(self._travel(redo_last, 1))

    def action_stop(self) -> None:
        """Stop what is under way."""
        if self.running:
            self._stopped = True
            self.say("Stopping …")
        elif self.workers.cancel_group(self, "previews"):
            self.say("Stopped reading. i takes in what would come in; o chooses other files.")

    def action_scroll_preview(self, by: int) -> None:
        """Show more of the marked file, or less."""
        self.query_one("#arriving", LinesPane).scroll_relative(y=by, animate=False, force=True)

    def on_choice_list_stepped(self) -> None:
        """Show what the file that was gone to would become."""
        self._show_marked()
        self.show_status()

    def on_choice_list_picked(self) -> None:
        """Change the file that was taken, or code it where it has come in."""
        file = self._marked
        if file is not None and file.source is not None:
            self._go_to(file.source)
        else:
            self.action_change()

    # Looking.

    async def _look_at(self, typed: str) -> None:
        try:
            paths = await asyncio.to_thread(find_files, [read_path(typed)])
        except QualcaseError as fault:
            self.say(full_sentence(fault), warn=True)
            return
        except OSError as error:
            self.say(f"{typed} cannot be looked into: {error.strerror}.", warn=True)
            return
        self.arrivals = Arrivals(path for path in paths if _is_material(path))
        self._table.chosen = 0
        self._read(self.arrivals.files)

    def _read(self, files: Sequence[Newcomer]) -> None:
        wanted = [one for one in self.arrivals.files if one in files or self.arrivals.fate(one) == "unread"]
        self.run_worker(self._preview(wanted), group="previews", exclusive=True)

    async def _preview(self, files: Sequence[Newcomer]) -> None:
        # Stored files are left as they are; each of the others is shown as soon as it was read.
        files = [one for one in files if one.source is None]
        arrivals, shown = self.arrivals, 0.0
        if not files:
            return
        for place, file in enumerate(files, start=1):
            await self._read_one(arrivals, file)
            if arrivals is not self.arrivals:
                return
            if place == len(files) or time.monotonic() - shown > _PAUSE:
                shown = time.monotonic()
                self.say("" if place == len(files) else f"… reading {place} of {len(files)}. Esc stops.")
                self._show_files()
        self.say(self._advice())

    async def _read_one(self, arrivals: Arrivals, file: Newcomer) -> None:
        options = arrivals.options(file)
        try:
            file.preview = await self.bench.ask(lambda project: project.sources.preview(file.path, options))
            file.refusal = ""
        except QualcaseError as fault:
            file.preview, file.refusal = None, full_sentence(fault)

    def _advice(self) -> str:
        coming = len(self.arrivals.coming)
        if not coming:
            return "Nothing here can come in. o chooses other files."
        return f"i takes {'it' if coming == 1 else f'these {coming}'} in. Enter changes the marked file."

    async def _change(self, answers: dict[str, str], file: Newcomer | None) -> None:
        again = self.arrivals.say(answers, file)
        if file is None:
            metadata = read_path(answers["table"]) if answers["table"] else None
            if metadata != self.arrivals.metadata:
                self.arrivals.take_table(metadata)
                again = self.arrivals.files
        self._read(again)

    # Taking in.

    async def _import(self) -> None:
        arrivals = self.arrivals
        choices = [(one.path, arrivals.options(one)) for one in arrivals.coming]
        began = time.monotonic()
        self._heard = (0, len(choices), choices[0][0].name, began)
        painting = self.set_interval(_PAUSE, self._show_count)
        self._show_count()
        try:
            report = await self.bench.write(
                lambda project: project.sources.import_chosen(choices, arrivals.metadata, self._hear)
            )
        except ImportStoppedError as stopped:
            self.say(stopped.message)
        except QualcaseError as fault:
            self.failures += 1
            self.say(full_sentence(fault), warn=True)
        else:
            arrivals.settle(report)
            self._made += bool(report.imported)
            self._stored |= {one.path: one.source for one in arrivals.files if one.source}
            await self.bench.refresh()
            self._show_files()
            self.say(_outcome(report), warn=bool(report.refused))
        finally:
            self.running = False
            painting.stop()
            self._show_files()

    async def _travel(self, step: Callable[[Project], str], by: int) -> None:
        said = await self.act(step, str)
        if said is None:
            return
        self._made += by
        await self.bench.refresh()
        for file in self.arrivals.files:
            stored = self._stored.get(file.path)
            file.source = self.bench.source(stored.uid) if stored else None
        await self._preview(self.arrivals.files)
        self._show_files()
        self.say(said)

    def _hear(self, done: int, total: int, name: str) -> None:
        # In the clerk's thread: what is noted here is painted from time to time.
        self._heard = (done, total, name, self._heard[3])
        if self._stopped:
            raise ImportStoppedError("Stopped: nothing was stored. i begins again.")

    def _go_to(self, source: Source) -> None:
        self.application.go("coding", Passage(source.uid, 0, 0))

    # Painting.

    def on_resize(self) -> None:
        """Fold anew, with as many columns as there is room for."""
        self.call_after_refresh(self._show_all)

    def on_table_list_sorted(self) -> None:
        """Mark the column that is sorted by."""
        self._show_heading()
        self._show_marked()

    @property
    def _table(self) -> TableList:
        return self.query_one("#files", TableList)

    @property
    def _marked(self) -> Newcomer | None:
        return self.arrivals.find(self._table.chosen_id)

    def _show_all(self) -> None:
        self.show_frame()
        self._show_files()

    def _show_files(self) -> None:
        width = self.size.width
        self._table.fill(columns(width), [row(self.arrivals, one, width) for one in self.arrivals.files])
        self._show_heading()
        self._show_count()
        self._show_marked()
        self.show_status()

    def _show_heading(self) -> None:
        self.query_one("#import-heading", LinesPane).show([self._table.heading])

    def _show_count(self) -> None:
        pane = self.query_one("#import-count", LinesPane)
        if self.running:
            done, total, name, began = self._heard
            pane.show([progress_line(done, total, time.monotonic() - began, name)])
        else:
            pane.show([((f" {count_line(self.arrivals) if self.arrivals.files else _EMPTY}", "strong"),)])

    def _show_marked(self) -> None:
        pane, file = self.query_one("#arriving", LinesPane), self._marked
        pane.show(about_lines(self.arrivals, file, max(20, pane.size.width - 2)) if file else [])
        pane.scroll_to(y=0, animate=False, force=True)


def _is_material(path: Path) -> bool:
    # Beside an open project lies what it works with; neither is anybody's interview.
    return not path.suffix.startswith(".qualcase")


def _outcome(report: ImportReport) -> str:
    many = len(report.imported)
    rest = f", refused {len(report.refused)}" if report.refused else ""
    rest += f", passed over {len(report.skipped)}" if report.skipped else ""
    what = f"Took in {many} {'source' if many == 1 else 'sources'}{rest}."
    return f"{what} c codes the first." if many else what
