"""Changing something on the coding screen: each key leads to one act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.tui.choices import TOP, code_entries, in_vivo_entries
from qualcase.tui.dialogues.pick import PickScreen
from qualcase.tui.screens.coding_describing import CodingDescribing
from qualcase.tui.widgets.code_picker import CodePicker

if TYPE_CHECKING:
    from qualcase.model.coding import Suggestion
    from qualcase.tui.widgets.choice_list import ChoiceList

NO_CODES_YET = (
    "There are no codes yet: i makes one of the words selected; g, b, then n makes one by a name of its own."
)


class CodingChanging(CodingDescribing):
    """Reads keys and hands acts on."""

    def action_choose_code(self) -> None:
        """Open the list of codes."""
        document = self.document_to_change()
        if document and not self.bench.codes.active:
            self.say(NO_CODES_YET)
        elif document:
            title = f"Code “{document.text[slice(*document.selection.span)]}”"
            screen = CodePicker(title, code_entries(self.bench), lambda one: self.spawn(self.acts.apply(one)))
            self.pick(screen, self.acts.apply)

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Apply the code that was taken in the codebook."""
        if not self.bench.codes.active:
            self.say(NO_CODES_YET)
            return
        self.spawn(self.acts.apply(self.bench.codes.active[event.place].code.id))

    def action_repeat_code(self) -> None:
        """Apply the last code."""
        if self.session.last_code is None:
            self.say("No code has been applied yet: c chooses one.")
        else:
            self.spawn(self.acts.apply(self.session.last_code))

    def action_shortcut(self, digit: int) -> None:
        """Apply the code of a digit; in the codebook, give it the digit."""
        if self.focused is self.codebook and self.bench.codes.active:
            self._give_shortcut(str(digit), self.bench.codes.active[self.codebook.chosen].code.id)
        elif code_id := self.shortcuts.get(str(digit)):
            self.spawn(self.acts.apply(code_id))
        else:
            way = "Tab to it" if self.codebook.display else "z shows it"
            self.say(f"No code has the shortcut {digit}: give it one in the codebook ({way}).")

    def _give_shortcut(self, digit: str, code_id: str) -> None:
        kept = {key: other for key, other in self.shortcuts.items() if other != code_id}
        taken = self.shortcuts.get(digit) == code_id
        self.bench.place["shortcuts"] = kept if taken else kept | {digit: code_id}
        name = self.bench.codes.name(code_id)
        self.say(f"“{name}” has no shortcut any more." if taken else f"{digit} now applies “{name}”.")
        self.remember(write=True)
        self.show_codebook()

    def action_code_in_vivo(self) -> None:
        """Make a code of the words selected, under another code or under none, and apply it."""
        document = self.document_to_change()
        if document and document.text and not self.bench.codes.active:
            self.spawn(self.acts.apply_in_vivo(""))
        elif document and document.text:
            words = " ".join(document.text[slice(*document.selection.span)].split())
            screen = PickScreen(
                f"Make the code “{words}” under …", in_vivo_entries(self.bench), "make it there"
            )
            self.pick(screen, lambda under: self.acts.apply_in_vivo("" if under == TOP else under))

    def action_uncode(self) -> None:
        """Take the coding here away; ask which where there are several."""
        self.with_coding(
            "Take which coding away?",
            "uncode",
            lambda coding: self.spawn(self.acts.uncode(coding)),
            otherwise="There is no coding here to take away.",
        )

    def action_undo(self) -> None:
        """Take back the last act."""
        self.spawn(self.acts.undo())

    def action_redo(self) -> None:
        """Do it again."""
        self.spawn(self.acts.redo())

    # Suggestions.

    def action_accept_suggestion(self) -> None:
        """Accept what is shown."""
        if suggestion := self._suggestion_shown():
            self.spawn(self.acts.accept(suggestion))

    def action_reject_suggestion(self) -> None:
        """Reject what is shown."""
        if suggestion := self._suggestion_shown():
            self.spawn(self.acts.reject(suggestion))

    def _suggestion_shown(self) -> Suggestion | None:
        document = self.session.document
        here = document.suggestions_at(*document.selection.span) if document else ()
        if not here:
            self.say("No suggestion is shown here: f goes to the next one.")
        return here[0] if here else None

    # The source.

    def action_toggle_done(self) -> None:
        """Mark the source as coded through, or open it again."""
        if self.document_to_change():
            self.spawn(self._toggle_done())

    async def _toggle_done(self) -> None:
        source = self.session.source
        if source is None:
            return
        done = any(name.casefold() == self.bench.coder.casefold() for name in source.done)
        said = f"{source.handle} is open again." if done else f"{source.handle} is marked as coded through."
        if done:
            changed = await self.act(lambda project: project.sources.reopen(source), said)
        else:
            changed = await self.act(lambda project: project.sources.mark_done(source), said)
        if changed is None:
            return
        self.acts.made += 1
        await self.bench.refresh()
        if self.session.others_shown:
            self.session.hide_others()
            await self._show_others()
        self.show_frame()
