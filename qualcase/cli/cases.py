"""Cases: what is studied, and which sources speak of it."""

from __future__ import annotations

import click

from qualcase.cli.groups import Group
from qualcase.cli.opening import opened
from qualcase.cli.output import emit, table_lines


@click.group(cls=Group, example="qualcase case list")
def case() -> None:
    """List, add and assign cases."""


@case.command("list", example="qualcase case list --json")
def list_cases() -> None:
    """List the cases, each with the sources that speak of it."""
    with opened() as project:
        names, sources = project.cases.list(), project.sources.list()
    members = {name: [source.handle for source in sources if name in source.cases] for name in names}
    document = {"cases": [{"name": name, "sources": handles} for name, handles in members.items()]}
    rows = [(name, len(handles), ", ".join(handles)) for name, handles in members.items()]
    emit(document, table_lines(("case", "sources", "which"), rows, numeric=("sources",)))


@case.command(example="qualcase case add 'The other network'")
@click.argument("name")
def add(name: str) -> None:
    """Add a case."""
    with opened() as project:
        made = project.cases.create(name)
    emit({"cases": [{"name": made, "sources": []}]}, (f"Added the case {made}.",))


@case.command(example="qualcase case assign 'The other network' S4 --turn 12")
@click.argument("case")
@click.argument("source")
@click.option("--turn", metavar="N", type=int, help="Only this turn of the source, counted from 1.")
def assign(case: str, source: str, turn: int | None) -> None:
    """Say that a source, or one of its turns, speaks of a case."""
    with opened() as project:
        found = project.sources.find(source)
        project.cases.assign(case, found, turn=turn)
        sources = project.sources.list()
    where = f"turn {turn} of {found.handle}" if turn else found.handle
    handles = [source.handle for source in sources if case in source.cases]
    emit({"cases": [{"name": case, "sources": handles}]}, (f"Noted that {where} speaks of {case}.",))
