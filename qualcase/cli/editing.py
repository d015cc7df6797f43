"""Correcting a transcript, and settling what a correction left in doubt."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcase.cli.coding import Span
from qualcase.cli.diagnostics import say
from qualcase.cli.groups import Command, Group
from qualcase.cli.opening import opened
from qualcase.cli.options import settings
from qualcase.cli.output import emit, terminal_width
from qualcase.model.errors import QualcaseError
from qualcase.model.identity import short_uid
from qualcase.project.own_editor import edit_outside, keep_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.project.doubts import Doubt
    from qualcase.project.editing import EditReport
    from qualcase.project.following import ChangedWords

_STDERR = 2


@click.command(cls=Command, example="qualcase edit S1 --from corrected.docx")
@click.argument("source")
@click.option(
    "--from", "file", metavar="FILE", help="Take the text from a file that was corrected elsewhere."
)
def edit(source: str, file: str | None) -> None:
    """Correct a source's text in $EDITOR, or from a file; what is marked in it follows, or goes to review."""
    report = _reimport(source, Path(file)) if file is not None else _edit(source)
    review = [_doubt_shape(doubt) for doubt in report.review]
    document = {
        "source": report.source.handle,
        "version": report.version,
        "placed": report.placed,
        "changed": [_renamed(asdict(changed)) for changed in report.changed],
        "review": review,
        "doubled": [[coding.uid for coding in group] for group in report.doubled],
    }
    emit(document, _report_lines(report))


@click.group(cls=Group, example="qualcase review list")
def review() -> None:
    """List and settle the passages that a corrected text has left in doubt."""


@review.command("list", example="qualcase review list S1")
@click.argument("source", required=False)
def list_doubts(source: str | None) -> None:
    """List the passages in review, what they said beside what stands there now."""
    with opened() as project:
        doubts = project.editing.review(project.sources.find(source) if source is not None else None)
    many = "1 passage is" if len(doubts) == 1 else f"{len(doubts) or 'No'} passages are"
    emit(_document(doubts), (*_doubt_lines(doubts), f"{many} in review."))


@review.command(example="qualcase review confirm 7f3k2m9q")
@click.argument("identifiers", metavar="ID...", nargs=-1, required=True)
def confirm(identifiers: tuple[str, ...]) -> None:
    """Say that passages are where the list proposes, as one act; their quotes become the new words."""
    with opened() as project:
        settled = project.editing.confirm(*identifiers)
    emit(_document(settled), ("Confirmed:", *_doubt_lines(settled, sure=True)))


@review.command(example="qualcase review move 7f3k2m9q 120:166")
@click.argument("identifier", metavar="ID")
@click.argument("span", type=Span(), metavar="A:B")
def move(identifier: str, span: tuple[int, int]) -> None:
    """Say where in the present text a passage is."""
    with opened() as project:
        settled = project.editing.move(identifier, *span)
    emit(_document((settled,)), (f"{_head(settled)} is at {span[0]}:{span[1]} now.",))


@review.command(example="qualcase review drop 7f3k2m9q")
@click.argument("identifier", metavar="ID")
def drop(identifier: str) -> None:
    """Give a passage up: a coding goes, a memo stays on its source, an event without its quote.

    `undo` brings it back.
    """
    with opened() as project:
        settled = project.editing.drop(identifier)
    emit(_document((settled,)), (f"Dropped {_head(settled)}.",))


def _reimport(name: str, file: Path) -> EditReport:
    with opened() as project:
        return project.editing.reimport(project.sources.find(name), file)


def _edit(name: str) -> EditReport:
    # The project stays free for others while somebody thinks in an editor.
    with opened() as project:
        source = project.sources.find(name)
        base, text = project.editing.base(source)
    # With --json, what an editor writes is no part of the document; and without a terminal, an editor
    # that nobody asked for would wait for ever.
    text = edit_outside(
        text,
        source.handle,
        hint="Set EDITOR, as in EDITOR=nano, or give the corrected text with --from FILE.",
        only_named=not sys.stdin.isatty(),
        stdout=_STDERR if settings().json else None,
    )
    try:
        with opened() as project:
            return project.editing.replace_text(source, text, base)
    except QualcaseError:
        say(f"What you wrote is kept in {keep_text(text, source.handle)}.")
        raise


def _renamed(shape: dict[str, Any]) -> dict[str, Any]:
    return {"id": shape.pop("uid"), **shape}


def _doubt_shape(doubt: Doubt) -> dict[str, Any]:
    candidate = None
    if doubt.candidate is not None:
        start, end = doubt.candidate
        candidate = {"start": start, "end": end, "quote": doubt.new, "similarity": doubt.similarity}
    names = ("kind", "source", "name", "coder", "old")
    return {"id": doubt.uid, **{name: getattr(doubt, name) for name in names}, "candidate": candidate}


def _document(doubts: Sequence[Doubt]) -> dict[str, Any]:
    return {"review": [_doubt_shape(doubt) for doubt in doubts]}


def _report_lines(report: EditReport) -> Iterator[str]:
    source = report.source.handle
    many = f"{report.placed:,} passages have their places"
    placed = "1 passage has its place" if report.placed == 1 else many
    nothing = "Nothing was changed: " if report.unchanged else ""
    yield f"{nothing}{source} is at text version {report.version}; {placed}."
    for changed in report.changed:
        place = f"{source}{_by(changed)}  {changed.start}:{changed.end}"
        yield f"changed words: {short_uid(changed.uid)}  {_told(changed)} in {place}"
        yield from _side_by_side(changed.old, changed.new)
    for group in report.doubled:
        ids, one = ", ".join(short_uid(coding.uid) for coding in group), group[0]
        twice = f"{one.code} by {one.coder} stands {len(group)} times at {one.start}:{one.end} now ({ids})"
        yield f"{twice}; `qualcase uncode {short_uid(group[-1].uid)}` takes one away."
    if report.review:
        yield f"{len(report.review):,} to review:"
        yield from _doubt_lines(report.review)
        yield "Settle them with `qualcase review confirm`, `move` or `drop`."


def _head(doubt: Doubt) -> str:
    return f"{short_uid(doubt.uid)}  {_told(doubt)} in {doubt.source}{_by(doubt)}"


def _by(one: Doubt | ChangedWords) -> str:
    return f" by {one.coder}" if one.coder else ""


def _told(one: Doubt | ChangedWords) -> str:
    return f"{one.name} memo" if one.kind == "memo" else f"{one.kind} {one.name}"


def _doubt_lines(doubts: Sequence[Doubt], *, sure: bool = False) -> Iterator[str]:
    for doubt in doubts:
        place = "no place"
        if doubt.candidate is not None:
            place = f"{doubt.candidate[0]}:{doubt.candidate[1]}{'' if sure else '?'}"
        yield f"{_head(doubt)}  {place}"
        yield from _side_by_side(doubt.old, doubt.new)


def _side_by_side(old: str, new: str | None) -> Iterator[str]:
    """Yield two quotes in two columns, the old one on the left."""
    from itertools import zip_longest  # noqa: PLC0415 - with the next, not for --help

    from qualcase.reports.plain import one_line, pad, wrap  # noqa: PLC0415

    width = max(20, (terminal_width() - 7) // 2)
    left = wrap(f"“{one_line(old)}”", width)
    right = wrap("(nothing like it is left)" if new is None else f"“{one_line(new)}”", width)
    for before, after in zip_longest(left, right, fillvalue=""):
        yield f"  {pad(before, width)} | {after}".rstrip()
