"""The acts of coding: painted at once, written in the background, and taken back where that fails."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, TypeVar

from qualcase.coding.places import SpanPlace
from qualcase.model.coding import Coding
from qualcase.model.errors import QualcaseError
from qualcase.tui.document import PENDING
from qualcase.tui.screens.place import full_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from qualcase.model.coding import Suggestion
    from qualcase.model.operation import LoggedOperation
    from qualcase.project.project import Project
    from qualcase.tui.document import OpenDocument
    from qualcase.tui.session import Session

    Step = Callable[[Project], Sequence[LoggedOperation]]

Result = TypeVar("Result")


class Acts:
    """What a person does to the open document. Each act ends in a sentence to the listener."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._listener = session.listener
        self._bench = session.bench
        self._numbers = count()
        self._settled: set[str] = set()
        self._made = 0

    async def apply(self, code_id: str) -> None:
        """Code the selection."""
        document = self._session.document
        if document is None or not document.text:
            return
        start, end = document.selection.span
        name = self._bench.codes.name(code_id)
        self._session.last_code = code_id
        here = document.codings_at(start, end)
        if any(one.code == code_id and (one.start, one.end) == (start, end) for one in here):
            self._listener.say(f"This passage already carries “{name}”.")
            return
        pending = self._pending(document, start, end, code_id)
        self._show(document, (), (pending,))
        try:
            made = await self._write(
                lambda project: project.codings.add(document.source, code_id, SpanPlace(start, end))
            )
        except QualcaseError as fault:
            self._fail(document, fault, (pending,), ())
        else:
            self._show(document, (pending,), made, counted=False)
            self._listener.say(f"Coded “{name}”.")

    async def uncode(self, coding: Coding) -> None:
        """Take a coding away."""
        document = self._session.document
        if document is None:
            return
        if coding.uid.startswith(PENDING):
            self._listener.say("This coding is still being saved; try again in a moment.", warn=True)
            return
        self._show(document, (coding,), ())
        try:
            await self._write(lambda project: project.codings.remove(coding.uid))
        except QualcaseError as fault:
            self._fail(document, fault, (), (coding,))
        else:
            document.drop(coding.uid)
            self._listener.say(f"Took “{self._bench.codes.name(coding.code)}” away. u brings it back.")

    async def accept(self, suggestion: Suggestion) -> None:
        """Make a coding of a suggestion."""
        document = self._session.document
        if document is None:
            return
        pending = self._pending(document, suggestion.start, suggestion.end, suggestion.code)
        self._settle(document, suggestion)
        self._show(document, (), (pending,))
        try:
            made = await self._write(lambda project: project.suggestions.accept(suggestion.uid))
        except QualcaseError as fault:
            document.propose((*document.suggestions.values(), suggestion))
            self._fail(document, fault, (pending,), ())
        else:
            self._show(document, (pending,), (made,), counted=False)
            name = self._bench.codes.name(suggestion.code)
            self._listener.say(f"Accepted “{name}”. {_left(document)}")

    async def reject(self, suggestion: Suggestion) -> None:
        """Turn a suggestion down."""
        document = self._session.document
        if document is None:
            return
        self._settle(document, suggestion)
        try:
            await self._write(lambda project: project.suggestions.reject(suggestion.uid))
        except QualcaseError as fault:
            document.propose((*document.suggestions.values(), suggestion))
            self._fail(document, fault, (), ())
        else:
            self._listener.say(f"Rejected “{self._bench.codes.name(suggestion.code)}”. {_left(document)}")

    async def undo(self) -> None:
        """Take back the last act made here; never one from before, which may have been an import."""
        if self._made == 0:
            self._listener.say("Nothing done here is left to take back; `qualcase undo` reaches further.")
        else:
            await self._travel(_undo, -1, "Undone")

    async def redo(self) -> None:
        """Do again what was taken back."""
        await self._travel(_redo, 1, "Done again")

    async def _travel(self, step: Step, by: int, word: str) -> None:
        document = self._session.document
        if document is None:
            return
        self._made += by
        try:
            done, fresh, usage = await self._bench.write(
                lambda project: (
                    step(project),
                    project.codings.in_source(document.source, coder=project.coder),
                    dict(project.codebook.usage()),
                )
            )
        except QualcaseError as fault:
            self._made -= by
            self._listener.failures += 1
            self._listener.say(full_sentence(fault), warn=True)
            return
        self._bench.usage = usage
        self._catch_up(document, fresh)
        self._listener.say(f"{word}: {'; '.join(one.summary for one in done)}")
        if self._settled:
            self._listener.suggestions_wanted()

    async def _write(self, job: Callable[[Project], Result]) -> Result:
        self._made += 1
        return await self._bench.write(job)

    def _catch_up(self, document: OpenDocument, fresh: Iterable[Coding]) -> None:
        now = {one.uid: one for one in fresh}
        gone = [
            one for uid, one in document.codings.items() if uid not in now and not uid.startswith(PENDING)
        ]
        come = [one for uid, one in now.items() if document.codings.get(uid) != one]
        self._show(document, gone, come, counted=False)

    def _pending(self, document: OpenDocument, start: int, end: int, code_id: str) -> Coding:
        uid, coder = f"{PENDING}{next(self._numbers)}", self._bench.coder
        quote = document.text[start:end]
        return Coding(uid, document.source.handle, start, end, quote, code_id, coder, coder)

    def _show(
        self, document: OpenDocument, gone: Iterable[Coding], come: Iterable[Coding], *, counted: bool = True
    ) -> None:
        for coding in gone:
            document.drop(coding.uid)
            self._bench.count(coding.code, -1 if counted else 0)
        for coding in come:
            document.place(coding)
            self._bench.count(coding.code, 1 if counted else 0)
        for coding in (*gone, *come):
            if document is self._session.document:
                self._listener.passage_changed(coding.start, coding.end)

    def _settle(self, document: OpenDocument, suggestion: Suggestion) -> None:
        document.withdraw(suggestion.uid)
        self._settled.add(suggestion.uid)
        self._listener.passage_changed(suggestion.start, suggestion.end)

    def _fail(
        self, document: OpenDocument, fault: QualcaseError, gone: Iterable[Coding], come: Iterable[Coding]
    ) -> None:
        self._made -= 1
        self._listener.failures += 1
        self._show(document, gone, come)
        self._listener.suggestions_changed()
        self._listener.say(f"Not saved, and taken back: {full_sentence(fault)}", warn=True)


def _undo(project: Project) -> Sequence[LoggedOperation]:
    return project.journal.undo()


def _redo(project: Project) -> Sequence[LoggedOperation]:
    return project.journal.redo()


def _left(document: OpenDocument) -> str:
    left = len(document.suggestions)
    return f"{left} left, f goes on." if left else "That was the last one here."
