"""Accepting or rejecting a suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.operation import Fields


def decide_suggestions(*, decisions: Sequence[tuple[Fields, Fields | None]], summary: str) -> Operation:
    """Return the operation that records verdicts; each is (decision fields, coding fields if accepted).

    The coding bears the origin `suggestion`, so that agreement can leave it out.
    """
    changes: list[Change] = []
    for decision, coding in decisions:
        uid = new_uid() if coding else None
        if uid and coding:
            changes.append(Change("coding", uid, None, {**coding, "origin": "suggestion"}))
        changes.append(Change("suggestion_decision", new_uid(), None, {**decision, "coding_uid": uid}))
    return Operation("decide", summary, tuple(changes))


ACT = Act("decide", "Accept or reject suggestions", decide_suggestions)
