"""Typing or choosing a path: what it could become is listed below, and Tab completes it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import Input

from qualcase.tui.dialogues.dialogue import Dialogue
from qualcase.tui.paths import common_beginning, complete
from qualcase.tui.widgets.choice_list import ChoiceList

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.tui.widgets.lines import Line


class PathScreen(Dialogue[str]):
    """A path to type over what it could become; answers what stands in the line, or None.

    ↓ and ↑ put what is listed into the line, Tab completes it, Enter takes the line as it stands.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "the next one listed", show=False),
        Binding("up", "step(-1)", "the one before", show=False),
        Binding("tab", "complete", "complete what is typed", show=False, priority=True),
    ]

    def __init__(
        self, title: str, start: str, verb: str, *, about: str = "", wanted: Callable[[Path], bool]
    ) -> None:
        super().__init__(title, about)
        self._start = start
        self._verb = verb
        self._wanted = wanted
        self._offered: list[str] = []
        self._stepped = False

    def body(self) -> ComposeResult:
        """Lay out the line and the list."""
        # What stands there is taken by Enter, and gives way to what is typed.
        typed = Input(self._start, id="typed", select_on_focus=True)
        typed.cursor_blink = False
        yield typed
        yield ChoiceList(id="found")

    def keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys that answer."""
        return ("Enter", self._verb), ("Tab", "complete"), ("↑↓", "choose"), ("Esc", "close")

    def on_mount(self) -> None:
        """Begin with what the folder holds."""
        found = self.query_one(ChoiceList)
        found.can_focus = False
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """List what it could become."""
        if self._stepped:
            self._stepped = False
            return
        self.run_worker(self._offer(event.value), group="offer", exclusive=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what stands there."""
        if event.value.strip():
            self.dismiss(event.value.strip())

    def on_choice_list_stepped(self, event: ChoiceList.Stepped) -> None:
        """Put what is marked into the line."""
        self._put(self._offered[event.place])

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Take what was clicked twice; a folder is looked into."""
        chosen = self._offered[event.place]
        if chosen.endswith("/"):
            self._type(chosen)
        else:
            self.dismiss(chosen)

    def action_step(self, by: int) -> None:
        """Mark another one, and put it into the line."""
        found = self.query_one(ChoiceList)
        if not self._offered:
            return
        if found.marked:
            found.action_step(by)
        else:
            found.marked = True
            found.refresh_line(found.chosen)
        self._put(self._offered[found.chosen])

    def action_complete(self) -> None:
        """Complete the line: the one that is marked, or as far as all that is listed agrees."""
        found = self.query_one(ChoiceList)
        typed = self.query_one(Input).value
        if found.marked and self._offered:
            self._type(self._offered[found.chosen])
        elif self._offered:
            self._type(common_beginning(typed, self._offered))

    async def _offer(self, typed: str) -> None:
        offered = await asyncio.to_thread(complete, typed, self._wanted)
        if typed != self.query_one(Input).value:
            return
        self._offered = offered
        found = self.query_one(ChoiceList)
        found.marked, found.chosen = False, 0
        found.scroll_to(y=0, animate=False, force=True)
        found.show([_line(one) for one in offered] or [(("there is nothing to choose here", "dim"),)])
        found.refresh()

    def _put(self, path: str) -> None:
        typed = self.query_one(Input)
        if typed.value != path:
            self._stepped = True
            self._type(path)

    def _type(self, path: str) -> None:
        typed = self.query_one(Input)
        typed.value = path
        typed.cursor_position = len(path)


def _line(offered: str) -> Line:
    head, sign, name = offered.removesuffix("/").rpartition("/")
    ending = "/" if offered.endswith("/") else ""
    return ((f"{head}{sign}", "dim"), (f"{name}{ending}", "strong" if ending else "plain"))
