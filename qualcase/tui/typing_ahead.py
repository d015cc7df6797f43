"""Keys typed faster than screens open: each is handed on only when the one before it has done its work.

A letter typed into a list that is not up yet would otherwise be lost, or act on the screen below.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from textual.screen import ModalScreen

from qualcase.tui.dialogues.dialogue import Dialogue
from qualcase.tui.dialogues.pick import PickScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.events import Key
    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.worker import Worker

    from qualcase.tui.app import QualcaseApp

# Work that ends in a question, another screen or another text: what is typed meanwhile is meant for that.
READS = "reads"
# Work that may last: nobody waits for it, and what is typed meanwhile is meant for the screen as it is.
IDLE = "idle"
_STEP, _LONGEST = 0.004, 2.0
# Two strokes of Enter closer than this, in seconds, are one of the hand.
_ECHO, _NEVER = 0.35, float("-inf")


class TypingAhead:
    """The keys that wait for the one before them."""

    def __init__(self, app: QualcaseApp) -> None:
        self._app = app
        self._waiting: deque[Key] = deque()
        self._at_work = False
        self._waiter: asyncio.Task[None] | None = None
        # What took longer than anybody waits: the keys go on without it.
        self._slow: WeakSet[Worker[object]] = WeakSet()
        # When an Enter closed a list, as long as no other key has come since.
        self._closed_at = _NEVER

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
        key, screen = self._waiting.popleft(), self._app.screen
        target = self._app.focused or screen
        # From here until all is done: a key that came in while this one is handed on would overtake it.
        self._at_work = True
        try:
            if not self._is_echo(key):
                await hand_on(key)
        except BaseException:
            self._at_work = False
            raise
        self._waiter = asyncio.create_task(self._go_on(key, screen, target, hand_on))

    def _is_echo(self, key: Key) -> bool:
        # The second half of a double Enter, whose first has closed a list, would act on the screen below it.
        soon = key.key == "enter" and key.time - self._closed_at < _ECHO
        echo = soon and not isinstance(self._app.screen, ModalScreen)
        self._closed_at = key.time if echo else _NEVER
        return echo

    async def _go_on(
        self, key: Key, screen: Screen[Any], target: MessagePump, hand_on: Callable[[Key], Awaitable[None]]
    ) -> None:
        try:
            await asyncio.wait_for(self._settled(target), _LONGEST)
        except TimeoutError:
            self._slow.update(self._app.workers)
        if key.key == "enter" and isinstance(screen, PickScreen) and screen is not self._app.screen:
            self._closed_at = key.time
        if self._waiting:
            await self._hand_next(hand_on)
        else:
            self._at_work = False

    async def _settled(self, target: MessagePump) -> None:
        await _climb_behind(target)
        # What the key did may have sent a message up from the same pane, as a list says what was taken.
        await _climb_behind(target)
        while self._app.is_turning or self._reads() or self._opens():  # noqa: ASYNC110 -- three states, none an event
            await asyncio.sleep(_STEP)

    def _reads(self) -> bool:
        return any(
            one.group == READS and not one.is_finished and one not in self._slow for one in self._app.workers
        )

    def _opens(self) -> bool:
        screen = self._app.screen
        return isinstance(screen, ModalScreen) and isinstance(screen, Dialogue) and not screen.is_ready


async def _climb_behind(target: MessagePump) -> None:
    # A key climbs from pane to screen to application: behind it, in each one's own order, climbs a mark.
    node: MessagePump | None = target
    while node is not None and node.is_running:
        passed = asyncio.Event()
        if not node.call_later(passed.set):
            break
        await passed.wait()
        node = node._parent  # noqa: SLF001 -- Textual names the way up nowhere else
