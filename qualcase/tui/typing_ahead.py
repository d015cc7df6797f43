"""Keys typed faster than screens open: each is handed on only when the one before it has done its work.

A letter typed into a list that is not up yet would otherwise be lost, or act on the screen below.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING
from weakref import WeakSet

from textual.screen import ModalScreen

from qualcase.tui.dialogues.dialogue import Dialogue

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.events import Key
    from textual.message_pump import MessagePump
    from textual.worker import Worker

    from qualcase.tui.app import QualcaseApp

# Work that ends in a question, another screen or another text: what is typed meanwhile is meant for that.
READS = "reads"
# Work that may last: nobody waits for it, and what is typed meanwhile is meant for the screen as it is.
IDLE = "idle"
_STEP, _LONGEST = 0.004, 2.0


class TypingAhead:
    """The keys that wait for the one before them."""

    def __init__(self, app: QualcaseApp) -> None:
        self._app = app
        self._waiting: deque[Key] = deque()
        self._at_work = False
        self._waiter: asyncio.Task[None] | None = None
        # What took longer than anybody waits: the keys go on without it.
        self._slow: WeakSet[Worker[object]] = WeakSet()

    @property
    def is_at_work(self) -> bool:
        """Whether a key was taken whose work is not done yet, or waits for another's."""
        return self._at_work

    async def take(self, key: Key, hand_on: Callable[[Key], Awaitable[None]]) -> None:
        """Hand a key on now, or after those before it."""
        self._waiting.append(key)
        if not self._at_work:
            await self._hand_next(hand_on)

    async def _hand_next(self, hand_on: Callable[[Key], Awaitable[None]]) -> None:
        target = self._app.focused or self._app.screen
        # From here until all is done: a key that came in while this one is handed on would overtake it.
        self._at_work = True
        try:
            await hand_on(self._waiting.popleft())
        except BaseException:
            self._at_work = False
            raise
        self._waiter = asyncio.create_task(self._go_on(target, hand_on))

    async def _go_on(self, target: MessagePump, hand_on: Callable[[Key], Awaitable[None]]) -> None:
        try:
            await asyncio.wait_for(self._settled(target), _LONGEST)
        except TimeoutError:
            self._slow.update(self._app.workers)
        if self._waiting:
            await self._hand_next(hand_on)
        else:
            self._at_work = False

    async def _settled(self, target: MessagePump) -> None:
        # A key climbs from pane to screen to application: behind it, in each one's own order, climbs a mark.
        node: MessagePump | None = target
        while node is not None and node.is_running:
            passed = asyncio.Event()
            if not node.call_later(passed.set):
                break
            await passed.wait()
            node = node._parent  # noqa: SLF001 -- Textual names the way up nowhere else
        while self._app.is_turning or self._reads() or self._opens():  # noqa: ASYNC110 -- three states, none an event
            await asyncio.sleep(_STEP)

    def _reads(self) -> bool:
        return any(
            one.group == READS and not one.is_finished and one not in self._slow for one in self._app.workers
        )

    def _opens(self) -> bool:
        screen = self._app.screen
        return isinstance(screen, ModalScreen) and isinstance(screen, Dialogue) and not screen.is_ready
