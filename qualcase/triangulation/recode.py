"""What is to be read again after a code's meaning changed: codings and events made under an older one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from qualcase.model.coding import Coding
    from qualcase.model.event import Event

CODING, EVENT = "coding", "event"


@dataclass(frozen=True, slots=True)
class Rereading:
    """One coding or event to be read again under one code.

    `made_under` is the codebook version it was last read under, 0 where that is not known; `changed_in`
    the version that changed what the code means. `id` is a coding's id or an event's own.
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


def list_rereadings(
    codings: Iterable[Coding],
    events: Iterable[tuple[Event, Mapping[str, int]]],
    changed: Mapping[str, int],
    unaware: Container[tuple[str, str]] = frozenset(),
) -> tuple[Rereading, ...]:
    """Return what was coded before the last change of its code's meaning, codings first.

    `events` come with the version under which each code was last read; `changed` gives the version of the
    last change by code id, and codes that are not in it have nothing to be read again. `unaware` names, by
    uid and code, what is of a younger version and was still made without knowing of that change.
    """
    found = [*_codings(codings, changed, unaware)]
    found += [one for event, versions in events for one in _event(event, versions, changed, unaware)]
    return tuple(found)


def is_older(
    coding: Coding, changed: Mapping[str, int], unaware: Container[tuple[str, str]] = frozenset()
) -> bool:
    """Tell whether a coding was made under an older definition of its code."""
    return coding.codebook_version < changed.get(coding.code, 0) or (coding.uid, coding.code) in unaware


def _codings(
    codings: Iterable[Coding], changed: Mapping[str, int], unaware: Container[tuple[str, str]]
) -> Iterator[Rereading]:
    for coding in codings:
        if is_older(coding, changed, unaware):
            yield Rereading(
                CODING,
                coding.uid,
                coding.code,
                coding.codebook_version,
                changed[coding.code],
                coding.source,
                coding.start,
                coding.end,
                coding.quote,
                coding.coder,
            )


def _event(
    event: Event,
    versions: Mapping[str, int],
    changed: Mapping[str, int],
    unaware: Container[tuple[str, str]],
) -> Iterator[Rereading]:
    for code in event.codes:
        if versions.get(code, 0) < changed.get(code, 0) or (event.uid, code) in unaware:
            yield Rereading(
                EVENT,
                event.id,
                code,
                versions.get(code, 0),
                changed[code],
                event.source,
                event.start,
                event.end,
                event.quote,
                title=event.title,
            )
