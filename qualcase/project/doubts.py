"""Passages in review: what they said, and where the present text has what is most like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.storage.reading.chronology import read_chronology
from qualcase.storage.reading.codings import CodingQuery, list_codings
from qualcase.storage.reading.sources import text_uid_of
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.texts import read_text
from qualcase.text.matching import find_quote
from qualcase.text.reanchoring import LOST, reanchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.coding import Coding
    from qualcase.model.event import Event
    from qualcase.model.operation import Fields
    from qualcase.model.source import Source
    from qualcase.storage.connection import Connection
    from qualcase.text.reanchoring import Placement

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A coding or an event whose place a correction left in doubt: the old words and the new candidate.

    `name` is the code, or the event's id. `candidate` is a span of the present text with its words `new`;
    both are None where nothing like the passage is left. `similarity` is from 0 to 1.
    """

    kind: str
    uid: str
    source: str
    name: str
    coder: str | None
    old: str
    candidate: Span | None
    new: str | None
    similarity: float | None
    changed: bool
    fields: Fields


def find_doubts(connection: Connection, sources: Sequence[Source]) -> tuple[Doubt, ...]:
    """Return all that is in review in some sources, codings before events."""
    finder = _Finder(connection)
    return tuple(doubt for source in sources for doubt in finder.of_source(source))


class _Finder:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._events = [event for event in read_chronology(connection).events if _is_in_doubt(event)]
        self._versions = read_fields(connection, RECORDS["text_version"], Names(connection))

    def of_source(self, source: Source) -> Iterator[Doubt]:
        """Yield the codings and events of one source that are in review."""
        uids = {
            uid: fields["number"] for uid, fields in self._versions.items() if fields["source"] == source.uid
        }
        if len(uids) == 1:
            return
        current = text_uid_of(self._connection, source.uid)
        text = read_text(self._connection, current)
        earlier = sorted(uids.keys() - {current}, key=lambda uid: uids[uid], reverse=True)
        yield from self._codings(source, text)
        for event in self._events:
            if event.source == source.handle:
                yield self._event(event, text, current, earlier)

    def _codings(self, source: Source, text: str) -> Iterator[Doubt]:
        found = list_codings(self._connection, CodingQuery(sources=(source.uid,)))
        waiting = {coding.uid: coding for coding in found if coding.state == "review"}
        held = read_fields(self._connection, RECORDS["coding"], Names(self._connection), list(waiting))
        by_version: dict[str, list[Coding]] = {}
        for uid, fields in held.items():
            by_version.setdefault(fields["text"], []).append(waiting[uid])
        placements = {
            coding.uid: placement
            for version, codings in by_version.items()
            for coding, placement in zip(codings, self._place(version, text, codings), strict=True)
        }
        for uid, coding in waiting.items():
            fields = {name: held[uid].get(name) for name in ("text", "start", "end", "state")}
            yield _doubt("coding", coding, coding.code, coding.coder, fields, placements[uid], text)

    def _place(self, version: str, text: str, codings: Sequence[Coding]) -> tuple[Placement, ...]:
        spans = [(coding.start, coding.end) for coding in codings]
        return reanchor(read_text(self._connection, version), text, spans)

    def _event(self, event: Event, text: str, current: str, earlier: Sequence[str]) -> Doubt:
        fields = {"start": None, "end": None, "quote": event.quote}
        placement = next((found for uid in earlier if (found := self._trace(event, uid, text))), LOST)
        return _doubt("event", event, event.id, None, fields | {"text": current}, placement, text)

    def _trace(self, event: Event, version: str, text: str) -> Placement | None:
        old = read_text(self._connection, version)
        places = find_quote(old, event.quote or "")
        return reanchor(old, text, places)[0] if len(places) == 1 else None


def _is_in_doubt(event: Event) -> bool:
    # An event that quotes a source has a place there, until a correction takes it away.
    return event.source is not None and event.start is None and bool(event.quote)


def _doubt(  # noqa: PLR0917 - each is one field
    kind: str,
    thing: Coding | Event,
    name: str,
    coder: str | None,
    fields: Fields,
    placement: Placement,
    text: str,
) -> Doubt:
    span = None if placement.start is None or placement.end is None else (placement.start, placement.end)
    return Doubt(
        kind,
        thing.uid,
        thing.source or "",
        name,
        coder,
        thing.quote or "",
        span,
        text[slice(*span)] if span else None,
        placement.similarity if span else None,
        placement.changed,
        fields,
    )
