"""Which acts whoever did an act knew of: the graph of the journal, read as a few straight lengths."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import select

from qualcase.storage.journal import split_parents
from qualcase.storage.records import chunks
from qualcase.storage.schema import journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection


def asking(connection: Connection) -> Callable[[int, int], bool]:
    """Return what `Ancestry.knows` of a copy; the graph is read once, and not before it is asked."""
    graph = cache(lambda: Ancestry(connection))
    return lambda later, earlier: graph().knows(later, earlier)


class Ancestry:
    """What stood before each act in the copy in which it was done; acts by their place in this file."""

    def __init__(self, connection: Connection) -> None:
        operation = journal.operation
        query = select(operation.c.sequence, operation.c.parents).where(operation.c.parents.is_not(None))
        named = {
            place: split_parents(parents)
            for place, parents in connection.execute(query.order_by(operation.c.sequence))
        }
        places: dict[bytes, int] = {}
        for part in chunks({parent for parents in named.values() for parent in parents}):
            wanted = select(operation.c.hash, operation.c.sequence).where(operation.c.hash.in_(part))
            places |= dict(connection.execute(wanted).all())
        self._starts = list(named)
        self._parents = {
            place: [places[parent] for parent in parents if parent in places]
            for place, parents in named.items()
        }
        self._known: dict[int, dict[int, int]] = {}

    def knows(self, later: int, earlier: int) -> bool:
        """Tell whether an act is another one, or stood on it."""
        start = self._start_of(earlier)
        if start == self._start_of(later):
            return earlier <= later
        return earlier <= self._reach(later).get(start, 0)

    def _reach(self, place: int) -> dict[int, int]:
        """Return by the start of each length how far an act stands on it."""
        if place not in self._known:
            found: dict[int, int] = {}
            waiting = [place]
            while waiting:
                one = waiting.pop()
                start = self._start_of(one)
                if found.get(start, 0) < one:
                    seen = start in found
                    found[start] = one
                    waiting += [] if seen else self._parents.get(start, [])
            self._known[place] = found
        return self._known[place]

    def _start_of(self, place: int) -> int:
        """Return the start of the straight length that an act is in."""
        index = bisect_right(self._starts, place)
        return self._starts[index - 1] if index else 1
