"""All tables of keys, screen by screen: for what must know every key, as a person's file of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.tui.keys import codebook, coding
from qualcase.tui.keys.common import EVERYWHERE, LIST

if TYPE_CHECKING:
    from qualcase.tui.actions import Group


def all_tables() -> tuple[tuple[Group, ...], ...]:
    """Return, for each screen, the groups of keys that can be in use there at once."""
    return (
        (*coding.GROUPS, EVERYWHERE),
        (*codebook.GROUPS, LIST, EVERYWHERE),
    )
