"""The terminal application: one project, the coding screen over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from qualcase.tui.screens.coding import CodingScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.tui.clerk import Clerk
    from qualcase.tui.doors import Door


class CodingApp(App[int]):
    """Opens the coding screen on a project whose every call goes through one clerk."""

    CSS_PATH = "coding.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "qualcase"

    def __init__(self, project: Door, clerk: Clerk, warm: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._project = project
        self._clerk = clerk
        self._warm = warm

    def get_default_screen(self) -> CodingScreen:
        """Return the screen to begin with."""
        return CodingScreen(self._project, self._clerk, self._warm)

    async def action_quit(self) -> None:
        """Leave by Textual's own key as by ours: once everything is saved."""
        coding = self.screen_stack[0]
        if isinstance(coding, CodingScreen):
            coding.action_leave()
