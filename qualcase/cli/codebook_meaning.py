"""Changes of what codes mean, and reading again what was coded before them."""

from __future__ import annotations

from typing import Any

import click

from qualcase.cli import codebook_changes
from qualcase.cli.codebook import codebook
from qualcase.cli.codebook_lines import rereading_lines
from qualcase.cli.codebook_options import emit_change, given_rules, rules, why
from qualcase.cli.crosswalks import crosswalk
from qualcase.cli.opening import opened
from qualcase.cli.output import emit
from qualcase.cli.shapes import rereading_shape
from qualcase.model.code import Code

# All commands of the group are there once this module is.
__all__ = ("codebook", "codebook_changes", "crosswalk")


@codebook.command(example="qualcase codebook split KM.TRUST --into 'KM.FAITH=Faith' --into 'KM.PROOF=Proof'")
@click.argument("code")
@click.option(
    "--into", "parts", metavar="ID[=NAME]", multiple=True, help="A new code, or one in use; repeated."
)
@click.option("--keep", is_flag=True, help="The code stays in use beside them.")
@why
def split(code: str, parts: tuple[str, ...], reason: str, *, keep: bool) -> None:
    """Divide what a code means among others; what is coded so is to be read again."""
    if not parts:
        raise click.UsageError("Say what to split it into: --into ID=NAME, at least twice.")
    with opened() as project:
        kind = project.codebook.find(code).kind
        into = [_part(part, kind) for part in parts]
        emit_change(project, project.codebook.split(code, into, keep=keep, reason=reason), "Split")


@codebook.command(example="qualcase codebook narrow KM.TRUST --exclude 'trust in a machine' --why 'round 1'")
@click.argument("code")
@rules
@why
def narrow(code: str, reason: str, **options: Any) -> None:  # noqa: ANN401 - one a click option
    """Let a code mean less than it did; what is coded so is to be read again.

    What `--exclude` names is added to what is excluded already; any other list given replaces the old one.
    """
    given = given_rules(options)
    with opened() as project:
        _add_to("exclude", given, project.codebook.find(code))
        emit_change(project, project.codebook.narrow(code, reason=reason, **given), "Narrowed")


@codebook.command(example="qualcase codebook widen KM.TRUST --include 'distrust' --why 'round 1'")
@click.argument("code")
@rules
@why
def widen(code: str, reason: str, **options: Any) -> None:  # noqa: ANN401 - one a click option
    """Let a code mean more than it did; what is coded so is to be read again.

    What `--include` names is added to what is included already; any other list given replaces the old one.
    """
    given = given_rules(options)
    with opened() as project:
        _add_to("include", given, project.codebook.find(code))
        emit_change(project, project.codebook.widen(code, reason=reason, **given), "Widened")


@codebook.command(example="qualcase codebook reread NH.STRATEGY")
@click.argument("code", metavar="[CODE]", required=False)
def reread(code: str | None) -> None:
    """List the codings and events to be read again, because what their code means has changed since."""
    with opened() as project:
        waiting = project.codebook.reread(code)
    emit({"reread": [rereading_shape(one) for one in waiting]}, rereading_lines(waiting))


@codebook.command(example="qualcase codebook confirm --all NH.STRATEGY")
@click.argument("names", metavar="[CODING|EVENT]...", nargs=-1)
@click.option("--all", "all_of", metavar="CODE", help="All that wait to be read again under this code.")
@click.option("--code", metavar="CODE", help="Under this code only, where an event waits under several.")
@click.option("--as", "other", metavar="CODE", help="They are this code instead.")
def confirm(names: tuple[str, ...], all_of: str | None, code: str | None, other: str | None) -> None:
    """Say that codings and events were read again: they hold, or are another code."""
    with opened() as project:
        done = project.codebook.confirm(names, all_of=all_of, code=code, other=other)
    one = len(done.confirmed) == 1
    holds, are = ("holds", "is") if one else ("hold", "are")
    became = holds if done.code is None else f"{are} {done.code} now"
    lines = [f"{len(done.confirmed):,} {'was' if one else 'were'} read again and {became}."]
    if done.doubled:
        lines.append(f"{done.doubled:,} bore {done.code} already, so one coding was kept of each.")
    document = {"confirmed": [rereading_shape(one) for one in done.confirmed]}
    emit(document | {"code": done.code, "doubled": done.doubled}, lines)


def _add_to(part: str, given: dict[str, Any], code: Code) -> None:
    if part in given:  # Without the exclusions that it has, a code would come to mean more, not less.
        given[part] = tuple(dict.fromkeys((*getattr(code, part), *given[part])))


def _part(text: str, kind: str) -> Code:
    identifier, _, name = (part.strip() for part in text.partition("="))
    return Code(identifier, name or identifier, kind=kind)
