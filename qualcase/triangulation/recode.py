"""What is to be read again after a code's meaning changed: codings and events made under an older one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qualcase.model.coding import Coding
    from qualcase.model.event import Event

CODING, EVENT = "coding", "event"


@dataclass(frozen=True, slots=True)
class Overdue:
    """Why something waits though its version and its code do not say so.

    It is under a version younger than the change in version `since`, and was made without knowing of that;
    or it waited under another code, `merged`, and came along when that was merged, in version `since`.
    """

    since: int
    merged: str | None = None


@dataclass(frozen=True, slots=True)
class Rereading:
    """One coding or event to be read again under one code.

    `made_under` is the codebook version it was last read under, 0 where that is not known; `changed_in`
    the version that changed what the code means, or merged the code it waited under, `merged`, into this
    one. `id` is a coding's id or an event's own.
    """

    kind: str
    id: str
    code: str
    made_under: int
    changed_in: int
    source: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    coder: str | None = None
    title: str | None = None
    merged: str | None = None


def list_rereadings(
    codings: Iterable[Coding],
    events: Iterable[tuple[Event, Mapping[str, int]]],
    changed: Mapping[str, int],
    overdue: Mapping[tuple[str, str], Overdue],
) -> tuple[Rereading, ...]:
    """Return what was coded before the last change of its code's meaning, codings first.

    `events` come with the version under which each code was last read; `changed` gives the version of the
    last change by code id. `overdue` says, by uid and code, what else waits.
    """
    found = [*_codings(codings, changed, overdue)]
    found += [one for event, versions in events for one in _event(event, versions, changed, overdue)]
    return tuple(found)


def is_older(coding: Coding, changed: Mapping[str, int], overdue: Mapping[tuple[str, str], Overdue]) -> bool:
    """Tell whether a coding was made under an older definition of its code."""
    return coding.codebook_version < changed.get(coding.code, 0) or (coding.uid, coding.code) in overdue


def _codings(
    codings: Iterable[Coding], changed: Mapping[str, int], overdue: Mapping[tuple[str, str], Overdue]
) -> Iterator[Rereading]:
    for coding in codings:
        if is_older(coding, changed, overdue):
            why = _reason(coding.uid, coding.code, coding.codebook_version, changed, overdue)
            yield Rereading(
                CODING,
                coding.uid,
                coding.code,
                coding.codebook_version,
                why.since,
                coding.source,
                coding.start,
                coding.end,
                coding.quote,
                coding.coder,
                merged=why.merged,
            )


def _event(
    event: Event,
    versions: Mapping[str, int],
    changed: Mapping[str, int],
    overdue: Mapping[tuple[str, str], Overdue],
) -> Iterator[Rereading]:
    for code in event.codes:
        made = versions.get(code, 0)
        if made < changed.get(code, 0) or (event.uid, code) in overdue:
            why = _reason(event.uid, code, made, changed, overdue)
            yield Rereading(
                EVENT,
                event.id,
                code,
                made,
                why.since,
                event.source,
                event.start,
                event.end,
                event.quote,
                title=event.title,
                merged=why.merged,
            )


def _reason(
    uid: str, code: str, made: int, changed: Mapping[str, int], overdue: Mapping[tuple[str, str], Overdue]
) -> Overdue:
    """Return why something waits: a later change of what its code means comes before what it came with."""
    since = changed.get(code, 0)
    other = overdue.get((uid, code), Overdue(since))
    return Overdue(since) if made < since and other.since < since else other
