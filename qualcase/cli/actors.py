"""Actors: who speaks and acts, one person or body across all sources."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.groups import Group
from qualcase.cli.opening import opened
from qualcase.cli.output import emit, table_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcase.cli.shapes import Shape
    from qualcase.project.actors import Actor


@click.group(cls=Group, example="qualcase actor list")
def actor() -> None:
    """List, merge, rename and describe those who speak and act."""


@actor.command("list", example="qualcase actor list --json")
def list_actors() -> None:
    """List the actors, each with what it is called in which source."""
    with opened() as project:
        found = project.actors.list()
    _emit(found)


@actor.command(example="qualcase actor merge 'Berit' 'BERIT'")
@click.argument("kept", metavar="ACTOR")
@click.argument("gone", metavar="OTHER")
def merge(kept: str, gone: str) -> None:
    """Make two actors one: what the other said and did becomes the first's; `qualcase undo` parts them."""
    with opened() as project:
        merged = project.actors.merge(kept, gone)
    _emit((merged,))


@actor.command(example="qualcase actor rename SPEAKER_00 'Berit Dahl'")
@click.argument("name", metavar="ACTOR")
@click.argument("new_name", metavar="NAME")
def rename(name: str, new_name: str) -> None:
    """Give an actor another name; labels in the sources stay as they are written."""
    with opened() as project:
        renamed = project.actors.rename(name, new_name)
    _emit((renamed,))


@actor.command(
    "set", example="qualcase actor set 'Berit Dahl' --role coordinator --organisation 'City of Oslo'"
)
@click.argument("name", metavar="ACTOR")
@click.option("--role", metavar="TEXT", help='What the actor does; "" empties it.')
@click.option("--organisation", metavar="ACTOR", help='Whom the actor belongs to; "" empties it.')
@click.option("--sector", metavar="TEXT", help='Such as public, private or voluntary; "" empties it.')
@click.option("--type", metavar="TYPE", help="person, organisation or group.")
@click.option("--interviewer/--no-interviewer", default=None, help="Whether the actor asks the questions.")
def describe(name: str, **given: Any) -> None:  # noqa: ANN401 - one a click option
    """Say an actor's role, organisation, sector or type, and whether it asks the questions."""
    if all(value is None for value in given.values()):
        raise click.UsageError("Nothing is said of the actor: give at least one option.")
    with opened() as project:
        described = project.actors.describe(name, **given)
    _emit((described,))


def _emit(actors: Iterable[Actor]) -> None:
    actors = tuple(actors)
    heads = ("id", "actor", "what", "turns", "called")
    emit({"actors": [_shape(each) for each in actors]}, table_lines(heads, _rows(actors), numeric=("turns",)))


def _shape(each: Actor) -> Shape:
    shape = asdict(each)
    speakers = [{"source": source, "label": label, "turns": turns} for source, label, turns in each.speakers]
    return {"id": shape.pop("uid"), **shape, "speakers": speakers}


def _rows(actors: Iterable[Actor]) -> Iterator[tuple[object, ...]]:
    from qualcase.model.identity import short_uid  # noqa: PLC0415 - not where JSON is printed

    for each in actors:
        asks = "interviewer" if each.interviewer else None
        what = ", ".join(filter(None, (asks, each.role, each.sector, each.organisation))) or each.type
        labels: dict[str, list[str]] = {}
        for source, label, _ in each.speakers:
            labels.setdefault(label, []).append(source)
        called = "; ".join(f"{label} in {', '.join(sources)}" for label, sources in labels.items())
        turns = sum(turns for _, _, turns in each.speakers)
        yield short_uid(each.uid), each.name, what, turns, called
