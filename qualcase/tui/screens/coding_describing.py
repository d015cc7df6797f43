"""Describing a coding on the coding screen: which one is meant, its attributes, memos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.coding.places import SpanPlace
from qualcase.tui.choices import HERE, attribute_entries, code_entries, coding_entries, passage_entry
from qualcase.tui.dialogues.line import LineScreen
from qualcase.tui.dialogues.menu import MenuScreen
from qualcase.tui.dialogues.pick import PickScreen
from qualcase.tui.saving import READ_ONLY
from qualcase.tui.screens.coding_finding import CodingFinding

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.model.coding import Coding
    from qualcase.tui.dialogues.note import NoteScreen
    from qualcase.tui.document import OpenDocument

    # What is done with the coding that is meant.
    Use = Callable[[Coding], None]


class CodingDescribing(CodingFinding):
    """Reads the keys for the coding here: the chosen one, the only one, or the one that is picked."""

    def action_choose_coding(self) -> None:
        """Choose the next of the codings here."""
        document = self.session.document
        here = document.codings_at(*document.selection.span) if document else ()
        if document is None or not here:
            self.say("There is no coding here to choose.")
            return
        uids = [coding.uid for coding in here]
        place = uids.index(document.chosen) + 1 if document.chosen in uids else 0
        chosen = here[place % len(here)]
        self.choose(chosen.uid)
        self.say(
            f"“{self.bench.codes.name(chosen.code)}”: {place % len(here) + 1} of {len(here)} here. y next."
        )

    def action_recode(self) -> None:
        """Give the coding here another code."""

        def ask(coding: Coding) -> None:
            title = f"Instead of “{self.bench.codes.name(coding.code)}”"
            screen = PickScreen(title, code_entries(self.bench), "recode")
            self.pick(screen, lambda code_id: self.acts.recode(coding, code_id))

        self.with_coding("Give which coding another code?", "choose", ask)

    def action_mark_key(self) -> None:
        """Mark the coding here as a key quotation, or no longer."""

        def mark(coding: Coding) -> None:
            said = "No longer a key quotation." if coding.key else "Marked as a key quotation."
            self.spawn(self.acts.describe(coding, said, key=not coding.key))

        self.with_coding("Mark which coding as a key quotation?", "mark", mark)

    def action_describe(self) -> None:
        """Record valence, stance, voice or weight of the coding here."""

        def ask(coding: Coding) -> None:
            title = f"“{self.bench.codes.name(coding.code)}”: record what?"
            screen = MenuScreen(title, attribute_entries())
            self.app.push_screen(screen, lambda chosen: self._describe(coding, chosen))

        self.with_coding("Describe which coding?", "choose", ask)

    def _describe(self, coding: Coding, chosen: str | None) -> None:
        if chosen is None:
            return
        name, _, value = chosen.partition("=")
        if value:
            self._record(coding, name, None if value == "none" else value)
        else:
            held = getattr(coding, name)
            shown = f"{held:g}" if isinstance(held, float) else held or ""
            screen = LineScreen(
                name.capitalize(), shown, "empty takes it away", ("Enter", "record"), ("Esc", "close")
            )
            self.app.push_screen(screen, lambda typed: self._record_typed(coding, name, typed))

    def _record_typed(self, coding: Coding, name: str, typed: str | None) -> None:
        if typed is None:
            return
        value: Any = typed.strip() or None
        if name == "weight" and value is not None:
            try:
                value = float(value.replace(",", "."))
            except ValueError:
                self.say(f"“{typed}” is not a number.", warn=True)
                return
        self._record(coding, name, value)

    def _record(self, coding: Coding, name: str, value: Any) -> None:  # noqa: ANN401 - each attribute has its type
        shown = f"{value:g}" if isinstance(value, float) else value
        said = f"{name.capitalize()}: {shown}." if value is not None else f"No {name} any more."
        self.spawn(self.acts.describe(coding, said, **{name: value}))

    # Memos.

    def action_write_memo(self) -> None:
        """Write a memo on the coding here or, where nothing is coded, on the passage."""
        document = self.document_to_change()
        if document is None:
            return
        codings = document.own_at(*document.selection.span)
        chosen = document.chosen_coding()
        start, end = document.selection.span
        if chosen is None and len(codings) == 1 and codings[0].start <= start and end <= codings[0].end:
            chosen = codings[0]
        if chosen is not None and document.is_own(chosen):
            self._write_memo_on(chosen)
        elif not codings:
            self._write_memo_on_passage(document)
        else:
            by_uid = {coding.uid: coding for coding in codings}
            entries = [*coding_entries(self.bench, codings), passage_entry(document)]

            def take(answer: str | None) -> None:
                if answer == HERE:
                    self._write_memo_on_passage(document)
                elif answer is not None:
                    self._write_memo_on(by_uid[answer])

            self.app.push_screen(PickScreen("A memo on what?", entries, "write"), take)

    def _write_memo_on(self, coding: Coding) -> None:
        title = f"Memo on “{self.bench.codes.name(coding.code)}”"
        screen = _note(title, coding.memo or "", f"“{coding.quote}”")
        self.pick(screen, lambda text: self.acts.describe(coding, "Memo kept.", memo=text.strip() or None))

    def _write_memo_on_passage(self, document: OpenDocument) -> None:
        span = document.selection.span
        about = f"“{document.text[slice(*span)]}” @ before the id of a code or source links to it."
        screen = _note("Memo on this passage", "", about)
        self.pick(screen, lambda text: self._add_memo(document, SpanPlace(*span), text))

    async def _add_memo(self, document: OpenDocument, place: SpanPlace, text: str) -> None:
        about = ("source", document.source.handle)
        if await self.act(lambda project: project.memos.add(text, about=about, place=place), "Memo written."):
            self.acts.made += 1
            await self.session.read_memos()

    # What these have in common.

    def document_to_change(self) -> OpenDocument | None:
        """Return the open document; where it is read only, say so and return None."""
        if self.session.read_only:
            self.say(READ_ONLY, warn=True)
            return None
        return self.session.document

    def with_coding(
        self, title: str, verb: str, use: Use, otherwise: str = "Nothing of yours is coded here."
    ) -> None:
        """Do something with the coding that is meant; ask which where there are several."""
        document = self.document_to_change()
        codings = document.own_at(*document.selection.span) if document else ()
        chosen = document.chosen_coding() if document else None
        if chosen is not None:
            if self.acts.may_change(chosen):
                use(chosen)
        elif len(codings) == 1:
            if self.acts.may_change(codings[0]):
                use(codings[0])
        elif codings:
            by_uid = {coding.uid: coding for coding in codings}
            screen = PickScreen(title, coding_entries(self.bench, codings), verb)
            self.app.push_screen(screen, lambda uid: use(by_uid[uid]) if uid else None)
        elif document:
            self.say(otherwise)


def _note(title: str, begun: str, about: str) -> NoteScreen:
    from qualcase.tui.dialogues.note import NoteScreen  # noqa: PLC0415 - an editor: the text is painted first

    return NoteScreen(title, begun, about=about)
