"""The case report."""

from __future__ import annotations

from pathlib import Path

import click

from qualcase.cli.groups import Command
from qualcase.cli.opening import opened_to_read
from qualcase.cli.output import emit, formats_named


@click.command(cls=Command, example="qualcase report --format html,md -o report/")
@click.option(
    "--format",
    "formats",
    metavar="F,F…",
    default="html",
    help="html, md, csv, json, several with commas.  [html]",
)
@click.option(
    "-o", "--output", metavar="DIR", required=True, help="The folder to write into; made where it is missing."
)
@click.option(
    "--codebook-version",
    "version",
    metavar="N",
    help="As it could last be written under this version: N, or 'CODEBOOK N'.  [today's]",
)
def report(formats: str, output: str, version: str | None) -> None:
    """Write the case report: sources, narrative, timeline, tables, quotations, agreement, codebook."""
    wanted = formats_named(formats)
    with opened_to_read() as project:
        made = project.reports.write(wanted, Path(output), version)
    document = {"written": [str(path) for path in made.written], "manifest": made.manifest}
    emit(document, (f"Wrote {path}" for path in made.written))
