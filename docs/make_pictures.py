"""Makes the pictures of these pages from the demonstration case: python docs/make_pictures.py."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.project import open_project
from qualcase.project.demo import run_demo
from qualcase.reports.registry import render
from qualcase.tui.app import QualcaseApp
from qualcase.tui.clerk import Clerk
from qualcase.tui.memory import Memory
from qualcase.tui.workbench import Workbench

if TYPE_CHECKING:
    from qualcase.model.display import Display
    from qualcase.project import Project

PICTURES = Path(__file__).parent / "pictures"
SIZE = (150, 36)
SHOWN = "2008-10_orchestrator.docx"
# What a newcomer would press: two turns on, a sentence, a code by part of its name, the next suggestion.
KEYS = ("t", "t", "s", "s", "c", *"contribution", "enter", "f")


def main() -> None:
    """Run the demonstration in a temporary folder and draw what it shows."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = run_demo(Path(folder), print)
        with open_project(made.project, coder="Visitor") as project:
            (PICTURES / "timeline.svg").write_text(_drawing(project.timeline.display()), encoding="utf-8")
            (PICTURES / "coding.svg").write_text(asyncio.run(_screen(project)), encoding="utf-8")


def _drawing(display: Display) -> str:
    found = re.search(r"<svg.*?</svg>", render(display, "html"), re.DOTALL)
    if found is None:
        raise SystemExit("The timeline has no drawing.")
    style = re.search(r"<style>(.*?)</style>", render(display, "html"), re.DOTALL)
    drawing = found[0].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return drawing.replace(">", f"><style>{style[1] if style else ''}</style>", 1)


async def _screen(project: Project) -> str:
    app = QualcaseApp(Workbench(project, Clerk(), Memory(None)))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(4)
        names = [source.name for source in project.sources.list()]
        for key in (*("n",) * names.index(SHOWN), *KEYS):
            await pilot.press(key)
            await pilot.pause(0.2)
        await pilot.pause(2)
        picture = app.export_screenshot(title="qualcase")
    # The picture must not ask anybody's network for a typeface.
    return re.sub(r"@font-face\s*{.*?}", "", picture, flags=re.DOTALL)


if __name__ == "__main__":
    main()
