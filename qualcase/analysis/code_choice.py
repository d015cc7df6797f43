"""Which codes a display is about, when a person names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.codebook.errors import UnknownCodeError
from qualcase.codebook.tree import find_code, subtree

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData


def codes_below(data: CodedData, name: str) -> frozenset[str]:
    """Return the ids of the code that a name means and of every code below it; raises UnknownCodeError."""
    for book in data.codebooks:
        try:
            return frozenset(subtree(book, find_code(book, name).id))
        except UnknownCodeError:
            continue
    raise UnknownCodeError(name)
