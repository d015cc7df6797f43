"""The comparison screen: the passages that two coders did not code alike, as far as one may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qualcase.model.errors import QualcaseError
from qualcase.text.matching import line_of
from qualcase.tui.actions import bindings
from qualcase.tui.comparison_lines import (
    Difference,
    agreement_lines,
    columns,
    difference_lines,
    difference_row,
)
from qualcase.tui.dialogues.confirm import ConfirmScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.keys.comparison import COMPARISON
from qualcase.tui.screens.listing import Listing
from qualcase.tui.targets import Named, Passage
from qualcase.tui.typing_ahead import READS
from qualcase.tui.ways_out import full_sentence

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcase.project.project import Project
    from qualcase.triangulation.agreement import AgreementReport
    from qualcase.triangulation.disagreements import Disagreement
    from qualcase.tui.actions import Group
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.widgets.table import Column, Row
    from qualcase.tui.workbench import Workbench

    Pair = tuple[str, str]

_KINDS = (None, "boundary", "level", "different code", "missed")
_WORDS = 400
_ONE = "Only one coder has coded here so far: there is nothing to compare."


class ComparisonScreen(Listing):
    """Lists differences; Enter reads one where it stands, and backspace comes back."""

    GROUPS: ClassVar[tuple[Group, ...]] = (COMPARISON,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMPARISON)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._coders: tuple[str, ...] = ()
        self._pair: Pair | None = None
        self._differences: dict[str, Difference] = {}
        self._code: str | None = None
        self._kind: str | None = None

    def title_text(self) -> str:
        """Return who is compared, and how many differences there are."""
        if self._pair is None:
            return "Compare coders"
        shown = [one for one in (self._code, self._kind) if one]
        only = f" · only {', '.join(shown)}" if shown else ""
        return f"{self._pair[0]} and {self._pair[1]} · {len(self._differences):,} differences{only}"

    async def read_rows(self) -> tuple[tuple[Column, ...], list[Row]]:
        """Return where the two differ; where that may not be seen, why not."""
        wanted, self._differences = self._pair, {}
        try:
            self._coders, pair, found = await self.bench.ask_idly(lambda project: _compare(project, wanted))
        except QualcaseError as fault:
            self.NOTHING = full_sentence(fault)
            return columns(wanted or ("first", "second")), []
        self._pair = pair
        if pair is None:
            self.NOTHING = _ONE
            return columns(("first", "second")), []
        self._differences = {one.id: one for one in found}
        self.NOTHING = f"{pair[0]} and {pair[1]} have coded everything alike where it can be compared."
        if found and not self._shown():
            self.NOTHING = "No difference is so: c and t show others."
        return columns(pair), [difference_row(one) for one in self._shown()]

    def about(self, row_id: str, width: int) -> list[Line]:
        """Return who coded what."""
        one = self._differences.get(row_id)
        return difference_lines(one, self._pair, self.bench.codes, width) if one and self._pair else []

    def take(self, row_id: str) -> None:
        """Read the passage where it stands."""
        found = self._differences[row_id].found
        source = self.bench.source(found.source)
        if source is not None:
            self.application.go("coding", Passage(source.uid, found.start, found.end))

    # What the keys do.

    def action_choose_coders(self) -> None:
        """Compare other two coders."""
        names = self._coders
        pairs = [(one, other) for place, one in enumerate(names) for other in names[place + 1 :]]
        if not pairs:
            self.say(_ONE)
            return
        entries = [Entry(str(place), f"{one} and {other}") for place, (one, other) in enumerate(pairs)]

        async def show(chosen: str) -> None:
            self._pair, self._code = pairs[int(chosen)], None
            await self.arrive(None)

        self.pick(PickScreen("Compare whom?", entries, "compare"), show, READS)

    def action_choose_code(self) -> None:
        """Show only where one code is at stake, or all."""
        counted: dict[str, int] = {}
        for one in self._differences.values():
            counted[one.found.code] = counted.get(one.found.code, 0) + 1
        entries = [Entry("", "all codes", f"{len(self._differences):,} differences")]
        entries += [
            Entry(code, f"{code}  {self.bench.codes.name(code)}", f"{number:,} differences")
            for code, number in counted.items()
        ]

        async def show(code: str) -> None:
            self._code = code or None
            await self.arrive(None)
            self.say(f"Only {code}." if code else "All codes.")

        self.pick(PickScreen("Which code?", entries, "show"), show, READS)

    def action_next_kind(self) -> None:
        """Show the next kind of difference only."""
        self._kind = _KINDS[(_KINDS.index(self._kind) + 1) % len(_KINDS)]
        self.say(f"Only those that seem: {self._kind}." if self._kind else "All kinds.")
        self.spawn(self.arrive(None), READS)

    def action_agreement(self) -> None:
        """Show the agreement of the two."""
        if self._pair is None:
            self.say(self.NOTHING)
        else:
            self.say("Computing …")
            self.spawn(self._show_agreement(self._pair), READS)

    def action_definition(self) -> None:
        """Show the code in the codebook."""
        one = self._differences.get(self.table.chosen_id or "")
        if one is not None:
            self.application.go("codebook", Named(one.found.code))

    def _shown(self) -> list[Difference]:
        return [
            one
            for one in self._differences.values()
            if self._code in {None, one.found.code} and self._kind in {None, one.found.kind}
        ]

    async def _show_agreement(self, pair: Pair) -> None:
        report = await self.read(lambda project: _agreement(project, pair))
        if report is not None:
            self.say("")
            title = f"Agreement of {pair[0]} and {pair[1]}"
            self.app.push_screen(ConfirmScreen(title, agreement_lines(report, 74), "close"))


def _compare(project: Project, wanted: Pair | None) -> tuple[tuple[str, ...], Pair | None, list[Difference]]:
    coders = project.rounds.coders_with_codings()
    pair = wanted or _first_pair(coders, project.coder)
    if pair is None:
        return coders, None, []
    found = project.rounds.differences(pair)
    texts = project.sources.texts(one.source for one in found)
    # In the order in which one reads, so that the codes at stake in one place stand together.
    places = {source.handle: place for place, source in enumerate(project.sources.list())}
    in_order = sorted(found, key=lambda one: (places[one.source], one.start, one.end))
    return coders, pair, [_with_words(one, texts[one.source]) for one in in_order]


def _with_words(found: Disagreement, text: str) -> Difference:
    words = " ".join(text[found.start : found.end][:_WORDS].split())
    return Difference(found, words, line_of(text, found.start))


def _first_pair(coders: tuple[str, ...], mine: str) -> Pair | None:
    own = [name for name in coders if name.casefold() == mine.casefold()]
    ordered = [*own, *(name for name in coders if name not in own)]
    return (ordered[0], ordered[1]) if len(ordered) > 1 else None


def _agreement(project: Project, pair: Pair) -> AgreementReport:
    # What may not be seen passage by passage is not to be seen as a figure either.
    project.rounds.differences(pair)
    return project.rounds.agreement(pair)
