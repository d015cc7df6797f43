"""The demonstration."""

from __future__ import annotations

from pathlib import Path

import click

from qualcase.cli.diagnostics import say
from qualcase.cli.groups import Command
from qualcase.cli.output import emit


@click.command(cls=Command, example="qualcase demo my-demo")
@click.argument("folder", metavar="[DIR]", default="qualcase-demo")
def demo(folder: str) -> None:
    """Build a project from the demonstration case, do the whole job, and say how to open what was made."""
    from qualcase.project.demo import run_demo  # noqa: PLC0415 - opens every room

    made = run_demo(Path(folder), say)
    pages = [path for path in made.exports if path.suffix == ".html" and path.parent.name == "exports"]
    document = {"project": str(made.project), "exports": [str(path) for path in made.exports]}
    lines = (
        f"The project:  {made.project}",
        *(f"The report:   {page}" for page in pages),
        "All that was written:",
        *(f"  {path}" for path in made.exports),
        f"To open it:   qualcase tui -p {made.project}",
    )
    emit(document, lines)
