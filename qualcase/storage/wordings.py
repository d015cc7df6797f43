"""Who wrote over whose words: every act that gave a record its words or deleted it, and what it stood on.

An act says which words it found. So it can be told from the acts alone, in whatever order copies are merged,
whether somebody who had an edit before them has since written over it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcase.storage.parts import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcase.model.operation import Change
    from qualcase.storage.joining import Side, Stamp

Knows = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Wording:
    """An act on a record's words: what they were before and since, None for none.

    `place` is the act's in the journal of the copy from which it was read.
    """

    record: str
    uid: str
    stamp: Stamp
    place: int
    before: str | None
    after: str | None


def knows_nothing(_later: int, _earlier: int) -> bool:
    """Tell of two acts that neither stood on the other, where no journal has been read."""
    return False


@dataclass(slots=True)
class Wordings:
    """What one copy's journal says of words.

    `acted` are the memos that people wrote, moved or deleted themselves, `unread` the places of acts whose
    bodies are redacted; `knows` tells of two places whether the first act stood on the second.
    """

    lines: list[Wording] = field(default_factory=list)
    acted: set[str] = field(default_factory=set)
    unread: list[int] = field(default_factory=list)
    knows: Knows = knows_nothing

    def note(self, change: Change, stamp: Stamp, place: int, *, follows: bool = False) -> None:
        """Take in one change of an act; one that only `follows` a text is nobody's word of a memo."""
        if change.record == "memo" and not follows:
            self.acted.add(change.uid)
        name = WORDS.get(change.record)
        if name is None or not (name in (change.before or ()) or name in (change.after or ())):
            return
        before, after = ((fields or {}).get(name) or None for fields in (change.before, change.after))
        self.lines.append(Wording(change.record, change.uid, stamp, place, before, after))


class Hearing:
    """What both copies' journals say of words, as one."""

    def __init__(self, sides: tuple[Side, Side]) -> None:
        self._wordings = tuple(side.wordings for side in sides)
        self._places = tuple({one.stamp[1]: one.place for one in told.lines} for told in self._wordings)
        self.acted = {uid for told in self._wordings for uid in told.acted}
        self.by_record: dict[str, list[Wording]] = {}
        seen = set()
        for one in sorted(self._all(), key=lambda one: (one.stamp, one.uid)):
            if (one.uid, one.stamp) not in seen:
                seen.add((one.uid, one.stamp))
                self.by_record.setdefault(one.uid, []).append(one)

    def _all(self) -> Iterator[Wording]:
        for told in self._wordings:
            yield from told.lines

    def is_done_with(self, one: Wording, others: Iterable[Wording]) -> bool:
        """Tell whether one of the others found these words, knew who had written them, and wrote on."""
        return any(
            other.before == one.after and other.stamp > one.stamp and self._knows(other, one)
            for other in others
        )

    def _knows(self, later: Wording, earlier: Wording) -> bool:
        for told, places in zip(self._wordings, self._places, strict=True):
            first, second = places.get(later.stamp[1]), places.get(earlier.stamp[1])
            if first is not None and second is not None:
                return told.knows(first, second)
        return False

    def is_unsure(self, one: Wording) -> bool:
        """Tell whether somebody who knew of an act did something since of which only the hash is left."""
        for told, places in zip(self._wordings, self._places, strict=True):
            place = places.get(one.stamp[1])
            if place is not None and any(told.knows(unread, place) for unread in told.unread):
                return True
        return False
