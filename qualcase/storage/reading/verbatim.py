"""Whether the words that are quoted are still those that were imported, seen before they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from qualcase.storage.errors import AlteredTextError
from qualcase.storage.schema import chronology, material
from qualcase.storage.texts import hash_text, read_text
from qualcase.text.matching import find_quote, first_difference, line_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlalchemy import Connection, Select

_event, _version, _source = chronology.event, material.text_version, material.source
_HINT = "`qualcase check` says what is amiss; a backup from before (`qualcase backup --list`) has the words."


def refuse_altered(connection: Connection, handles: Collection[str]) -> None:
    """Raise AlteredTextError where a source's text is not what was imported, naming an event that quotes it.

    Of the sources of these handles their present texts are looked at, and those that events quote. Takes the
    time of reading them once.
    """
    query = (
        select(_version.c.uid, _version.c.sha256, _version.c.id, _source.c.handle, _source.c.name)
        .join(_source, _source.c.id == _version.c.source_id)
        .where(_source.c.deleted == 0)
        .where(or_(_version.c.uid == _source.c.text_uid, _version.c.id.in_(_quoted())))
    )
    altered = []
    for uid, digest, key, handle, name in connection.execute(query).all():
        if handle in handles:
            text = read_text(connection, uid)
            for event, told in _misquoted(connection, key, text):
                message = f"Event {event} lost its words: {handle} ({name}), {told}; nothing was written."
                raise AlteredTextError(message, hint=_HINT)
            if hash_text(text) != digest:
                altered.append(f"{handle} ({name})")
    if altered:
        message = f"The text of {altered[0]} is not what was imported, and nothing was written."
        raise AlteredTextError(message, hint=_HINT)


def _misquoted(connection: Connection, version: int, text: str) -> Iterator[tuple[str, str]]:
    query = (
        select(_event.c.handle, _event.c.start, _event.c.end, _event.c.quote)
        .where(_event.c.text_version_id == version, _event.c.deleted == 0)
        .where(_event.c.quote.is_not(None), _event.c.start.is_not(None))
        .order_by(_event.c.handle)
    )
    for handle, start, end, quote in connection.execute(query):
        if not find_quote(text[start:end], quote):
            offset, expected, found = first_difference(text[start:end], quote)
            line = line_of(text, start + offset)
            yield handle, f"line {line}: expected “{expected}”, found “{found}”"


def _quoted() -> Select[tuple[int]]:
    return select(_event.c.text_version_id).where(_event.c.deleted == 0, _event.c.quote.is_not(None))
