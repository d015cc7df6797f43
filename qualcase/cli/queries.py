"""Asking for passages by their codes, keeping questions, and sets to ask them of."""

from __future__ import annotations

import shlex
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.asking import passage_shape, pointing, question_shape, read_question, set_shape
from qualcase.cli.diagnostics import say
from qualcase.cli.groups import DefaultGroup, Group
from qualcase.cli.opening import opened, opened_to_read
from qualcase.cli.options import settings
from qualcase.cli.output import emit, table_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from qualcase.model.retrieval import Passage, SavedQuestion, SavedSet
    from qualcase.project import Project

SHOWN = 100


@click.group(
    cls=DefaultGroup, default="ask", example="qualcase query 'KM.TRUST+ NEAR/2s NS.THREAT speaker:Kari'"
)
def query() -> None:
    """Ask for passages by their codes, and keep questions; `qualcase query 'EXPRESSION'` asks one."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        (
            click.option(
                "--group-by", metavar="WHAT", default="source",
                help="code, source, speaker, case, kind or coder.  [source]",
            ),
            click.option(
                "--context", metavar="N", type=click.IntRange(0), default=60,
                help="Show N characters before and after.  [60]",
            ),
            click.option("--limit", metavar="N", type=click.IntRange(1), help="Only the first N passages."),
        )
    ):  # fmt: skip
        command = option(command)
    return command


@query.command(example="qualcase query ask 'KM.TRUST AND (NS+ OR IA+) NOT coder:Anna' --save doubts")
@click.argument("expression")
@_options
@click.option("--save", metavar="NAME", help="Keep the question under this name.")
@click.option("--replace", is_flag=True, help="With --save: also in place of somebody else's.")
def ask(expression: str, save: str | None, *, replace: bool, **given: Any) -> None:  # noqa: ANN401 - one a click option
    """Show the passages that answer to a question about codes.

    It joins codes by AND, OR, NOT, NEAR/n, WITHIN, OVERLAPS and FOLLOWED BY, with brackets. CODE+ takes all
    codes below it too; coder:, layer:, case:, source:, kind:, speaker:, actor:, date:, set: and NAME=VALUE
    narrow it; @FILE reads it from a file. docs/queries.md explains it all.
    """
    if replace and save is None:
        raise click.UsageError("--replace needs --save.")
    with pointing():
        written = read_question(expression)
        with opened_to_read() as project:
            if save is not None:
                _say_replaced(project.queries.save(save, written, replace=replace))
            _show(project, written, **given)


def _say_replaced(kept: SavedQuestion) -> None:
    if kept.replaced is not None:
        was = kept.replaced
        whose = "" if was.coder == kept.coder else f", of {was.coder}’s"
        say(f"Replaced the question {kept.name}{whose}, which was: {was.expression}")


@query.command(example="qualcase query run doubts --group-by code")
@click.argument("name")
@_options
def run(name: str, **given: Any) -> None:  # noqa: ANN401 - one a click option
    """Ask a question that was kept."""
    with pointing(), opened_to_read() as project:
        _show(project, project.queries.find(name).expression, **given)


@query.command("list", example="qualcase query list")
def list_questions() -> None:
    """List the questions that are kept."""
    with opened() as project:
        found = project.queries.list()
    many = "1 question" if len(found) == 1 else f"{len(found)} questions"
    emit({"queries": [question_shape(one) for one in found]}, (*_question_lines(found), many))


@query.command("remove", example="qualcase query remove doubts")
@click.argument("name")
def remove_question(name: str) -> None:
    """Let a kept question go; `qualcase undo` brings it back."""
    with opened() as project:
        gone = project.queries.remove(name)
    emit({"queries": [question_shape(gone)]}, ("Removed:", *_question_lines((gone,))))


@click.group("set", cls=Group, example="qualcase set add wave1 S1 S2 S3")
def sets() -> None:
    """Keep sets of sources or of codes, to ask questions of as set:NAME."""


@sets.command("add", example="qualcase set add doubts NS.THREAT KM.OBSTACLE --codes")
@click.argument("name")
@click.argument("members", nargs=-1, required=True, metavar="MEMBER...")
@click.option("--codes", is_flag=True, help="The members are codes, not sources.")
def add_set(name: str, members: Sequence[str], *, codes: bool) -> None:
    """Make a set of sources, or of codes, or add to the one that is there."""
    with opened() as project:
        made = project.sets.add(name, "codes" if codes else "sources", members)
    _emit_sets((made,), "Kept:")


@sets.command("list", example="qualcase set list")
def list_sets() -> None:
    """List the sets with their members."""
    with opened() as project:
        found = project.sets.list()
    _emit_sets(found, "1 set" if len(found) == 1 else f"{len(found)} sets")


@sets.command("show", example="qualcase set show wave1")
@click.argument("name")
def show_set(name: str) -> None:
    """Show one set."""
    with opened() as project:
        found = project.sets.find(name)
    _emit_sets((found,), f"{len(found.members)} {found.kind}")


@sets.command("remove", example="qualcase set remove wave1 S3")
@click.argument("name")
@click.argument("members", nargs=-1, metavar="[MEMBER]...")
def remove_set(name: str, members: Sequence[str]) -> None:
    """Take members out of a set, or without any let the set go; `qualcase undo` brings it back."""
    with opened() as project:
        gone = project.sets.remove(name, members)
        left = project.sets.find(name) if members else gone
    _emit_sets((left,), "Left in it:" if members else "Removed:")


def _show(project: Project, written: str, group_by: str, context: int, limit: int | None) -> None:
    from qualcase.project.codes_asked import asked_with_all_below  # noqa: PLC0415 - not for --help

    answer = project.queries.ask(written)
    passages = tuple(answer.passages(context=context, limit=limit))
    counts = answer.counts(passages, group_by)
    document = {
        "query": written,
        "count": len(answer),
        "hits": [passage_shape(passage) for passage in passages],
        "group_by": group_by,
        "groups": [{"group": name, "count": count} for name, count in counts.items()],
    }
    of = {name: [one for one in passages if name in answer.groups(one, group_by)] for name in counts}
    emit(document, _passage_lines(of, len(answer), len(passages)))
    if not len(answer) and not settings().json:
        below, wider = asked_with_all_below(project, written)
        for code, count in sorted(below.items()):
            say(f"{code} itself has no codings; the codes below it have {count:,}.")
        if below:
            say(f"To ask for these: {shlex.join(('qualcase', 'query', 'ask', wider))}")


def _passage_lines(groups: dict[str, list[Passage]], count: int, listed: int) -> Iterator[str]:
    for name, members in groups.items():
        yield f"{name} ({len(members)})"
        for passage in islice(members, SHOWN):
            yield from _one(passage)
        if len(members) > SHOWN:
            yield f"  … and {len(members) - SHOWN:,} more"
    some = f"the first {listed:,} of " if listed < count else ""
    yield f"{some}1 passage" if count == 1 else f"{some}{count:,} passages"


def _one(passage: Passage) -> Iterator[str]:
    who = f"  {passage.speaker}" if passage.speaker else ""
    codes, coders = ", ".join(passage.codes), ", ".join(passage.coders)
    yield f"  {passage.source} {passage.start}:{passage.end}{who}  {codes}  by {coders}"
    before, words, after = (" ".join(part.split()) for part in (passage.before, passage.quote, passage.after))
    yield f"    {before}{' ' if before else ''}“{words}”{' ' if after else ''}{after}"


def _question_lines(found: Sequence[SavedQuestion]) -> Iterator[str]:
    if found:
        rows = [(one.name, one.coder, one.expression) for one in found]
        yield from table_lines(("name", "kept by", "question"), rows)


def _emit_sets(found: Sequence[SavedSet], head: str) -> None:
    lines = (f"{one.name}  {one.kind}: {', '.join(one.members) or 'none'}" for one in found)
    emit({"sets": [set_shape(one) for one in found]}, (head, *lines))
