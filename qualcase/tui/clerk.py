"""One thread that speaks to the project, so that no two calls ever overlap and the screen never waits."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

Result = TypeVar("Result")

# So long does a job wait at most for the paint of what it saves.
_GRACE = 0.02


class Clerk:
    """Does what it is asked one thing after the other, in the order of asking.

    A project is opened, used and closed in this thread alone: a database connection belongs to one.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="project")
        self._idle: Future[object] | None = None
        self._shown = Event()

    def do(self, job: Callable[[], Result]) -> Result:
        """Do a job and wait for it; for before and after the interface runs."""
        return self._thread.submit(job).result()

    async def ask(self, job: Callable[[], Result]) -> Result:
        """Do a job that reads."""
        return await asyncio.wrap_future(self._thread.submit(job))

    async def write(self, job: Callable[[], Result], *, once_shown: bool = False) -> Result:
        """Do a job that changes the project; it is done even where nobody waits for it any more.

        `once_shown` where what it changes is being painted already: two threads at work would hold that up.
        """
        if once_shown:
            self._shown.clear()
        given = self._thread.submit(self._do_once_shown, job) if once_shown else self._thread.submit(job)
        return await asyncio.shield(asyncio.wrap_future(given))

    def note_painted(self) -> None:
        """Hear that the screen was painted."""
        self._shown.set()

    def _do_once_shown(self, job: Callable[[], Result]) -> Result:
        self._shown.wait(_GRACE)
        return job()

    async def ask_idly(self, job: Callable[[], Result]) -> Result:
        """Do a long job that only the last asker still wants: one that has not begun yet is dropped.

        Raises CancelledError to the asker who was overtaken.
        """
        if self._idle is not None:
            self._idle.cancel()
        future = self._thread.submit(job)
        self._idle = future  # type: ignore[assignment]  # only ever cancelled, never read
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Finish what was asked and end the thread."""
        if self._idle is not None:
            self._idle.cancel()
        self._thread.shutdown(wait=True)
