"""Finding the files that a user means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def find_files(paths: Sequence[Path], *, leave_out: Path | None = None) -> list[Path]:
    """Return the files named, and those in the folders named, in the order of their paths.

    Hidden files, links and qualcase projects inside folders are passed over.
    """
    left_out = leave_out.resolve() if leave_out else None
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no file {path}.")
        for file in _walk(path) if path.is_dir() else (path,):
            if file.resolve() != left_out:
                found[file] = None
    if not found:
        raise InputError(f"There are no files in {', '.join(str(path) for path in paths)}.")
    return list(found)


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.startswith((".", "~$")) or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _walk(entry)
        elif entry.is_file() and entry.suffix != ".qualcase":
            yield entry
