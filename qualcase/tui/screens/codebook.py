"""The codebook screen: the tree of codes, what the chosen one means, and the passages coded so."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from qualcase.codebook.narration import tell
from qualcase.reports.wording import plural
from qualcase.tui.actions import bindings
from qualcase.tui.code_lines import meaning_lines, passage_lines, tree_lines
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.keys.codebook import GROUPS
from qualcase.tui.screens.codebook_changes import CodebookChanges
from qualcase.tui.screens.place import Place
from qualcase.tui.targets import Named, Passage, Passages
from qualcase.tui.typing_ahead import READS
from qualcase.tui.widgets.choice_list import ChoiceList
from qualcase.tui.widgets.code_tree import CodeTree
from qualcase.tui.widgets.lines import LinesPane, fold

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.model.code import Code
    from qualcase.model.coding import Coding
    from qualcase.tui.actions import Group
    from qualcase.tui.targets import Target
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.workbench import Workbench

_SHOWN = 50


class CodebookScreen(Place):
    """Walks the codes and changes them; every change is shown before it is made, and can be undone."""

    GROUPS: ClassVar[tuple[Group, ...]] = GROUPS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*GROUPS)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.codes: tuple[Code, ...] = ()
        self.changes = CodebookChanges(self)
        self._passages: tuple[int, tuple[Coding, ...]] = (0, ())

    def body(self) -> ComposeResult:
        """Lay out the tree beside the meaning and the passages."""
        with Horizontal():
            yield CodeTree(id="tree")
            with Vertical(id="about-code"):
                yield LinesPane(id="meaning")
                yield ChoiceList(id="coded")

    def title_text(self) -> str:
        """Return how many codes there are."""
        active = len(self.bench.codes.active)
        return f"Codebook · {plural(active, 'code')}" + (
            "" if active == len(self.codes) else ", others retired"
        )

    def where(self) -> str:
        """Return which code of how many."""
        return f"{self.code_tree.chosen + 1} of {len(self.codes)}" if self.codes else ""

    def here(self) -> Target | None:
        """Return the chosen code."""
        code = self.chosen
        return Named(code.id) if code else None

    async def arrive(self, target: Target | None) -> None:
        """Show the codes as they are now, with the one that was asked for chosen."""
        wanted = target.id if isinstance(target, Named) else self.chosen.id if self.chosen else ""
        await self.show_again(wanted)
        if self.focused is None:
            self.code_tree.focus()
        if not self.codes:
            self.say("There is no code yet: n makes the first one.")
        elif hidden := await self.read(lambda project: project.rounds.hidden()):
            self.say(hidden)

    async def show_again(self, wanted: str | None = None) -> None:
        """Show the codes as they are now, with a wanted one, or the same as before, chosen."""
        wanted = wanted or (self.chosen.id if self.chosen else "")
        self.codes = tuple(entry.code for entry in self.bench.codes.entries)
        self.code_tree.show(tree_lines(self.bench.codes.entries, self.bench.usage, self.code_tree.room))
        self.code_tree.refresh()
        place = next((n for n, code in enumerate(self.codes) if code.id == wanted), self.code_tree.chosen)
        self.code_tree.choose(place)
        self.show_frame()
        await self._tell()

    @property
    def code_tree(self) -> CodeTree:
        """The list of codes."""
        return self.query_one(CodeTree)

    @property
    def chosen(self) -> Code | None:
        """The code that is chosen."""
        return self.codes[self.code_tree.chosen] if self.code_tree.chosen < len(self.codes) else None

    def on_choice_list_stepped(self, event: ChoiceList.Stepped) -> None:
        """Show what the code that was gone to means."""
        if event.pane is self.code_tree:
            self.show_status()
            self.run_worker(self._tell(), group="telling", exclusive=True)

    def on_choice_list_picked(self, event: ChoiceList.Picked) -> None:
        """Go to the passage that was taken; from the tree, to its passages here."""
        if event.pane is self.code_tree:
            self.query_one("#coded", ChoiceList).focus()
        elif event.place < len(self._passages[1]):
            coding = self._passages[1][event.place]
            self.application.go("coding", Passage(coding.source, coding.start, coding.end))

    def on_code_tree_dropped(self, event: CodeTree.Dropped) -> None:
        """Move a code that was dragged onto another."""
        self.spawn(self.changes.move_onto(self.codes[event.dragged], self.codes[event.onto]))

    def on_resize(self) -> None:
        """Fold anew."""
        self.call_after_refresh(self._lay_out)

    # What the keys do.

    def action_passages(self) -> None:
        """Show all passages of the code."""
        if code := self.chosen:
            self.application.go("passages", Passages(code.name, query=code.id))

    def action_history(self) -> None:
        """Tell the life of the code."""
        if code := self.chosen:
            self.spawn(self._history(code), READS)

    def action_check(self) -> None:
        """Say what is doubtful."""
        self.spawn(self._check(), READS)

    def action_reread(self) -> None:
        """Show what is to be read again under the chosen code."""
        if code := self.chosen:
            self.spawn(self._reread(code), READS)

    def action_confirm(self) -> None:
        """Say that all that waits under the code was read again and holds."""
        if code := self.chosen:
            self.spawn(self.changes.confirm_all(code), READS)

    def action_undo(self) -> None:
        """Take back the last act."""
        self.spawn(self.changes.travel(back=True))

    def action_redo(self) -> None:
        """Do it again."""
        self.spawn(self.changes.travel(back=False))

    def action_add(self) -> None:
        """Make a code beside this one."""
        code = self.chosen
        self.changes.add(code.parent if code else None)

    def action_add_below(self) -> None:
        """Make a code below this one."""
        if code := self.chosen:
            self.changes.add(code.id)

    def action_lift(self) -> None:
        """Move the code up a level."""
        code = self.chosen
        above = next((one for one in self.codes if code and one.id == code.parent), None)
        if code is None or above is None:
            self.say("It is at the top already.")
        else:
            self.spawn(self.changes.move_to(code, above.parent))

    def action_sink(self) -> None:
        """Move the code below the one that stands before it on its level."""
        code = self.chosen
        before = [one for one in self.codes[: self.code_tree.chosen] if code and one.parent == code.parent]
        if code is None or not before:
            self.say("There is no code above it on its level to put it under.")
        else:
            self.spawn(self.changes.move_to(code, before[-1].id))

    def action_edit(self) -> None:
        """Say otherwise what it means."""
        self._change("edit")

    def action_narrow(self) -> None:
        """Let it mean less."""
        self._change("narrow")

    def action_widen(self) -> None:
        """Let it mean more."""
        self._change("widen")

    def action_rename(self) -> None:
        """Give it another name."""
        if code := self.chosen:
            self.changes.rename(code)

    def action_move(self) -> None:
        """Put it elsewhere."""
        if code := self.chosen:
            self.changes.move(code)

    def action_merge(self) -> None:
        """Merge it into another."""
        if code := self.chosen:
            self.changes.merge(code)

    def action_split(self) -> None:
        """Split it."""
        if code := self.chosen:
            self.spawn(self.changes.split(code), READS)

    def action_retire(self) -> None:
        """Close it to new codings."""
        if code := self.chosen:
            self.spawn(self.changes.retire(code), READS)

    def _change(self, kind: str) -> None:
        if code := self.chosen:
            self.spawn(self.changes.redefine(code, kind), READS)

    async def _lay_out(self) -> None:
        self.code_tree.show(tree_lines(self.bench.codes.entries, self.bench.usage, self.code_tree.room))
        await self._tell()

    async def _tell(self) -> None:
        code, pane = self.chosen, self.query_one("#meaning", LinesPane)
        if code is None:
            pane.show([])
            return
        found = await self.read(lambda project: project.queries.page(code.id, 0, _SHOWN))
        if code is not self.chosen:
            return
        self._passages = found or (0, ())
        pane.show(meaning_lines(code, pane.room))
        pane.scroll_to(y=0, animate=False, force=True)
        coded = self.query_one("#coded", ChoiceList)
        coded.show(passage_lines(*self._passages, coded.room, self._below(code)))
        coded.refresh()

    def _below(self, code: Code) -> int:
        within = {code.id}
        for one in self.codes:
            if one.parent in within:
                within.add(one.id)
        return sum(self.bench.usage.get(one, 0) for one in within - {code.id})

    async def _history(self, code: Code) -> None:
        versions = await self.read(lambda project: project.codebook.history(code.id))
        lines: list[Line] = []
        for version in versions or ():
            lines += fold(tell(version), 70, "plain")
            lines.append(())
        self.app.push_screen(ConfirmScreen(f"The life of {code.id}", lines, "close"))

    async def _check(self) -> None:
        found = await self.read(lambda project: project.codebook.check())
        sentences = [f"{book.id}: {finding.message}." for book, finding in found or ()]
        title = f"{len(sentences)} things to look at" if sentences else "Nothing is doubtful"
        said = sentences or ["Every code is defined and used."]
        if hidden := await self.read(lambda project: project.rounds.hidden()):
            said = [hidden, "", *said]
        self.app.push_screen(ConfirmScreen(title, said, "close"))

    async def _reread(self, code: Code) -> None:
        waiting = await self.read(lambda project: project.codebook.reread(code.id))
        if waiting is None:
            return
        if not waiting:
            self.say(f"Nothing coded {code.id} waits to be read again.")
            return
        title = f"{code.name}: to be read again"
        self.application.go("passages", Passages(title, evidence=tuple(one.id for one in waiting)))
