"""The desk of actors: who speaks and acts, one person or body across all sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.coding.acts.actor import describe_actor, merge_actors
from qualcase.model.errors import AmbiguousNameError, UnknownNameError, UsageError
from qualcase.model.identity import new_uid, short_uid
from qualcase.model.operation import Change
from qualcase.project.desk import Desk, one_transaction
from qualcase.storage.reading.actors import list_actor_fields, list_actor_speakers, list_event_actors
from qualcase.storage.reading.attributes import list_stored_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.operation import Fields
    from qualcase.storage.reading.actors import StoredSpeaker
    from qualcase.storage.reading.attributes import StoredValue

ACTOR_TYPES = ("person", "organisation", "group")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who speaks or acts; `speakers` are (source, label, turns), `organisation` another actor's name."""

    uid: str
    name: str
    label: str
    type: str
    role: str | None
    sector: str | None
    organisation: str | None
    interviewer: bool
    speakers: tuple[tuple[str, str, int], ...]


class Actors(Desk):
    """Who is who."""

    def list(self) -> tuple[Actor, ...]:
        """Return all actors in the order of their making."""
        with self._store.reading() as connection:
            fields = list_actor_fields(connection)
            speakers = list_actor_speakers(connection)
        return tuple(_actor(uid, fields, speakers.get(uid, ())) for uid in fields)

    def find(self, name: str) -> Actor:
        """Return an actor by its name, its label in the sources, or an unambiguous beginning of its id."""
        folded = name.strip().casefold()
        known = self.list()
        ways = (
            [actor for actor in known if actor.name == name.strip()],
            [actor for actor in known if actor.name.casefold() == folded],
            [actor for actor in known if actor.label.casefold() == folded],
            [actor for actor in known if any(label.casefold() == folded for _, label, _ in actor.speakers)],
            [
                actor
                for actor in known
                if folded and (actor.uid.startswith(folded) or short_uid(actor.uid) == folded)
            ],
        )
        found = next((way for way in ways if way), [])
        if len(found) > 1:
            raise AmbiguousNameError(
                "actor", name, (f"{actor.name} ({short_uid(actor.uid)})" for actor in found)
            )
        if not found:
            raise UnknownNameError("actor", name, hint="`qualcase actor list` lists them.")
        return found[0]

    @one_transaction
    def rename(self, name: str, new_name: str) -> Actor:
        """Give an actor another name; the labels in the sources stay as they are written."""
        actor, new_name = self.find(name), " ".join(new_name.split())
        if not new_name:
            raise UsageError("An actor needs a name.")
        if any(
            other.name.casefold() == new_name.casefold() for other in self.list() if other.uid != actor.uid
        ):
            raise UsageError(
                f"There is an actor “{new_name}” already.",
                hint=f"If they are one: qualcase actor merge '{new_name}' '{actor.name}'",
            )
        before: Fields = {"handle": actor.name, "label": actor.label}
        after: Fields = {"handle": new_name, "label": new_name}
        if before != after:
            summary = f"Renamed the actor {actor.name} to {new_name}"
            self._commit(describe_actor(actor=actor.uid, before=before, after=after, summary=summary))
        return self.find(actor.uid)

    @one_transaction
    def describe(
        self,
        name: str,
        *,
        role: str | None = None,
        organisation: str | None = None,
        sector: str | None = None,
        type: str | None = None,  # noqa: A002 -- what it is called everywhere else
        interviewer: bool | None = None,
    ) -> Actor:
        """Say an actor's role, organisation, sector or type, or whether it asks; "" empties a field.

        An organisation that is not yet an actor becomes one.
        """
        actor = self.find(name)
        if type is not None and type not in ACTOR_TYPES:
            raise UsageError(
                f"“{type}” is not a type of actor.", hint=f"Choose one of {', '.join(ACTOR_TYPES)}."
            )
        body, new = self._organisation(actor, organisation)
        wanted: Fields = {
            "role": role,
            "sector": sector,
            "type": type,
            "interviewer": None if interviewer is None else int(interviewer),
            "organisation": body,
        }
        with self._store.reading() as connection:
            held = list_actor_fields(connection)[actor.uid]
        after = {field: value or _EMPTY[field] for field, value in wanted.items() if value is not None}
        after = {field: value for field, value in after.items() if held.get(field) != value}
        if after:
            before = {field: held.get(field) for field in after}
            summary = f"Described the actor {actor.name}: {', '.join(after)}"
            self._commit(
                describe_actor(actor=actor.uid, before=before, after=after, summary=summary, new=new)
            )
        return self.find(actor.uid)

    @one_transaction
    def merge(self, kept: str, gone: str) -> Actor:
        """Make two actors one, and return it; what the second said, did and is known for becomes the first's.

        Where both have a value for an attribute, a role or an organisation, the first's stays.
        """
        first, second = self.find(kept), self.find(gone)
        if first.uid == second.uid:
            raise UsageError(f"“{kept}” and “{gone}” are one actor already.")
        with self._store.reading() as connection:
            fields = list_actor_fields(connection)
            speakers = [speaker.uid for speaker in list_actor_speakers(connection).get(second.uid, ())]
            events = {
                uid: actors for uid, actors in list_event_actors(connection).items() if second.uid in actors
            }
            values = list_stored_values(connection, "actor")
        others = list(_inherit(fields, first.uid, second.uid))
        others += _inherit_values(values, first.uid, second.uid)
        self._commit(
            merge_actors(
                kept=first.uid,
                gone=second.uid,
                fields=fields[second.uid],
                speakers=speakers,
                events=events,
                others=others,
                summary=f"Merged the actor {second.name} into {first.name}",
            )
        )
        return self.find(first.uid)

    def _organisation(self, actor: Actor, name: str | None) -> tuple[str | None, tuple[Change, ...]]:
        """Return the uid of the organisation that a name means, and what makes it if it is not known yet."""
        if name is None or not name.strip():
            return name, ()
        try:
            found = self.find(name)
        except UnknownNameError:
            uid, name = new_uid(), " ".join(name.split())
            fields: Fields = {"handle": name, "label": name, "type": "organisation", "interviewer": 0}
            return uid, (Change("actor", uid, None, fields),)
        if found.uid == actor.uid:
            raise UsageError(f"{actor.name} cannot be its own organisation.")
        return found.uid, ()


_EMPTY: Fields = {"role": None, "sector": None, "type": "person", "organisation": None, "interviewer": 0}


def _actor(uid: str, fields: dict[str, Fields], speakers: Sequence[StoredSpeaker]) -> Actor:
    own = fields[uid]
    organisation = fields.get(own.get("organisation") or "")
    return Actor(
        uid=uid,
        name=own["handle"],
        label=own["label"],
        type=own["type"],
        role=own.get("role"),
        sector=own.get("sector"),
        organisation=organisation["handle"] if organisation else None,
        interviewer=bool(own.get("interviewer")),
        speakers=tuple((speaker.source, speaker.label, speaker.turns) for speaker in speakers),
    )


def _inherit(fields: dict[str, Fields], kept: str, gone: str) -> Iterator[Change]:
    """Yield the changes by which the first takes over what only the second has, and its members."""
    names = ("role", "sector", "organisation", "note")
    after = {
        name: fields[gone][name]
        for name in names
        if fields[gone].get(name) and not fields[kept].get(name) and fields[gone][name] != kept
    }
    if fields[kept].get("organisation") == gone:
        after["organisation"] = None
    if after:
        yield Change("actor", kept, {name: fields[kept].get(name) for name in after}, after)
    for uid, other in fields.items():
        if uid not in {kept, gone} and other.get("organisation") == gone:
            yield Change("actor", uid, {"organisation": gone}, {"organisation": kept})


def _inherit_values(values: Sequence[StoredValue], kept: str, gone: str) -> Iterator[Change]:
    """Yield the changes that give the first the attributes that only the second has, and drop the others."""
    own = {value.attribute_uid for value in values if value.owner_uid == kept}
    for value in values:
        if value.owner_uid != gone:
            continue
        if value.attribute_uid not in own:
            yield Change("attribute_value", value.uid, {"owner_uid": gone}, {"owner_uid": kept})
            continue
        fields: Fields = {"attribute": value.attribute_uid, "owner_uid": gone, "text": value.text}
        if value.number is not None:
            fields["number"] = value.number
        yield Change("attribute_value", value.uid, fields, None)
