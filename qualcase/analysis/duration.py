"""How long the recorded material lasts, and for how much of it nobody wrote that down."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Source

_LINES = {
    "interview": ("Interviews: {n}", "Interviews: {n}"),
    "conversation": ("Conversations: {n}", "Conversations: {n}"),
    "field_note": ("Observation: {n} field note", "Observation: {n} field notes"),
    "observation": ("Observation: {n} observation", "Observation: {n} observations"),
    "meeting": ("Meetings: {n}", "Meetings: {n}"),
    "document": ("Documents: {n}", "Documents: {n}"),
    "focus_group": ("Focus groups: {n}", "Focus groups: {n}"),
    "survey": ("Surveys: {n}", "Surveys: {n}"),
}
TIMELESS = ("document", "survey")
"""Kinds of source that do not last: an unrecorded duration is no gap."""


def minutes_known(sources: Sequence[Source]) -> float | None:
    """Return the minutes recorded altogether; None, never 0, where no source has any recorded."""
    known = [source.minutes for source in sources if source.minutes is not None]
    return sum(known) if known else None


def duration_text(sources: Sequence[Source]) -> str:
    """Return for instance “24 h 0 min over 11 of 12; 1 not recorded”, of the sources that last."""
    known = minutes_known(sources)
    if known is None:
        return "not recorded"
    with_minutes = sum(source.minutes is not None for source in sources)
    missing = sum(source.minutes is None and source.kind not in TIMELESS for source in sources)
    hours, minutes = divmod(round(known), 60)
    said = f"{hours} h {minutes} min over {with_minutes} of {with_minutes + missing}"
    return f"{said}; {missing} not recorded" if missing else said


def method_line(kind: str, sources: Sequence[Source]) -> str:
    """Return the line of a method section on one kind of source."""
    one, many = _LINES.get(kind, (f"{kind.replace('_', ' ').capitalize()}: {{n}}",) * 2)
    line = (one if len(sources) == 1 else many).format(n=len(sources))
    if kind in TIMELESS and minutes_known(sources) is None:
        return line
    text = duration_text(sources)
    return f"{line} ({'duration not recorded' if text == 'not recorded' else text})"
