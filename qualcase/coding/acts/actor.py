"""Saying who is who: renaming, describing and merging actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.coding.operations import Act
from qualcase.model.operation import Change, Operation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcase.model.operation import Fields


def describe_actor(
    *, actor: str, before: Fields, after: Fields, summary: str, new: Sequence[Change] = ()
) -> Operation:
    """Return the operation that changes an actor's fields; `new` makes what they refer to."""
    return Operation("actor", summary, (*new, Change("actor", actor, before, after)))


def merge_actors(
    *,
    kept: str,
    gone: str,
    fields: Fields,
    speakers: Sequence[str],
    events: Mapping[str, Sequence[str]],
    others: Sequence[Change],
    summary: str,
) -> Operation:
    """Return the operation by which all that was said and done by `gone` was said and done by `kept`.

    `fields` are those of the actor that goes, `events` the actors of each event that names it, `others` what
    else must change first (organisations, attributes). All references are uids.
    """
    changes = [Change("speaker", uid, {"actor": gone}, {"actor": kept}) for uid in speakers]
    for uid, actors in events.items():
        after = list(dict.fromkeys(kept if actor == gone else actor for actor in actors))
        changes.append(Change("event", uid, {"actors": list(actors)}, {"actors": after}))
    return Operation("actor", summary, (*changes, *others, Change("actor", gone, fields, None)))


ACT = Act("actor", "Rename, describe or merge actors", describe_actor)
