"""By what records were known when they were begun, and whether who began one knew of another.

Two that are begun alike are one where neither of those who did so knew of the other record. That follows from
two acts, in whichever copies they lie and whatever has been done to the records since.
"""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from qualcase.storage.parts import KNOWN_BY, NEVER
from qualcase.storage.wordings import knows_nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qualcase.model.operation import Change, Fields
    from qualcase.storage.joining import Groups, Held, Side, Stamp
    from qualcase.storage.wordings import Knows


class Begun(NamedTuple):
    """When a record was begun, the place of that act in the journal, and by what it was known then.

    Where that act could not be read there is no place, and it is when that was first changed.
    """

    stamp: Stamp
    place: int | None
    fields: Fields


class Naming:
    """What a copy's acts have called its records and which they have deleted, taken in act by act."""

    def __init__(self, knows: Knows = knows_nothing) -> None:
        self._knows = knows
        self._begun: dict[str, Begun] = {}
        self._former: dict[str, Begun] = {}
        self._lives: dict[str, list[tuple[Stamp, int, bool]]] = {}

    def note(self, change: Change, stamp: Stamp, place: int) -> None:
        """Take in a change."""
        name = KNOWN_BY.get(change.record)
        if name is None:
            return
        if change.before is None or change.after is None:
            self._lives.setdefault(change.uid, []).append((stamp, place, change.after is not None))
        if change.before is None and change.after is not None:
            _keep_first(self._begun, change.uid, Begun(stamp, place, {name: change.after.get(name)}))
        elif change.before is not None and name in change.before and change.after is not None:
            _keep_first(self._former, change.uid, Begun(stamp, None, {name: change.before[name]}))

    def begun(self, uid: str) -> Begun | None:
        """Return how a record was begun, None where no act that was read tells."""
        return self._begun.get(uid) or self._former.get(uid)

    def knew(self, place: int, uid: str) -> bool:
        """Tell whether who did an act knew of a record, and not that it is deleted."""
        lives = self._lives.get(uid)
        if lives is None:
            return True
        known = [life for life in lives if self._knows(place, life[1])]
        return max(known)[2] if known else not min(lives)[2]


def _keep_first(found: dict[str, Begun], uid: str, begun: Begun) -> None:
    found[uid] = min(begun, found.get(uid, begun), key=_moment)


def _moment(begun: Begun) -> Stamp:
    return begun.stamp


def link_begun_alike(
    groups: Groups,
    members: Sequence[Held],
    key_of: Callable[[Held, Fields], object],
    sides: tuple[Side, Side],
) -> None:
    """Let those of one kind be one that two have begun alike, neither knowing of the other's.

    Who uses a name again means another by it: two that somebody told apart do not become one by a third. The
    third is then the one that was begun first.
    """
    found: dict[object, list[tuple[Stamp, str]]] = {}
    together: dict[str, list[str]] = {}
    for held in members:
        together.setdefault(groups.root(held.uid), []).append(held.uid)
        begun = _begun(held, sides)
        key = key_of(held, begun.fields)
        if key is not None:
            found.setdefault(key, []).append((begun.stamp, held.uid))
    pairs = [(max(pair), min(pair)) for group in found.values() for pair in combinations(group, 2)]
    for (_, one), (_, other) in sorted(pairs):
        first, second = groups.root(one), groups.root(other)
        if first == second or _any_told_apart(together[first], together[second], sides):
            continue
        groups.link(one, other)
        together[groups.root(one)] = together.pop(first) + together.pop(second)


def _any_told_apart(first: list[str], second: list[str], sides: tuple[Side, Side]) -> bool:
    return any(_told_apart(one, other, sides) for one, other in product(first, second))


def _begun(held: Held, sides: tuple[Side, Side]) -> Begun:
    """Return how a record was begun: what was read of that goes before what follows from later acts."""
    told = [begun for side in sides if (begun := side.naming.begun(held.uid)) is not None]
    unsaid = Begun(NEVER, None, {})
    return min(told, key=lambda begun: (begun.place is None, begun.stamp), default=unsaid)


def _told_apart(one: str, other: str, sides: Iterable[Side]) -> bool:
    """Tell whether who began one of two knew of the other, and not that it is deleted.

    Of two in one copy it is taken for so where that cannot be read, as after a redaction.
    """
    unread = False
    for side in sides:
        if one in side.held and other in side.held:
            first, second = (_place(side.naming.begun(uid)) for uid in (one, other))
            if first is not None and second is not None:
                return side.naming.knew(first, other) or side.naming.knew(second, one)
            unread = True
    return unread


def _place(begun: Begun | None) -> int | None:
    return None if begun is None else begun.place
