"""Writing something shown to a file: which file is asked, and none is overwritten unasked."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.files.protection import refuse_protected
from qualcase.files.whole_file import write_file
from qualcase.model.errors import QualcaseError
from qualcase.reports.registry import formats, render_bytes, renderer
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.dialogues.line import LineScreen

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.model.display import Display
    from qualcase.project.project import Project
    from qualcase.tui.screens.place import Place


def ask_display_file(screen: Place, display: Display) -> None:
    """Ask for a file, whose name tells the format, and write the display there."""
    by_suffix = {renderer(name).suffix: name for name in formats()}

    def content(_project: Project, path: Path) -> bytes:
        return render_bytes(display, by_suffix[path.suffix.lower()])

    ask_file(screen, Path(f"{display.display}.html"), tuple(by_suffix), content)


def ask_file(
    screen: Place,
    proposed: Path,
    suffixes: tuple[str, ...],
    content: Callable[[Project, Path], bytes],
    said: Callable[[Path], str] = lambda path: f"Wrote {path}.",
) -> None:
    """Ask for a file with one of some endings and write `content` there, made by the clerk.

    The file is whole or not there, and its owner's alone; `said` is the sentence once it is written.
    """
    keys = (("Enter", "write"), ("Esc", "close"), (" ".join(suffixes), "tell the format"))
    question = LineScreen("Write to which file?", str(proposed), str(proposed), *keys)

    async def answer(named: str) -> None:
        path = Path(os.path.expanduser(named.strip()))  # noqa: PTH111, ASYNC240 -- it asks nobody
        if not named.strip():
            screen.say("Nothing was written.")
        elif path.suffix.lower() not in suffixes:
            screen.say(f"The name must end in one of {', '.join(suffixes)}.", warn=True)
        elif (there := await _stands(screen, path)) is None:
            return
        elif there:
            question = ConfirmScreen("Replace it?", [f"{path} is there already."], "replace it")
            screen.pick(question, lambda _: _write(screen, path, content, said))
        else:
            await _write(screen, path, content, said)

    screen.pick(question, answer)


async def _stands(screen: Place, path: Path) -> bool | None:
    """Tell whether a file stands there; None, and it is said, where none is written there anyway."""

    def look(_project: Project) -> bool:
        refuse_protected((path,))
        return path.exists()

    try:
        return await screen.bench.ask(look)
    except QualcaseError as fault:
        screen.say(fault.message, warn=True)
    except OSError as fault:
        screen.say(f"{path} cannot be written: {fault.strerror}.", warn=True)
    return None


async def _write(
    screen: Place, path: Path, content: Callable[[Project, Path], bytes], said: Callable[[Path], str]
) -> None:
    screen.say("Writing …")
    try:
        await screen.bench.ask(lambda project: write_file(path, content(project, path)))
    except QualcaseError as fault:
        screen.say(fault.message, warn=True)
    except OSError as fault:
        screen.say(f"{path} cannot be written: {fault.strerror}.", warn=True)
    else:
        screen.say(said(path))
