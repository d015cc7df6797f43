"""The limits that the data themselves show; the author adds the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.quotations import LEAST_FOR_PERCENT, single_voice_codes
from qualcase.text.bounds import in_one_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.reports.content import ReportContent

# A document has no duration; these do.
TIMED = frozenset({"interview", "conversation", "field_note", "observation", "meeting", "focus_group"})
MOST_NAMED = 12


def find_limits(content: ReportContent) -> tuple[str, ...]:
    """Return one sentence a limit; where a check found nothing, or could not be made, that is said too."""
    return (
        *_single_voices(content),
        *_voiceless_actors(content),
        *_undated_events(content),
        *_unknown_durations(content),
        *(f"Tension in the sources: {tension}" for tension in content.chronology.tensions),
    )


def _single_voices(content: ReportContent) -> Iterator[str]:
    codes = single_voice_codes(content.quotations)
    if codes:
        yield f"Codes quoted from a single voice: {_some(codes)}."
    elif content.quotations:
        yield "Every quoted code is heard from more than one voice, or its voice is not reported."


def _voiceless_actors(content: ReportContent) -> Iterator[str]:
    if not content.sources or not content.chronology.actors:
        return
    heard = {name.casefold() for source in content.sources for name, _ in source.speakers}
    heard |= {source.informant.casefold() for source in content.sources if source.informant}
    silent = [
        actor.label
        for actor in content.chronology.actors
        if not actor.interviewer and not {actor.id.casefold(), actor.label.casefold()} & heard
    ]
    if silent:
        yield f"Actors named in events who speak in no source under that name: {_some(silent)}."


def _undated_events(content: ReportContent) -> Iterator[str]:
    events = content.chronology.events
    open_ended = sum(in_one_year(event.date) is None for event in events)
    if events:
        share = f" ({open_ended / len(events):.0%})" if len(events) >= LEAST_FOR_PERCENT else ""
        yield f"{open_ended} of {len(events)} events{share} have no single calendar year in their sources."


def _unknown_durations(content: ReportContent) -> Iterator[str]:
    timed = [source for source in content.sources if source.kind in TIMED]
    missing = [source.handle for source in timed if source.minutes is None]
    if missing:
        yield f"Duration not reported for {len(missing)} of {len(timed)} sources: {_some(missing)}."


def _some(names: tuple[str, ...] | list[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
