"""Keys typed faster than screens open: each is handed on only when the one before it has done its work.

A letter typed into a list that is not up yet would otherwise be lost, or act on the screen below.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from qualcase.tui.dialogues.dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.events import Key
    from textual.message_pump import MessagePump

    from qualcase.tui.app import QualcaseApp

# Work that ends in a question or another screen: what is typed meanwhile is meant for that.
ASKING = "asking"
_STEP, _LONGEST = 0.004, 5.0


class TypingAhead:
    """The keys that wait for the one before them."""

    def __init__(self, app: QualcaseApp) -> None:
        self._app = app
        self._waiting: deque[Key] = deque()
        self._at_work: asyncio.Task[None] | None = None

    async def take(self, key: Key, hand_on: Callable[[Key], Awaitable[None]]) -> None:
        """Hand a key on now, or after those before it."""
        if self._at_work is None:
            await self._hand(key, hand_on)
        else:
            self._waiting.append(key)

    async def _hand(self, key: Key, hand_on: Callable[[Key], Awaitable[None]]) -> None:
        target = self._app.focused or self._app.screen
        await hand_on(key)
        self._at_work = asyncio.create_task(self._afterwards(target, hand_on))

    async def _afterwards(self, target: MessagePump, hand_on: Callable[[Key], Awaitable[None]]) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._settled(target), _LONGEST)
        self._at_work = None
        if self._waiting:
            await self._hand(self._waiting.popleft(), hand_on)

    async def _settled(self, target: MessagePump) -> None:
        # A key climbs from pane to screen to application: behind it, in each one's own order, climbs a mark.
        node: MessagePump | None = target
        while node is not None and node.is_running:
            passed = asyncio.Event()
            if not node.call_later(passed.set):
                break
            await passed.wait()
            node = node._parent  # noqa: SLF001 -- Textual names the way up nowhere else
        while self._app.is_turning or self._asks() or self._opens():  # noqa: ASYNC110 -- three states, none an event
            await asyncio.sleep(_STEP)

    def _asks(self) -> bool:
        return any(one.group == ASKING and not one.is_finished for one in self._app.workers)

    def _opens(self) -> bool:
        screen = self._app.screen
        return isinstance(screen, ModalScreen) and isinstance(screen, Dialogue) and not screen.is_ready
