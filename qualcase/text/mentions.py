"""Things named in a text with `@`."""

from __future__ import annotations

import re

_MENTION = re.compile(r"(?<![\w@.])@(\w[\w.\-]*)")


def find_mentions(text: str) -> tuple[str, ...]:
    """Return the names that follow an `@`, each once, in order; a full stop after one is not part of it."""
    return tuple(dict.fromkeys(found.rstrip(".-") for found in _MENTION.findall(text)))
