"""The timeline and the comparison tables."""

from __future__ import annotations

import click

from qualcase.cli.groups import Command
from qualcase.cli.opening import opened, opened_to_read
from qualcase.cli.output import emit, emit_display, table_lines

_form = click.option(
    "--format", "form", metavar="FORMAT", help="terminal, html, md, csv or json.  [terminal]"
)
_output = click.option(
    "-o", "--output", metavar="FILE", help="Write it to a file, in the format that its name tells."
)


@click.command(cls=Command, example="qualcase timeline --lanes actor -o timeline.html")
@click.option("--lanes", metavar="DIM", default="process", help="actor, process, case or source.  [process]")
@_form
@_output
def timeline(lanes: str, form: str | None, output: str | None) -> None:
    """Show what happened when: bars are durations, whiskers windows, arrows open ends."""
    with opened() as project:
        display = project.timeline.display(lanes=lanes)
    emit_display(display, form, output)


@click.command(cls=Command, example="qualcase table --rows process --columns phase --cell count --of events")
@click.argument("name", required=False)
@click.option(
    "--rows", metavar="DIM", help="What the rows are: code, process, case, source, source_kind, actor …"
)
@click.option(
    "--columns", metavar="DIM", help="What the columns are: … speaker, phase, year, coder, or any attribute."
)
@click.option("--cell", metavar="WHAT", help="count, sources, voices, coverage, quotes or summary.  [count]")
@click.option("--of", metavar="WHAT", help="codings or events.  [codings]")
@click.option(
    "--with", "more", metavar="NAME=VALUE", multiple=True, help="What else a table by its name may be told."
)
@click.option(
    "--list", "names", is_flag=True, help="List the tables that have names, with the question of each."
)
@_form
@_output
def table(
    name: str | None,
    more: tuple[str, ...],
    form: str | None,
    output: str | None,
    *,
    names: bool,
    **given: str | None,
) -> None:
    """Compare: one dimension by another, or a table by its name."""
    told = {key: value for key, value in given.items() if value is not None} | dict(map(_pair, more))
    if not names:
        _check_request(name, told)
    with opened_to_read() as project:
        if names:
            _emit_names(project.tables.names())
            return
        display = project.tables.named(name, **told) if name is not None else project.tables.cross(**told)
    emit_display(display, form, output)


def _check_request(name: str | None, told: dict[str, str]) -> None:
    if name is None and not {"rows", "columns"} <= told.keys():
        raise click.UsageError("Name a table, or say both --rows and --columns; --list lists the names.")
    if name is None and (unknown := told.keys() - {"rows", "columns", "cell", "of"}):
        raise click.UsageError(f"--with {min(unknown)}=… is for a table by its name.")


def _pair(text: str) -> tuple[str, str]:
    key, given, value = text.partition("=")
    if not (key.isidentifier() and given):
        raise click.UsageError(f"--with takes NAME=VALUE, not “{text}”.")
    return key, value


def _emit_names(names: dict[str, str]) -> None:
    document = {"tables": [{"name": name, "question": question} for name, question in names.items()]}
    emit(document, table_lines(("table", "question"), names.items()))
