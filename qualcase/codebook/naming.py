"""Ids for new codes, made of their names: short, in capitals, below their parent's id, and not yet taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.text.folding import folded_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LONGEST = 40


def make_code_id(name: str, parent: str | None, taken: Iterable[str]) -> str | None:
    """Return a free id for a code of a name, as `KM.TRUST-BUILDING`; None where the name holds no word."""
    stem = _stem(folded_words(name))
    if not stem:
        return None
    wanted = f"{parent}.{stem}" if parent else stem
    held = {one.casefold() for one in taken}
    number, free = 1, wanted
    while free.casefold() in held:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _stem(words: Sequence[str]) -> str:
    stem = ""
    for word in words:
        longer = f"{stem}-{word}" if stem else word
        if len(longer) > _LONGEST:
            break
        stem = longer
    return (stem or "".join(words)[:_LONGEST]).upper()
