"""Memos: notes on the project, or on one thing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcase.cli.groups import DefaultGroup
from qualcase.cli.opening import opened
from qualcase.cli.output import emit
from qualcase.cli.shapes import memo_shape
from qualcase.model.identity import short_uid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcase.model.coding import Memo

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


@memo.command(example="qualcase memo add 'Is this a goal or a hope?' --kind question --source S3")
@click.argument("text")
@click.option("--kind", metavar="KIND", default="analytic", help=f"{KINDS}.  [analytic]")
@click.option("--source", metavar="SOURCE", help="On this source.")
@click.option("--code", metavar="CODE", help="On this code.")
@click.option("--coding", metavar="ID", help="On this coding.")
@click.option("--event", metavar="ID", help="On this event.")
@click.option("--case", metavar="NAME", help="On this case.")
def add(text: str, kind: str, **things: str | None) -> None:
    """Write a memo on the project, or on one thing in it."""
    about = [(name, value) for name, value in things.items() if value is not None]
    if len(about) > 1:
        raise click.UsageError(
            "A memo is about one thing: give one of --source, --code, --coding, --event and --case."
        )
    with opened() as project:
        made = project.memos.add(text, kind, about[0] if about else None)
    _emit((made,), "Wrote:")


@memo.command("list", example="qualcase memo list --kind question")
@click.option("--kind", metavar="KIND", help=f"Only {KINDS}.")
def list_memos(kind: str | None) -> None:
    """List the memos, the oldest first."""
    with opened() as project:
        found = [memo for memo in project.memos.list() if kind in {None, memo.kind}]
    _emit(found, "1 memo" if len(found) == 1 else f"{len(found)} memos")


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
        yield f"{short_uid(memo.uid)}  {memo.kind}{about}, by {memo.coder}, {memo.created_at[:10]}"
        yield from (f"  {line}" for line in memo.text.splitlines())
