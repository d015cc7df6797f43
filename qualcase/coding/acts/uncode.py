"""Taking codings away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcase.model.operation import Fields


def uncode_passages(*, codings: Mapping[str, Fields], summary: str) -> Operation:
    """Return the operation that removes codings, given their fields by uid as they stand."""
    changes = tuple(Change("coding", uid, fields, None) for uid, fields in codings.items())
    return Operation("uncode", summary, changes)


ACT = Act("uncode", "Take codings away", uncode_passages)
