"""Correcting the text of a source: a new version, and all that rests on the text following it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.operation import Change


def edit_text(*, version: Sequence[Change], followers: Sequence[Change], summary: str) -> Operation:
    """Return the operation that makes a text version the current one and moves what rests on the text.

    `version` makes it and turns the source to it; `followers` move codings, memos and events, of all coders.
    """
    return Operation("edit", summary, (*version, *followers))


ACT = Act("edit", "Correct the text of a source", edit_text)
