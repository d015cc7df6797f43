"""What memos said before: their wordings, read from the journal."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qualcase.model.coding import Wording
from qualcase.storage.clock import clock_text
from qualcase.storage.journal import read_entries, read_operation

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Kinds of acts that never touch a memo need not be unpacked.
_WITHOUT = frozenset(
    {"code", "code-many", "recode", "resize", "uncode", "describe", "import", "done", "decide"}
)


def read_wordings(connection: Connection) -> dict[str, tuple[Wording, ...]]:
    """Return every wording that each memo has had, oldest first, with who wrote it and when."""
    found: dict[str, list[Wording]] = defaultdict(list)
    for entry in read_entries(connection):
        if entry.kind in _WITHOUT or entry.body is None:
            continue
        for change in read_operation(entry).changes:
            if change.record == "memo" and change.after and "text" in change.after:
                wording = Wording(change.after["text"], entry.coder, clock_text(entry.clock))
                found[change.uid].append(wording)
    return {uid: tuple(wordings) for uid, wordings in found.items()}
