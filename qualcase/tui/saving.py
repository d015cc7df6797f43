"""How an act is shown: painted at once, written in the background, and taken back where that fails."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from qualcase.model.coding import Coding
from qualcase.model.errors import QualcaseError
from qualcase.tui.document import PENDING
from qualcase.tui.ways_out import full_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qualcase.project.project import Project
    from qualcase.tui.document import OpenDocument
    from qualcase.tui.session import Session

    Job = Callable[[Project], Sequence[Coding]]


@dataclass(frozen=True, slots=True)
class SavedAct:
    """An act that is saved: what it took from a document, and what it put there."""

    document: OpenDocument
    gone: tuple[Coding, ...]
    come: tuple[Coding, ...]

    @property
    def touched(self) -> set[str]:
        """The codings that it made, changed or took away."""
        return {coding.uid for coding in (*self.gone, *self.come)}

    @property
    def stands(self) -> bool:
        """Whether what it put there is there as it was put, and nothing of it on its way to the file."""
        document = self.document
        there = all(document.codings.get(one.uid) == one for one in self.come)
        return there and not any(document.is_pending(one) for one in (*self.gone, *self.come))


READ_ONLY = "Read only: nothing is changed before R turns that off."


class Saving:
    """What all acts on the open document share. `made` counts those that undo may take back."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.listener = session.listener
        self.bench = session.bench
        self.made = 0
        # The acts by their number in this sitting, so that taking one back can be painted at once.
        self.saved: dict[int, SavedAct] = {}
        self._numbers = count()
        self._under_way: dict[str, asyncio.Future[Coding | None]] = {}

    def open_for_acts(self) -> OpenDocument | None:
        """Return the document to act on; where that is read only, say so and return None."""
        if self.session.read_only:
            self.listener.say(READ_ONLY, warn=True)
            return None
        return self.session.document

    def may_change(self, coding: Coding) -> bool:
        """Whether a coding can be changed now; if not, say why."""
        document = self.open_for_acts()
        if document is None:
            return False
        if not document.is_own(coding):
            self.listener.say(f"This coding is {coding.coder}'s: only {coding.coder} changes it.", warn=True)
        elif document.is_pending(coding) and coding.uid not in self._under_way:
            self.listener.say("This coding is still being saved; try again in a moment.", warn=True)
        else:
            return True
        return False

    async def settled(self, coding: Coding) -> Coding | None:
        """Return a coding as it is once all that was done to it before is saved; None where it is gone."""
        document = self.session.document
        while coding.uid in self._under_way:
            found = await asyncio.shield(self._under_way[coding.uid])
            if found is None:
                return None
            coding = found
        if document is not None and coding.uid not in document.codings:
            self.listener.say("That coding is not there any more.", warn=True)
            return None
        return coding

    def pending(self, document: OpenDocument, start: int, end: int, code_id: str) -> Coding:
        """Return a coding as it is painted before the project has given it a name."""
        uid, coder = f"{PENDING}{next(self._numbers)}", self.bench.coder
        quote = document.text[start:end]
        return Coding(uid, document.source.handle, start, end, quote, code_id, coder, coder)

    async def save(
        self, document: OpenDocument, gone: Sequence[Coding], come: Sequence[Coding], job: Job
    ) -> bool:
        """Paint some codings instead of others, write that, and take it back with a sentence where it fails.

        What the job returns is put in the place of what was painted.
        """
        names = {coding.uid for coding in come}
        settling = self._begin(come)
        document.saving |= names
        self.show(document, gone, come)
        self.made += 1
        number = self.made
        try:
            made = await self.bench.write(job, once_shown=True)
        except QualcaseError as fault:
            document.saving -= names
            self.show(document, come, gone)
            self._end(settling, gone)
            self.fail(fault)
            return False
        document.saving -= names
        if come:
            # What was there already, and what was painted has become one with, was counted before.
            for one in made:
                self.bench.count(one.code, -1 if one.uid in document.codings.keys() - names else 0)
            self.show(document, come, made, counted=False)
        self._end(settling, made)
        self.saved[number] = SavedAct(document, tuple(gone), tuple(made) if come else ())
        return True

    def _begin(self, come: Sequence[Coding]) -> dict[str, asyncio.Future[Coding | None]]:
        # What is done to these codings before they are saved waits for it.
        loop = asyncio.get_running_loop()
        settling = {coding.uid: loop.create_future() for coding in come}
        self._under_way |= settling
        return settling

    def _end(self, settling: dict[str, asyncio.Future[Coding | None]], found: Sequence[Coding]) -> None:
        for place, (uid, future) in enumerate(settling.items()):
            del self._under_way[uid]
            future.set_result(found[place] if place < len(found) else None)

    def show(
        self, document: OpenDocument, gone: Iterable[Coding], come: Iterable[Coding], *, counted: bool = True
    ) -> None:
        """Show some codings instead of others, and count them for their codes."""
        gone, come = tuple(gone), tuple(come)
        for coding in gone:
            document.drop(coding.uid)
            self.bench.count(coding.code, -1 if counted else 0)
        for coding in come:
            document.place(coding)
            self.bench.count(coding.code, 1 if counted else 0)
        if document is self.session.document and (gone or come):
            self.listener.passages_changed([(coding.start, coding.end) for coding in (*gone, *come)])

    def fail(self, fault: QualcaseError) -> None:
        """Say that an act could not be saved."""
        self.made -= 1
        self.saved.clear()  # Those after it have other numbers now.
        self.listener.failures += 1
        self.listener.say(f"Not saved, and taken back: {full_sentence(fault)}", warn=True)
