"""The sources screen: what was collected, how far it is coded, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from qualcase.model.source import SOURCE_KINDS
from qualcase.tui.actions import bindings
from qualcase.tui.dates import draw_date
from qualcase.tui.dialogues.form import Field, FormScreen
from qualcase.tui.dialogues.line import LineScreen
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.keys.material import SOURCES
from qualcase.tui.screens.listing import Listing
from qualcase.tui.targets import Named, Passage
from qualcase.tui.typing_ahead import READS
from qualcase.tui.widgets.lines import fold
from qualcase.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from textual.binding import BindingType

    from qualcase.model.source import Source
    from qualcase.tui.actions import Group
    from qualcase.tui.widgets.lines import Line
    from qualcase.tui.workbench import Workbench

_COLUMNS = (
    Column("source", 7), Column("title"), Column("kind", 11), Column("date", 12),
    Column("words", 7, numbers=True), Column("turns", 5, numbers=True), Column("codings", 7, numbers=True),
)  # fmt: skip
_DONE = Column("coded through", 14)
_ATTRIBUTE = 12
_TITLE = 24
_WIDE, _MOST_ATTRIBUTES = 110, 3


class SourcesScreen(Listing):
    """Lists sources; Enter opens one to code it."""

    GROUPS: ClassVar[tuple[Group, ...]] = (SOURCES,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(SOURCES)
    NOTHING = "There are no sources yet: g then i imports some."

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self._filter = ""
        self._coverage: dict[str, str] = {}

    def title_text(self) -> str:
        """Return how many sources there are, and which are shown."""
        shown = f" · with “{self._filter}”" if self._filter else ""
        return f"Sources · {len(self.bench.sources)}{shown}"

    async def read_rows(self) -> tuple[tuple[Column, ...], list[Row]]:
        """Return the sources, with as many attributes as there is room for."""
        await self.bench.refresh()
        wide = self.size.width >= _WIDE
        names = list(dict.fromkeys(name for one in self.bench.sources for name in one.attributes))
        names = names[: self._attributes_shown()] if wide else []
        columns = (*_COLUMNS, *((_DONE,) if wide else ()), *(Column(name, _ATTRIBUTE) for name in names))
        wanted = self._filter.casefold().split()
        found = [one for one in self.bench.sources if all(word in _words(one) for word in wanted)]
        coder = self.bench.coder
        self._coverage = await self.read(lambda project: project.sources.coverage(coder)) or {}
        return columns, [_row(one, names, wide=wide) for one in found]

    def _attributes_shown(self) -> int:
        fixed = sum(one.width + 2 for one in (*_COLUMNS, _DONE))
        return max(0, min(_MOST_ATTRIBUTES, (self.size.width - fixed - _TITLE) // (_ATTRIBUTE + 2)))

    def about(self, row_id: str, width: int) -> list[Line]:
        """Return all that is known of a source."""
        source = self.bench.source(row_id)
        if source is None:
            return []
        basis = f" ({source.date_basis})" if source.date_basis else ""
        facts = [
            f"{source.name} · {source.format} · {source.language or 'language not told'}",
            f"{source.minutes:g} minutes" if source.minutes is not None else "length not reported",
            f"date {draw_date(source.date, undated='not reported')}{basis}",
            f"informant {source.informant or 'not reported'}",
            f"cases {', '.join(source.cases) or 'none'}",
            f"coded through by {', '.join(source.done) or 'nobody yet'}",
            f"{self.bench.coder}’s codings cover {self._coverage.get(source.handle, 'nothing')}",
        ]
        lines = [
            *fold(source.title or source.name, width, "strong"),
            *fold(" · ".join(facts), width, "plain"),
        ]
        if source.speakers:
            lines += fold(
                "Speakers: " + ", ".join(f"{who} ({n:,})" for who, n in source.speakers), width, "plain"
            )
        if source.attributes:
            told = ", ".join(f"{name} {value}" for name, value in source.attributes.items())
            lines += fold(f"Attributes: {told}", width, "plain")
        for warning in source.warnings:
            lines += fold(f"At import: {warning}", width, "warn")
        return lines

    def take(self, row_id: str) -> None:
        """Open a source to code it, where it was left."""
        source = self.bench.source(row_id)
        if source is not None:
            self.application.go("coding", Passage(source.uid, 0, 0))

    def action_done(self) -> None:
        """Say that the source is coded through, or open it again."""
        if source := self._chosen():
            if self.bench.coder in source.done:
                said = f"{source.handle} is open again for you."
                self.spawn(self.do(lambda project: project.sources.reopen(source), said))
            else:
                said = f"You have coded {source.handle} through."
                self.spawn(self.do(lambda project: project.sources.mark_done(source), said))

    def action_edit(self) -> None:
        """Correct what is known of the source."""
        if source := self._chosen():
            fields = (
                Field("title", "Title", source.title),
                Field("kind", "Kind", source.kind, choices=SOURCE_KINDS, needed=True),
                Field("date", "Date", source.date or "", about="EDTF, as 2008, 2008-06, 2008~ or 2008/2009."),
                Field("informant", "Informant", source.informant or "", about="Whose words it holds."),
                Field("minutes", "Minutes", "" if source.minutes is None else f"{source.minutes:g}"),
            )
            said = f"Corrected {source.handle}."
            self.pick(
                FormScreen(f"What {source.handle} is", fields),
                lambda given: self.do(lambda project: project.sources.describe(source, **given), said),
            )

    def action_correct(self) -> None:
        """Correct the text of the source."""
        if source := self._chosen():
            self.application.go("editor", Named(source.uid))

    def action_case(self) -> None:
        """Say that the source speaks of a case."""
        if source := self._chosen():
            self.spawn(self._ask_case(source), READS)

    def action_filter(self) -> None:
        """Show only those with some words."""
        question = LineScreen(
            "Show sources with",
            self._filter,
            "words of title, name, kind, speaker, attribute",
            ("Enter", "show"),
        )
        self.pick(question, self._show_with, READS)

    async def _show_with(self, words: str) -> None:
        self._filter = words.strip()
        await self.arrive(self.here())

    async def _ask_case(self, source: Source) -> None:
        cases = await self.read(lambda project: project.cases.list())
        entries = [Entry(name, name) for name in cases or () if name not in source.cases]
        screen = PickScreen(f"{source.handle} speaks of", entries, "say so", fresh="makes it a new case")
        self.pick(screen, lambda case: self._assign(source, case))

    async def _assign(self, source: Source, case: str) -> None:
        if case.startswith(PickScreen.NEW):
            name = case.removeprefix(PickScreen.NEW)
            if await self.act(lambda project: project.cases.create(name), "") is None:
                return
            case = name
        said = f"{source.handle} speaks of {case}."
        await self.do(lambda project: project.cases.assign(case, source), said)

    def _chosen(self) -> Source | None:
        return self.bench.source(self.table.chosen_id or "")


def _words(source: Source) -> str:
    parts = (
        source.handle, source.title, source.name, source.kind, source.date or "", source.informant or "",
        *source.cases, *(who for who, _ in source.speakers), *source.attributes.values(),
    )  # fmt: skip
    return " ".join(parts).casefold()


def _row(source: Source, names: list[str], *, wide: bool) -> Row:
    done = ((", ".join(source.done) or "·"),) if wide else ()
    cells = (
        source.handle, source.title or source.name, source.kind.replace("_", " "),
        draw_date(source.date, undated="·"), f"{source.words:,}",
        f"{source.turns:,}" if source.turns else "·", f"{source.codings:,}",
        *done, *(source.attributes.get(name, "·") for name in names),
    )  # fmt: skip
    values: tuple[str | float | None, ...] = (
        source.position, (source.title or source.name).casefold(), source.kind,
        source.earliest or source.date, source.words, source.turns or None, source.codings,
        *(((", ".join(source.done) or None),) if wide else ()),
        *(source.attributes.get(name) for name in names),
    )  # fmt: skip
    return Row(source.uid, cells, values)
