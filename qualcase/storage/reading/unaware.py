"""What was coded without knowing of a version of the codebook that another copy had made already.

Such a coding is of a younger version and still under the older meaning; its number alone cannot say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import case, select

from qualcase.storage.ancestry import Ancestry
from qualcase.storage.history import entry_at, undone_acts
from qualcase.storage.journal import MARKERS, read_entries, read_operation
from qualcase.storage.records import chunks
from qualcase.storage.schema import chronology, codes, codings, journal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection, Select

    from qualcase.codebook.versions import CodebookVersion

# A version of a codebook: the codebook's handle, and its number.
VersionKey = tuple[str, int]
_coding, _operation, _version = codings.coding, journal.operation, codes.codebook_version
_CODED = frozenset({"coding", "event"})
# Acts after which a passage has been looked at, and what its code means perhaps not.
_NO_READING = frozenset({"describe", "resize", "review", "edit", "undo", "merge"})


def changed_apart(versions: Iterable[CodebookVersion]) -> bool:
    """Tell whether versions were made in copies that did not know of each other's."""
    return any(version.number != version.content.get("version", version.number) for version in versions)


class Awareness:
    """Which acts knew of which versions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ancestry = Ancestry(connection)
        made = (
            select(codes.codebook.c.handle, _version.c.number, _operation.c.sequence, _operation.c.kind,
                   _operation.c.target)
            .join(codes.codebook, codes.codebook.c.id == _version.c.codebook_id)
            .join(_operation, _operation.c.uid == _version.c.writer)
            .where(_version.c.deleted == 0)
        )  # fmt: skip
        self._made: dict[VersionKey, int] = {
            (book, number): target if kind in MARKERS else place
            for book, number, place, kind, target in connection.execute(made)
        }

    def unaware_codings(self, wanted: Mapping[str, VersionKey]) -> frozenset[str]:
        """Return the codings, by uid, last read without knowing of a version, given by book and number."""
        found: dict[str, int | None] = dict.fromkeys(wanted)
        undone = undone_acts(self._connection)
        for part in chunks(wanted):
            before: dict[str, tuple[int, int]] = {}
            for uid, code, number, place, kind in self._connection.execute(_states(part)):
                if _is_reading(kind, (code, number), before.get(uid)) and place not in undone:
                    found[uid] = place
                before[uid] = (code, number)
        return frozenset(uid for uid, place in found.items() if not self._knows(place, wanted[uid]))

    def unaware_events(self, wanted: Mapping[str, VersionKey]) -> frozenset[str]:
        """Return those of the events, by uid, whose codes were last given without knowing of a version."""
        event = chronology.event
        found = set()
        for part in chunks(wanted):
            query = select(event.c.uid, event.c.writer).where(event.c.uid.in_(part))
            for uid, writer in self._connection.execute(query):
                if not self._knows(self._reading(uid, writer), wanted[uid]):
                    found.add(uid)
        return frozenset(found)

    def made_apart(self, one: VersionKey, other: VersionKey) -> bool:
        """Tell whether neither of two versions was made by somebody who knew of the other."""
        first, second = self._made[one], self._made[other]
        return not self._ancestry.knows(first, second) and not self._ancestry.knows(second, first)

    def moved_by(self, version: VersionKey) -> frozenset[str]:
        """Return the codings and events, by uid, that a merge of codes gave another code."""
        entry = entry_at(self._connection, self._made[version])
        changes = read_operation(entry).changes if entry.body is not None else ()
        return frozenset(
            change.uid
            for change in changes
            if change.record in _CODED and {"code", "codes"} & (change.after or {}).keys()
        )

    def _reading(self, uid: str, writer: str) -> int | None:
        entry = next(read_entries(self._connection, uid=writer), None)
        if entry is None or entry.body is None or entry.kind == "undo":
            return None
        changes = [change for change in read_operation(entry).changes if change.uid == uid]
        return entry.sequence if any("code_versions" in (change.after or {}) for change in changes) else None

    def _knows(self, act: int | None, version: VersionKey) -> bool:
        made = self._made.get(version)
        return act is not None and (made is None or self._ancestry.knows(act, made))


def _states(uids: Sequence[str]) -> Select[Any]:
    """Return the query for all states of codings, in order, each with the act that first brought it about."""
    act, first = _operation, _operation.alias("first")
    again = act.c.kind == "redo"
    return (
        select(
            _coding.c.uid,
            _coding.c.code_id,
            _coding.c.codebook_version,
            case((again, first.c.sequence), else_=act.c.sequence),
            case((again, first.c.kind), else_=act.c.kind),
        )
        .join(act, act.c.sequence == _coding.c.since)
        .outerjoin(first, first.c.sequence == act.c.target)
        .where(_coding.c.uid.in_(uids))
        .order_by(_coding.c.id)
    )


def _is_reading(kind: str, state: tuple[int, int], before: tuple[int, int] | None) -> bool:
    if kind == "codebook" and before is not None:
        return state[1] != before[1]  # Codes were merged: only what was current counts as read.
    return kind == "confirm" or (kind not in _NO_READING and state != before)
