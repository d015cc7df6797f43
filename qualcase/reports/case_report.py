"""Writes a case report to a folder, in as many formats as are asked for."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from qualcase.reports.content import ReportContent
from qualcase.reports.errors import UnwritableReportError
from qualcase.reports.registry import as_bytes, report_writer

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["ReportContent", "write_report"]

# Participants' words: nobody but their keeper reads the files, or the folder where we make it.
FILE_MODE, FOLDER_MODE = 0o600, 0o700
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def write_report(content: ReportContent, formats: Sequence[str], directory: Path) -> tuple[Path, ...]:
    """Write the report and return its files, in the order of the formats; each is whole or not there at all.

    Raises UnknownFormatError before anything is written, UnwritableReportError where the folder refuses.
    """
    writers = [report_writer(name) for name in dict.fromkeys(formats)]
    made = [(name, text) for writer in writers for name, text in writer.files(content).items()]
    try:
        directory.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        return tuple(write_file(directory / _file_name(name), as_bytes(text)) for name, text in made)
    except OSError as error:
        raise UnwritableReportError(error.filename or directory, error.strerror or str(error)) from error


def _file_name(name: str) -> str:
    return _UNSAFE.sub("-", name).lstrip(".-") or "report"


def write_file(path: Path, content: bytes) -> Path:
    """Write a file that is whole or not there at all, for its owner only, and return its path."""
    # A temporary file has mode 0600 from the beginning, and a reader sees the old file or the new one.
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return path
