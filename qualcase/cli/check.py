"""Checking the project's file."""

from __future__ import annotations

from dataclasses import fields

import click

from qualcase.cli.diagnostics import ANSWERED_NO, say_error
from qualcase.cli.groups import Command
from qualcase.cli.opening import opened
from qualcase.cli.options import settings
from qualcase.cli.output import emit
from qualcase.cli.progress import Progress
from qualcase.reports.wording import plural

_INDEX = "`qualcase check --index` makes the index anew from the texts."
_RESTORE = "`qualcase backup --list` names the backups; `qualcase restore FILE` brings one back."


@click.command(cls=Command, example="qualcase check")
@click.option("--index", "anew", is_flag=True, help="Make the index of words anew before.")
@click.pass_context
def check(context: click.Context, *, anew: bool) -> None:
    """Check that all is well: the file's pages, texts, passages, quotes, the index of words, the journal."""
    progress = Progress("acts")
    told = None if settings().json else progress
    with opened() as project, progress:
        if anew:
            if told:
                told(0, 0, "making the index of words anew")
            project.care.index_anew()
        found, path = project.care.check(told), project.path
    document = {field.name: getattr(found, field.name) for field in fields(found)}
    sources, codings = plural(found.sources, "source"), plural(found.codings, "coding")
    counts = f"{sources}, {codings} and {plural(found.operations, 'act')}"
    emit(document, (f"All is well with {path}: {counts} were checked.",) if found.ok else ())
    hint = _INDEX if found.only_words else _RESTORE
    for problem in found.problems:
        last = problem == found.problems[-1]
        say_error(f"{path}: {problem}", hint if last else None)
    if not found.ok:
        context.exit(ANSWERED_NO)
