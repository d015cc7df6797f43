"""Giving a coding another code."""

from __future__ import annotations

from qualcase.coding.operations import Act
from qualcase.model.operation import Change, Operation


def recode_passage(
    *, coding: str, old_code: str, new_code: str, old_version: int, new_version: int, summary: str
) -> Operation:
    """Return the operation that replaces a coding's code; all references are uids."""
    before = {"code": old_code, "codebook_version": old_version}
    after = {"code": new_code, "codebook_version": new_version}
    return Operation("recode", summary, (Change("coding", coding, before, after),))


ACT = Act("recode", "Give a coding another code", recode_passage)
