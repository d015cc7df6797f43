"""Codebook files of every format we know, told apart by the end of their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.codebook import crosswalk_csv, csv_file, yaml_file
from qualcase.codebook.errors import CodebookFileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qualcase.model.code import Codebook, Crosswalk

_READERS: dict[str, Callable[..., Codebook]] = {
    ".yaml": yaml_file.read_codebook,
    ".yml": yaml_file.read_codebook,
    ".csv": csv_file.read_codebook,
    ".tsv": csv_file.read_codebook,
}
_WRITERS: dict[str, Callable[[Codebook], str]] = {
    ".yaml": yaml_file.write_codebook,
    ".yml": yaml_file.write_codebook,
    ".csv": csv_file.write_codebook,
}


def read_codebook_file(path: Path) -> Codebook:
    """Return the codebook in a YAML or CSV file; CodebookFileError where it is not one."""
    reader = _READERS.get(path.suffix.casefold())
    if reader is None:
        raise _unknown_format(path)
    return reader(_text(path), name=path.name)


def read_crosswalk_file(path: Path) -> Crosswalk:
    """Return the crosswalk in a CSV file; CodebookFileError where it is not one."""
    return crosswalk_csv.read_crosswalk(_text(path), name=path.name)


def format_codebook(codebook: Codebook, path: Path) -> str:
    """Return a codebook as text in the format that the end of a file's name asks for."""
    writer = _WRITERS.get(path.suffix.casefold())
    if writer is None:
        raise _unknown_format(path)
    return writer(codebook)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > yaml_file.MAX_BYTES:
            raise CodebookFileError(path.name, "expected at most 5 MB, found more")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CodebookFileError(str(path), f"the file cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CodebookFileError(path.name, "expected text in UTF-8, found other bytes", (line, 1)) from None


def _unknown_format(path: Path) -> CodebookFileError:
    if path.is_dir():
        return CodebookFileError(str(path), "expected a file, found a folder")
    if path.suffix.casefold() == ".qdc":
        hint = "Export the codebook as CSV from the other program and import that."
        return CodebookFileError(path.name, "REFI-QDA codebooks (.qdc) are not supported yet", hint=hint)
    return CodebookFileError(
        path.name, "expected a file that ends in .yaml, .yml or .csv, found another ending"
    )
