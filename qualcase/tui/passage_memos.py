"""Memos on passages without a coding: memos on the source that begin with the words they are about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcase.text.selection import Span

_BEGUN = re.compile(r"“(?P<quote>.+?)” \(\S+ (?P<start>\d+):(?P<end>\d+)\)\n", re.DOTALL)


def begin_memo(quote: str, handle: str, span: Span) -> str:
    """Return how a memo on a passage begins: its words, its source, its place."""
    start, end = span
    return f"“{' '.join(quote.split())}” ({handle} {start}:{end})\n"


def passage_of(memo: str, text: str) -> Span | None:
    """Return the passage that a memo begins with; where the text was corrected since, the one with its words.

    None where a memo does not begin so, and where its words stand there no more, or more than once.
    """
    begun = _BEGUN.match(memo)
    if begun is None:
        return None
    words = begun["quote"].split()
    start, end = int(begun["start"]), int(begun["end"])
    if text[start:end].split() == words:
        return start, end
    found = [one.span() for one in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    return found[0] if len(found) == 1 else None
