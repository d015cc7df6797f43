"""Running the terminal interface, on a project or at home, and closing what is open after."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.model.errors import QualcaseError
from qualcase.tui.actions import Keymap
from qualcase.tui.app import QualcaseApp
from qualcase.tui.clerk import Clerk
from qualcase.tui.errors import KeysFileError
from qualcase.tui.lobby import Lobby, projects_in
from qualcase.tui.memory import Memory, keys_file, state_file
from qualcase.tui.told import Told
from qualcase.tui.ways_out import full_sentence

if TYPE_CHECKING:
    from qualcase.tui.workbench import Workbench


# Looking through everything that an open source of 300,000 words keeps for garbage takes a tenth of a second,
# and comes in the middle of a key: it is done seldom; what has just been made is looked through as before.
_SELDOM = (50_000, 20, 100)
# What is read or looked for beside the screen would keep a key waiting for five thousandths of a second each
# time it has Python to itself.
_TURN = 0.001


def share_fairly() -> None:
    """Set this process up so that neither garbage nor another thread holds up a key."""
    gc.set_threshold(*_SELDOM)
    sys.setswitchinterval(_TURN)


def run(path: str | None, coder: str | None) -> int:
    """Run the terminal interface and return the exit code.

    `path` None means the only `*.qualcase` in the current folder; with none or several there, or one that
    cannot be opened, home is shown. Raises QualcaseError where a project that was named cannot be opened,
    before anything is drawn.
    """
    share_fairly()
    clerk = Clerk()
    lobby = Lobby(clerk, Memory(state_file()), coder, _warm)
    told = Told()
    told.listen()
    try:
        bench, refusal = _first(lobby, path)
        keymap, notice = _keymap()
        return QualcaseApp(bench, keymap, notice=refusal or notice, lobby=lobby, told=told).run() or 0
    finally:
        told.stop()
        lobby.shut()
        clerk.close()


def _first(lobby: Lobby, path: str | None) -> tuple[Workbench, str]:
    # A project that nobody named must not keep a person from opening another.
    if path:
        return lobby.enter_at_once(path), ""
    here = projects_in(Path.cwd())
    if len(here) != 1:
        return lobby, ""
    try:
        return lobby.enter_at_once(here[0]), ""
    except QualcaseError as fault:
        return lobby, full_sentence(fault)


def _keymap() -> tuple[Keymap, str]:
    # A file of keys that cannot be used must not keep a person from their work.
    path = keys_file()
    if not path.is_file():
        return Keymap(), ""
    from qualcase.tui.key_tables import all_tables  # noqa: PLC0415 - all screens' keys: few have a file
    from qualcase.tui.keymap import read_keymap  # noqa: PLC0415 - as above

    try:
        return read_keymap(path, all_tables()), ""
    except KeysFileError as fault:
        return Keymap(), f"{fault.message} The keys are as they come."


def _warm() -> None:
    # spaCy takes seconds to import: done beside the clerk, so that no act waits for it.
    import_module("spacy")
