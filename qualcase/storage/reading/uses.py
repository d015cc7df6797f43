"""Where codes were used, as plain places: for looking at the codebook, not at what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.codebook.usage import Use
from qualcase.storage.schema import chronology, codes, codings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection


def read_uses(connection: Connection) -> Iterator[Use]:
    """Yield every live coding and every code of an event as a use of a code at a place."""
    coding, code = codings.coding, codes.code
    query = (
        select(
            code.c.handle, coding.c.source_id, coding.c.coder_id, coding.c.layer, coding.c.start, coding.c.end
        )
        .join(code, code.c.id == coding.c.code_id)
        .where(coding.c.until.is_(None))
    )
    for handle, source, coder, layer, start, end in connection.execute(query):
        yield Use(handle, (source, coder, layer), start, end)
    event, pair = chronology.event, chronology.event_code
    coded = (
        select(code.c.handle, event.c.id)
        .join(pair, pair.c.event_id == event.c.id)
        .join(code, code.c.id == pair.c.code_id)
        .where(event.c.deleted == 0)
    )
    yield from (Use(handle, key) for handle, key in connection.execute(coded))
