"""All tables of keys, screen by screen: for what must know every key, as a person's file of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.tui.keys import (
    codebook,
    coding,
    comparison,
    displays,
    history,
    home,
    importing,
    material,
    memos,
    passages,
    review,
    suggestions,
)
from qualcase.tui.keys.common import EVERYWHERE, LIST
from qualcase.tui.widgets.grid import WALKING
from qualcase.tui.widgets.table import SORTING

if TYPE_CHECKING:
    from qualcase.tui.actions import Group


def all_tables() -> tuple[tuple[Group, ...], ...]:
    """Return, for each screen, the groups of keys that can be in use there at once."""
    return (
        (*coding.GROUPS, EVERYWHERE),
        (coding.ADJUSTING, EVERYWHERE),
        (*codebook.GROUPS, LIST, EVERYWHERE),
        (*home.GROUPS, LIST, SORTING, EVERYWHERE),
        (*importing.GROUPS, LIST, SORTING, EVERYWHERE),
        (*home.GROUPS, LIST, EVERYWHERE),
        (*passages.GROUPS, LIST, EVERYWHERE),
        (*suggestions.GROUPS, LIST, EVERYWHERE),
        (displays.TABLES, WALKING, EVERYWHERE),
        (displays.TIMELINE, LIST, SORTING, EVERYWHERE),
        *(
            (group, LIST, SORTING, EVERYWHERE)
            for group in (material.SOURCES, material.CASES, material.ACTORS)
        ),
        *(
            (group, LIST, SORTING, EVERYWHERE)
            for group in (memos.MEMOS, review.REVIEW, comparison.COMPARISON)
        ),
        (review.EDITOR, LIST, EVERYWHERE),
        (review.TYPING, EVERYWHERE),
        (history.HISTORY, LIST, EVERYWHERE),
    )
