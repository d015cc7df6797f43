"""Writes a single display to a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.files.whole_file import write_files
from qualcase.reports.errors import UnwritableReportError
from qualcase.reports.registry import render_bytes, renderer

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.model.display import Display


def write_display(display: Display, format: str, folder: Path, name: str) -> Path:  # noqa: A002 -- the word users know
    """Write a display into a folder and return its file; UnwritableReportError where it cannot be."""
    content = render_bytes(display, format)
    try:
        return write_files(folder, {f"{name}{renderer(format).suffix}": content})[0]
    except OSError as error:
        raise UnwritableReportError(error.filename or folder, error.strerror or str(error)) from error
