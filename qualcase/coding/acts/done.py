"""A coder's word that a source is coded through, or is not after all."""

from __future__ import annotations

from qualcase.coding.operations import Act
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation


def mark_done(*, source: str, coder: str, handle: str) -> Operation:
    """Return the operation by which a coder says that a source is coded through."""
    change = Change("source_done", new_uid(), None, {"source": source, "coder": coder})
    return Operation("done", f"Marked {handle} as coded through", (change,))


def reopen_source(*, mark: str, source: str, coder: str, handle: str) -> Operation:
    """Return the operation that takes such a mark back."""
    change = Change("source_done", mark, {"source": source, "coder": coder}, None)
    return Operation("done", f"Reopened {handle}", (change,))


ACT = Act("done", "Say that a source is coded through", mark_done)
