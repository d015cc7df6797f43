"""Checking the project's file."""

from __future__ import annotations

from dataclasses import fields

import click

from qualcase.cli.diagnostics import ANSWERED_NO, say_error
from qualcase.cli.groups import Command
from qualcase.cli.opening import opened
from qualcase.cli.output import emit
from qualcase.reports.wording import plural


@click.command(cls=Command, example="qualcase check")
@click.pass_context
def check(context: click.Context) -> None:
    """Check that all is well: the file's pages, texts against their hashes, passages, quotes, the journal."""
    with opened() as project:
        found, path = project.care.check(), project.path
    document = {field.name: getattr(found, field.name) for field in fields(found)}
    sources, codings = plural(found.sources, "source"), plural(found.codings, "coding")
    counts = f"{sources}, {codings} and {plural(found.operations, 'act')}"
    emit(document, (f"All is well with {path}: {counts} were checked.",) if found.ok else ())
    for problem in found.problems:
        say_error(f"{path}: {problem}")
    if not found.ok:
        context.exit(ANSWERED_NO)
