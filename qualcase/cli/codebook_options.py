"""What commands that change the codebook share: options, and how they tell what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.codebook_lines import code_lines
from qualcase.cli.diagnostics import say
from qualcase.cli.output import emit
from qualcase.cli.shapes import codebook_shape, version_shape

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.model.code import Code
    from qualcase.project import Project

why = click.option(
    "--why", "--reason", "reason", metavar="TEXT", default="", help="Why; the history tells it."
)
NOTHING_GIVEN = "Say what to change: --definition, --include, --exclude, --phrase or --example."


def rules(command: Callable[..., None]) -> Callable[..., None]:
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


def given_rules(options: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a code that were given; UsageError where none was."""
    given = {part: value for part, value in options.items() if value not in (None, ())}
    if not given:
        raise click.UsageError(NOTHING_GIVEN)
    return given


def emit_change(project: Project, code: Code, verb: str) -> None:
    """Print a code after a change, with the version that the change made and what it left to do."""
    from qualcase.codebook.narration import tell_effect  # noqa: PLC0415 - not for --help
    from qualcase.project.independence import told_hidden  # noqa: PLC0415 - as above

    book, usage = project.codebook.home_of(code), project.codebook.usage()
    made = next(one for one in reversed(project.codebook.history()) if one.codebook == book.id)
    head = f"{verb}, in version {book.version} of {book.id}:"
    told = tell_effect(made)
    under = made.effect.into if made.effect.waiting else made.effect.codes
    hint = f"`qualcase codebook reread {under[0]}` lists what waits." if "read again" in told else ""
    lines = (head, *code_lines(code, usage), *filter(None, (told, hint)))
    emit(codebook_shape(book, (code,), usage) | {"change": version_shape(made)}, lines)
    if hidden := told_hidden(project):
        say(hidden)
