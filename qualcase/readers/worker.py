"""The process in which files that nobody vouches for are parsed: little memory, no network, no files written.

Run as `python -m qualcase.readers.worker`; it is asked over stdin, a line of JSON and as many bytes as the
line says, and answers over stdout with a line of JSON. It ends when stdin does.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from math import ceil
from typing import TYPE_CHECKING, Any, BinaryIO

from qualcase.model.errors import QualcaseError
from qualcase.readers.reader import RawFile
from qualcase.readers.registry import find_readers, read_document
from qualcase.readers.tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY_LIMIT = 1024 * 1024 * 1024
READY = b"ready\n"
_FORBIDDEN = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.startfile",
    "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "shutil.",
    "tempfile.", "ftplib.", "http.", "urllib.", "smtplib.", "webbrowser.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Answer until nobody asks any more."""
    asked, answered = sys.stdin.buffer, _own_output()
    sys.dont_write_bytecode = True
    find_readers()
    limit_memory()
    sys.addaudithook(refuse_deeds)
    answered.write(READY)
    answered.flush()
    while line := asked.readline():
        request = json.loads(line)
        data = asked.read(request.pop("size"))
        limit_time(request.pop("seconds"))
        answered.write(json.dumps(answer(data, **request)).encode() + b"\n")
        answered.flush()


def answer(
    data: bytes, *, task: str, name: str, encoding: str | None, speakers: str | None
) -> dict[str, Any]:
    """Return what a file holds as plain JSON, or why it cannot be read."""
    try:
        return {"done": _TASKS[task](RawFile(name, data, encoding, speakers))}
    except QualcaseError as error:
        return {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    except MemoryError:
        return {"error": "MemoryError", "message": "", "hint": None}


def limit_memory() -> None:
    """Let this process have 1 GB and write no file, where the system can say so."""
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    # RLIMIT_DATA counts what is really asked for; an address space may be large and empty.
    for name, limit in (("RLIMIT_DATA", MEMORY_LIMIT), ("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0)):
        if kind := getattr(resource, name, None):
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (limit, limit))


def limit_time(seconds: int) -> None:
    """Let this process have so many more seconds of the processor, where the system can say so."""
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    with suppress(ValueError, OSError):
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (ceil(time.process_time()) + seconds, most))


def refuse_deeds(event: str, arguments: tuple[Any, ...]) -> None:
    """Stop any library that would reach for the network, another program, or a file to write."""
    if event == "open":
        mode, flags = arguments[1], arguments[2]
        writes = any(sign in (mode or "") for sign in "wax+") or bool((flags or 0) & _WRITING)
        if writes:
            raise PermissionError("a reader may not write files")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader may not use {event}")


def _own_output() -> BinaryIO:
    """Return a stdout of our own; what libraries print goes nowhere."""
    own = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return own


def _document(file: RawFile) -> dict[str, Any]:
    return asdict(read_document(file.name, file.data, encoding=file.encoding, speakers=file.speakers))


def _tables(file: RawFile) -> list[dict[str, Any]]:
    return [asdict(table) for table in read_tables(file)]


_TASKS: dict[str, Callable[[RawFile], Any]] = {"document": _document, "tables": _tables}

if __name__ == "__main__":
    main()
