"""How far a long act has come, told on stderr: how many, how fast, and how long still."""

from __future__ import annotations

import sys
import threading
import time
from typing import Self

import click

from qualcase.text.visible import make_visible_line

PATIENCE = 1.0  # seconds before a log that is no terminal hears of progress at all
PAUSE = 0.1
LOG_PAUSE = 5.0
NAME_WIDTH = 30


class Progress:
    """Hears (done, in all, name); writes one line over itself on a terminal, few lines elsewhere."""

    def __init__(self, what: str = "files") -> None:
        self._what = what
        self._live = sys.stderr.isatty()
        self._began = time.monotonic()
        self._spoke = self._began
        self._open = False
        self._doing = ""
        self._ended = threading.Event()
        self._watch: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Tell of its own accord, till the end, of what lasts and has no figures."""
        self._watch = threading.Thread(target=self._keep_telling, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop telling."""
        self._ended.set()
        if self._watch:
            self._watch.join()
        self.close()

    def __call__(self, done: int, total: int, name: str) -> None:
        """Tell how far it is, if it is time to; from 0 on the rate is counted.

        Of no total at all only what is being done can be told, and for how long.
        """
        now = time.monotonic()
        self._doing = "" if total else name
        if not done:
            self._began = self._spoke = now
            return
        if total > 1 and (now - self._spoke >= self._pause() or (done == total and self._open)):
            self._spoke = now
            self._write(self._line(done, total, name, now - self._began))

    def close(self) -> None:
        """End the line that was written over."""
        if self._open and self._live:
            click.echo(err=True)
        self._open = False

    def _keep_telling(self) -> None:
        while not self._ended.wait(PAUSE):
            now, doing = time.monotonic(), self._doing
            if doing and now - self._began >= PATIENCE and now - self._spoke >= self._pause():
                self._spoke = now
                self._write(f"{make_visible_line(doing)} …  {_span(now - self._began)}")

    def _pause(self) -> float:
        if self._live:
            return PAUSE
        return LOG_PAUSE if self._open else PATIENCE

    def _line(self, done: int, total: int, name: str, seconds: float) -> str:
        rate = done / seconds if seconds > 0 else 0.0
        left = f", {_span((total - done) / rate)} left" if rate and done < total else ""
        shown = make_visible_line(name)
        shown = shown if len(shown) <= NAME_WIDTH else f"{shown[: NAME_WIDTH - 1]}…"
        return f"{done:,} of {total:,} {self._what}, {rate:,.1f} a second{left}  {shown}"

    def _write(self, line: str) -> None:
        self._open = True
        click.echo(f"\r\x1b[2K{line}" if self._live else line, nl=not self._live, err=True)


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
