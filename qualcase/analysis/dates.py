"""An event's date as a reader sees it, and the order of events in time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from qualcase.model.display import NOT_REPORTED, Cell
from qualcase.text.bounds import display_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.coding.frame import CodedData
    from qualcase.model.event import Event, EventDate

_NEVER = "~"  # sorts after every ISO day
ORDER_NOTE = (
    "Events stand in the order of their earliest, then their latest day; "
    "one without an earliest day stands at its latest."
)


def date_text(date: EventDate) -> str:
    """Return a date in words, never more exact than it was recorded."""
    if date.edtf:
        return display_date(date.edtf)
    if date.earliest is None and date.latest is None:
        return "undated"
    if date.earliest == date.latest:
        return display_date(str(date.earliest))
    return display_date(f"{date.earliest or '..'}/{date.latest or '..'}")


def date_cell(date: EventDate, evidence: tuple[str, ...]) -> Cell:
    """Return the cell of a date: EDTF as recorded where there is any, and in words."""
    said = date_text(date)
    if date.edtf or date.earliest or date.latest:
        return Cell(date.edtf or said, said, evidence)
    return Cell(None, said, evidence, empty=NOT_REPORTED)


def day_cell(day: str | None, evidence: tuple[str, ...]) -> Cell:
    """Return the cell of one bound; an open end is an empty of its own, not a day."""
    if day is None:
        return Cell(None, "open", evidence, empty=NOT_REPORTED)
    return Cell(day, day, evidence)


def in_time_order(events: Iterable[Event]) -> list[Event]:
    """Return events by earliest, then latest day; those without either come last, ties as given."""

    def window(event: Event) -> tuple[str, str]:
        date = event.date
        return date.earliest or date.latest or _NEVER, date.latest or _NEVER

    return sorted(events, key=window)


def tie_notes(ordered: Sequence[Event]) -> tuple[str, ...]:
    """Say which events share one window, so that the order among them is only that of the record."""
    windows: defaultdict[tuple[str | None, str | None], list[str]] = defaultdict(list)
    for event in ordered:
        windows[event.date.earliest, event.date.latest].append(event.id)
    tied = [", ".join(ids) for ids in windows.values() if len(ids) > 1]
    return (f"Same window, so their order is not known: {'; '.join(tied)}.",) if tied else ()


def is_expected(event: Event, observed_until: str | None) -> bool:
    """Say whether an event was expected rather than observed: future, or after the material's last day."""
    if event.kind == "future":
        return True
    return bool(observed_until and event.date.earliest and event.date.earliest > observed_until)


def observed_until(data: CodedData) -> str | None:
    """Return the last day on which any source can have been made; None where a source leaves that open."""
    days = [source.latest for source in data.sources]
    known = [day for day in days if day]
    return max(known) if known and len(known) == len(days) else None
