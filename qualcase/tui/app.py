"""The terminal application: a home without a project, and the workbench's screens over an open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App
from textual.events import Key
from textual.screen import ModalScreen, Screen

from qualcase.tui.actions import Keymap, bindings
from qualcase.tui.dialogues.help import HelpScreen
from qualcase.tui.dialogues.menu import MenuScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.invisible import as_text
from qualcase.tui.keys.common import EVERYWHERE
from qualcase.tui.lobby import Lobby
from qualcase.tui.places import PLACES, find_place
from qualcase.tui.themes import THEMES
from qualcase.tui.told import Told
from qualcase.tui.typing_ahead import READS, TypingAhead

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.dom import DOMNode
    from textual.events import Event

    from qualcase.tui.actions import Action
    from qualcase.tui.screens.place import Place
    from qualcase.tui.targets import Target
    from qualcase.tui.workbench import Workbench

_LOOK = 3.0
NOTICE_LOOKS = 4
CHANGED = "Another program has changed the project; shown is what it holds now."
HOME = "home"


class QualcaseApp(App[int]):
    """Goes from screen to screen, remembers the way back, and leaves once everything is saved."""

    CSS_PATH = [  # noqa: RUF012 -- Textual's declaration
        "workbench.tcss",
        "coding.tcss",
        "codebook.tcss",
        "displays.tcss",
        "home.tcss",
        "importing.tcss",
        "desks.tcss",
    ]
    ENABLE_COMMAND_PALETTE = False
    TITLE = "qualcase"
    BINDINGS = bindings(EVERYWHERE)

    def __init__(
        self,
        bench: Workbench,
        keymap: Keymap | None = None,
        *,
        notice: str = "",
        lobby: Lobby | None = None,
        told: Told | None = None,
    ) -> None:
        super().__init__()
        self.bench = bench
        self.lobby = lobby or (
            bench if isinstance(bench, Lobby) else Lobby(bench.clerk, bench.memory, opened=bench.project)
        )
        self.keymap = keymap or Keymap()
        self._notice = notice
        self._made: dict[str, Place] = {}
        self._trail: list[tuple[str, Target | None]] = []
        self._at = ""
        self._leaving = False
        self._turning = 0
        self._notice_left = 0
        self._typed = TypingAhead(self)
        self._told = told or Told()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._wanted_theme()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of codes, which every set of colours has."""
        return dict(THEMES[0].variables)

    def on_mount(self) -> None:
        """Keys, and the first screen."""
        self._told.listen()
        self.set_keymap(dict(self.keymap.changed))
        self.run_worker(self._begin(), group="places")

    def on_unmount(self) -> None:
        """Leave stderr to what comes after."""
        self._told.stop()

    async def _begin(self) -> None:
        await self.bench.refresh()
        await self._show("coding" if self.has_project else HOME, None)
        if self._notice:
            self.place.say(self._notice, warn=True)
        self.set_interval(_LOOK, self._look)

    @property
    def place(self) -> Place:
        """The screen of the workbench that is shown, whatever dialogue lies over it."""
        return self._made[self._at]

    @property
    def is_open(self) -> bool:
        """Whether a screen of the workbench is shown yet."""
        return bool(self._at)

    @property
    def has_project(self) -> bool:
        """Whether a project is open: at home there is none."""
        return self.bench is not self.lobby

    @property
    def is_turning(self) -> bool:
        """Whether another screen was asked for and is not shown yet."""
        return self._turning > 0

    async def on_event(self, event: Event) -> None:
        """Let keys wait for what the key before them opens."""
        if isinstance(event, Key) and not event.is_forwarded:
            await self._typed.take(event, self._hear)
        else:
            await super().on_event(event)

    async def _hear(self, key: Key) -> None:
        await super().on_event(as_text(key))

    def post_display_hook(self) -> None:
        """Let the clerk begin what was to be on the screen first."""
        self.lobby.clerk.note_painted()

    # Opening and closing.

    async def enter(self, bench: Workbench, place_id: str) -> None:
        """Go from home to a screen of a project that was just opened. Raises QualcaseError, still at home."""
        await bench.refresh()
        if self._leaving:
            return
        self.bench = bench
        self._trail.clear()
        self.run_worker(self._show(place_id, None), group="places")

    async def _go_home(self) -> None:
        # What is painted is closed only after every act is saved; what was still being read is let go.
        if not self.has_project or not await self._save_all():
            return
        bench, self.bench = self.bench, self.lobby
        left = [self._made.pop(place_id) for place_id in tuple(self._made) if place_id != HOME]
        self._trail.clear()
        self.workers.cancel_group(self, "places")
        self.workers.cancel_group(self, READS)
        await self._show(HOME, None)
        for screen in left:
            self.uninstall_screen(screen)
            await screen.remove()
        await self.lobby.leave(bench)
        await self.place.arrive(None)

    # Going.

    def go(self, place_id: str, target: Target | None = None) -> None:
        """Go to a screen, with something to show there; `back` returns. Going home closes the project."""
        if place_id == HOME:
            self.run_worker(self._go_home(), group="leave")
            return
        if self._at:
            self._trail.append((self._at, self.place.here()))
        self._turning += 1
        # Until what is shown there is read, keys wait: they are meant for that.
        self.run_worker(self._turn(place_id, target), group=READS)

    async def _turn(self, place_id: str, target: Target | None) -> None:
        try:
            screen = await self._bring(place_id)
        finally:
            self._turning -= 1
        await screen.arrive(target)

    async def action_back(self) -> None:
        """Return to where one came from."""
        if not self._trail:
            self.place.say("This is where you began.")
            return
        await self._show(*self._trail.pop())

    def action_menu(self) -> None:
        """Ask where to go."""
        if not self.has_project:
            self.place.say("No project is open: Enter opens the marked one, n begins another.")
            return
        entries = [(one.letter, one.id, one.title, one.about) for one in PLACES]
        self.push_screen(MenuScreen("Go to", entries), lambda place: self.go(place) if place else None)

    def action_commands(self) -> None:
        """Find a command by part of what it does, and do it."""
        at = self.place.focused or self.place
        groups = self.place.bar_groups()
        actions = {one.id: one for group in groups for one in group.actions if one.id != "commands"}
        entries = [
            Entry(one.id, f"{one.help[:1].upper()}{one.help[1:]}", f"Key: {self.keymap.shown(one)}")
            for one in actions.values()
        ]
        if self.has_project:
            entries += [Entry(f">{one.id}", f"Go to {one.title}: {one.about}") for one in PLACES]

        def run(chosen: str | None) -> None:
            if chosen and chosen.startswith(">"):
                self.go(chosen[1:])
            elif chosen:
                self.run_worker(self._run(actions[chosen].name, at), group="places")

        self.push_screen(PickScreen("What to do?", entries, "do it"), run)

    def perform(self, action: Action) -> None:
        """Do an action as if its key had been pressed."""
        self.run_worker(self._run(action.name, self.place.focused or self.place), group="places")

    async def _run(self, name: str, at: DOMNode) -> None:
        # An action belongs to whatever has a method for it: the pane in use, its screen, or the application.
        for node in (at, *at.ancestors):
            if await self.run_action(name, node):
                return

    async def _show(self, place_id: str, target: Target | None) -> None:
        screen = await self._bring(place_id)
        await screen.arrive(target)

    async def _bring(self, place_id: str) -> Place:
        screen = self._made.get(place_id)
        if screen is None:
            bench = self.lobby if place_id == HOME else self.bench
            screen = self._made[place_id] = find_place(place_id).make(bench)
            self.install_screen(screen, place_id)
        while isinstance(self.screen, ModalScreen):
            await self.pop_screen()  # What was asked on the screen before is not asked on this one.
        if self.screen_stack[-1] is not screen:
            if len(self.screen_stack) == 1:
                await self.push_screen(screen)
            else:
                await self.switch_screen(screen)
        self._at = place_id
        return screen

    # What works everywhere.

    def action_help(self) -> None:
        """List the keys that work here."""
        groups = self.place.bar_groups()
        title = f"Keys: {find_place(self._at).title}"
        self.push_screen(HelpScreen(title, groups, self.keymap))

    def action_next_theme(self) -> None:
        """Take the next set of colours, and remember it."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self.bench.memory.set("theme", self.theme)
        self.place.say(f"Colours: {self.theme}.")

    def action_leave(self) -> None:
        """Quit once everything is saved."""
        self.run_worker(self._leave(), group="leave")

    async def action_quit(self) -> None:
        """Leave by Textual's own key as by ours."""
        self.action_leave()

    def action_help_quit(self) -> None:
        """Answer Ctrl+C, which ends nothing here, with the key that does."""
        quits = next(one for one in EVERYWHERE.actions if one.id == "quit")
        self.place.say(f"{self.keymap.shown(quits)} quits; what was done is in the file already.")

    def watched_screens(self) -> Iterable[Place]:
        """Return the screens that have been made."""
        return self._made.values()

    async def _leave(self) -> None:
        self._leaving = True
        if await self._save_all():
            self.bench.memory.write()
            self.exit(0)
        else:
            self._leaving = False

    async def _save_all(self) -> bool:
        # Whether all that was begun is saved; where something was refused, one stays and reads why.
        for place_id, screen in self._made.items():
            if sentence := screen.unsaved():
                await self._show(place_id, None)
                screen.say(sentence, warn=True)
                return False
        failures = sum(screen.failures for screen in self._made.values())
        writes = [one for one in self.workers if one.group == "writes" and not one.is_finished]
        if writes:
            self.place.say("Saving the last acts …")
            await self.workers.wait_for_complete(writes)
        return sum(screen.failures for screen in self._made.values()) == failures

    async def _look(self) -> None:
        # A second process may write to the file: what is shown is then read afresh, and that is said.
        bench = self.bench
        self._let_go_of_notice()
        if sentence := self._told.next():
            self.place.say(sentence, warn=True)
        if await bench.changed_elsewhere() and bench is self.bench:
            await bench.refresh()
            if bench is not self.bench:
                return
            await self.place.read_again()
            self.place.say(CHANGED)
            self._notice_left = NOTICE_LOOKS

    def _let_go_of_notice(self) -> None:
        # Soon the sentence is news no more, and would be taken for an answer to the last key.
        if self._notice_left:
            self._notice_left -= 1
            if not self._notice_left:
                for screen in self.watched_screens():
                    screen.unsay(CHANGED)

    def _wanted_theme(self) -> str:
        # Whoever wants no colour wants none, whatever was chosen where there was.
        if self.no_color:
            return "monochrome"
        named = self.bench.memory.setting("theme", "dark")
        return named if named in {theme.name for theme in THEMES} else "dark"

    def get_default_screen(self) -> Screen[None]:
        """Return the empty screen that lies under all others."""
        return Screen(id="_default")
