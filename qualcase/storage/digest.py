"""The state digest: equal for two projects that mean the same, whatever way they came to it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.schema.base import canonical_json

if TYPE_CHECKING:
    from sqlalchemy import Connection

# A coder is known from the first act on and is not part of what the project says.
_LEFT_OUT = frozenset({"coder"})
# An event's place is in the text that its source has, which is a value already.
_TOLD = {"event": ("text_version",)}


def state_digest(connection: Connection) -> str:
    """Return the SHA-256 over all live values, without clocks, journal and tombstones."""
    digest = hashlib.sha256()
    names = Names(connection)
    for name, record in sorted(RECORDS.items()):
        if name in _LEFT_OUT:
            continue
        found = read_fields(connection, record, names)
        for fields in found.values() if name in _TOLD else ():
            for field in _TOLD[name]:
                fields.pop(field, None)
        for uid in sorted(found):
            digest.update(canonical_json([name, uid, found[uid]]).encode())
            digest.update(b"\n")
    return digest.hexdigest()
