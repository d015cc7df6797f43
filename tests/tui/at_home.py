"""The whole application from its home on, without a terminal, on real files."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import Bench

from qualcase.project import create_project
from qualcase.tui.app import QualcaseApp
from qualcase.tui.clerk import Clerk
from qualcase.tui.lobby import Lobby
from qualcase.tui.memory import Memory

TALK = """Interview with Ms Holm

Interviewer: How did the network begin?
Ms Holm [00:10]: We met at a fair. There was little trust at first.
Interviewer: And then?
Ms Holm [01:02]: Then trust grew slowly.
"""


class HomeBench(Bench):
    """Hands on the keys of an application that may have no project."""

    def __init__(self, app, pilot, lobby):
        super().__init__(app, pilot, None)
        self.lobby = lobby

    @property
    def shown(self) -> str:
        return "\n".join(self.lines())

    async def settle(self) -> None:
        quiet = 0
        for _ in range(2000):
            await self.pilot.pause()
            quiet = 0 if any(not one.is_finished for one in self.app.workers) else quiet + 1
            if quiet > 1:
                return
            await asyncio.sleep(0.005)

    async def until(self, words: str) -> None:
        """Wait until some words are shown."""
        for _ in range(400):
            if words in self.shown:
                return
            await self.pilot.pause()
            await asyncio.sleep(0.01)
        raise AssertionError(f"“{words}” is never shown:\n{self.shown}")


@asynccontextmanager
async def at_home(size=(80, 24), *, memory=None, coder="Anna", path=None, notice=""):
    """Open the application at home, or on a project's coding screen, and close all after."""
    clerk = Clerk()
    lobby = Lobby(clerk, memory or Memory(None), coder)
    app = QualcaseApp(lobby.enter_at_once(path) if path else lobby, lobby=lobby, notice=notice)
    try:
        async with app.run_test(size=size) as pilot:
            bench = HomeBench(app, pilot, lobby)
            await bench.settle()
            yield bench
    finally:
        lobby.shut()
        clerk.close()


def make_project(folder, name="study", texts=(), coder="Anna"):
    """Make a project, closed again, with some texts as sources."""
    path = folder / f"{name}.qualcase"
    path.write_bytes(_project(name, tuple(texts), coder))
    return path


@cache
def _project(name, texts, coder):
    # Made once for all tests that ask for the same one.
    with TemporaryDirectory() as place:
        folder = Path(place)
        with create_project(folder / f"{name}.qualcase", coder=coder) as project:
            for number, text in enumerate(texts):
                file = folder / f"{name}-{number}.txt"
                file.write_text(text, encoding="utf-8")
                project.sources.import_paths([file])
        return (folder / f"{name}.qualcase").read_bytes()
