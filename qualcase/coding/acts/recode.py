"""Giving codings another code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualcase.model.operation import Fields


def recode_passages(*, codings: Mapping[str, Fields], code: str, version: int, summary: str) -> Operation:
    """Return the operation that replaces the code of codings, given their fields by uid as they stand.

    References are uids; `version` is that of the codebook under which they have the new code.
    """
    after = {"code": code, "codebook_version": version}
    changes = (
        Change("coding", uid, {name: fields[name] for name in after}, after)
        for uid, fields in codings.items()
    )
    return Operation("recode", summary, tuple(changes))


ACT = Act("recode", "Give codings another code", recode_passages)
