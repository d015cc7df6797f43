"""The order of names with numbers in them, as people count: S2 before S10."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"([^0-9]*)([0-9]{0,18})")


def name_order(name: str) -> tuple[tuple[str, int], ...]:
    """Return what names are ordered by: letters whatever their case, numbers by size, P2 before P10."""
    parts = _NUMBER.findall(name.casefold())
    return tuple((letters, int(digits or 0)) for letters, digits in parts)
