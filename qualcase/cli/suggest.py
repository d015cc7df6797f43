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
    from collections.abc import Iterator, Sequence

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
    many = "1 suggestion" if len(found) == 1 else f"{len(found):,} suggestions"
    foot = f"{many}; none is applied before you say so: qualcase suggest accept ID"
    emit({"suggestions": [suggestion_shape(item) for item in found]}, (*_lines(found), foot))


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


def _lines(found: Sequence[Suggestion]) -> Iterator[str]:
    for item in found:
        score = f"  score {item.score:.2f}" if item.score is not None else ""
        where = f"{item.source} {item.start}:{item.end}"
        yield f"{short_uid(item.uid)}  {item.code}  {where}  {item.stage}{score}"
        yield f"  “{' '.join(item.quote.split())}”"
        yield from (f"  {reason.kind}: {' '.join(reason.text.split())}" for reason in item.reasons)
