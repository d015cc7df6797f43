"""Which reader takes which file: every module of this room that has a `READER` is asked."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from qualcase import readers
from qualcase.readers.errors import UnreadableFileError
from qualcase.readers.extent import check_parts
from qualcase.readers.reader import RawFile, Reader
from qualcase.readers.strangers import advise

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText


@cache
def find_readers() -> dict[str, Reader]:
    """Return the reader of each suffix (`.txt`), found by looking through this room's modules."""
    found: dict[str, Reader] = {}
    for module in pkgutil.iter_modules(readers.__path__):
        reader = getattr(importlib.import_module(f"{readers.__name__}.{module.name}"), "READER", None)
        if isinstance(reader, Reader):
            found.update(dict.fromkeys(reader.formats, reader))
    return found


def known_formats() -> tuple[str, ...]:
    """Return the suffixes that can be imported, sorted."""
    return tuple(sorted(find_readers()))


def read_document(
    path_name: str, data: bytes, *, encoding: str | None = None, speakers: str | None = None
) -> DocumentText:
    """Read the bytes of the file called `path_name` by the reader its suffix names.

    `encoding` is then strict; `speakers` is a regular expression for labels, or "none". Raise
    `UnreadableFileError` where the file cannot be read, or has more than 150,000 turns and paragraphs;
    `UsageError` where an option makes no sense.
    """
    check_name(path_name)
    suffix = PurePath(path_name).suffix.lower()
    reader = find_readers().get(suffix)
    if reader is None:
        reason, hint = advise(suffix, data, known_formats())
        raise UnreadableFileError(path_name, reason, hint=hint)
    document = reader.read(RawFile(path_name, data, encoding, speakers))
    check_parts(path_name, len(document.turns) + len(document.blocks))
    return document


def check_name(path_name: str) -> None:
    """Raise UnreadableFileError for a name or path whose bytes are no UTF-8: nothing could be called so."""
    try:
        path_name.encode()
    except UnicodeEncodeError:
        shown = path_name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        raise UnreadableFileError(shown, "its name is not valid UTF-8", hint="Rename it.") from None
