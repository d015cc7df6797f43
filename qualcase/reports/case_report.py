"""Writes a case report to a folder, in as many formats as are asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.files.whole_file import write_files
from qualcase.reports.content import ReportContent
from qualcase.reports.errors import UnwritableReportError
from qualcase.reports.registry import as_bytes, report_writer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["ReportContent", "write_report"]

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def write_report(content: ReportContent, formats: Sequence[str], directory: Path) -> tuple[Path, ...]:
    """Write the report and return its files, in the order of the formats; each is whole or not there at all.

    Raises UnknownFormatError before anything is written, UnwritableReportError where the folder refuses.
    """
    writers = [report_writer(name) for name in dict.fromkeys(formats)]
    made = {
        _file_name(name): as_bytes(text) for writer in writers for name, text in writer.files(content).items()
    }
    try:
        return write_files(directory, made)
    except OSError as error:
        raise UnwritableReportError(error.filename or directory, error.strerror or str(error)) from error


def _file_name(name: str) -> str:
    return _UNSAFE.sub("-", name).lstrip(".-") or "report"
