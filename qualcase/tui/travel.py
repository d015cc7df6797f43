"""Undo and redo: only what an act changed is read again and painted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.model.errors import QualcaseError
from qualcase.tui.answers import Answers
from qualcase.tui.ways_out import full_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualcase.model.coding import Coding, Suggestion
    from qualcase.model.operation import Change, LoggedOperation
    from qualcase.project.project import Project
    from qualcase.tui.document import OpenDocument
    from qualcase.tui.saving import SavedAct
    from qualcase.tui.session import Session

    Step = Callable[[Project], Sequence[LoggedOperation]]

# What an act of coding changes; any other record changes what the screens list.
_OF_CODING = {"coding", "suggestion_decision", "coder"}


@dataclass(frozen=True, slots=True)
class Travelled:
    """What was taken back or done again, and the codings that it touched as they are now."""

    done: tuple[LoggedOperation, ...]
    changes: tuple[Change, ...]
    codings: tuple[Coding, ...]
    said: str

    @property
    def reaches_further(self) -> bool:
        """Whether more than codings changed, or all of the project."""
        return not self.changes or any(change.record not in _OF_CODING for change in self.changes)


class Travel(Answers):
    """Takes acts back and does them again."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._reopened: list[Suggestion] = []

    async def undo(self) -> None:
        """Take back the last act made here; never one from before, which may have been an import."""
        if self.made == 0:
            self.listener.say("Nothing done here is left to take back; the log (g, then l) reaches further.")
        else:
            await self._travel(_undo, -1, "Undone")

    async def redo(self) -> None:
        """Do again what was taken back."""
        await self._travel(_redo, 1, "Done again")

    async def _travel(self, step: Step, by: int, word: str) -> None:
        document = self.open_for_acts()
        if document is None:
            return
        foreseen = self._foresee(document) if by < 0 else None
        self.made += by
        try:
            travelled = await self.bench.write(
                lambda project: _read(project, step(project)), once_shown=foreseen is not None
            )
        except QualcaseError as fault:
            self.made -= by
            self._take_back(foreseen)
            self.listener.failures += 1
            self.listener.say(full_sentence(fault), warn=True)
            return
        if foreseen is not None:
            document.saving -= foreseen.touched
        if travelled.reaches_further:
            await self.bench.refresh()
            self.listener.codes_changed()
            await self.session.read_codings(document)
        else:
            self._catch_up(document, travelled, foreseen)
        self._answer_again(document, travelled, by)
        self.listener.say(f"{word}: {travelled.said}")

    def _foresee(self, document: OpenDocument) -> SavedAct | None:
        # What the last act did is painted as undone at once; what was undone in truth, when it is known.
        act = self.saved.pop(self.made, None)
        if act is None or act.document is not document or not act.stands:
            return None
        document.saving |= act.touched
        self.show(document, act.come, act.gone)
        return act

    def _take_back(self, foreseen: SavedAct | None) -> None:
        if foreseen is not None:
            foreseen.document.saving -= foreseen.touched
            self.show(foreseen.document, foreseen.gone, foreseen.come)

    def _catch_up(self, document: OpenDocument, travelled: Travelled, foreseen: SavedAct | None) -> None:
        touched = {change.uid for change in travelled.changes if change.record == "coding"}
        if foreseen is not None and not foreseen.touched <= touched:
            self._take_back(foreseen)
        here = document.source.handle
        gone = [document.codings[uid] for uid in touched if uid in document.codings]
        come = [one for one in travelled.codings if one.source == here and one.state == "placed"]
        self.show(document, gone, come)

    def _answer_again(self, document: OpenDocument, travelled: Travelled, by: int) -> None:
        # The answer that was taken back (or given again) last is the one made last at its place.
        for change in travelled.changes:
            fields = (change.after or {}) if change.record == "suggestion_decision" else {}
            place = fields.get("start"), fields.get("end")
            ones = self.answered if by < 0 else self._reopened
            found = next((one for one in reversed(ones) if (one.start, one.end) == place), None)
            if found is None or found.source != document.source.handle:
                continue
            if by < 0:
                self.open_again(document, found)
                self._reopened.append(found)
            else:
                self._reopened.remove(found)
                self.close(document, found)


def _undo(project: Project) -> Sequence[LoggedOperation]:
    return project.journal.undo()


def _redo(project: Project) -> Sequence[LoggedOperation]:
    return project.journal.redo()


def _read(project: Project, done: Sequence[LoggedOperation]) -> Travelled:
    changes = tuple(change for one in done for change in project.journal.changes(one.id))
    uids = [change.uid for change in changes if change.record == "coding"]
    return Travelled(
        tuple(done), changes, project.codings.read(uids) if uids else (), project.journal.tell(done)
    )
