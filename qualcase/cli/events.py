"""Dated events and phases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.groups import Group
from qualcase.cli.opening import opened
from qualcase.cli.output import emit
from qualcase.cli.shapes import event_shape, phase_shape
from qualcase.model.coding import VALENCES
from qualcase.model.event import BASES, EXTENTS
from qualcase.reports.narrative import date_words
from qualcase.reports.wording import plural
from qualcase.text.edtf import read_edtf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcase.model.event import Event, EventDate, Phase


@click.group(cls=Group, example="qualcase event list")
def event() -> None:
    """Add, list and import dated events, each with the words it rests on."""


@event.command(
    "add", example="qualcase event add 'First workshop' --date 2009-06 --source S20 --quote 'Kick-off'"
)
@click.argument("title")
@click.option(
    "--date",
    metavar="EDTF",
    help="When, no more exactly than is known: 2009-06, 2008-23 (autumn), 2006/2007.",
)
@click.option("--source", metavar="SOURCE", help="The source that tells of it.")
@click.option("--quote", metavar="TEXT", help="The words that tell of it, as they stand there.")
@click.option("--actor", "actors", metavar="NAME", multiple=True, help="Who took part; may be repeated.")
@click.option(
    "--code", "codes", metavar="CODE", multiple=True, help="What it was an instance of; may be repeated."
)
@click.option("--phase", metavar="ID", help="The phase that it belongs to, as you judge.")
@click.option("--basis", type=click.Choice(BASES), help="How the date is known.  [explicit]")
@click.option("--valence", type=click.Choice(VALENCES), help="Favourable, unfavourable, neutral or mixed.")
@click.option("--voice", metavar="NAME", help="On whose word.")
@click.option(
    "--extent",
    type=click.Choice(EXTENTS),
    default="point_in_window",
    help="Once within its dates, or through all of them.",
)
@click.option("--duration", metavar="ISO", help="How long it took: P2D, PT3H.")
@click.option("--kind", metavar="KIND", default="event", help="What sort of event.  [event]")
@click.option("--turning-point", is_flag=True, help="After it the case went another way.")
@click.option("--id", metavar="ID", help="What to call it, instead of E01, E02 …")
def add_event(title: str, source: str | None, **given: Any) -> None:  # noqa: ANN401 - one a click option
    """Add a dated event."""
    with opened() as project:
        told = project.sources.find(source) if source is not None else None
        made = project.events.add(title, given.pop("date"), source=told, **given)
    _emit_events((made,), "Added:")


@event.command("list", example="qualcase event list --phase P1")
@click.option("--phase", metavar="ID", help="Only events of this phase.")
@click.option("--code", metavar="CODE", help="Only events with this code.")
@click.option("--basis", type=click.Choice(BASES), help="Only events whose date is known in this way.")
def list_events(phase: str | None, code: str | None, basis: str | None) -> None:
    """List the events with their dates and the basis of each."""
    with opened() as project:
        wanted = project.codebook.find(code).id if code is not None else None
        found = [
            event
            for event in project.events.list()
            if phase in {None, event.phase}
            and (wanted is None or wanted in event.codes)
            and basis in {None, event.date.basis}
        ]
    _emit_events(found, "1 event" if len(found) == 1 else f"{len(found)} events")


@event.command("import", example="qualcase event import events.json --source S1")
@click.argument("file", metavar="FILE")
@click.option(
    "--source", metavar="SOURCE", help="The source that the events quote, where the file does not say it."
)
def import_events(file: str, source: str | None) -> None:
    """Bring in events of the schema case-events/1; a quote that does not stand in its source refuses all."""
    with opened() as project:
        before = {event.id for event in project.events.list()}
        found = project.events.import_file(
            Path(file), project.sources.find(source) if source is not None else None
        )
    new = [event for event in found.events if event.id not in before]
    document = {
        "events": [event_shape(event) for event in new],
        "phases": [phase_shape(phase) for phase in found.phases],
        "links": len(found.links),
        "actors": len(found.actors),
    }
    quotes = sum(event.quote is not None for event in new)
    line = (
        f"Brought in {plural(len(new), 'event')} in {plural(len(found.phases), 'phase')},"
        f" {plural(len(found.actors), 'actor')}, {plural(len(found.links), 'link')}."
    )
    emit(document, (line, f"All {quotes} quotes stand in their sources, word for word."))


@click.group(cls=Group, example="qualcase phase list")
def phase() -> None:
    """Add and list the phases of the case."""


@phase.command("add", example="qualcase phase add P2 'Growth' --date 2008/2009 --opening 'the grant came'")
@click.argument("identifier", metavar="ID")
@click.argument("name")
@click.option("--date", metavar="EDTF", help="From when to when, no more exactly than is known.")
@click.option("--opens-with", metavar="EVENT", help="The event that opens it.")
@click.option("--closes-with", metavar="EVENT", help="The event that closes it.")
@click.option("--opening", metavar="TEXT", default="", help="What broke off when it began.")
@click.option("--closing", metavar="TEXT", default="", help="What broke off when it ended.")
def add_phase(identifier: str, name: str, **given: Any) -> None:  # noqa: ANN401 - one a click option
    """Add a phase, with the discontinuity that opens it and the one that closes it."""
    with opened() as project:
        made = project.events.add_phase(identifier, name, **given)
    _emit_phases((made,), "Added:")


@phase.command("list", example="qualcase phase list --json")
def list_phases() -> None:
    """List the phases with what opens and closes each."""
    with opened() as project:
        found = project.events.phases()
    _emit_phases(found, "1 phase" if len(found) == 1 else f"{len(found)} phases")


def _emit_events(events: Iterable[Event], head: str) -> None:
    events = tuple(events)
    emit({"events": [event_shape(event) for event in events]}, (head, *event_lines(events)))


def event_lines(events: Iterable[Event]) -> Iterator[str]:
    """Yield what a person reads of each event: its date as the source has it, and what it rests on."""
    for event in events:
        phase = f"  {event.phase}" if event.phase else ""
        turning = "  turning point" if event.turning_point else ""
        yield f"{event.id}  {_when(event.date)}{phase}  {event.title}{turning}"
        about = [*event.codes, *event.actors]
        if about:
            yield f"  {', '.join(about)}"
        if event.quote:
            yield f"  “{' '.join(event.quote.split())}”"


def _when(date: EventDate) -> str:
    # Bounds are shown where they say more than the date does: a day under “June” would be false exactness.
    bounds = (date.earliest, date.latest)
    own = read_edtf(date.edtf) if date.edtf else None
    said = own is None or bounds == (own.earliest, own.latest)
    recorded = (date.edtf, date.basis, None if said else "–".join(day or "open" for day in bounds))
    facts = ", ".join(part for part in recorded if part)
    return f"{date_words(date)} ({facts})" if facts else date_words(date)


def _emit_phases(phases: Iterable[Phase], head: str) -> None:
    phases = tuple(phases)
    emit({"phases": [phase_shape(phase) for phase in phases]}, (head, *_phase_lines(phases)))


def _phase_lines(phases: Iterable[Phase]) -> Iterator[str]:
    for phase in phases:
        yield f"{phase.id}  {phase.name}  {phase.edtf or 'no dates'}"
        for verb, event, ground in (
            ("opens", phase.opens_with, phase.discontinuity_open),
            ("closes", phase.closes_with, phase.discontinuity_close),
        ):
            if event or ground:
                yield f"  {verb} with {': '.join(part for part in (event, ground) if part)}"
