"""Put on the path of a program that is tested: notes each socket it makes and each file it opens to write.

The notes go into a file of fixed size that is mapped into memory, which also a process can use that may write
no file. The file is named by QUALCASE_WATCH, and holds lines after what is noted, padded with NUL.
"""

from __future__ import annotations

import mmap
import os
import sys

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_DEEDS = ("os.rename", "os.link", "os.symlink", "os.mkdir")


def _watch(path: str) -> None:
    with open(path, "r+b") as file:  # noqa: PTH123 - before anything is imported
        notes = mmap.mmap(file.fileno(), 0)

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith("socket."):
            line = f"{event}\n"
        elif event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
            line = f"write {os.fsdecode(arguments[0]) if not isinstance(arguments[0], int) else 'fd'!r}\n"
        elif event in _DEEDS:
            line = f"{event} {arguments!r}\n"
        else:
            return
        data = line.encode("utf-8", "backslashreplace")
        start = notes[:].find(b"\0")
        if 0 <= start < len(notes) - len(data):
            notes[start : start + len(data)] = data
        if event.startswith("socket."):
            raise PermissionError("no network here")

    sys.addaudithook(note)


if _PATH := os.environ.get("QUALCASE_WATCH"):
    _watch(_PATH)
