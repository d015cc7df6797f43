"""A person's word that what was coded before a code's meaning changed has been read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcase.model.operation import Fields


def confirm_readings(
    *,
    codings: Mapping[str, tuple[Fields, Fields]],
    events: Mapping[str, tuple[Fields, Fields]],
    summary: str,
) -> Operation:
    """Return the operation that notes the version under which codings and events were read again.

    By uid, each with the fields that change before and after: the version, and the code where the reading
    gave another one.
    """
    changes = [Change("coding", uid, before, after) for uid, (before, after) in codings.items()]
    changes += [Change("event", uid, before, after) for uid, (before, after) in events.items()]
    return Operation("confirm", summary, tuple(changes))


ACT = Act("confirm", "Say that older codings were read again", confirm_readings)
