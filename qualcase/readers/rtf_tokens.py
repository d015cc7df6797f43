"""The signs that Rich Text is written in: braces, control words, bytes in hexadecimal, plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    r"|\\(?P<symbol>[^A-Za-z])"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)"
)


class Token(NamedTuple):
    """One sign: `kind` is word, hex, symbol, brace or text; `number` is that of a control word."""

    kind: str
    value: str
    number: int | None = None


def read_tokens(source: str) -> Iterator[Token]:
    """Yield the signs of a file whose bytes were read as Latin-1; binary data is passed over."""
    place = 0
    while found := _TOKEN.search(source, place):
        place = found.end()
        kind = found.lastgroup or "symbol"
        if found["word"] is None:
            yield Token(kind, found[kind])
            continue
        number = int(found["number"]) if found["number"] else None
        if found["word"] == "bin":
            place += max(number or 0, 0)
        else:
            yield Token("word", found["word"], number)
