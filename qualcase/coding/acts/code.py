"""Putting a code on passages of one source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.operation import Fields


def code_passages(
    *,
    source: str,
    handle: str,
    text: str,
    code: str,
    code_id: str,
    coder: str,
    spans: Sequence[tuple[int, int]],
    codebook_version: int,
    attributes: Fields | None = None,
) -> Operation:
    """Return the operation that codes spans `[start, end)`.

    References are uids; `handle` and `code_id` are for the log.
    """
    shared = {
        "source": source,
        "text": text,
        "code": code,
        "coder": coder,
        "codebook_version": codebook_version,
        **(attributes or {}),
    }
    changes = tuple(
        Change("coding", new_uid(), None, {**shared, "start": start, "end": end}) for start, end in spans
    )
    places = f"{spans[0][0]}:{spans[0][1]}" if len(spans) == 1 else f"{len(spans)} passages"
    return Operation("code", f"Coded {handle} {places} as {code_id}", changes)


ACT = Act("code", "Put a code on passages of a source", code_passages)
