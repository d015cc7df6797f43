"""What was done: undo, redo, and the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcase.cli.diagnostics import ANSWERED_NO, say, say_error
from qualcase.cli.groups import Command
from qualcase.cli.opening import opened
from qualcase.cli.options import settings
from qualcase.cli.output import emit
from qualcase.cli.progress import Progress
from qualcase.cli.shapes import operation_shape
from qualcase.reports.wording import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.operation import LoggedOperation


@click.command(cls=Command, example="qualcase undo 2")
@click.argument("n", metavar="[N]", type=click.IntRange(1), default=1)
@click.option("--past-merge", is_flag=True, help="Let a merge stand, and take back what you did before it.")
def undo(n: int, *, past_merge: bool) -> None:
    """Take back your own last N acts, all or none; refused where somebody has changed what they wrote."""
    with opened() as project:
        older = project.backups.before_migration()
        done = project.journal.undo(n, past_merge=past_merge)
    _emit(done, "Took back")
    if older:
        say(f"That was done before the project was brought to today's format. As it was then: {older}")


@click.command(cls=Command, example="qualcase redo")
@click.argument("n", metavar="[N]", type=click.IntRange(1), default=1)
def redo(n: int) -> None:
    """Do again the last N acts that you took back."""
    with opened() as project:
        done = project.journal.redo(n)
    _emit(done, "Did again")


@click.command(cls=Command, example="qualcase log --verify")
@click.option("--verify", is_flag=True, help="Recompute the chain of hashes, and say whether it holds.")
@click.option("-n", "--limit", metavar="N", type=click.IntRange(1), help="Only the newest N acts.")
@click.pass_context
def log(context: click.Context, limit: int | None, *, verify: bool) -> None:
    """List all acts, the newest first, or verify that nobody has altered the journal."""
    with opened() as project:
        if not verify:
            done = project.journal.log(limit)
            emit({"operations": [operation_shape(operation) for operation in done]}, _lines(done))
            return
        with Progress("acts") as progress:
            found = project.journal.verify(None if settings().json else progress)
        path = project.path
    document = {"verified": found.verified, "operations": found.operations, "problem": found.problem}
    held = f"The journal holds: {plural(found.operations, 'act')}, each as it was written."
    emit(document, (held,) if found.verified else ())
    if not found.verified:
        say_error(f"{path}: the journal has been altered: {found.problem}")
        context.exit(ANSWERED_NO)


def _emit(done: Sequence[LoggedOperation], verb: str) -> None:
    lines = (f"{verb}: {operation.summary}" for operation in done)
    emit({"operations": [operation_shape(operation) for operation in done]}, lines)


def _lines(done: Sequence[LoggedOperation]) -> Iterator[str]:
    for operation in done:
        undone = "  (taken back)" if operation.undone_by else ""
        when = operation.at[:16].replace("T", " ")
        yield f"{operation.sequence:>6}  {when}  {operation.coder}: {operation.summary}{undone}"
