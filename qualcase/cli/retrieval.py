"""Listing coded passages."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.diagnostics import say
from qualcase.cli.groups import Command
from qualcase.cli.opening import opened_to_read
from qualcase.cli.options import settings
from qualcase.cli.output import emit, formats_asked, write_formats
from qualcase.cli.passages import coding_lines
from qualcase.cli.shapes import coding_shape
from qualcase.text.surroundings import words_around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.coding import Coding
    from qualcase.project import Project
    from qualcase.project.codings import CodingFilter


@click.command(cls=Command, example="qualcase codings --code KM --subtree --context 60")
@click.option("--code", metavar="CODE", help="Only this code.")
@click.option("--subtree", is_flag=True, help="With --code: all codes below it too.")
@click.option("--source", metavar="SOURCE", help="Only this source.")
@click.option("--coder", metavar="NAME", help="Only what this coder coded.")
@click.option("--layer", metavar="LAYER", help="Only this layer: a coder's name, or consensus.")
@click.option("--speaker", metavar="NAME", help="Only the speech of this speaker.")
@click.option("--case", metavar="NAME", help="Only sources that speak of this case.")
@click.option("--older", is_flag=True, help="Only those made under an older definition of their code.")
@click.option(
    "--context", metavar="N", type=click.IntRange(0), default=0, help="Show N characters before and after."
)
@click.option(
    "--format",
    "form",
    metavar="F,F…",
    help="The report of passages: terminal, md, html, csv, json, several with commas.",
)
@click.option(
    "--group-by", metavar="WHAT", help="The report, by code, source, speaker, coder or phase.  [code]"
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Write the report to a file, in the format that its name tells, or into a folder.",
)
def codings(
    context: int,
    form: str | None,
    group_by: str | None,
    output: str | None,
    *,
    subtree: bool,
    **given: Any,  # noqa: ANN401 - one a click option
) -> None:
    """List coded passages, by source and place, or write the report of retrieved passages."""
    from qualcase.project.codings import CodingFilter  # noqa: PLC0415 - opens the store

    if subtree and given["code"] is None:
        raise click.UsageError("--subtree needs --code.")
    wanted = CodingFilter(subtree=subtree, **given)
    forms = formats_asked(form, output) or (["terminal"] if group_by else [])
    with opened_to_read() as project:
        found = project.codings.list(wanted)
        around, words = _surroundings(project, found, context) if context else ({}, {})
        pages = {name: _page(project, wanted, name, context, group_by) for name in forms}
        groups = _groups(project, wanted, group_by) if group_by else {}
        if not found and wanted.code and not subtree and not settings().json:
            _say_below(project, given)
    document: dict[str, Any] = {"codings": [_shape(coding, around) for coding in found], **groups}
    if output is not None:
        written = write_formats(output, forms, "codings", pages.__getitem__)
        emit({"written": written, **document}, (f"Wrote {file}." for file in written))
        return
    many = "1 coding" if len(found) == 1 else f"{len(found):,} codings"
    emit(
        document,
        [page.decode().rstrip("\n") for page in pages.values()] or (*coding_lines(found, words), many),
    )


def _page(project: Project, wanted: CodingFilter, form: str, context: int, by: str | None) -> bytes:
    page = project.reports.passages(wanted, form, context=context, group_by=by)
    return page.encode("utf-8", "backslashreplace")


def _groups(project: Project, wanted: CodingFilter, by: str) -> dict[str, Any]:
    grouped = project.reports.groups(wanted, by) if settings().json else {}
    shapes = [{"group": name, "count": len(uids), "codings": uids} for name, uids in grouped.items()]
    return {"group_by": by, "groups": shapes}


def _say_below(project: Project, given: dict[str, Any]) -> None:
    from qualcase.project.codes_asked import coded_below  # noqa: PLC0415 - not for --help

    code, below = coded_below(project, given["code"])
    if below:
        asked = [
            word
            for name, value in given.items()
            if value
            for word in (f"--{name}", value)
            if word is not True
        ]
        command = shlex.join(("qualcase", "codings", *asked, "--subtree"))
        say(f"{code} itself has no codings; the codes below it have {below:,}. To list these: {command}")


def _shape(coding: Coding, around: dict[str, tuple[str, str]]) -> dict[str, Any]:
    shape = coding_shape(coding)
    if coding.uid in around:
        shape["before"], shape["after"] = around[coding.uid]
    return shape


def _surroundings(
    project: Project, found: Sequence[Coding], width: int
) -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Return what stands around each passage: to the character for a program, in whole words for a reader."""
    texts = project.sources.texts(coding.source for coding in found)
    exact, words = {}, {}
    for coding in found:
        if coding.state == "placed":
            text, start, end = texts[coding.source], coding.start, coding.end
            exact[coding.uid] = text[max(0, start - width) : start], text[end : end + width]
            words[coding.uid] = words_around(text, start, end, width)
    return exact, words
