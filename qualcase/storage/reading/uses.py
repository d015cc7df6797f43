"""Where codes were used, as plain places: for looking at the codebook, not at what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.codebook.usage import Use
from qualcase.storage.schema import chronology, codes, codings, material

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection


def read_uses(
    connection: Connection, sees: Callable[[str, str, str | None], bool] | None = None
) -> Iterator[Use]:
    """Yield every live coding and every code of an event as a use of a code at a place.

    With `sees`, only codings of which that holds, asked with source's handle, coder's name and layer.
    """
    coding, code = codings.coding, codes.code
    query = (
        select(
            code.c.handle, coding.c.source_id, coding.c.coder_id, coding.c.layer, coding.c.start, coding.c.end
        )
        .join(code, code.c.id == coding.c.code_id)
        .where(coding.c.until.is_(None))
    )
    hidden = frozenset() if sees is None else _hidden(connection, sees)
    for handle, source, coder, layer, start, end in connection.execute(query):
        if (source, coder, layer) not in hidden:
            yield Use(handle, (source, coder, layer), start, end)
    event, pair = chronology.event, chronology.event_code
    coded = (
        select(code.c.handle, event.c.id)
        .join(pair, pair.c.event_id == event.c.id)
        .join(code, code.c.id == pair.c.code_id)
        .where(event.c.deleted == 0)
    )
    yield from (Use(handle, key) for handle, key in connection.execute(coded))


def _hidden(
    connection: Connection, sees: Callable[[str, str, str | None], bool]
) -> frozenset[tuple[int, int, str | None]]:
    """Return the (source, coder, layer) whose codings may not be seen."""
    coding, source, coder = codings.coding, material.source, material.coder
    query = (
        select(coding.c.source_id, coding.c.coder_id, coding.c.layer, source.c.handle, coder.c.name)
        .join(source, source.c.id == coding.c.source_id)
        .join(coder, coder.c.id == coding.c.coder_id)
        .where(coding.c.until.is_(None))
        .distinct()
    )
    return frozenset(
        (source, coder, layer)
        for source, coder, layer, handle, name in connection.execute(query)
        if not sees(handle, name, layer)
    )
