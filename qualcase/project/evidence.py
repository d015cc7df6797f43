"""From the ids under a cell or a mark to what they stand for, with the place where its words can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.project.project import Project


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that evidence rests on: a coding, an event or a source.

    `source`, `start` and `end` are None where it has no place of its own in a text; `about` is its code,
    title or name, `quote` its words.
    """

    id: str
    kind: str
    about: str
    quote: str = ""
    source: str | None = None
    start: int | None = None
    end: int | None = None


def trace_evidence(project: Project, ids: Sequence[str]) -> tuple[Evidence, ...]:
    """Return what some ids stand for, in their order; ids of nothing in this project are passed over."""
    found = {one.id: one for one in (*_events(project), *_sources(project))}
    others = [one for one in ids if one not in found]
    found |= {
        one.uid: Evidence(one.uid, "coding", one.code, one.quote, one.source, one.start, one.end)
        for one in project.codings.read(others)
    }
    return tuple(found[one] for one in dict.fromkeys(ids) if one in found)


def _events(project: Project) -> Iterable[Evidence]:
    for event in project.events.list():
        yield Evidence(
            event.id, "event", event.title, event.quote or "", event.source, event.start, event.end
        )


def _sources(project: Project) -> Iterable[Evidence]:
    for source in project.sources.list():
        about = f"{source.handle} {source.title or source.name}"
        for one in (source.uid, source.handle):
            yield Evidence(one, "source", about, "", source.handle, 0, 0)
