"""The acts of coding; each ends in a sentence to the person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qualcase.coding.places import SpanPlace
from qualcase.tui.saving import Saving

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualcase.model.coding import Coding
    from qualcase.project.project import Project
    from qualcase.text.selection import Span

    Fields = dict[str, Any]
    # What is done to the coding of an id.
    Change = Callable[[Project, str], Coding]


class Acts(Saving):
    """What a person does to the open document."""

    async def apply(self, code_id: str) -> None:
        """Code the selection."""
        document = self.open_for_acts()
        if document is None or not document.text:
            return
        start, end = document.selection.span
        name = self.bench.codes.name(code_id)
        self.session.last_code = code_id
        here = document.own_at(start, end)
        if any(one.code == code_id and (one.start, one.end) == (start, end) for one in here):
            self.listener.say(f"This passage already carries “{name}”.")
            return
        pending = self.pending(document, start, end, code_id)

        def add(project: Project) -> Sequence[Coding]:
            return project.codings.add(document.source, code_id, SpanPlace(start, end))

        if await self.save(document, (), (pending,), add):
            self.listener.say(f"Coded “{name}”.")

    async def apply_in_vivo(self, under: str) -> None:
        """Make a code that is called as the selected words are, under another one if named, and apply it."""
        document = self.open_for_acts()
        if document is None:
            return
        place = SpanPlace(*document.selection.span)
        words = " ".join(document.text[slice(*document.selection.span)].split())
        pending = self.pending(document, *document.selection.span, words)
        names: list[str] = []

        def make(project: Project) -> Sequence[Coding]:
            code, coding = project.in_vivo.code(document.source, place, under or None)
            names.append(code.name)
            self.session.last_code = code.id
            return (coding,)

        if await self.save(document, (), (pending,), make):
            await self.bench.refresh()
            self.listener.codes_changed()
            self.listener.say(f"Made the code “{names[0]}” of these words, and coded them so.")

    async def uncode(self, coding: Coding) -> None:
        """Take a coding away."""
        document = self.session.document
        if document is None or not self.may_change(coding):
            return
        there = await self.settled(coding)
        if there is None:
            return
        uid = there.uid

        def remove(project: Project) -> Sequence[Coding]:
            return (project.codings.remove(uid),)

        if await self.save(document, (there,), (), remove):
            document.drop(uid)
            self.listener.say(f"Took “{self.bench.codes.name(there.code)}” away. u brings it back.")

    async def recode(self, coding: Coding, code_id: str) -> None:
        """Give a coding another code."""
        name = self.bench.codes.name(code_id)
        if coding.code == code_id:
            self.listener.say(f"This passage already carries “{name}”.")
            return

        def change(project: Project, uid: str) -> Coding:
            return project.codings.recode(uid, code_id)

        said = f"“{self.bench.codes.name(coding.code)}” is now “{name}”."
        await self._change(coding, {"code": code_id}, change, said)

    async def resize(self, coding: Coding, span: Span) -> None:
        """Move the ends of a coding."""
        name = self.bench.codes.name(coding.code)
        if span == (coding.start, coding.end):
            self.listener.say(f"“{name}” stays as it was.")
            return
        start, end = span
        document = self.session.document
        quote = document.text[start:end] if document else coding.quote
        painted = {"start": start, "end": end, "quote": quote}

        def change(project: Project, uid: str) -> Coding:
            return project.codings.resize(uid, start, end)

        await self._change(coding, painted, change, f"“{name}” now covers {start}–{end}.")

    async def describe(self, coding: Coding, said: str, **attributes: Any) -> None:  # noqa: ANN401 - each its own
        """Record something with a coding; `said` is what the person is told."""

        def change(project: Project, uid: str) -> Coding:
            return project.codings.describe(uid, **attributes)

        if all(getattr(coding, name) == value for name, value in attributes.items()):
            self.listener.say("It says so already.")
            return
        await self._change(coding, attributes, change, said)

    async def _change(self, coding: Coding, painted: Fields, change: Change, said: str) -> None:
        document = self.session.document
        if document is None or not self.may_change(coding):
            return
        there = await self.settled(coding)
        if there is None:
            return
        uid, after = there.uid, replace(there, **painted)
        if after == there:
            self.listener.say("It says so already.")
        elif await self.save(document, (there,), (after,), lambda project: (change(project, uid),)):
            self.listener.say(said)
