"""The cells by which a table tells of one event: its words with where they stand, its valence, its voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.analysis.units import event_sources
from qualcase.model.display import NOT_REPORTED, Cell, not_reported

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData
    from qualcase.model.event import Event
    from qualcase.model.source import Source

VALENCE_WORDS = {"+": "+", "-": "−", "0": "0"}


def text_cell(text: str | None, evidence: tuple[str, ...], *, missing: str | None = None) -> Cell:
    """Return a cell of words; without any it is `not reported`, in the words of `missing` where given."""
    if text:
        return Cell(text, text, evidence)
    empty = not_reported()
    return Cell(None, missing or empty.text, evidence, empty=NOT_REPORTED)


def valence_cell(event: Event) -> Cell:
    """Return whether the event was favourable (+), adverse (−) or neither (0)."""
    if event.valence is None:
        return text_cell(None, (event.id,))
    return Cell(event.valence, VALENCE_WORDS.get(event.valence, event.valence), (event.id,))


def quote_cell(event: Event, source: Source | None) -> Cell:
    """Return the words that an event rests on, with the source and the line where they stand."""
    if not event.quote:
        return text_cell(None, (event.id,))
    return Cell(event.quote, f"“{event.quote}”{where(event, source)}", (event.id,))


def where(event: Event, source: Source | None) -> str:
    """Return source and line in brackets, as far as they are known."""
    name = source.handle if source else event.source
    parts = [part for part in (name, f"line {event.line}" if event.line else None) if part]
    return f" ({', '.join(parts)})" if parts else ""


def sources_by_event(data: CodedData) -> dict[str, Source | None]:
    """Return for each event id the source that the event was found in, None where the data holds none."""
    places = zip(data.chronology.events, event_sources(data).tolist(), strict=True)
    return {event.id: data.sources[place] if place >= 0 else None for event, place in places}
