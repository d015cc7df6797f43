"""Opening a project in the terminal interface, and closing it after."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import qualcase
from qualcase.model.errors import UsageError
from qualcase.tui.actions import Keymap
from qualcase.tui.app import QualcaseApp
from qualcase.tui.clerk import Clerk
from qualcase.tui.errors import KeysFileError
from qualcase.tui.keymap import read_keymap
from qualcase.tui.memory import Memory, keys_file, state_file
from qualcase.tui.tables import all_tables
from qualcase.tui.workbench import Workbench


def run(path: str | None, coder: str | None) -> int:
    """Run the terminal interface on a project and return the exit code.

    `path` None means the only `*.qualcase` in the current folder. Raises QualcaseError where the
    project cannot be opened, before anything is drawn.
    """
    found = path or _only_project()
    clerk = Clerk()
    try:
        project = clerk.do(lambda: qualcase.open(found, coder=coder))
        memory = Memory(state_file())
        memory.opened(project.path.resolve())
        keymap, notice = _keymap()
        try:
            return QualcaseApp(Workbench(project, clerk, memory, _warm), keymap, notice=notice).run() or 0
        finally:
            clerk.do(project.close)
    finally:
        clerk.close()


def _only_project() -> str:
    here = sorted(Path.cwd().glob("*.qualcase"))
    if len(here) != 1:
        message = (
            f"There are {len(here)} projects in this folder."
            if here
            else "There is no project in this folder."
        )
        raise UsageError(message, hint="Name the one to open: qualcase tui --project FILE.qualcase")
    return str(here[0])


def _keymap() -> tuple[Keymap, str]:
    # A file of keys that cannot be used must not keep a person from their work.
    try:
        return read_keymap(keys_file(), all_tables()), ""
    except KeysFileError as fault:
        return Keymap(), f"{fault.message} The keys are as they come."


def _warm() -> None:
    # spaCy takes seconds to import: done beside the clerk, so that no act waits for it.
    import_module("spacy")
