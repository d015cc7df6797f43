"""Codings of one coder that come to say one thing: the one there stays, with what the other recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.errors import ConflictError
from qualcase.model.identity import short_uid
from qualcase.model.operation import Change
from qualcase.storage.reading.places import coded_places, memos_on_codings, place_of
from qualcase.storage.records import RECORDS, Names, read_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from qualcase.model.operation import Fields
    from qualcase.storage.connection import Connection
    from qualcase.storage.reading.places import CodedPlace

# What a coding that goes may leave to the one that stays, where that has nothing of its own.
_HANDED_DOWN = ("valence", "stance", "voice", "weight", "key")
# Of these one coding can say only one thing.
_ONE_EACH = ("valence", "stance", "voice", "weight")


@dataclass(frozen=True, slots=True)
class Joined:
    """Changes that leave no twins, and by uid of each coding that goes that of the one that stays."""

    changes: tuple[Change, ...]
    into: Mapping[str, str]

    @property
    def told(self) -> str:
        """What the log says of it, behind what the act did."""
        number = len(self.into)
        if not number:
            return ""
        were = "was" if number == 1 else "were"
        return f"; {number} {were} coded so already and joined with what was there"


def join_twins(connection: Connection, changes: Sequence[Change], *, agreeing: bool = False) -> Joined:
    """Return the changes of an act such that no coding comes to lie where its coder has the same already.

    The one that is there stays and takes over memos, and what it has nothing of its own for. With `agreeing`
    ConflictError where the two contradict each other, as in their valence.
    """
    moving = [one for one in changes if one.record == "coding" and one.before and one.after]
    if not moving:
        return Joined(tuple(changes), {})
    held = read_fields(connection, RECORDS["coding"], Names(connection), [one.uid for one in moving])
    after = {one.uid: {**held.get(one.uid, {}), **(one.after or {})} for one in moving}
    into = _find_twins(connection, held, after)
    if not into:
        return Joined(tuple(changes), {})
    stays = set(into.values())
    kept = read_fields(connection, RECORDS["coding"], Names(connection), stays - after.keys())
    kept |= {uid: after[uid] for uid in stays & after.keys()}
    if agreeing:
        _refuse_contradiction(kept, after, into)
    joined = [
        Change("coding", one.uid, held[one.uid], None) if one.uid in into and one.record == "coding" else one
        for one in changes
    ]
    joined += _handed_down(kept, held, into)
    memos = memos_on_codings(connection, into)
    joined += [Change("memo", memo, {"about_uid": of}, {"about_uid": into[of]}) for memo, of in memos.items()]
    return Joined(_one_each(joined), into)


def _find_twins(connection: Connection, held: dict[str, Fields], after: dict[str, Fields]) -> dict[str, str]:
    """Return, by the uid of each coding that comes to lie on another, the uid of that other."""
    places = {
        uid: place
        for uid, fields in after.items()
        if (place := place_of(fields)) and place != place_of(held.get(uid, {"state": "review"}))
    }
    there: dict[CodedPlace, str] = {}
    for place, uids in coded_places(connection, set(places.values())).items():
        staying = [uid for uid in uids if uid not in places]
        if staying:
            there[place] = staying[0]
    return {uid: twin for uid, place in places.items() if (twin := there.setdefault(place, uid)) != uid}


def _refuse_contradiction(
    kept: Mapping[str, Fields], going: Mapping[str, Fields], into: Mapping[str, str]
) -> None:
    for uid, twin in into.items():
        for name in _ONE_EACH:
            mine, theirs = going[uid].get(name), kept[twin].get(name)
            if mine and theirs and mine != theirs:
                message = (
                    f"The coding {short_uid(uid)} would lie on {short_uid(twin)}, which says the same of "
                    f"those words with another {name}: {theirs}, not {mine}."
                )
                raise ConflictError(message, hint="Let them agree first, or take one of them away.")


def _handed_down(
    kept: Mapping[str, Fields], held: Mapping[str, Fields], into: Mapping[str, str]
) -> Iterator[Change]:
    inherited: dict[str, Fields] = {}
    for uid, twin in into.items():
        now = inherited.setdefault(twin, {})
        now |= _inherited({**kept[twin], **now}, held[uid])
    for uid, fields in inherited.items():
        if fields:
            yield Change("coding", uid, {name: kept[uid].get(name) for name in fields}, fields)


def _inherited(kept: Fields, gone: Fields) -> Fields:
    """Return what the coding that stays takes over; words of both are kept, one below the other."""
    after = {name: gone[name] for name in _HANDED_DOWN if gone.get(name) and not kept.get(name)}
    memos = list(dict.fromkeys(memo for memo in (kept.get("memo"), gone.get("memo")) if memo))
    if memos and "\n".join(memos) != kept.get("memo"):
        after["memo"] = "\n".join(memos)
    if kept.get("origin") and not gone.get("origin"):
        after["origin"] = None  # A person gave it unaided as well, and that is what agreement asks.
    return after


def _one_each(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return one change a record: a coding may move and inherit at once."""
    whole: dict[str, Change] = {}
    for change in changes:
        first = whole.get(change.uid)
        if first is not None and first.before is not None and first.after is not None:
            before = {**(change.before or {}), **first.before}
            change = Change(change.record, change.uid, before, {**first.after, **(change.after or {})})  # noqa: PLW2901 - both in one
        whole[change.uid] = change
    return tuple(whole.values())
