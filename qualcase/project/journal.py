"""The desk of the journal: what was done, undo, redo, and whether the chain holds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qualcase.coding.errors import CannotUndoError, NothingToUndoError
from qualcase.model.errors import UsageError
from qualcase.model.operation import Operation
from qualcase.project.desk import Desk
from qualcase.project.independence import is_hidden, seen_acts, seen_changes, sight_of
from qualcase.project.telling import Telling
from qualcase.reports.wording import plural
from qualcase.storage.backup import restore_before
from qualcase.storage.errors import StaleChangeError, StillUsedError
from qualcase.storage.history import is_last, next_redo, next_undo, undone_acts
from qualcase.storage.journal import MERGE, head_before, log_entry, read_entries, read_operation
from qualcase.storage.people import find_coder
from qualcase.storage.reading.places import CodedPlace, find_twin
from qualcase.storage.records import RECORDS, Names, read_fields
from qualcase.storage.renumbering import renumber_operation, settle_newest
from qualcase.storage.rivals import find_rival, knew_of
from qualcase.storage.spoken_again import name_as_now, place_events, read_twins
from qualcase.storage.store import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcase.model.operation import Change, LoggedOperation
    from qualcase.project.independence import Sight
    from qualcase.storage.attesting import Progress
    from qualcase.storage.chain import Verification
    from qualcase.storage.connection import Connection
    from qualcase.storage.history import Finder
    from qualcase.storage.journal import Entry

_SINCE = "somebody has changed that, or built on it, since; nothing was changed."


class JournalDesk(Desk):
    """What was done by whom."""

    def log(self, limit: int | None = None) -> tuple[LoggedOperation, ...]:
        """Return the newest operations, the newest first; all of them without a limit."""
        with self._store.reading() as connection:
            # One more than is shown: an operation without named parents stands on the one before it.
            wanted = None if limit is None else limit + 1
            entries = list(read_entries(connection, newest_first=True, limit=wanted))
            undone = undone_acts(connection, entries[-1].sequence if entries else 0)
        before = (*entries[1:], None)
        shown = [
            log_entry(entry, undone.get(entry.sequence), parent=older.hash if older else None)
            for entry, older in zip(entries, before, strict=True)
        ]
        return seen_acts(self._project, shown[:limit])

    def page(
        self, limit: int, beyond: int | None = None, coder: str | None = None, *, newest_first: bool = True
    ) -> tuple[LoggedOperation, ...]:
        """Return some operations, those beyond a place in the journal; of one coder where one is named.

        Only a merge names its parents here. However long the journal is, only the page is read, and, to say
        what was undone, the kinds of the acts after it.
        """
        between = (None, beyond) if newest_first else (beyond, None)
        with self._store.reading() as connection:
            uid = find_coder(connection, coder) if coder else None
            if coder and uid is None:
                return ()
            found = list(
                read_entries(connection, newest_first=newest_first, limit=limit, between=between, coder=uid)
            )
            undone = undone_acts(connection, min((one.sequence for one in found), default=0))
        return seen_acts(self._project, [log_entry(entry, undone.get(entry.sequence)) for entry in found])

    def size(self) -> int:
        """Return how many operations there are."""
        with self._store.reading() as connection:
            last = next(read_entries(connection, newest_first=True, limit=1), None)
        return last.sequence if last else 0

    def changes(self, name: str) -> tuple[Change, ...]:
        """Return what an operation changed, by its id, but for what is gone, redacted or hidden."""
        with self._store.reading() as connection:
            entry = next(iter(read_entries(connection, uid=name)), None)
        sight = sight_of(self._project)
        if entry and sight and is_hidden(sight, entry.kind, entry.coder):
            return ()
        found = read_operation(entry).changes if entry and entry.body is not None else ()
        return seen_changes(self._project, found)

    def tell(self, operations: Iterable[LoggedOperation]) -> str:
        """Return in words what acts did: codes by their names, a passage by its first words."""
        return Telling(self._project).tell((one, self.changes(one.id)) for one in operations)

    def verify(self, progress: Progress | None = None) -> Verification:
        """Check every hash, parent and place in the chain, and its end; `progress` hears how far it is."""
        return self._store.verify(progress)

    def undo(self, n: int = 1, *, past_merge: bool = False) -> tuple[LoggedOperation, ...]:
        """Take back the acting coder's last `n` acts, newest first, and return the acts taken back.

        All or nothing; CannotUndoError names who has changed what an act wrote since. A merge is taken back
        by restoring the backup from before it, as long as it is the project's last act; `past_merge` lets it
        stand, and takes back what was done before it.
        """
        if n == 1 and not past_merge and (merged := self._last_merge()):
            restore_before(self._store, head_before(merged), instead_of=merged.hash)
            return (log_entry(merged),)
        return self._turn_back(n, "undo", partial(next_undo, past_merge=past_merge))

    def redo(self, n: int = 1) -> tuple[LoggedOperation, ...]:
        """Do again the last `n` acts that the coder took back, and return them."""
        return self._turn_back(n, "redo", next_redo)

    def _last_merge(self) -> Entry | None:
        with self._store.reading() as connection:
            coder = find_coder(connection, self._project.coder)
            last = next_undo(connection, coder) if coder else None
            if last is None or last.kind != MERGE:
                return None
            _refuse_merge(last, followed=not is_last(connection, last))
        return last

    def _turn_back(self, n: int, kind: str, find: Finder) -> tuple[LoggedOperation, ...]:
        if n < 1:
            raise UsageError(f"{n} is not a number of acts.")
        done: list[LoggedOperation] = []
        sight = sight_of(self._project)
        version = self._project.codebook_version()
        with self._store.writing() as connection:
            coder = find_coder(connection, self._project.coder)
            for _ in range(n):
                entry = find(connection, coder) if coder else None
                if entry is None:
                    raise NothingToUndoError(_nothing(self._project.coder, kind, len(done)))
                if kind == "undo":
                    _refuse_merge(entry, followed=not is_last(connection, entry), alone=False)
                if rival := find_rival(connection, entry, kind):
                    _refuse_rival(entry, rival, kind, sight, since=knew_of(connection, rival, entry, kind))
                try:
                    operation = _again(connection, entry, kind)
                    self._store.write(
                        connection,
                        operation,
                        coder=entry.coder,
                        codebook_version=version,
                        target=entry.sequence,
                    )
                except (StaleChangeError, StillUsedError) as error:
                    why = error.message if sight is None else _SINCE
                    message = f"“{read_operation(entry).summary}” cannot be {kind}ne: {why}"
                    raise CannotUndoError(message) from None
                _refuse_double(connection, entry, operation, kind, sight)
                done.append(log_entry(entry))
        return tuple(done)


def _refuse_rival(entry: Entry, rival: Entry, kind: str, sight: Sight | None, *, since: bool) -> None:
    what = "it" if kind == "undo" else "what was there before it"
    hidden = sight is not None and is_hidden(sight, rival.kind, rival.coder)
    quoted = "" if hidden else f" (“{read_operation(rival).summary}”)"
    built = f"has since built on {what}" if since else "has worked on the same without knowing of it"
    message = (
        f"“{read_operation(entry).summary}” cannot be {kind}ne: {rival.coder} {built}{quoted}; "
        "nothing was changed."
    )
    raise CannotUndoError(message, hint=f"{rival.coder} can take that back first.")


def _refuse_double(
    connection: Connection, entry: Entry, operation: Operation, kind: str, sight: Sight | None
) -> None:
    """Raise CannotUndoError where a coding came back to where its coder has coded the same since."""
    moved = [one.uid for one in operation.changes if one.record == "coding" and one.after and _moves(one)]
    fields = read_fields(connection, RECORDS["coding"], Names(connection), moved)
    twin = find_twin(connection, fields.values(), fields.keys(), entry.sequence)
    if twin is not None:
        place, coder = twin
        where = f"{place.start}:{place.end}"
        why = f"{coder} has since coded just that passage so again ({where}); nothing was changed."
        if sight is not None and fold_name(coder) != sight.coder:
            why = _SINCE
        message = f"“{read_operation(entry).summary}” cannot be {kind}ne: {why}"
        raise CannotUndoError(message, hint="One of the two has to go first: qualcase uncode.")


def _moves(change: Change) -> bool:
    return change.before is None or not {*CodedPlace._fields, "state"}.isdisjoint(change.after or {})


def _refuse_merge(entry: Entry, *, followed: bool, alone: bool = True) -> None:
    if entry.kind != MERGE or (alone and not followed):
        return
    what = f"“{read_operation(entry).summary}”"
    if followed:
        backup = "`qualcase backup --list` names the backup from before it"
        beyond = "`qualcase undo --past-merge` takes back what you did before it"
        message = f"{what} cannot be undone: something has followed it; nothing was changed."
        raise CannotUndoError(message, hint=f"{backup}; {beyond}.")
    message = f"{what} is taken back by itself, not with other acts; nothing was changed."
    raise CannotUndoError(message, hint="Take it back alone first.")


def _counter(operation: Operation, kind: str) -> Operation:
    # A coder is known from the first act on, also when that act is taken back.
    changes = [change for change in operation.changes if change.record != "coder"]
    if kind == "redo":
        return Operation("redo", f"Did again: {operation.summary}", tuple(changes))
    inverse = tuple(change.inverse() for change in reversed(changes))
    return Operation("undo", f"Took back: {operation.summary}", inverse)


def _again(connection: Connection, entry: Entry, kind: str) -> Operation:
    """Return what takes an earlier act back, or does it again, as things are called and numbered by now."""
    done_then = renumber_operation(connection, entry, read_operation(entry))
    counter = name_as_now(_counter(done_then, kind), read_twins(connection))
    return place_events(connection, settle_newest(connection, counter))


def _nothing(coder: str, kind: str, done: int) -> str:
    what = "taken back" if kind == "undo" else "done again"
    if done:
        return f"{coder} has only {plural(done, 'act')} that can be {what}; nothing was changed."
    return f"{coder} has no act that can be {what}."
