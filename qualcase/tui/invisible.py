"""Signs that are typed and leave no ink: joiners, marks of direction, the spaces of other scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import category

from textual.events import Paste

if TYPE_CHECKING:
    from textual.events import Key

_FORMAT_AND_SPACE = {"Cf", "Zs"}


def as_text(key: Key) -> Key | Paste:
    """Return a key as it is, or as pasted text where it types a sign that Textual takes for no sign.

    Its fields take only what Python calls printable. Persian and Hindi words, families of emoji and Japanese
    or French spaces would lose a character each.
    """
    sign = key.character or ""
    if len(sign) == 1 and not sign.isprintable() and category(sign) in _FORMAT_AND_SPACE:
        return Paste(sign)
    return key
