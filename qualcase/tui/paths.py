"""Paths as people type and read them: completed, shortened, and dated."""

from __future__ import annotations

import os
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_OFFERED = 500


def read_path(typed: str) -> Path:
    """Return the path that was typed; `~` is one's home folder, and an empty text the current one."""
    return Path(typed.strip() or ".").expanduser()


def shorten(path: Path) -> str:
    """Return a path as short as it is still clear: from the current folder, or from one's home folder."""
    for base, sign in ((Path.cwd(), "."), (Path.home(), "~")):
        if path == base:
            return sign
        if path.is_relative_to(base):
            return f"{sign}/{path.relative_to(base)}"
    return str(path)


def complete(typed: str, wanted: Callable[[Path], bool]) -> list[str]:
    """Return what a typed path could become: folders with a slash at their end, and the files wanted.

    Hidden ones only where a point was typed; a folder that cannot be read has nothing to offer.
    """
    head, _, begun = typed.rpartition("/")
    before = f"{head}/" if head or typed.startswith("/") else ""
    try:
        entries = sorted(
            os.scandir(read_path(before)), key=lambda one: (not one.is_dir(), one.name.casefold())
        )
    except OSError:
        return []
    folded = begun.casefold()
    found = [
        f"{before}{one.name}{'/' if one.is_dir() else ''}"
        for one in entries
        if one.name.casefold().startswith(folded)
        and (begun.startswith(".") or not one.name.startswith("."))
        and (one.is_dir() or wanted(Path(one.path)))
    ]
    return found[:MOST_OFFERED]


def common_beginning(typed: str, offered: list[str]) -> str:
    """Return as much as all that is offered agrees on; what was typed where that adds nothing."""
    alike = zip(*(one.casefold() for one in offered), strict=False)
    shared = sum(1 for _ in takewhile(lambda letters: len(set(letters)) == 1, alike))
    return offered[0][:shared] if shared > len(typed) else typed


def changed_on(path: Path) -> tuple[str, float]:
    """Return the day a file was last changed as read, and to sort by; where it is gone, a dash and 0."""
    try:
        seconds = path.stat().st_mtime
    except OSError:
        return "–", 0.0
    return f"{datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d}", seconds
