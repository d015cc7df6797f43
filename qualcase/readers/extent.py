"""How much text is read at once: formats without a process of their own are limited before work begins."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from qualcase.readers.encodings import decode
from qualcase.readers.errors import UnsafeFileError

if TYPE_CHECKING:
    from qualcase.readers.encodings import Decoded
    from qualcase.readers.reader import RawFile

SIZE_LIMIT = 32 * 1024 * 1024
# A line may become a turn, and every turn takes fifty microseconds on its way into the project.
LINE_LIMIT = PARTS_LIMIT = 150_000
_LINE = re.compile(r"\S[^\n]*")
_HINT = "Split it into files of one conversation or document each."


def decode_lines(file: RawFile) -> Decoded:
    """Decode a text file; `UnsafeFileError` for more than 32 MB, or 150,000 lines that have words."""
    if len(file.data) > SIZE_LIMIT:
        raise UnsafeFileError(file.name, "it has more than 32 MB of text", hint=_HINT)
    decoded = decode(file)
    check_lines(file.name, decoded.text)
    return decoded


def check_lines(name: str, text: str) -> None:
    """Raise `UnsafeFileError` for a text of more than 150,000 lines that have words."""
    if text.count("\n") < LINE_LIMIT:
        return
    if sum(1 for _ in islice(_LINE.finditer(text), LINE_LIMIT + 1)) > LINE_LIMIT:
        raise UnsafeFileError(name, f"it has more than {LINE_LIMIT:,} lines of text", hint=_HINT)


def check_parts(name: str, many: int) -> None:
    """Raise `UnsafeFileError` for more than 150,000 turns and paragraphs, whatever format they came in."""
    if many > PARTS_LIMIT:
        raise UnsafeFileError(name, f"it has more than {PARTS_LIMIT:,} turns and paragraphs", hint=_HINT)
