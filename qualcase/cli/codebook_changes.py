"""Changes to the codebook, each a new version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.codebook import codebook
from qualcase.cli.codebook_lines import code_lines
from qualcase.cli.opening import opened
from qualcase.cli.output import emit
from qualcase.cli.shapes import codebook_shape
from qualcase.model.code import CODE_KINDS, Code

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.project import Project

_why = click.option("--reason", metavar="TEXT", default="", help="Why; the journal keeps it.")
_LISTS = ("include", "exclude", "key_phrases", "examples")


def _rules(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say what a code means and how it is used."""
    for option in (
        click.option(
            "--example", "examples", metavar="TEXT", multiple=True, help="An example; may be repeated."
        ),
        click.option(
            "--phrase", "key_phrases", metavar="TEXT", multiple=True, help="A key phrase; may be repeated."
        ),
        click.option("--exclude", metavar="TEXT", multiple=True, help="When not to use it; may be repeated."),
        click.option("--include", metavar="TEXT", multiple=True, help="When to use it; may be repeated."),
        click.option("--definition", metavar="TEXT", help="What it means."),
    ):
        command = option(command)
    return command


@codebook.command(
    example="qualcase codebook add KM.DOUBT Doubt --parent KM --definition 'Not sure of others'"
)
@click.argument("identifier", metavar="ID")
@click.argument("name")
@click.option("--parent", metavar="CODE", help="The code to put it under.  [the top]")
@click.option("--kind", type=click.Choice(CODE_KINDS), help="What it codes.  [its parent's, or other]")
@click.option("--codebook", "book", metavar="NAME", help="Which codebook.  [its parent's, or the first]")
@_rules
@_why
def add(
    identifier: str,
    name: str,
    parent: str | None,
    kind: str | None,
    book: str | None,
    reason: str,
    **rules: Any,  # noqa: ANN401 - one a click option
) -> None:
    """Add a code."""
    with opened() as project:
        above = project.codebook.find(parent) if parent is not None else None
        home = book or (project.codebook.home_of(above).id if above else None)
        given = {part: value for part, value in rules.items() if value}
        kind = kind or (above.kind if above else "other")
        code = Code(identifier, name, above.id if above else None, kind, **given)
        _emit(project, project.codebook.add(code, reason=reason, codebook=home), "Added")


@codebook.command(example="qualcase codebook edit KM.TRUST --definition 'Between firms' --reason 'round 1'")
@click.argument("code")
@_rules
@_why
def edit(code: str, reason: str, **rules: Any) -> None:  # noqa: ANN401 - one a click option
    """Change what a code means or how it is used; a list that is given replaces the old one."""
    given = {part: value for part, value in rules.items() if value not in (None, ())}
    if not given:
        raise click.UsageError(
            "Say what to change: --definition, --include, --exclude, --phrase or --example."
        )
    with opened() as project:
        _emit(project, project.codebook.edit(code, reason=reason, **given), "Changed")


@codebook.command(example="qualcase codebook rename KM.TRUST --name 'Trust between firms'")
@click.argument("code")
@click.option("--name", metavar="N", required=True, help="The new name; the id stays.")
@_why
def rename(code: str, name: str, reason: str) -> None:
    """Give a code another name; its id stays, and codings and scripts with it."""
    with opened() as project:
        _emit(project, project.codebook.rename(code, name, reason=reason), "Renamed")


@codebook.command(example="qualcase codebook move KM.TRUST --parent NS")
@click.argument("code")
@click.option("--parent", metavar="CODE", help="The code to put it under.")
@click.option("--top", is_flag=True, help="Put it at the top.")
@_why
def move(code: str, parent: str | None, reason: str, *, top: bool) -> None:
    """Put a code with all below it under another, or at the top."""
    if (parent is None) != top:
        raise click.UsageError("Say where to: --parent CODE, or --top.")
    with opened() as project:
        _emit(project, project.codebook.move(code, parent, reason=reason), "Moved")


@codebook.command(example="qualcase codebook merge KM.TRUST --into KM.SHARE")
@click.argument("code")
@click.option("--into", metavar="CODE", required=True, help="The code that takes over.")
@_why
def merge(code: str, into: str, reason: str) -> None:
    """Merge a code into another: its codings move over, and it is retired."""
    with opened() as project:
        _emit(project, project.codebook.merge(code, into, reason=reason), "Merged into")


@codebook.command(example="qualcase codebook retire KM.TRUST --reason 'nobody used it'")
@click.argument("code")
@_why
def retire(code: str, reason: str) -> None:
    """Close a code to new codings; the old ones stay."""
    with opened() as project:
        _emit(project, project.codebook.retire(code, reason=reason), "Retired")


def _emit(project: Project, code: Code, verb: str) -> None:
    book, usage = project.codebook.home_of(code), project.codebook.usage()
    head = f"{verb}, in version {book.version} of {book.id}:"
    emit(codebook_shape(book, (code,), usage), (head, *code_lines(code, usage)))
