"""The editor: a transcript is corrected, and what that does to its passages is shown before it is saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import SuspendNotSupported

from qualcase.model.errors import QualcaseError
from qualcase.project.own_editor import edit_outside, write_own
from qualcase.tui.actions import bindings
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.dialogues.line import LineScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.keys.common import EVERYWHERE
from qualcase.tui.keys.review import EDITOR, TYPING
from qualcase.tui.review_lines import foresight_lines
from qualcase.tui.screens.place import Place
from qualcase.tui.targets import Named, Passage
from qualcase.tui.turning_back import redo_last, undo_last
from qualcase.tui.typing_ahead import READS
from qualcase.tui.ways_out import full_sentence
from qualcase.tui.widgets.choice_list import ChoiceList
from qualcase.tui.widgets.text_editor import TextEditor

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import TextArea

    from qualcase.model.source import Source
    from qualcase.project.editing import EditReport
    from qualcase.project.project import Project
    from qualcase.tui.actions import Group
    from qualcase.tui.targets import Target
    from qualcase.tui.workbench import Workbench

_WIDTH = 70
_HINT = "Set EDITOR, as in EDITOR=nano, before the workbench is begun; i types here."
_ACTS = ("save", "type", "own_editor", "discard", "choose_source")


class EditorScreen(Place):
    """Letters are typed until Esc; what was typed stays here, unsaved, whatever other screen one goes to."""

    GROUPS: ClassVar[tuple[Group, ...]] = (EDITOR,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(EDITOR)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._source: Source | None = None
        self._base = ""

    def body(self) -> ComposeResult:
        """Lay out the text above what can be done with it."""
        yield TextEditor(id="editor-text")
        yield ChoiceList(id="editor-acts")

    def title_text(self) -> str:
        """Return which text is corrected."""
        if self._source is None:
            return "Correct a text"
        return f"Correct {self._source.handle} {self._source.title or self._source.name}"

    def where(self) -> str:
        """Return how much is unsaved, and where the cursor is."""
        if self._source is None:
            return ""
        row, column = self.area.cursor_location
        number = len(self.area.typed)
        typed = f"{number:,} edit{'' if number == 1 else 's'}, not saved" if number else "nothing typed"
        return f"{typed} · line {row + 1:,}, {column + 1}"

    def here(self) -> Target | None:
        """Return the source that is corrected."""
        return Named(self._source.uid) if self._source else None

    def bar_groups(self) -> tuple[Group, ...]:
        """Return the groups whose keys the bar shows: while one types, letters are no keys."""
        if self._source is None:
            return (EVERYWHERE,)
        return (TYPING,) if self.focused is self.area else super().bar_groups()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a text there is nothing to do with one."""
        if self._source is None and any(one.name == action for one in EDITOR.actions):
            return False
        return super().check_action(action, parameters)

    def unsaved(self) -> str:
        """Return what would be lost by leaving."""
        if self._source is None or not len(self.area.typed):
            return ""
        return f"What was typed in {self._source.handle} is not saved: s saves it, x leaves it out."

    async def arrive(self, target: Target | None) -> None:
        """Open the source that was asked for; what is typed in another one is asked about first."""
        wanted, offset = self._wanted(target)
        self.area.disabled = wanted is None
        if wanted is None:
            self.acts.display = False
            self.say("There are no sources yet: g, then i, brings some in.")
            self.show_frame()
        elif not self.unsaved():
            await self._open(wanted, offset)
        elif self._source and wanted.uid == self._source.uid:
            self._begin_typing()
            self.say("This is what you typed before; it is not saved yet.")
        else:
            question = ConfirmScreen("Leave out what was typed?", [self.unsaved()], "leave it out")
            self.pick(question, lambda _: self._open(wanted, offset), READS)

    async def read_again(self) -> None:
        """Another program has written: what is typed stays, and may be refused when it is saved."""
        if not self.unsaved():
            await super().read_again()

    @property
    def area(self) -> TextEditor:
        """The text."""
        return self.query_one(TextEditor)

    @property
    def acts(self) -> ChoiceList:
        """What can be done with it."""
        return self.query_one("#editor-acts", ChoiceList)

    def on_mount(self) -> None:
        """List what can be done."""
        shown = {one.name: (one.keys.split(",")[0], one.help) for one in EDITOR.actions}
        self.acts.takes_one_click = True
        self.acts.show([((f" {shown[act][0]} ", "key"), (shown[act][1], "plain")) for act in _ACTS])
        self.acts.display = False

    def on_descendant_focus(self) -> None:
        """Show what can be done while one does not type."""
        self.acts.display = self.focused is not self.area and self._source is not None

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        """Say how much is unsaved."""
        self.show_status()

    def on_text_area_selection_changed(self, _event: TextArea.SelectionChanged) -> None:
        """Say where the cursor is."""
        self.show_status()

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Do what was taken from the list."""
        self.run_worker(self.run_action(_ACTS[event.place]), group=READS)

    # What the keys do.

    def action_stop_typing(self) -> None:
        """Let letters be keys."""
        self.acts.display = True
        self.acts.focus()

    def action_type(self) -> None:
        """Go on typing."""
        self._begin_typing()

    def action_save(self) -> None:
        """Show what the edits would do to passages, and save them if that is meant."""
        area = self.area
        if self._source is None or not len(area.typed):
            self.say("Nothing was typed; there is nothing to save.")
        elif not area.now.strip():
            self.say(f"No text would be left in {self._source.handle}; nothing was saved.", warn=True)
        elif not area.is_true:
            self.say("What was typed cannot be told apart exactly; w keeps it in a file.", warn=True)
        else:
            self.spawn(self._preview(self._source), READS)

    def action_discard(self) -> None:
        """Leave out what was typed."""
        source = self._source
        if source and len(self.area.typed):
            question = ConfirmScreen("Leave out what was typed?", [self.unsaved()], "leave it out")
            said = "What was typed is left out."
            self.pick(question, lambda _: self._open(source, 0, said, typing=False), READS)
        else:
            self.say("Nothing was typed.")

    def action_own_editor(self) -> None:
        """Correct the text in the person's own editor."""
        if self._source is None:
            return
        if self.unsaved():
            self.say(self.unsaved(), warn=True)
            return
        self.spawn(self._edit_outside(self._source))

    def action_choose_source(self) -> None:
        """Open another source."""
        entries = [Entry(one.uid, f"{one.handle}  {one.title or one.name}") for one in self.bench.sources]

        async def go(chosen: str) -> None:
            await self.arrive(Named(chosen))

        self.pick(PickScreen("Correct which source?", entries, "open"), go, READS)

    def action_keep(self) -> None:
        """Write what stands here to a file of its own."""
        if self._source:
            name = f"{self._source.handle}-edited.txt"
            keys = (("Enter", "write"), ("Esc", "close"))
            self.pick(LineScreen("Write what stands here to", name, name, *keys), self._keep)

    def action_undo(self) -> None:
        """Take back the last act that was saved."""
        self._turn_back(undo_last)

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self._turn_back(redo_last)

    def _turn_back(self, step: Callable[[Project], str]) -> None:
        if self.unsaved():
            self.say(self.unsaved(), warn=True)
        else:
            self.spawn(self._travel(step))

    # The steps of the longer ones.

    def _wanted(self, target: Target | None) -> tuple[Source | None, int]:
        if isinstance(target, Passage):
            return self.bench.source(target.source), target.start
        if isinstance(target, Named):
            return self.bench.source(target.id), 0
        if self._source is not None:
            return self.bench.source(self._source.uid), 0
        left = self.bench.source(str(self.bench.place.get("source", "")))
        return left or next(iter(self.bench.sources), None), 0

    async def _open(self, source: Source, offset: int, said: str = "", *, typing: bool = True) -> None:
        found = await self.read(lambda project: project.editing.base(source))
        if found is None:
            return
        self._source, (self._base, text) = source, found
        self.area.begin(text)
        if offset:
            self.area.go_to(offset)
        # Whoever pressed a letter that is a key presses the next as one: it must not get into the text.
        if typing:
            self._begin_typing()
        else:
            self.action_stop_typing()
        self.say(said or "Codings follow what you type. Esc, then s, saves.")
        self.show_frame()

    def _begin_typing(self) -> None:
        self.acts.display = False
        self.area.focus()

    async def _preview(self, source: Source) -> None:
        edits, base = self.area.edits, self._base
        seen = await self.read(lambda project: project.editing.foresee(source, edits, base))
        if seen is None:
            return
        number = len(edits)
        title = f"Save {number:,} edit{'' if number == 1 else 's'} of {source.handle}?"

        async def save(_: bool) -> None:  # noqa: FBT001 -- the dialogue's answer
            await self._save(source, lambda project: project.editing.apply(source, edits, base))

        self.pick(ConfirmScreen(title, foresight_lines(seen, _WIDTH), "save"), save)

    async def _save(self, source: Source, job: Callable[[Project], EditReport]) -> bool:
        place, self.area.read_only = self.area.cursor_location, True
        try:
            report = await self.act(job, _told)
        finally:
            self.area.read_only = False
        if report is None:
            return False
        await self.bench.refresh()
        typing = self.focused is self.area
        await self._open(self.bench.source(source.uid) or source, 0, _told(report), typing=typing)
        self.area.move_cursor(place, center=True)
        return True

    async def _edit_outside(self, source: Source) -> None:
        base, before = self._base, self.area.now
        try:
            with self.app.suspend():
                text = edit_outside(before, source.handle, hint=_HINT)
        except SuspendNotSupported:
            self.say("Another editor cannot be shown in this terminal; i types here.", warn=True)
            return
        except QualcaseError as fault:
            self.say(full_sentence(fault), warn=True)
            return
        if text == before:
            self.say("Nothing was changed.")
            return
        seen = await self.read(lambda project: project.editing.foresee_text(source, text, base))
        if seen is None:
            await self._keep(f"{source.handle}-edited.txt", text)
            return

        async def save(_: bool) -> None:  # noqa: FBT001 -- the dialogue's answer
            if not await self._save(source, lambda project: project.editing.replace_text(source, text, base)):
                await self._keep(f"{source.handle}-edited.txt", text)

        title = f"Save {source.handle} as your editor left it?"
        self.pick(ConfirmScreen(title, foresight_lines(seen, _WIDTH), "save"), save)

    async def _keep(self, named: str, text: str | None = None) -> None:
        path, kept = Path(named.strip()).expanduser(), self.area.now if text is None else text  # noqa: ASYNC240
        try:
            await self.bench.ask(lambda _: write_own(path, kept))
        except OSError as fault:
            self.say(f"{path} cannot be written: {fault.strerror}.", warn=True)
        else:
            self.say(f"What was written is kept in {path}.", warn=text is not None)

    async def _travel(self, step: Callable[[Project], str]) -> None:
        said = await self.act(step, str)
        if said is not None and self._source is not None:
            await self.bench.refresh()
            source = self.bench.source(self._source.uid)
            if source is not None:
                await self._open(source, 0, said, typing=False)


def _told(report: EditReport) -> str:
    source = report.source.handle
    many = f"{report.placed:,} passages have their places"
    many = "1 passage has its place" if report.placed == 1 else many
    placed = f"{source} is at text version {report.version}; {many}"
    waiting, twice = len(report.review), len(report.doubled)
    said = f"{placed}, {waiting:,} in review: g then r settles them." if waiting else f"{placed}."
    if not twice:
        return said
    which = ", ".join(dict.fromkeys(f"{one.code} by {one.coder}" for one, *_ in report.doubled))
    return f"{said} Twice on the same words now: {which}; x on the coding screen takes one away."
