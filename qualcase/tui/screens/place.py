"""A screen of the workbench: a title, a body, a status line, and the keys that work here."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.containers import Vertical
from textual.screen import Screen

from qualcase.model.errors import QualcaseError
from qualcase.tui.actions import action_at, bar_pieces
from qualcase.tui.keys.common import EVERYWHERE
from qualcase.tui.panes import status_lines
from qualcase.tui.ways_out import full_sentence
from qualcase.tui.widgets.lines import LinesPane

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual import events
    from textual.app import ComposeResult
    from textual.screen import ModalScreen

    from qualcase.project.project import Project
    from qualcase.tui.actions import Group
    from qualcase.tui.app import QualcaseApp
    from qualcase.tui.targets import Target
    from qualcase.tui.workbench import Workbench

    Work = Coroutine[object, object, None]

Result = TypeVar("Result")

# A long sentence may take this part of the screen: four lines of twenty-four.
_STATUS_SHARE = 6


class Place(Screen[None]):
    """Draws the frame around a body and runs work in the background; each screen fills in the rest.

    `GROUPS` are the keys of the screen itself; its widgets have theirs.
    """

    GROUPS: ClassVar[tuple[Group, ...]] = ()

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.bench = bench
        self.failures = 0
        self._message = ("", False)
        self._status_height = 1

    @abstractmethod
    def body(self) -> ComposeResult:
        """Lay out what is between the title and the status line."""

    @abstractmethod
    def title_text(self) -> str:
        """Return what the top line says besides the project and the coder."""

    async def arrive(self, target: Target | None) -> None:
        """Show what one has come for; without a target, what was shown last, read afresh."""

    def here(self) -> Target | None:
        """Return what would bring one back to what is shown now."""
        return None

    def where(self) -> str:
        """Return what the status line says on the right: which line of how many, and the like."""
        return ""

    def unsaved(self) -> str:
        """Return a sentence on what would be lost by leaving now; empty where nothing would."""
        return ""

    async def read_again(self) -> None:
        """Show what the project holds now: another program has written to it."""
        await self.arrive(self.here())

    # The frame.

    def compose(self) -> ComposeResult:
        """Lay out: title, body, status, keys."""
        yield LinesPane(id="title", classes="one-line")
        with Vertical(id="body"):
            yield from self.body()
        yield LinesPane(id="status", classes="one-line")
        yield LinesPane(id="keys", classes="one-line")

    def on_resize(self) -> None:
        """Lay the lines out anew."""
        self.call_after_refresh(self.show_frame)

    def on_screen_resume(self) -> None:
        """Say again what can be done here."""
        self.call_after_refresh(self.show_frame)

    def show_frame(self) -> None:
        """Draw title, status and keys."""
        self.query_one("#title", LinesPane).show([((f" {self._title()}", "title"),)])
        self.query_one("#keys", LinesPane).show(
            [bar_pieces(self.bar_groups(), self.size.width, self.application.keymap)]
        )
        self.show_status()

    def show_status(self) -> None:
        """Draw the status line; a sentence that it cannot hold takes as many lines as it needs."""
        sentence, warn = self._message
        width, height = self.size
        lines = status_lines(sentence, self.where(), width, height // _STATUS_SHARE, warn=warn)
        pane = self.query_one("#status", LinesPane)
        if len(lines) != self._status_height:
            pane.styles.height = self._status_height = len(lines)
        pane.show(lines)

    def bar_groups(self) -> tuple[Group, ...]:
        """Return the groups whose keys the bar shows: the focused pane's, the screen's, everybody's."""
        return (*getattr(self.focused, "GROUPS", ()), *self.GROUPS, EVERYWHERE)

    def on_descendant_focus(self) -> None:
        """Show the keys of the pane that is in use now."""
        if self.is_mounted:
            self.call_after_refresh(self.show_frame)

    def on_click(self, event: events.Click) -> None:
        """Do what stands in the line of keys where it was clicked."""
        if event.widget is not self.query_one("#keys"):
            return
        action = action_at(self.bar_groups(), self.size.width, self.application.keymap, int(event.screen_x))
        if action is not None:
            self.application.perform(action)

    # What screens use.

    @property
    def application(self) -> QualcaseApp:
        """The application."""
        return cast("QualcaseApp", self.app)

    def say(self, sentence: str, *, warn: bool = False) -> None:
        """Show a sentence in the status line."""
        self._message = (sentence, warn)
        if self.is_mounted:
            self.show_status()

    def unsay(self, sentence: str) -> None:
        """Let go of a sentence if it is still the one shown."""
        if self._message[0] == sentence:
            self.say("")

    def spawn(self, work: Work, group: str = "writes") -> None:
        """Do something in the background; leaving waits for the group “writes”."""
        self.run_worker(work, group=group)

    def pick(self, screen: ModalScreen[Any], then: Callable[[Any], Work], group: str = "writes") -> None:
        """Ask on a dialogue; where it is answered, go on in the background with the answer."""

        def take(answer: object) -> None:
            if answer is not None and answer is not False:
                self.spawn(then(answer), group)

        self.app.push_screen(screen, take)

    async def act(
        self, job: Callable[[Project], Result], done: Callable[[Result], str] | str
    ) -> Result | None:
        """Change the project and say what was done; a refusal is said instead, and None returned."""
        try:
            result = await self.bench.write(job)
        except QualcaseError as fault:
            self.failures += 1
            self.say(full_sentence(fault), warn=True)
            return None
        self.say(done if isinstance(done, str) else done(result))
        return result

    async def read(self, job: Callable[[Project], Result]) -> Result | None:
        """Read from the project; a refusal is said, and None returned."""
        try:
            return await self.bench.ask(job)
        except QualcaseError as fault:
            self.say(full_sentence(fault), warn=True)
            return None

    def _title(self) -> str:
        return " · ".join(
            part for part in (self.bench.name, self.title_text(), f"coder {self.bench.coder}") if part
        )
