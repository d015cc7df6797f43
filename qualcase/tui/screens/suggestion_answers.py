"""Answering suggestions: shown at once, saved behind, and taken back one by one."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.model.errors import QualcaseError
from qualcase.project.suggestions import Answered
from qualcase.tui.screens.place import Place
from qualcase.tui.suggestion_queue import SuggestionQueue
from qualcase.tui.turning_back import redo_last, undo_last
from qualcase.tui.ways_out import full_sentence

if TYPE_CHECKING:
    from qualcase.model.coding import Suggestion
    from qualcase.project.project import Project
    from qualcase.tui.widgets.choice_list import ChoiceList
    from qualcase.tui.workbench import Workbench

    Verdict = tuple[str, Suggestion]


class SuggestionAnswers(Place):
    """The queue, the answers given in this sitting, and how the coder has answered before."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.queue = SuggestionQueue()
        self.shown: list[Suggestion] = []
        self.record: dict[tuple[str, str], Answered] = {}
        self._answered: list[Verdict] = []
        self._undone: list[Verdict] = []

    @property
    @abstractmethod
    def pane(self) -> ChoiceList:
        """The list of suggestions."""

    @abstractmethod
    def show_all(self) -> None:
        """Draw everything anew."""

    @abstractmethod
    def show_one(self) -> None:
        """Draw the suggestion that is asked about."""

    @property
    def current(self) -> Suggestion | None:
        """The suggestion that is asked about."""
        return self.shown[self.pane.chosen] if self.shown else None

    def action_accept(self) -> None:
        """Yes."""
        self._answer("accepted")

    def action_reject(self) -> None:
        """No."""
        self._answer("rejected")

    def action_postpone(self) -> None:
        """Not now."""
        if (one := self.current) is None:
            self.say("There is nothing to answer.")
            return
        self.queue.postpone(one.uid)
        self.show_all()
        self.say("Put off: it comes again after the others.")

    def _answer(self, verdict: str) -> None:
        if (one := self.current) is None:
            self.say("There is nothing to answer.")
            return
        self.queue.withdraw(one.uid)
        self._count(one, verdict, 1)
        self._undone.clear()
        self._answered.append((verdict, one))
        self.show_all()
        self.spawn(self._save(verdict, one))

    async def _save(self, verdict: str, one: Suggestion) -> None:
        def decide(project: Project) -> object:
            desk = project.suggestions
            return desk.accept(one.uid) if verdict == "accepted" else desk.reject(one.uid)

        try:
            await self.bench.write(decide)
        except QualcaseError as fault:
            self.failures += 1
            self._answered.remove((verdict, one))
            self._count(one, verdict, -1)
            self.queue.offer((one,))
            self.show_all()
            self.say(f"Not saved, and open again: {full_sentence(fault)}", warn=True)
            return
        said = "Yes: coded" if verdict == "accepted" else "No: not"
        self.say(f"{said} {one.code}. {len(self.queue):,} left. u takes it back.")

    def action_undo(self) -> None:
        """Take the last answer back."""
        if not self._answered:
            self.say("No answer given on this screen is left to take back.")
        else:
            self.spawn(self._travel(self._answered, self._undone, -1))

    def action_redo(self) -> None:
        """Give it again."""
        if not self._undone:
            self.say("No answer was taken back.")
        else:
            self.spawn(self._travel(self._undone, self._answered, 1))

    async def _travel(self, here: list[Verdict], there: list[Verdict], by: int) -> None:
        def step(project: Project) -> str:
            return undo_last(project) if by < 0 else redo_last(project)

        if await self.act(step, str) is None:
            return
        verdict, one = here.pop()
        there.append((verdict, one))
        self._count(one, verdict, by)
        if by < 0:
            self.queue.offer((one,))
        else:
            self.queue.withdraw(one.uid)
        self.show_all()
        if by < 0:
            self._choose(one.uid)

    def _count(self, one: Suggestion, verdict: str, by: int) -> None:
        before = self.record.get((one.code, one.stage), Answered())
        accepted = by if verdict == "accepted" else 0
        self.record[one.code, one.stage] = replace(
            before, accepted=before.accepted + accepted, answered=before.answered + by
        )
        self.bench.count(one.code, accepted)

    def _choose(self, uid: str) -> None:
        place = next((place for place, one in enumerate(self.shown) if one.uid == uid), None)
        if place is not None:
            self.pane.choose(place)
            self.show_one()
