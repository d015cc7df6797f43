"""Reading at arm's length: documents made of binary parts are parsed in a process of their own.

Whatever such a file does to its parser, it does it to a process that has 1 GB and 9 seconds of the
processor, no network and no file to write, and that can be lost. On a machine that is busy otherwise a good
file needs no more of the processor, only more patience. Plain text formats are read here: their readers take
linear time.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from qualcase.model.source import Block, DocumentText, Turn
from qualcase.readers.errors import (
    BadEncodingNameError,
    BadSpeakersError,
    UnreadableFileError,
    UnsafeFileError,
)
from qualcase.readers.reader import RawFile
from qualcase.readers.registry import read_document
from qualcase.readers.rows import Table
from qualcase.readers.tables import read_tables
from qualcase.readers.worker import READY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import IO

APART = frozenset({".docx", ".odt", ".ott", ".rtf", ".pdf", ".epub", ".xlsx", ".html", ".htm", ".xhtml"})
PROCESSOR_LIMIT = 9  # Seconds; the worker starts counting anew with each file.
TIME_LIMIT = 60.0
START_LIMIT = 60.0
# Without -P a file of the folder one works in, such as a csv.py, would be run for a module of Python's.
COMMAND = (sys.executable, "-P", "-m", "qualcase.readers.worker")
_TOO_LONG = "reading it took longer than {:g} seconds"
_TOO_MUCH = "reading it took more than 1 GB of memory"
_BROKE = "its reader broke off, so it is damaged or built to do harm"
_HINT = "Open it in the program that made it and save it anew, or export it as .txt."


class Worker:
    """A process that reads one file after the other, started when it is needed, and again after a fault."""

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        time_limit: float = TIME_LIMIT,
        processor_limit: int = PROCESSOR_LIMIT,
    ) -> None:
        self._command = command
        self._time_limit = time_limit
        self._processor_limit = processor_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._late = False
        self._lock = threading.Lock()

    def ask(self, task: str, file: RawFile) -> Any:  # noqa: ANN401 -- what the task makes, as JSON
        """Return what the process makes of a file; `UnreadableFileError` where it fails or is lost."""
        request = {
            "task": task,
            "name": file.name,
            "encoding": file.encoding,
            "speakers": file.speakers,
            "size": len(file.data),
            "seconds": self._processor_limit,
        }
        with self._lock:
            line = self._exchange(file.name, json.dumps(request).encode() + b"\n", file.data)
        reply = json.loads(line)
        if "done" in reply:
            return reply["done"]
        if reply["error"] == "MemoryError":
            self.close()
        raise _error(file.name, reply)

    def close(self) -> None:
        """End the process."""
        self._end()

    def _end(self, patience: float = 0.0) -> int | None:
        """Return what the process ended with; one that is ending by itself may do so first."""
        process, self._process = self._process, None
        if process is None:
            return None
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        process.kill()
        _close_pipes(process)
        return process.wait()

    def _exchange(self, name: str, header: bytes, data: bytes) -> bytes:
        process = self._started(name)
        self._late = False
        timer = threading.Timer(self._time_limit, self._give_up, [process])
        timer.start()
        try:
            _write(process.stdin, header, data)
            line = _read_line(process.stdout)
        except BaseException:
            self.close()  # What it would still answer belongs to no question.
            raise
        finally:
            timer.cancel()
        if not line:
            raise UnreadableFileError(name, self._fault(self._end(patience=1.0)), hint=_HINT)
        return line

    def _fault(self, ended: int | None) -> str:
        if self._late:
            return _TOO_LONG.format(self._time_limit)
        spent = ended == -getattr(signal, "SIGXCPU", 0) and ended != 0
        return _TOO_LONG.format(self._processor_limit) if spent else _BROKE

    def _started(self, name: str) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._process = _start(self._command)
        timer = threading.Timer(START_LIMIT, self._process.kill)
        timer.start()
        try:
            ready = _read_line(self._process.stdout) == READY
        finally:
            timer.cancel()
        if not ready:
            self.close()
            raise UnreadableFileError(name, "the process that reads such files could not be started")
        return self._process

    def _give_up(self, process: subprocess.Popen[bytes]) -> None:
        self._late = True
        process.kill()


_WORKER = Worker()
atexit.register(_WORKER.close)


def read_document_safely(
    path_name: str, data: bytes, *, encoding: str | None = None, speakers: str | None = None
) -> DocumentText:
    """Read a file as `read_document` does, in a process of its own where its format could do harm.

    The process stays for the next file; `close_worker` ends it.
    """
    if not _is_apart(path_name):
        return read_document(path_name, data, encoding=encoding, speakers=speakers)
    return _document(_WORKER.ask("document", RawFile(path_name, data, encoding, speakers)))


def read_tables_safely(path_name: str, data: bytes, *, encoding: str | None = None) -> tuple[Table, ...]:
    """Read the tables of a CSV, TSV or Excel file, the last in a process of its own."""
    file = RawFile(path_name, data, encoding)
    if not _is_apart(path_name):
        return read_tables(file)
    return tuple(
        Table(each["title"], tuple(map(tuple, each["rows"])), tuple(each["numbers"]))
        for each in _WORKER.ask("tables", file)
    )


def close_worker() -> None:
    """End the process that reads; the next file starts another."""
    _WORKER.close()


def _is_apart(path_name: str) -> bool:
    return PurePath(path_name).suffix.lower() in APART


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(map(os.path.abspath, sys.path))
    surroundings = {**os.environ, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(  # noqa: S603 -- our own module, by our own interpreter
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=surroundings,
        start_new_session=True,
    )


def _write(pipe: IO[bytes] | None, *parts: bytes) -> None:
    try:
        for part in parts:
            if pipe is not None:
                pipe.write(part)
        if pipe is not None:
            pipe.flush()
    except OSError:
        # The process is gone; that nothing can be read says the same.
        return


def _read_line(pipe: IO[bytes] | None) -> bytes:
    line = pipe.readline() if pipe is not None else b""
    return line if line.endswith(b"\n") else b""


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue


def _document(plain: dict[str, Any]) -> DocumentText:
    return DocumentText(
        **plain
        | {
            "turns": tuple(Turn(**turn) for turn in plain["turns"]),
            "blocks": tuple(Block(**block) for block in plain["blocks"]),
            "offsets": tuple((first, second) for first, second in plain["offsets"]),
            "warnings": tuple(plain["warnings"]),
        }
    )


def _error(name: str, reply: dict[str, Any]) -> Exception:
    kind, message, hint = reply["error"], reply["message"], reply["hint"]
    if kind == "MemoryError":
        return UnreadableFileError(name, _TOO_MUCH, hint=_HINT)
    for usage in (BadSpeakersError, BadEncodingNameError):
        if kind == usage.__name__:
            return usage(message, hint=hint)
    reason = message.partition(" cannot be read: ")[2].removesuffix(".") or message.removesuffix(".")
    leaf = UnsafeFileError if kind == UnsafeFileError.__name__ else UnreadableFileError
    return leaf(name, reason, hint=hint)
