"""The memos screen: every note on the project or on one thing in it, with what it names and what names it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qualcase.model.coding import PASSAGE
from qualcase.model.identity import short_uid
from qualcase.project.memos import MEMO_KINDS
from qualcase.tui.actions import bindings
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.dialogues.line import LineScreen
from qualcase.tui.dialogues.note import NoteScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.export import ask_display_file
from qualcase.tui.keys.memos import MEMOS
from qualcase.tui.memo_lines import kind_entries, memo_lines, memo_row, subject_entries, wording_lines
from qualcase.tui.screens.listing import Listing
from qualcase.tui.targets import Named, Passage
from qualcase.tui.typing_ahead import READS
from qualcase.tui.widgets.lines import LinesPane
from qualcase.tui.widgets.table import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from qualcase.model.coding import Memo
    from qualcase.project.project import Project
    from qualcase.tui.actions import Group
    from qualcase.tui.targets import Target
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.widgets.table import Row
    from qualcase.tui.workbench import Workbench

_COLUMNS = (Column("kind", 14), Column("about", 14), Column("by", 8), Column("when", 10), Column("words"))
_KINDS = (None, *MEMO_KINDS)
_REFLEXIVE = "reflexive"
_NAMES = "An @ before a name links to it: @KM.TRUST a code, @S3 a source, @E04 an event, or the id of a memo."


class MemosScreen(Listing):
    """Lists memos; Enter reads one whole."""

    GROUPS: ClassVar[tuple[Group, ...]] = (MEMOS,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(MEMOS)
    NOTHING = "There is no memo yet: n writes one."

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._memos: dict[str, Memo] = {}
        self._kind: str | None = None
        self._filter = ""

    def title_text(self) -> str:
        """Return how many memos there are, and which are shown."""
        shown = [f"{self._kind} ones" if self._kind else "", f"with “{self._filter}”" if self._filter else ""]
        kept = [part for part in shown if part]
        number = len(self._memos)
        return " · ".join([f"Memos · {number:,}", *([f"shown: {' '.join(kept)}"] if kept else [])])

    async def arrive(self, target: Target | None) -> None:
        """Show the memos as they are now; one that was asked for is shown whatever the filter."""
        await super().arrive(target)
        if isinstance(target, Named) and self._memos.get(target.id) and self.table.chosen_id != target.id:
            self._kind, self._filter = None, ""
            await super().arrive(target)
        if self._memos and not self.table.rows:
            self.say("No memo is so: t goes on to other kinds, / asks for other words.")

    async def read_rows(self) -> tuple[tuple[Column, ...], list[Row]]:
        """Return the memos, the newest first, as far as the filter lets them through."""
        self._memos = {one.uid: one for one in await self.read(lambda project: project.memos.list()) or ()}
        wanted = self._filter.casefold().split()
        found = [
            one
            for one in reversed(self._memos.values())
            if self._kind in {None, one.kind} and all(word in _words(one) for word in wanted)
        ]
        return _COLUMNS, [memo_row(one) for one in found]

    def about(self, row_id: str, width: int) -> list[Line]:
        """Return a memo whole."""
        return memo_lines(self._memos[row_id], self.bench.codes, width)

    def take(self, row_id: str) -> None:
        """Read a memo on its own, however long it is."""
        memo = self._memos[row_id]
        self.app.push_screen(
            ConfirmScreen(f"Memo {short_uid(row_id)}", memo_lines(memo, self.bench.codes, 70), "close")
        )

    def show_chosen(self) -> None:
        """Tell about the chosen memo from its beginning."""
        super().show_chosen()
        self.query_one("#known", LinesPane).scroll_to(y=0, animate=False, force=True)

    # What the keys do.

    def action_new(self) -> None:
        """Ask what a new memo is about."""
        self.spawn(self._ask_about(), READS)

    def action_edit(self) -> None:
        """Change the words of the memo."""
        if memo := self._chosen():

            async def change(text: str) -> None:
                await self._keep(lambda project: project.memos.edit(memo.uid, text), "Changed the memo.")

            self.pick(NoteScreen(f"Memo {short_uid(memo.uid)}", memo.text, about=_NAMES), change)

    def action_remove(self) -> None:
        """Take the memo away, after a word."""
        if memo := self._chosen():

            async def remove(_: bool) -> None:  # noqa: FBT001 -- the dialogue's answer
                said = "Removed the memo. u brings it back."
                await self.do(lambda project: project.memos.remove(memo.uid), said)

            lines = memo_lines(memo, self.bench.codes, 70)
            self.pick(ConfirmScreen("Remove this memo?", lines, "remove it"), remove)

    def action_wordings(self) -> None:
        """Show what the memo said before."""
        if memo := self._chosen():
            self.say("Reading the journal …")
            self.spawn(self._show_wordings(memo), READS)

    def action_follow(self) -> None:
        """Go to what the memo is about, names, or is named by."""
        memo = self._chosen()
        if memo is None:
            return
        linked = [memo.about] if memo.about and memo.about[0] not in {"project", "coder"} else []
        linked += [*memo.links, *(("memo", name) for name in memo.linked_from)]
        links = tuple(dict.fromkeys(linked))
        if not links:
            self.say("This memo names nothing: an @ before a name links to it.")
        elif len(links) == 1:
            self.spawn(self._go(memo, *links[0]), READS)
        else:
            entries = [Entry(f"{kind} {name}", f"{kind} {name}") for kind, name in links]
            self.pick(
                PickScreen("Go to what?", entries, "go there"),
                lambda chosen: self._go(memo, *chosen.split(" ", 1)),
                READS,
            )

    def action_next_kind(self) -> None:
        """Show the next kind only."""
        self._show_kind(_KINDS[(_KINDS.index(self._kind) + 1) % len(_KINDS)])

    def action_turn_register(self) -> None:
        """Show the reflexive memos only, or all."""
        self._show_kind(None if self._kind == _REFLEXIVE else _REFLEXIVE)

    def action_filter(self) -> None:
        """Show only those with some words."""
        keys = (("Enter", "show"), ("Esc", "close"))
        self.pick(LineScreen("Show memos with", self._filter, "words", *keys), self._show_with, READS)

    def action_write(self) -> None:
        """Write the register to a file."""
        self.spawn(self._write(), READS)

    # The steps of the longer ones.

    def _chosen(self) -> Memo | None:
        return self._memos.get(self.table.chosen_id or "")

    def _show_kind(self, kind: str | None) -> None:
        self._kind = kind
        self.say(f"Only {kind} memos." if kind else "All memos.")
        self.spawn(self.arrive(None), READS)

    async def _show_with(self, words: str) -> None:
        self._filter = words.strip()
        await self.arrive(None)

    async def _ask_about(self) -> None:
        entries = await self.read(subject_entries)
        if entries is not None:
            self.pick(PickScreen("A memo about what?", entries, "next"), self._ask_kind, READS)

    async def _ask_kind(self, subject: str) -> None:
        async def ask(kind: str) -> None:
            self.pick(
                NoteScreen(f"{_a(kind).capitalize()} memo", about=_NAMES),
                lambda text: self._add(subject, kind, text),
            )

        self.pick(PickScreen("Which kind of memo?", kind_entries(), "next"), ask, READS)

    async def _add(self, subject: str, kind: str, text: str) -> None:
        about = None if subject == "project" else subject
        await self._keep(lambda project: project.memos.add(text, kind, about), f"Wrote {_a(kind)} memo.")

    async def _keep(self, job: Callable[[Project], Memo], said: str) -> None:
        memo = await self.act(job, said)
        if memo is None:
            return
        lost = await self.read(lambda project: project.memos.unresolved(memo.text))
        if lost:
            self.say(f"{said} Nothing here is called {', '.join(f'@{name}' for name in lost)}.", warn=True)
        await self.arrive(Named(memo.uid))

    async def _show_wordings(self, memo: Memo) -> None:
        wordings = await self.read(lambda project: project.memos.wordings(memo.uid))
        if wordings is not None:
            self.say("")
            title = "1 wording" if len(wordings) == 1 else f"{len(wordings)} wordings, the newest first"
            self.app.push_screen(ConfirmScreen(title, wording_lines(wordings, 70), "close"))

    async def _write(self) -> None:
        kind = self._kind
        display = await self.read(lambda project: project.memos.register(kind))
        if display is not None:
            ask_display_file(self, display)

    async def _go(self, memo: Memo, kind: str, name: str) -> None:
        if kind == "memo":
            await self.arrive(Named(next(uid for uid in self._memos if name in {uid, short_uid(uid)})))
        elif kind == PASSAGE:
            self._go_to_passage(memo)
        elif kind == "source":
            source = self.bench.source(name)
            self.application.go("coding", Passage(source.uid if source else name, 0, 0))
        elif kind == "coding":
            coding = await self.read(lambda project: project.codings.find(name))
            if coding is not None:
                self.application.go("coding", Passage(coding.source, coding.start, coding.end))
        else:
            place = {"code": "codebook", "event": "timeline", "case": "cases"}[kind]
            self.application.go(place, Named(name))

    def _go_to_passage(self, memo: Memo) -> None:
        if memo.state == "review":
            self.application.go("review", Named(memo.uid))
        else:
            self.application.go("coding", Passage(memo.source or "", memo.start or 0, memo.end or 0))


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _words(memo: Memo) -> str:
    return " ".join((memo.text, memo.kind, memo.by, *(memo.about or ()), memo.quote or "")).casefold()
