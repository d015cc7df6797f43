"""Passages in review: what they said, and where the present text has what is most like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.project.marked import marked_passages
from qualcase.storage.reading.chronology import read_chronology
from qualcase.storage.reading.sources import text_uid_of
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.texts import read_text
from qualcase.text.matching import find_quote
from qualcase.text.reanchoring import LOST, Placement, reanchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.event import Event
    from qualcase.model.operation import Fields
    from qualcase.model.source import Source
    from qualcase.project.marked import Marked
    from qualcase.storage.connection import Connection

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A coding, memo or event whose place a correction left in doubt: the old words and the new candidate.

    `name` is the code, the kind of memo, or the event's id. `candidate` is a span of the present text with
    its words `new`; both are None where nothing like the passage is left. `similarity` is from 0 to 1.
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

    @property
    def called(self) -> str:
        """Return what a sentence calls it: the code, the event, or what kind of memo it is."""
        return f"{self.name} memo" if self.kind == "memo" else self.name


def find_doubts(connection: Connection, sources: Sequence[Source]) -> tuple[Doubt, ...]:
    """Return all that is in review in some sources: codings, then memos, then events."""
    finder = _Finder(connection)
    return tuple(doubt for source in sources for doubt in finder.of_source(source))


class _Finder:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._events = [event for event in read_chronology(connection).events if _is_in_doubt(event)]
        self._versions = read_fields(connection, RECORDS["text_version"], Names(connection))

    def of_source(self, source: Source) -> Iterator[Doubt]:
        """Yield the codings, memos and events of one source that are in review."""
        uids = {
            uid: fields["number"] for uid, fields in self._versions.items() if fields["source"] == source.uid
        }
        if len(uids) == 1:
            return
        current = text_uid_of(self._connection, source.uid)
        text = read_text(self._connection, current)
        earlier = sorted(uids.keys() - {current}, key=lambda uid: uids[uid], reverse=True)
        yield from self._marked(source, text)
        for event in self._events:
            if event.source == source.handle:
                yield self._event(event, text, current, earlier)

    def _marked(self, source: Source, text: str) -> Iterator[Doubt]:
        by_version: dict[str, list[Marked]] = {}
        waiting = [one for one in marked_passages(self._connection, source.uid) if one.state == "review"]
        for one in waiting:
            by_version.setdefault(one.text, []).append(one)
        placements = {
            one.uid: placement
            for version, group in by_version.items()
            for one, placement in zip(group, self._place(version, text, group), strict=True)
        }
        for one in waiting:
            yield _doubt(one.kind, one, one.name, one.coder, one.place, placements[one.uid], text)

    def _place(self, version: str, text: str, passages: Sequence[Marked]) -> tuple[Placement, ...]:
        spans = [(one.start, one.end) for one in passages]
        return reanchor(read_text(self._connection, version), text, spans)

    def _event(self, event: Event, text: str, current: str, earlier: Sequence[str]) -> Doubt:
        fields = {"start": None, "end": None, "quote": event.quote}
        placement = next((found for uid in earlier if (found := self._trace(event, uid, text))), LOST)
        return _doubt("event", event, event.id, None, fields | {"text": current}, placement, text)

    def _trace(self, event: Event, version: str, text: str) -> Placement | None:
        old = read_text(self._connection, version)
        places = find_quote(old, event.quote or "")
        return reanchor(old, text, places)[0] if len(places) == 1 else None


def _same_words(quote: str, text: str) -> Placement:
    """Return where words stand that the difference has lost sight of, if they stand in one place only."""
    places = find_quote(text, quote) if quote.strip() else ()
    return Placement(*places[0], "review", 1.0, changed=False) if len(places) == 1 else LOST


def _is_in_doubt(event: Event) -> bool:
    # An event that quotes a source has a place there, until a correction takes it away.
    return event.source is not None and event.start is None and bool(event.quote)


def _doubt(  # noqa: PLR0917 - each is one field
    kind: str,
    thing: Marked | Event,
    name: str,
    coder: str | None,
    fields: Fields,
    placement: Placement,
    text: str,
) -> Doubt:
    if placement.start is None:
        placement = _same_words(thing.quote or "", text)
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
