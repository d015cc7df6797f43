"""The review screen: passages that a corrected text left in doubt, old and new side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal

from qualcase.text.matching import find_quote
from qualcase.tui.actions import bindings
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.dialogues.line import LineScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.keys.review import REVIEW
from qualcase.tui.review_lines import COLUMNS, doubt_row, new_lines, old_lines, read_place
from qualcase.tui.screens.listing import Listing
from qualcase.tui.targets import Named, Passage
from qualcase.tui.typing_ahead import READS
from qualcase.tui.widgets.lines import LinesPane, fold

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.project.doubts import Doubt
    from qualcase.project.project import Project
    from qualcase.tui.actions import Group
    from qualcase.tui.review_lines import Found
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.widgets.table import Column, Row
    from qualcase.tui.workbench import Workbench

_MOST_PLACES = 200
_LOSES = {
    "coding": "The coding goes.",
    "memo": "The memo stays, on the source.",
    "event": "The event stays, without its quote.",
}


class ReviewScreen(Listing):
    """Settles one passage after another; nothing is placed without a person's word."""

    GROUPS: ClassVar[tuple[Group, ...]] = (REVIEW,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(REVIEW)
    NOTHING = "Nothing is in doubt. After a text was corrected, look here again."

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._doubts: dict[str, Doubt] = {}
        self._later: dict[str, None] = {}
        self._found: dict[str, Found] = {}

    def body(self) -> ComposeResult:
        """Lay out the table above the old words beside the new ones."""
        yield from super().body()
        with Horizontal(id="old-and-new"):
            yield LinesPane(id="old-words")
            yield LinesPane(id="new-words")

    def title_text(self) -> str:
        """Return how many are left."""
        number = len(self._doubts)
        return f"Review · {number:,} passage{'' if number == 1 else 's'} in doubt"

    async def read_rows(self) -> tuple[tuple[Column, ...], list[Row]]:
        """Return the passages in doubt, those left for later last."""
        found = await self.read(_read)
        doubts, self._found = found or ((), {})
        self._doubts = {one.uid: one for one in doubts}
        ordered = sorted(
            doubts, key=lambda one: list(self._later).index(one.uid) + 1 if one.uid in self._later else 0
        )
        return COLUMNS, [doubt_row(one, self.bench.codes, later=one.uid in self._later) for one in ordered]

    def about(self, row_id: str, width: int) -> list[Line]:
        """Return in a line what is to be decided; the words stand below, side by side."""
        doubt = self._doubts[row_id]
        asked = "Is it there?" if doubt.candidate else "Where is it?"
        return fold(f"{asked} y yes, m elsewhere, x drop it, n later", width, "dim")

    def take(self, row_id: str) -> None:
        """Read the proposed place on the coding screen."""
        doubt = self._doubts[row_id]
        source = self.bench.source(doubt.source)
        if source is None or doubt.candidate is None:
            self.say("Nothing like it is left in the text: there is no place to read.")
        else:
            self.application.go("coding", Passage(source.uid, *doubt.candidate))

    def show_chosen(self) -> None:
        """Show the old words beside the new ones."""
        super().show_chosen()
        doubt, codes = self._doubts.get(self.table.chosen_id or ""), self.bench.codes
        old, new = self.query_one("#old-words", LinesPane), self.query_one("#new-words", LinesPane)
        found = self._found.get(doubt.uid) if doubt else None
        old.show(old_lines(doubt, codes, old.room) if doubt and old.room else [])
        new.show(new_lines(doubt, found, new.room) if doubt and new.room else [])
        for pane in (old, new):
            pane.scroll_to(y=0, animate=False, force=True)

    # What the keys do.

    def action_confirm(self) -> None:
        """Say that it is where it is proposed."""
        if doubt := self._chosen():
            if doubt.candidate is None:
                self.say("No place is proposed: m says where it is, x drops it.", warn=True)
                return
            said = f"{_what(doubt)} is at {doubt.candidate[0]}–{doubt.candidate[1]} now. u takes that back."
            self.spawn(self.do(lambda project: project.editing.confirm(doubt.uid), said))

    def action_move(self) -> None:
        """Ask for words that stand where it is."""
        if doubt := self._chosen():
            words = " ".join((doubt.new or doubt.old).split())
            keys = (("Enter", "find them"), ("Esc", "close"))
            question = LineScreen(
                f"Which words of {doubt.source} is it now?", words, "as they stand there", *keys
            )
            self.pick(question, lambda typed: self._find(doubt, typed), READS)

    def action_take_selection(self) -> None:
        """Place it at what is selected on the coding screen."""
        if doubt := self._chosen():
            spot = self._selected_in(doubt.source)
            if spot is None:
                self.say(f"Nothing is selected in {doubt.source} yet: o goes there, ⌫ comes back.", warn=True)
            else:
                self.spawn(self._propose(doubt, *spot), READS)

    def action_drop(self) -> None:
        """Give it up, after a word."""
        if doubt := self._chosen():
            lines = [f"“{doubt.old}”", f"{_LOSES[doubt.kind]} u brings it back."]

            async def drop(_: bool) -> None:  # noqa: FBT001 -- the dialogue's answer
                said = f"Dropped {_what(doubt)}. u brings it back."
                await self.do(lambda project: project.editing.drop(doubt.uid), said)

            self.pick(ConfirmScreen(f"Drop {_what(doubt)}?", lines, "drop it"), drop)

    def action_later(self) -> None:
        """Leave it for later: it stands last from now on."""
        if doubt := self._chosen():
            self._later.pop(doubt.uid, None)
            self._later[doubt.uid] = None
            self.say(f"{_what(doubt)} is left for later.")
            self.spawn(self._step_on(self.table.chosen), READS)

    def action_open(self) -> None:
        """Read the proposed place on the coding screen."""
        if doubt := self._chosen():
            self.take(doubt.uid)

    def action_edit(self) -> None:
        """Correct the text of its source."""
        if doubt := self._chosen():
            self.application.go("editor", Named(doubt.source))

    # The steps of the longer ones.

    def _chosen(self) -> Doubt | None:
        return self._doubts.get(self.table.chosen_id or "")

    def _selected_in(self, handle: str) -> tuple[int, int] | None:
        # What the coding screen keeps of each source; the file it comes from is the person's own to change.
        source, spots = self.bench.source(handle), self.bench.place.get("spots")
        spot = spots.get(source.uid) if source and isinstance(spots, dict) else None
        if isinstance(spot, list) and [type(one) for one in spot] == [int, int]:
            return spot[0], spot[1]
        return None

    async def _step_on(self, place: int) -> None:
        await self.arrive(None)
        self.table.choose(place)

    async def _find(self, doubt: Doubt, typed: str) -> None:
        places = await self.read(lambda project: _places(project, doubt, typed))
        if places is None:
            return
        if not places:
            self.say(f"“{' '.join(typed.split())}” stands nowhere in {doubt.source}.", warn=True)
        elif len(places) == 1:
            await self._propose(doubt, places[0].start, places[0].end)
        else:
            entries = [
                Entry(f"{one.start} {one.end}", f"line {one.line}: {one.before[-30:]}{one.words}", one.after)
                for one in places
            ]
            question = PickScreen(f"{len(places)} places: which one?", entries, "there")
            self.pick(question, lambda chosen: self._propose(doubt, *map(int, chosen.split())), READS)

    async def _propose(self, doubt: Doubt, start: int, end: int) -> None:
        text = await self.read(lambda project: project.sources.text(project.sources.find(doubt.source)))
        if text is None:
            return

        async def move(_: bool) -> None:  # noqa: FBT001 -- the dialogue's answer
            said = f"{_what(doubt)} is at {start}–{end} now. u takes that back."
            await self.do(lambda project: project.editing.move(doubt.uid, start, end), said)

        lines = [f"It said: “{doubt.old}”", "", f"It will say: “{text[start:end]}”"]
        self.pick(ConfirmScreen(f"Move {_what(doubt)} there?", lines, "move it"), move)


def _read(project: Project) -> tuple[tuple[Doubt, ...], dict[str, Found]]:
    doubts = project.editing.review()
    texts = project.sources.texts(one.source for one in doubts)
    return doubts, {one.uid: read_place(texts[one.source], *one.candidate) for one in doubts if one.candidate}


def _places(project: Project, doubt: Doubt, words: str) -> list[Found]:
    text = project.sources.text(project.sources.find(doubt.source))
    return [read_place(text, *place) for place in find_quote(text, words)[:_MOST_PLACES]]


def _what(doubt: Doubt) -> str:
    return f"{doubt.called} in {doubt.source}"
