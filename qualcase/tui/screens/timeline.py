"""The timeline screen: the figure, its events in their order, and the line that each rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from qualcase.reports.timeline_text import timeline_lines
from qualcase.reports.wording import plural
from qualcase.tui.actions import bindings
from qualcase.tui.dialogues.pick import Entry, PickScreen
from qualcase.tui.evidence import go_to
from qualcase.tui.export import ask_display_file
from qualcase.tui.keys.displays import TIMELINE
from qualcase.tui.screens.place import Place
from qualcase.tui.targets import Named
from qualcase.tui.typing_ahead import READS
from qualcase.tui.widgets.lines import LinesPane, fold
from qualcase.tui.widgets.table import Column, Row, TableList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from qualcase.model.display import Display, Mark
    from qualcase.model.event import Event
    from qualcase.tui.actions import Group
    from qualcase.tui.targets import Target
    from qualcase.tui.widgets.choice_list import ChoiceList
    from qualcase.tui.workbench import Workbench

_LANES = ("process", "actor", "case", "source")
_COLUMNS = (Column("date", 16), Column("event"), Column("phase", 6), Column("shown as", 9))


class TimelineScreen(Place):
    """Walks the marks of the timeline; what has no date is listed as such, never placed."""

    GROUPS: ClassVar[tuple[Group, ...]] = (TIMELINE,)
    BINDINGS: ClassVar[list[BindingType]] = bindings(TIMELINE)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.lanes = _LANES[0]
        self._shown: Display | None = None
        self._events: dict[str, Event] = {}

    def body(self) -> ComposeResult:
        """Lay out the figure above the list of events and what the chosen one rests on."""
        yield LinesPane(id="figure")
        yield LinesPane(id="heading", classes="one-line")
        with Horizontal(id="events-and-more"):
            yield TableList(id="events")
            with Vertical(id="event-side"):
                yield LinesPane(id="event")

    def title_text(self) -> str:
        """Return how many events there are, by what."""
        return f"Timeline by {self.lanes} · {plural(len(self._marks), 'event')}"

    def where(self) -> str:
        """Return which event of how many."""
        return f"{self.events.chosen + 1} of {len(self._marks)}" if self._marks else ""

    def here(self) -> Target | None:
        """Return the chosen event."""
        return Named(self.events.chosen_id) if self.events.chosen_id else None

    async def arrive(self, target: Target | None) -> None:
        """Show the timeline as it is now, with the event that was asked for chosen."""
        self.events.focus()
        found = await self.read(lambda project: (project.timeline.display(self.lanes), project.events.list()))
        if found is None:
            return
        self._shown, events = found
        self._events = {event.id: event for event in events}
        self.events.fill(_COLUMNS, [_row(mark, self._events.get(mark.id)) for mark in self._marks])
        if isinstance(target, Named):
            self.events.choose_id(target.id)
        if not self._marks:
            self.say("There are no events yet: `qualcase event import FILE` brings them in.")
        self._lay_out()

    @property
    def events(self) -> TableList:
        """The list of events."""
        return self.query_one("#events", TableList)

    @property
    def _marks(self) -> tuple[Mark, ...]:
        return self._shown.figure.marks if self._shown and self._shown.figure else ()

    def on_choice_list_stepped(self, _event: ChoiceList.Stepped) -> None:
        """Show what the event rests on."""
        self._tell()
        self.show_status()

    def on_choice_list_picked(self, _event: ChoiceList.Picked) -> None:
        """Read the line that the event rests on."""
        self.action_open()

    def on_table_list_sorted(self) -> None:
        """Show what the list is sorted by."""
        self.query_one("#heading", LinesPane).show([self.events.heading])

    def on_resize(self) -> None:
        """Draw the figure for the new width."""
        self.call_after_refresh(self._lay_out)

    def action_next_lanes(self) -> None:
        """Lay the events out otherwise."""
        self.lanes = _LANES[(_LANES.index(self.lanes) + 1) % len(_LANES)]
        self.spawn(self.arrive(self.here()), READS)

    def action_open(self) -> None:
        """Go to the line that the event rests on."""
        event = self._events.get(self.events.chosen_id or "")
        if event is not None:
            go_to(self, event.id, event.source, event.start, event.end)

    def action_codes(self) -> None:
        """Go to a code of the event."""
        event = self._events.get(self.events.chosen_id or "")
        if event is None or not event.codes:
            self.say("This event carries no code.")
            return
        entries = [Entry(code, f"{code}  {self.bench.codes.name(code)}") for code in event.codes]

        async def go(code: str) -> None:
            self.application.go("codebook", Named(code))

        self.pick(PickScreen("Which code?", entries, "show"), go, READS)

    def action_export(self) -> None:
        """Write the timeline to a file."""
        if self._shown is not None:
            ask_display_file(self, self._shown)

    def _lay_out(self) -> None:
        pane = self.query_one("#figure", LinesPane)
        if self._shown and self._shown.figure and pane.room:
            lines = timeline_lines(self._shown.figure, max(20, pane.room))
            pane.styles.height = min(len(lines), max(4, self.size.height // 2 - 2))
            pane.show([((line, "plain"),) for line in lines])
        self.on_table_list_sorted()
        self._tell()
        self.show_frame()

    def _tell(self) -> None:
        pane = self.query_one("#event", LinesPane)
        event = self._events.get(self.events.chosen_id or "")
        pane.show(_event_lines(event, pane.room) if event and pane.room else [])


def _row(mark: Mark, event: Event | None) -> Row:
    kind = "expected" if mark.hollow else {"bar": "lasting", "whisker": "once in"}.get(mark.shape, mark.shape)
    star = "★ " if mark.turning_point else ""
    cells = (mark.date_text, f"{star}{mark.id} {mark.label}", (event.phase if event else None) or "·", kind)
    values = (mark.earliest or mark.latest, mark.label.casefold(), event.phase if event else None, kind)
    return Row(mark.id, cells, values)


def _event_lines(event: Event, width: int) -> list[tuple[tuple[str, str], ...]]:
    date = event.date
    window = f"between {date.earliest or 'an open beginning'} and {date.latest or 'an open end'}"
    lines = [*fold(f"{event.id} {event.title}", width, "strong"), ()]
    lines += fold(f"{date.edtf or 'no date'}: {window}, {date.basis or 'basis not reported'}", width, "plain")
    for title, words in (
        ("who", ", ".join(event.actors)),
        ("codes", ", ".join(event.codes)),
        ("phase", event.phase or ""),
        ("valence", event.valence or ""),
        ("note", event.note),
    ):
        if words:
            lines += fold(f"{title}: {words}", width, "plain")
    quoted = f"“{event.quote}”" if event.quote else "no quoted line"
    place = f" ({event.source})" if event.source else ""
    return [*lines, (), *fold(quoted + place, width, "plain")]
