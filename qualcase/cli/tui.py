"""The way into the terminal interface."""

from __future__ import annotations

import os
import sys

import click

from qualcase.cli.groups import Command
from qualcase.cli.options import settings
from qualcase.model.errors import UsageError


@click.command(cls=Command, example="qualcase -p study.qualcase --coder Anna tui")
@click.pass_context
def tui(context: click.Context) -> None:
    """Work in the terminal interface, all by keys; where no project is found here, it begins at home."""
    path = settings().project or os.environ.get("QUALCASE_PROJECT", "").strip() or None
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The terminal interface needs a terminal.", hint="In a script, use `qualcase code` instead."
        )
    from qualcase.tui.main import run  # noqa: PLC0415 - Textual is for this command only

    context.exit(run(path, settings().coder))
