"""Cases: what is studied, and which sources, speakers and turns speak of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.errors import UsageError
from qualcase.model.identity import new_uid
from qualcase.model.operation import Change, Operation
from qualcase.project.desk import Desk, one_transaction
from qualcase.storage.journal import log_entry
from qualcase.storage.reading.cases import case_uids, is_member

if TYPE_CHECKING:
    from qualcase.model.operation import LoggedOperation
    from qualcase.model.source import Source


class Cases(Desk):
    """The cases of the study."""

    def list(self) -> tuple[str, ...]:
        """Return the names of all cases, the first one first."""
        return tuple(self.uids())

    def uids(self) -> dict[str, str]:
        """Return the uid of every case by its name."""
        with self._store.reading() as connection:
            return case_uids(connection)

    @one_transaction
    def create(self, name: str) -> str:
        """Add a case and return its name; a name that is taken is refused."""
        name = " ".join(name.split())
        if not name:
            raise UsageError("A case needs a name.")
        if name.casefold() in {known.casefold() for known in self.list()}:
            raise UsageError(f"There is a case “{name}” already.")
        self._commit(Operation("case", f"Added the case {name}", (case_change(new_uid(), name),)))
        return name

    @one_transaction
    def assign(self, case: str, source: Source, *, turn: int | None = None) -> LoggedOperation:
        """Say that a source, or one of its turns (counted from 1), speaks of a case."""
        known = self.uids()
        if case not in known:
            raise UsageError(f"There is no case “{case}”.", hint=f"The cases: {', '.join(known)}.")
        turns = len(self._project.sources.turns(source))
        if turn is not None and not 1 <= turn <= turns:
            raise UsageError(f"There is no turn {turn} in {source.handle}, which has {turns}.")
        with self._store.reading() as connection:
            if is_member(connection, known[case], source.uid, turn):
                which = source.handle if turn is None else f"Turn {turn} of {source.handle}"
                raise UsageError(f"{which} speaks of {case} already.")
        change = member_change(known[case], source.uid, turn)
        operation = Operation("case", f"Said that {source.handle} speaks of {case}", (change,))
        return log_entry(self._commit(operation), operation=operation)


def case_change(uid: str, name: str) -> Change:
    """Return the change that makes a case."""
    return Change("study_case", uid, None, {"name": name})


def member_change(case: str, source: str, turn: int | None = None) -> Change:
    """Return the change that ties a source, or one of its turns, to a case."""
    return Change("case_member", new_uid(), None, {"case": case, "source": source, "turn": turn})
