"""The case as a story in phases, every sentence bound to the events it rests on or marked as the author's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.text.bounds import display_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.model.event import Chronology, Event, EventDate, Phase

ASSEMBLED, AUTHOR = "assembled from events", "author"
_FIRST, _LAST = "0000", "9999"
_ENDED = re.compile(r"[.!?…][”’\"')\]]*$")


@dataclass(frozen=True, slots=True)
class NarrativeSentence:
    """One sentence and the ids of its events; without any it is the author's own, and is marked so."""

    text: str
    events: tuple[str, ...] = ()
    origin: str = ASSEMBLED

    @property
    def by_author(self) -> bool:
        """Tell whether nothing but its author stands behind the sentence."""
        return self.origin == AUTHOR or not self.events


@dataclass(frozen=True, slots=True)
class NarrativePhase:
    """A phase told: heading, dates, the ground for its breaks, and its sentences in order."""

    id: str
    heading: str
    dates: str
    opening: str
    closing: str
    sentences: tuple[NarrativeSentence, ...]


def date_words(date: EventDate) -> str:
    """Return a date as a reader sees it, never more exact than its source; none is “not reported”."""
    if date.edtf:
        return display_date(date.edtf)
    if date.earliest and date.latest:
        return f"between {date.earliest} and {date.latest}"
    if date.latest:
        return f"no later than {date.latest}"
    return f"no earlier than {date.earliest}" if date.earliest else "date not reported"


def bounds_words(date: EventDate) -> str:
    """Return what is recorded of a date: EDTF, first and last possible day, and the basis."""
    parts = [date.edtf or "no EDTF", f"{date.earliest or 'open'} … {date.latest or 'open'}"]
    return ", ".join([*parts, f"basis {date.basis}" if date.basis else "basis not reported"])


def place_words(event: Event) -> str:
    """Return where an event's quotation stands, and whose voice it is."""
    line = f"line {event.line}" if event.line is not None else None
    voice = f"voice: {event.voice}" if event.voice else None
    return ", ".join(part for part in (event.source, line, voice) if part) or "source not reported"


def chronological(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events by earliest possible day, an open beginning by its end, ties by id."""
    return tuple(
        sorted(
            events,
            key=lambda event: (
                event.date.earliest or event.date.latest or _LAST,
                event.date.latest or _LAST,
                event.id,
            ),
        )
    )


def assemble_narrative(
    chronology: Chronology, *, expected: frozenset[str] = frozenset()
) -> tuple[NarrativePhase, ...]:
    """Return the story that the events alone tell, phase by phase; events outside any phase come last.

    `expected` are the ids of events that were still to come when their sources spoke of them.
    """
    known = {phase.id for phase in chronology.phases}
    told = [_phase(phase, chronology, expected) for phase in chronology.phases]
    outside = _sentences((event for event in chronology.events if event.phase not in known), expected)
    return (
        (*told, NarrativePhase("outside", "Outside the phases", "", "", "", outside))
        if outside
        else tuple(told)
    )


def _phase(phase: Phase, chronology: Chronology, expected: frozenset[str]) -> NarrativePhase:
    return NarrativePhase(
        phase.id,
        phase.name,
        display_date(phase.edtf) if phase.edtf else "dates not reported",
        _break("Opens with", phase.opens_with, phase.discontinuity_open),
        _break("Closes with", phase.closes_with, phase.discontinuity_close),
        _sentences((event for event in chronology.events if event.phase == phase.id), expected),
    )


def _break(verb: str, event: str | None, ground: str) -> str:
    named = f"{verb} {event}" if event else f"{verb} no named event"
    return f"{named}: {ground}" if ground else f"{named}; the ground for this break is not reported."


def _sentences(events: Iterable[Event], expected: frozenset[str]) -> tuple[NarrativeSentence, ...]:
    return tuple(_sentence(event, expected=event.id in expected) for event in chronological(events))


def _sentence(event: Event, *, expected: bool) -> NarrativeSentence:
    when = date_words(event.date)
    note = " (expected, not observed)" if expected else ""
    said = f"{when[:1].upper()}{when[1:]}: {event.title.rstrip()}{note}"
    return NarrativeSentence(said if _ENDED.search(said) else f"{said}.", (event.id,))
