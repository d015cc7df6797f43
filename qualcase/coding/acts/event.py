"""Adding dated events and phases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from qualcase.model.event import Event
    from qualcase.model.operation import Fields


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event with the uids of its source and phase, its place in the list, and the text that it quotes.

    `code_versions` says for each code, by id, under which version of its codebook it was given.
    """

    event: Event
    source: str | None
    phase: str | None
    position: int
    uid: str = ""
    code_versions: dict[str, int] = field(default_factory=dict)
    text: str | None = None


def make_event(draft: EventDraft, *, actors: dict[str, str], codes: dict[str, str]) -> Operation:
    """Return the operation that adds one event; `actors` and `codes` give uids by id, actors may be new."""
    changes = [*new_actors(draft.event.actors, actors)]
    changes.append(event_change(draft, actors=actors, codes=codes))
    return Operation("event", f"Added the event {draft.event.id} ({draft.event.title})", tuple(changes))


def new_actors(names: tuple[str, ...], actors: dict[str, str]) -> list[Change]:
    """Return the changes that make actors not yet known, and note their uids in `actors`."""
    changes = []
    for name in names:
        if name not in actors:
            actors[name] = new_uid()
            fields: Fields = {"handle": name, "label": name, "type": "person", "interviewer": 0}
            changes.append(Change("actor", actors[name], None, fields))
    return changes


def event_change(draft: EventDraft, *, actors: dict[str, str], codes: dict[str, str]) -> Change:
    """Return the change that makes an event whose actors and codes are all known."""
    event = draft.event
    fields: Fields = {
        "handle": event.id,
        "title": event.title,
        "edtf": event.date.edtf,
        "earliest": event.date.earliest,
        "latest": event.date.latest,
        "basis": event.date.basis,
        "as_written": event.date.as_written,
        "about_date": event.about_date,
        "source": draft.source,
        "text_version": draft.text if event.start is not None else None,
        "start": event.start,
        "end": event.end,
        "quote": event.quote,
        "phase": draft.phase,
        "kind": event.kind,
        "extent": event.extent,
        "duration": event.duration,
        "valence": event.valence,
        "voice": event.voice,
        "note": event.note or None,
        "turning_point": int(event.turning_point),
        "position": draft.position,
        "actors": [actors[name] for name in dict.fromkeys(event.actors)],
        "codes": [codes[name] for name in dict.fromkeys(event.codes)],
        "code_versions": draft.code_versions or None,
    }
    return Change("event", draft.uid or new_uid(), None, fields)


def make_phase(*, fields: Fields) -> Operation:
    """Return the operation that adds a phase."""
    return Operation(
        "phase", f"Added the phase {fields['handle']}", (Change("phase", new_uid(), None, fields),)
    )


ACT = Act("event", "Add a dated event", make_event)
