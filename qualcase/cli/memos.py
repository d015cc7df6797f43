"""Memos: notes on the project, on one thing in it, or on a passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcase.cli.coding import Span, read_places
from qualcase.cli.diagnostics import say
from qualcase.cli.groups import DefaultGroup
from qualcase.cli.opening import opened
from qualcase.cli.output import emit, emit_display
from qualcase.cli.shapes import memo_shape, wording_shape
from qualcase.model.identity import short_uid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qualcase.model.coding import Memo, Wording

KINDS = "analytic, methodological, reflexive, question or tension"


def _is_prose(word: str | None) -> bool:
    # One word is more likely a mistyped command than a memo.
    return word is not None and len(word.split()) > 1


@click.group(
    cls=DefaultGroup,
    default="add",
    takes=_is_prose,
    example="qualcase memo 'Trust came first here' --code KM.TRUST",
)
def memo() -> None:
    """Write, list, edit and remove memos; `qualcase memo 'SOME WORDS'` writes one."""


@memo.command(example="qualcase memo add 'Is this a goal or a hope?' --kind question --source S31 --turn 4")
@click.argument("text")
@click.option("--kind", metavar="KIND", default="analytic", help=f"{KINDS}.  [analytic]")
@click.option("--source", metavar="SOURCE", help="On this source.")
@click.option("--code", metavar="CODE", help="On this code.")
@click.option("--coding", metavar="ID", help="On this coding.")
@click.option("--event", metavar="ID", help="On this event.")
@click.option("--case", metavar="NAME", help="On this case.")
@click.option("--about", metavar="THING", help="On this: S3, KM.TRUST, E04, coder:Anna, case:NAME …")
@click.option(
    "--span", type=Span(), metavar="A:B", help="On these characters of the source, B not among them."
)
@click.option("--quote", metavar="TEXT", help="On the one place of the source where these words stand.")
@click.option(
    "--turn", metavar="N", type=int, help="On the speech of one turn of the source, counted from 1."
)
def add(
    text: str,
    kind: str,
    about: str | None,
    span: tuple[int, int] | None,
    quote: str | None,
    turn: int | None,
    **things: str | None,
) -> None:
    """Write a memo on the project, on one thing in it, or on a passage; `@` before a name links to it.

    `@KM.TRUST` names a code, `@S3` a source, `@E04` an event, `@7f3k2m9q` another memo.
    """
    named: list[tuple[str, str] | str] = [
        (name, value) for name, value in things.items() if value is not None
    ]
    named += [about] if about is not None else []
    if len(named) > 1:
        raise click.UsageError(
            "A memo is about one thing: give one of --about, --source, --code, --coding, --event and --case."
        )
    places = read_places(span=span, quote=quote, turn=turn)
    if len(places) > 1:
        raise click.UsageError("A memo is on one passage: give one of --span, --quote and --turn.")
    with opened() as project:
        made = project.memos.add(text, kind, next(iter(named), None), next(iter(places), None))
        lost = project.memos.unresolved(text)
    _emit((made,), "Wrote:")
    if lost:
        say(f"note: nothing here is called {', '.join(f'@{name}' for name in lost)}.")


@memo.command("list", example="qualcase memo list --kind question")
@click.option("--kind", metavar="KIND", help=f"Only {KINDS}.")
@click.option(
    "--about",
    metavar="THING",
    help="Only those on this or its passages, and those that name it: S3, KM.TRUST …",
)
@click.option(
    "--format", "form", metavar="FORMAT", help="The register of memos: terminal, md, html, csv or json."
)
@click.option("-o", "--output", metavar="FILE", help="Write the register to a file.")
def list_memos(kind: str | None, about: str | None, form: str | None, output: str | None) -> None:
    """List the memos, the oldest first, or write their register with all earlier wordings."""
    with opened() as project:
        if form is not None or output is not None:
            if about is not None:
                raise click.UsageError("The register is of all memos or of one kind; leave out --about.")
            emit_display(project.memos.register(kind), form, output)
            return
        found = project.memos.list(kind, about)
    _emit(found, "1 memo" if len(found) == 1 else f"{len(found)} memos")


@memo.command(example="qualcase memo show 7f3k2m9q")
@click.argument("identifier", metavar="ID")
def show(identifier: str) -> None:
    """Show a memo with what it names, which memos name it, and every wording that it has had."""
    with opened() as project:
        found = project.memos.find(identifier)
        wordings = project.memos.wordings(found.uid)
    document = {"memos": [memo_shape(found)], "wordings": [wording_shape(one) for one in wordings]}
    emit(document, (*_lines((found,)), *_wording_lines(found, wordings)))


@memo.command(example="qualcase memo edit 7f3k2m9q 'Trust came second here'")
@click.argument("identifier", metavar="ID")
@click.argument("text")
def edit(identifier: str, text: str) -> None:
    """Change the words of a memo."""
    with opened() as project:
        changed = project.memos.edit(identifier, text)
    _emit((changed,), "Changed:")


@memo.command(example="qualcase memo remove 7f3k2m9q")
@click.argument("identifier", metavar="ID")
def remove(identifier: str) -> None:
    """Take a memo away; `qualcase undo` brings it back."""
    with opened() as project:
        removed = project.memos.remove(identifier)
    _emit((removed,), "Removed:")


def _emit(memos: Iterable[Memo], head: str) -> None:
    memos = tuple(memos)
    emit({"memos": [memo_shape(memo) for memo in memos]}, (head, *_lines(memos)))


def _lines(memos: Iterable[Memo]) -> Iterator[str]:
    for memo in memos:
        about = f" on {' '.join(memo.about)}" if memo.about else ""
        doubt = ", in review" if memo.state == "review" else ""
        yield f"{short_uid(memo.uid)}  {memo.kind}{about}{doubt}, by {memo.by}, {memo.created_at[:10]}"
        if memo.quote is not None:
            yield f"  “{' '.join(memo.quote.split())}”"
        yield from (f"  {line}" for line in memo.text.splitlines())
        if memo.links:
            yield f"  names: {', '.join(' '.join(link) for link in memo.links)}"
        if memo.linked_from:
            yield f"  named by: {', '.join(memo.linked_from)}"


def _wording_lines(memo: Memo, wordings: Sequence[Wording]) -> Iterator[str]:
    # Words that a merge kept stand in a memo of whose words they once were; who said them is told here.
    if len(wordings) > 1 or any(one.coder != memo.coder for one in wordings):
        yield "Wordings, the oldest first:"
        for one in wordings:
            yield f"  {one.at[:16].replace('T', ' ')}  {one.coder}: {' '.join(one.text.split())}"
