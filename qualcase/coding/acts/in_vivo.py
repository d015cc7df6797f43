"""Making a code out of the words of a passage, and putting it on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.operation import Fields


def code_in_vivo(*, codebook: Sequence[Change], coding: Fields, summary: str) -> Operation:
    """Return the operation that adds a code, as `codebook` changes it, and puts it on a passage."""
    return Operation("in-vivo", summary, (*codebook, Change("coding", new_uid(), None, coding)))


ACT = Act("in-vivo", "Name a code after the words of a passage, and put it on them", code_in_vivo)
