"""Bringing events into a project: sources found, quotes verified, all written as one operation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qualcase.coding.acts.event import EventDraft, event_change
from qualcase.model.errors import InputError, UsageError
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation
from qualcase.reports.wording import plural
from qualcase.storage.reading.chronology import chronology_uids
from qualcase.storage.reading.codes import code_uids
from qualcase.text.matching import find_quote, first_difference, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.event import Actor, Event
    from qualcase.model.operation import Fields
    from qualcase.model.source import Source
    from qualcase.project.case_events import CaseEvents, SourceClue
    from qualcase.project.project import Project


@dataclass(frozen=True, slots=True)
class _Known:
    """The uids of what is there, by id; actors, events and phases grow as new ones are made."""

    events: dict[str, str]
    phases: dict[str, str]
    actors: dict[str, str]
    codes: dict[str, str]
    coder: str


def import_case_events(project: Project, case: CaseEvents, source: Source | None, name: str) -> None:
    """Write a file's events as one operation; nothing is written where a single quote does not stand."""
    sources = [
        source or _find_source(project.sources.list(), clue, event)
        for event, clue in zip(case.events, case.clues, strict=True)
    ]
    known = _known(project)
    _refuse_clashes(case, known)
    texts = {one.uid: project.sources.text(one) for one in {s.uid: s for s in sources if s}.values()}
    events = [_verified(event, one, texts) for event, one in zip(case.events, sources, strict=True)]
    position = len(known.events)
    known.events.update({event.id: new_uid() for event in events})
    changes = [*_actor_changes(case.actors, known), *_phase_changes(case, known)]
    for number, (event, one) in enumerate(zip(events, sources, strict=True)):
        phase = known.phases[event.phase] if event.phase else None
        uid, given = known.events[event.id], project.codebook.code_versions(event.codes)
        text = project.sources.text_uid(one) if one else None
        draft = EventDraft(event, one.uid if one else None, phase, position + number, uid, given, text)
        changes.append(event_change(draft, actors=known.actors, codes=known.codes))
    changes += [*_link_changes(case, known), *_tension_changes(case, known)]
    operation = Operation("event", f"Brought in {plural(len(events), 'event')} from {name}", tuple(changes))
    project.store.commit(operation, coder=project.coder, codebook_version=project.codebook_version())


def _known(project: Project) -> _Known:
    coder = project.codings.coder_uid()
    with project.store.reading() as connection:
        found = chronology_uids(connection)
        return _Known(found["event"], found["phase"], found["actor"], code_uids(connection), coder)


def _refuse_clashes(case: CaseEvents, known: _Known) -> None:
    taken = [event.id for event in case.events if event.id in known.events]
    if taken:
        raise UsageError(
            f"There is an event {taken[0]} in the project already.",
            hint="Were these events brought in before?",
        )
    if taken := [phase.id for phase in case.phases if phase.id in known.phases]:
        raise UsageError(f"There is a phase {taken[0]} in the project already.")
    for event in case.events:
        if unknown := [code for code in event.codes if code not in known.codes]:
            raise InputError(f"Event {event.id} is coded {unknown[0]}, which no codebook of the project has.")


def _find_source(sources: Sequence[Source], clue: SourceClue, event: Event) -> Source | None:
    if event.quote is None:
        return None
    for source in sources:
        if clue.sha256 and source.sha256 == clue.sha256:
            return source
    name = PurePosixPath(clue.file or "").name
    found = [source for source in sources if name and source.name == name]
    if len(found) == 1:
        return found[0]
    what = clue.file or "the source"
    how = "is not in the project" if not found else f"could be {len(found)} sources"
    raise InputError(f"Event {event.id}: {what} {how}.", hint="Import it first, or name it with --source.")


def _verified(event: Event, source: Source | None, texts: dict[str, str]) -> Event:
    if event.quote is None or source is None:
        return event
    text = texts[source.uid]
    places = find_quote(text, event.quote)
    if not places:
        offset, expected, found = first_difference(text, event.quote)
        message = (
            f"Event {event.id}: its quote does not stand in {source.handle} ({source.name}), "
            f"line {line_of(text, offset)}: expected “{expected}”, found “{found}”."
        )
        raise InputError(message)
    start, end = places[0]
    return replace(event, start=start, end=end, quote=text[start:end])


def _actor_changes(actors: Sequence[Actor], known: _Known) -> Iterator[Change]:
    for actor in actors:
        if actor.id not in known.actors:
            known.actors[actor.id] = new_uid()
            fields: Fields = {
                "handle": actor.id,
                "label": actor.label,
                "type": actor.type,
                "sector": actor.sector,
                "note": actor.note or None,
                "interviewer": 0,
            }
            yield Change("actor", known.actors[actor.id], None, fields)


def _phase_changes(case: CaseEvents, known: _Known) -> Iterator[Change]:
    first = len(known.phases)
    for number, phase in enumerate(case.phases):
        known.phases[phase.id] = new_uid()
        fields: Fields = {
            "handle": phase.id,
            "name": phase.name,
            "edtf": phase.edtf,
            "basis": phase.basis,
            "opens_with_uid": known.events.get(phase.opens_with or ""),
            "closes_with_uid": known.events.get(phase.closes_with or ""),
            "discontinuity_open": phase.discontinuity_open or None,
            "discontinuity_close": phase.discontinuity_close or None,
            "position": first + number,
        }
        yield Change("phase", known.phases[phase.id], None, fields)


def _link_changes(case: CaseEvents, known: _Known) -> Iterator[Change]:
    for link in case.links:
        fields: Fields = {
            "source_event": known.events[link.source],
            "target_event": known.events[link.target],
            "type": link.type,
            "basis": link.basis,
        }
        yield Change("event_link", new_uid(), None, fields)


def _tension_changes(case: CaseEvents, known: _Known) -> Iterator[Change]:
    for text, about in case.tensions:
        fields: Fields = {"kind": "tension", "text": text, "coder": known.coder}
        if about:
            fields |= {"about_kind": "event", "about_uid": known.events[about[0]]}
        yield Change("memo", new_uid(), None, fields)
