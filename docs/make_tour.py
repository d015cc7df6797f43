"""Takes the tour in a real terminal and writes its page and pictures: python docs/make_tour.py (needs tmux).

The steps are in tour/steps.py; keys are named there by what they do, and looked up in the program's tables.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(HERE), str(ROOT)]

from tour.drawing import draw_screen  # noqa: E402 -- found by the line above
from tour.page import key_of, render_page  # noqa: E402 -- as above
from tour.steps import STEPS, Command, Drag, Press, Write  # noqa: E402 -- as above

from qualcase.tui.actions import draw_key  # noqa: E402 -- as above

if TYPE_CHECKING:
    from types import TracebackType

    from tour.steps import Deed, Step

TOUR = HERE / "tour"
COLUMNS, ROWS = 104, 32
STILL, PATIENCE = 0.35, 60.0
# As tmux names the keys that are not their own sign.
NAMES = {
    "right": "Right", "left": "Left", "down": "Down", "up": "Up", "pagedown": "PageDown", "pageup": "PageUp",
    "space": "Space", "home": "Home", "end": "End", "enter": "Enter", "escape": "Escape", "tab": "Tab",
    "backspace": "BSpace",
}  # fmt: skip


class Walk:
    """A shell in a tmux of its own, in a folder with the material of the tour."""

    def __init__(self, folder: Path) -> None:
        self._socket = str(folder / "tmux")
        self._folder = folder / "boatyards"
        self._home = folder

    def __enter__(self) -> Self:
        """Begin."""
        shutil.copytree(TOUR / "material", self._folder)
        program = self._home / "bin" / "qualcase"
        program.parent.mkdir()
        program.write_text(
            f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m qualcase "$@"\n', encoding="utf-8"
        )
        program.chmod(0o755)
        shell = ["env", *self._environment(), "bash", "--norc", "--noprofile"]
        size = ["-x", str(COLUMNS), "-y", str(ROWS)]
        self._tmux("-f", os.devnull, "new-session", "-d", *size, "-c", str(self._folder), shlex.join(shell))
        self._tmux("set", "-g", "status", "off")
        self._tmux("resize-window", *size)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the tmux of the tour, and no other."""
        self._tmux("kill-server")

    def take(self, step: Step | Command) -> str:
        """Do one step, wait for what must be seen, and return the screen with its colours."""
        if isinstance(step, Command):
            self._send("-l", f"clear; {step.line}")
            self._send("Enter")
        else:
            for deed in step.deeds:
                self._do(deed)
        self._wait(step)
        return self._tmux("capture-pane", "-e", "-p", "-N")

    def _do(self, deed: Deed) -> None:
        if isinstance(deed, Write):
            self._send("-l", deed.text)
        elif isinstance(deed, Drag):
            self._drag(deed)
        elif isinstance(deed, Press):
            for _ in range(deed.times):
                self._send(deed.key)
                self._stand_still()
        else:
            for _ in range(deed.times):
                key = key_of(deed)
                named = NAMES.get(key)
                self._send(*([named] if named else ["-l", draw_key(key)]))
                self._stand_still()
        self._stand_still()

    def _drag(self, deed: Drag) -> None:
        # As a terminal tells of the mouse: button down at the one word, moved, and up at the other.
        (top, left), (bottom, right) = self._place(deed.first), self._place(deed.last)
        right += len(deed.last) - 1
        for sign, column, row, end in (
            ("0", left, top, "M"),
            ("32", right, bottom, "M"),
            ("0", right, bottom, "m"),
        ):
            self._send("-l", f"\x1b[<{sign};{column + 1};{row + 1}{end}")
            self._stand_still()

    def _place(self, words: str) -> tuple[int, int]:
        lines = self._tmux("capture-pane", "-p").split("\n")
        found = [(row, line.index(words)) for row, line in enumerate(lines) if words in line]
        if not found:
            raise SystemExit(f"“{words}” is not on the screen.")
        return found[0]

    def _wait(self, step: Step | Command) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self._stand_still()
            if re.search(step.seen, self._tmux("capture-pane", "-p")):
                return
        raise SystemExit(f"{step.title}: “{step.seen}” is not seen on\n{self._tmux('capture-pane', '-p')}")

    def _stand_still(self) -> None:
        before, since = "", time.monotonic()
        while time.monotonic() - since < STILL:
            time.sleep(STILL / 10)
            now = self._tmux("capture-pane", "-p")
            if now != before:
                before, since = now, time.monotonic()

    def _send(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-S", self._socket, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 -- our words

    def _environment(self) -> list[str]:
        kept = {
            "PATH": f"{self._home / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "QUALCASE_STATE": str(self._home / "state.json"),
            "QUALCASE_KEYS": str(self._home / "keys.toml"),
            "QUALCASE_CODER": "Anna",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PS1": "$ ",
        }
        return ["-u", "NO_COLOR", "-u", "TMUX", *(f"{name}={value}" for name, value in kept.items())]


def main() -> None:
    """Take the walk, and write what was seen."""
    for old in TOUR.glob("*.svg"):
        old.unlink()
    with tempfile.TemporaryDirectory() as name, Walk(Path(name)) as walk:
        for number, step in enumerate(STEPS, start=1):
            screen = walk.take(step)
            print(f"{number:>2} {step.title}", flush=True)  # noqa: T201 -- a script that takes minutes says where it is
            if "--show" in sys.argv:
                print(re.sub("\x1b\\[[0-9;:]*m", "", screen))  # noqa: T201 -- asked for
            if step.picture:
                picture = draw_screen(screen, COLUMNS, step.title)
                (TOUR / f"{step.picture}.svg").write_text(picture, encoding="utf-8")
    (TOUR / "README.md").write_text(render_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
