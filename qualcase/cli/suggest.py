"""Suggestions: what could be coded, why, and a person's verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcase.cli.groups import DefaultGroup
from qualcase.cli.opening import opened
from qualcase.cli.output import emit
from qualcase.cli.passages import coding_lines
from qualcase.cli.shapes import coding_shape, suggestion_shape
from qualcase.model.identity import short_uid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from qualcase.model.coding import Suggestion


@click.group(cls=DefaultGroup, default="propose", example="qualcase suggest S1 --code KM.TRUST")
def suggest() -> None:
    """Propose codings (`qualcase suggest [SOURCE]`), and accept or reject them; none is applied by itself."""


@suggest.command(example="qualcase suggest S1 --limit 20")
@click.argument("source", required=False)
@click.option("--code", metavar="CODE", help="Only for this code.")
@click.option("--limit", metavar="N", type=click.IntRange(1), help="At most N.")
def propose(source: str | None, code: str | None, limit: int | None) -> None:
    """Propose codings for one source or for all, each with the phrase and the codebook line behind it."""
    with opened() as project:
        wanted = project.sources.find(source) if source is not None else None
        found = project.suggestions.propose(wanted, code, limit)
        pipelines = project.suggestions.pipelines((wanted,) if wanted else project.sources.list())
    many = "1 suggestion" if len(found) == 1 else f"{len(found):,} suggestions"
    foot = f"{many}; none is applied before you say so: qualcase suggest accept ID"
    document = {"suggestions": [suggestion_shape(item) for item in found], "pipelines": pipelines}
    emit(document, (*_lines(found), _read_by(pipelines), foot))


@suggest.command(example="qualcase suggest accept 7f3k2m9q")
@click.argument("identifiers", metavar="ID...", nargs=-1, required=True)
def accept(identifiers: tuple[str, ...]) -> None:
    """Make codings of suggestions, as one act; they keep the mark that they were suggested."""
    with opened() as project:
        found = {item.uid: item for item in map(project.suggestions.find, identifiers)}
        made = project.suggestions.accept_all(tuple(found.values()))
    emit({"codings": [coding_shape(coding) for coding in made]}, ("Coded:", *coding_lines(made)))


@suggest.command(example="qualcase suggest reject 7f3k2m9q")
@click.argument("identifier", metavar="ID")
def reject(identifier: str) -> None:
    """Turn a suggestion down; you are not shown it again."""
    with opened() as project:
        refused = project.suggestions.reject(identifier)
    emit({"suggestions": [suggestion_shape(refused)]}, ("Turned down:", *_lines((refused,))))


def _read_by(pipelines: Mapping[str, str]) -> str:
    # A trained pipeline on one machine and word tables on another may propose differently.
    named = [name if len(pipelines) == 1 else f"{name} ({language})" for language, name in pipelines.items()]
    return f"Words were read by: {', '.join(named) or 'nothing, there are no sources'}"


def _lines(found: Sequence[Suggestion]) -> Iterator[str]:
    for item in found:
        score = f"  score {item.score:.2f}" if item.score is not None else ""
        where = f"{item.source} {item.start}:{item.end}"
        yield f"{short_uid(item.uid)}  {item.code}  {where}  {item.stage}{score}"
        yield f"  “{' '.join(item.quote.split())}”"
        yield from (f"  {reason.kind}: {' '.join(reason.text.split())}" for reason in item.reasons)
