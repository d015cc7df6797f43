"""Looking for words, and coding what is found."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from qualcase.cli.asking import hit_shape, pointing, read_question
from qualcase.cli.groups import Command
from qualcase.cli.opening import opened
from qualcase.cli.options import settings
from qualcase.cli.output import emit
from qualcase.cli.passages import coding_lines
from qualcase.cli.shapes import coding_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.coding import Coding
    from qualcase.project.search import Hit

SHOWN = 100


@click.command(cls=Command, example="qualcase search '\"built trust\" OR cooperat* kind:interview'")
@click.argument("query")
@click.option("--limit", metavar="N", type=click.IntRange(1), help="Only the first N hits.")
@click.option("--code", metavar="CODE", help="Put this code on all that is found, as one act.")
@click.option(
    "--as", "unit", metavar="WHAT", default="hit", help="With --code: hit, sentence or turn.  [hit]"
)
def search(query: str, limit: int | None, code: str | None, unit: str) -> None:
    """Look for words in the sources: "a phrase", a prefix*, AND, OR, NOT, source:, kind:, speaker: and more.

    Case and accents make no difference; @FILE reads the query from a file. docs/queries.md explains it all.
    """
    if code is None and unit != "hit":
        raise click.UsageError("--as needs --code.")
    if code is not None and limit is not None:
        raise click.UsageError("--code is put on every hit; leave out --limit.")
    with pointing():
        written = read_question(query)
        with opened() as project:
            if code is not None:
                _emit_coded(project.search.code(written, code, unit))
                return
            most = limit if limit is not None or settings().json else SHOWN + 1
            found = tuple(islice(project.search.hits(written), most))
    emit({"query": written, "hits": [hit_shape(hit) for hit in found]}, _lines(found, limit))


def _emit_coded(made: Sequence[Coding]) -> None:
    many = "Coded 1 passage:" if len(made) == 1 else f"Coded {len(made):,} passages:"
    emit({"codings": [coding_shape(coding) for coding in made]}, (many, *coding_lines(made[:SHOWN])))


def _lines(found: Sequence[Hit], limit: int | None) -> Iterator[str]:
    shown = found[:SHOWN] if limit is None else found
    for hit in shown:
        who = f"  {hit.speaker}" if hit.speaker else ""
        yield f"{hit.source} {hit.start}:{hit.end}{who}"
        yield f"  {hit.before.lstrip()}“{' '.join(hit.quote.split())}”{hit.after.rstrip()}"
    if len(found) > len(shown):
        yield f"The first {SHOWN} hits; --limit N shows more."
    else:
        yield "1 hit" if len(found) == 1 else f"{len(found):,} hits"
