"""Saying otherwise what a source is: its date, kind, informant, title, duration, case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.operation import Fields


def describe_source(
    *, source: str, before: Fields, after: Fields, summary: str, others: Sequence[Change] = ()
) -> Operation:
    """Return the operation that changes a source's fields; `others` are the changes to its cases."""
    own = (Change("source", source, before, after),) if after else ()
    return Operation("source", summary, (*own, *others))


ACT = Act("source", "Say otherwise what a source is", describe_source)
