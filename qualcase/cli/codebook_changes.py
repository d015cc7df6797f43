"""Changes to the codebook, each a new version."""

from __future__ import annotations

from typing import Any

import click

from qualcase.cli.codebook import codebook
from qualcase.cli.codebook_options import emit_change, given_rules, rules, why
from qualcase.cli.opening import opened
from qualcase.model.code import CODE_KINDS, Code


@codebook.command(
    example="qualcase codebook add KM.DOUBT Doubt --parent KM --definition 'Not sure of others'"
)
@click.argument("identifier", metavar="ID")
@click.argument("name")
@click.option("--parent", metavar="CODE", help="The code to put it under.  [the top]")
@click.option("--kind", type=click.Choice(CODE_KINDS), help="What it codes.  [its parent's, or other]")
@click.option("--codebook", "book", metavar="NAME", help="Which codebook.  [its parent's, or the first]")
@rules
@why
def add(
    identifier: str,
    name: str,
    parent: str | None,
    kind: str | None,
    book: str | None,
    reason: str,
    **options: Any,  # noqa: ANN401 - one a click option
) -> None:
    """Add a code."""
    with opened() as project:
        above = project.codebook.find(parent) if parent is not None else None
        home = book or (project.codebook.home_of(above).id if above else None)
        given = {part: value for part, value in options.items() if value}
        kind = kind or (above.kind if above else "other")
        code = Code(identifier, name, above.id if above else None, kind, **given)
        emit_change(project, project.codebook.add(code, reason=reason, codebook=home), "Added")


@codebook.command(example="qualcase codebook edit KM.TRUST --definition 'Between firms' --why 'round 1'")
@click.argument("code")
@click.option("--same-meaning", is_flag=True, help="Only the wording changes: nothing is to be read again.")
@rules
@why
def edit(code: str, reason: str, *, same_meaning: bool, **options: Any) -> None:  # noqa: ANN401 - one a click option
    """Change what a code means or how it is used; a list that is given replaces the old one."""
    given = given_rules(options)
    with opened() as project:
        code_now = project.codebook.edit(code, reason=reason, same_meaning=same_meaning, **given)
        emit_change(project, code_now, "Changed")


@codebook.command(example="qualcase codebook rename KM.TRUST --name 'Trust between firms'")
@click.argument("code")
@click.option("--name", metavar="N", required=True, help="The new name; the id stays.")
@why
def rename(code: str, name: str, reason: str) -> None:
    """Give a code another name; its id stays, and codings and scripts with it."""
    with opened() as project:
        emit_change(project, project.codebook.rename(code, name, reason=reason), "Renamed")


@codebook.command(example="qualcase codebook move KM.TRUST --parent NS")
@click.argument("code")
@click.option("--parent", metavar="CODE", help="The code to put it under.")
@click.option("--top", is_flag=True, help="Put it at the top.")
@why
def move(code: str, parent: str | None, reason: str, *, top: bool) -> None:
    """Put a code with all below it under another, or at the top."""
    if (parent is None) != top:
        raise click.UsageError("Say where to: --parent CODE, or --top.")
    with opened() as project:
        emit_change(project, project.codebook.move(code, parent, reason=reason), "Moved")


@codebook.command(example="qualcase codebook merge KM.TRUST --into KM.SHARE")
@click.argument("code")
@click.option("--into", metavar="CODE", required=True, help="The code that takes over.")
@why
def merge(code: str, into: str, reason: str) -> None:
    """Merge a code into another: its codings and events move over, and it is retired."""
    with opened() as project:
        emit_change(project, project.codebook.merge(code, into, reason=reason), "Merged into")


@codebook.command(example="qualcase codebook retire KM.TRUST --why 'nobody used it'")
@click.argument("code")
@why
def retire(code: str, reason: str) -> None:
    """Close a code to new codings; the old ones stay."""
    with opened() as project:
        emit_change(project, project.codebook.retire(code, reason=reason), "Retired")
