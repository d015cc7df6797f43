"""A coding screen opened without a terminal, on a project in memory, and the hands on its keys."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcase.tui.app import QualcaseApp
from qualcase.tui.clerk import Clerk
from qualcase.tui.memory import Memory
from qualcase.tui.workbench import Workbench

if TYPE_CHECKING:
    from fake_project import FakeProject

    from qualcase.tui.screens.coding import CodingScreen

INTERVIEW = """Interview with Ms Holm, 12 June 2008

Interviewer: How did the network begin?
Ms Holm: We met at a fair. There was little trust at first, and nobody wanted to show what they had.
It took a year of dinners before anyone told me what they were really making.

Interviewer: And then?
Ms Holm: Then trust grew slowly. The hospital was never interviewed.
"""
NOTES = "Field notes.\n\nNobody came to the workshop. We waited for an hour.\n"


@dataclass
class Bench:
    """A running coding screen and the hands on its keys."""

    app: QualcaseApp
    pilot: Any
    project: FakeProject

    @property
    def screen(self) -> CodingScreen:
        return self.app.place

    @property
    def document(self):
        return self.screen.session.document if self.app.is_open else None

    @property
    def view(self):
        return self.screen.query_one("#transcript")

    @property
    def selected(self) -> str:
        return self.document.text[slice(*self.document.selection.span)]

    @property
    def status(self) -> str:
        return self.text_of("status")

    @property
    def codes(self) -> list[tuple[str, str]]:
        return [(one.code, one.quote) for one in self.document.codings.values()]

    def text_of(self, pane: str) -> str:
        lines = self.screen.query_one(f"#{pane}").lines
        return "\n".join("".join(text for text, _ in line).rstrip() for line in lines)

    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def settle(self) -> None:
        while self.app._typed.is_at_work:
            await self.pilot.pause(0.005)
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()


def make_app(project: Any, clerk: Clerk, memory: Memory | None = None, **options: Any) -> QualcaseApp:
    return QualcaseApp(Workbench(project, clerk, memory or Memory(None)), **options)


@asynccontextmanager
async def open_bench(project: FakeProject, size: tuple[int, int] = (160, 30), *, settled: bool = True):
    clerk = Clerk()
    app = make_app(project, clerk)
    try:
        async with app.run_test(size=size) as pilot:
            bench = Bench(app, pilot, project)
            if settled:
                await bench.settle()
            yield bench
    finally:
        project.gate.set()
        clerk.close()
