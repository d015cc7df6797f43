"""Plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.readers.extent import decode_lines
from qualcase.readers.prose import structure_prose
from qualcase.readers.reader import Reader
from qualcase.readers.structure import to_document

if TYPE_CHECKING:
    from qualcase.model.source import DocumentText
    from qualcase.readers.reader import RawFile


def read_txt(file: RawFile) -> DocumentText:
    """Read plain text in any encoding."""
    decoded = decode_lines(file)
    return to_document(decoded, structure_prose(decoded.text, file.speakers), "txt")


READER = Reader((".txt", ".text", ".log"), read_txt)
