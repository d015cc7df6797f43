"""Looking at sources, and saying that they are coded through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qualcase.cli.groups import Command, Group
from qualcase.cli.opening import opened, opened_to_read
from qualcase.cli.output import emit, table_lines
from qualcase.cli.shapes import source_shape, turn_shape
from qualcase.model.errors import UsageError
from qualcase.model.source import SOURCE_KINDS, Turn
from qualcase.reports.wording import plural
from qualcase.text.visible import make_visible_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.source import Block, Source
    from qualcase.project.text_versions import TextVersion


@click.command(cls=Command, example="qualcase sources --json")
def sources() -> None:
    """List the sources with what is known of them, and who has coded them through."""
    with opened_to_read() as project:
        found = project.sources.list()
    emit({"sources": [source_shape(source) for source in found]}, _list_lines(found))


@click.command(cls=Command, example="qualcase show S1")
@click.argument("source")
@click.option("--version", "number", metavar="N", type=int, help="Its text as it was; 1 is as imported.")
def show(source: str, number: int | None) -> None:
    """Show one source: its text, with turns numbered and the offset at which each begins."""
    with opened() as project:
        found = project.sources.find(source)
        if number is not None:
            _show_version(found, project.editing.version(found, number))
            return
        text, turns, blocks = (
            project.sources.text(found),
            project.sources.turns(found),
            project.sources.blocks(found),
        )
    document = {
        **source_shape(found),
        "text": text,
        "turns": [turn_shape(turn) for turn in turns],
        "blocks": [{"kind": block.kind, "start": block.start, "end": block.end} for block in blocks],
        "turn_count": len(turns),
    }
    emit(document, (*_head_lines(found), *_text_lines(text, turns, blocks)))


def _show_version(source: Source, version: TextVersion) -> None:
    document = {
        "source": source.handle,
        "version": version.number,
        "current": version.current,
        "coder": version.coder,
        "at": version.at,
        "text": version.text,
        "turns": [turn_shape(turn) for turn in version.turns],
        "blocks": [{"kind": block.kind, "start": block.start, "end": block.end} for block in version.blocks],
    }
    still = ", the one in force" if version.current else ""
    by = f"by {version.coder or 'somebody'} on {version.at[:10] or 'an unknown day'}"
    head = f"{source.handle}, version {version.number} of its text{still}, {by}"
    emit(document, (head, "", *_text_lines(version.text, version.turns, version.blocks)))


@click.group(cls=Group, example="qualcase source done S1")
def source() -> None:
    """Say that a source is coded through, take that back, or correct what is known of it."""


@source.command(example="qualcase --coder Anna source done S1")
@click.argument("source")
def done(source: str) -> None:
    """Say that you have coded a source through."""
    with opened() as project:
        found = project.sources.mark_done(project.sources.find(source))
        coder = project.coder
    emit(
        {"sources": [source_shape(found)]},
        (f"{coder} has coded {found.handle} ({make_visible_line(found.name)}) through.",),
    )


@source.command(example="qualcase source reopen S1")
@click.argument("source")
def reopen(source: str) -> None:
    """Take back that you have coded a source through."""
    with opened() as project:
        found = project.sources.reopen(project.sources.find(source))
        coder = project.coder
    emit(
        {"sources": [source_shape(found)]},
        (f"{found.handle} ({make_visible_line(found.name)}) is open again for {coder}.",),
    )


@source.command(example="qualcase source edit S1 --date 2008-06 --informant Ola")
@click.argument("source")
@click.option("--date", metavar="EDTF", help="When it was said or written; an empty text says: not known.")
@click.option("--kind", type=click.Choice(SOURCE_KINDS), help="What kind of source it is.")
@click.option("--informant", metavar="NAME", help="Whose words it holds.")
@click.option("--title", metavar="TEXT", help="What it is called.")
@click.option("--minutes", metavar="N", help="How long it lasted.")
def edit(source: str, **facts: str | None) -> None:
    """Correct what is known of a source; its text and codings stay as they are."""
    given = {name: value for name, value in facts.items() if value is not None}
    if not given:
        raise UsageError("Say what is to be corrected.", hint="qualcase source edit S1 --date 2008-06")
    with opened() as project:
        before = project.sources.find(source)
        found = project.sources.describe(before, **given)
    said = "already was so" if found == before else "was corrected"
    emit({"sources": [source_shape(found)]}, (f"{found.handle} ({make_visible_line(found.name)}) {said}.",))


def _list_lines(found: Sequence[Source]) -> Iterator[str]:
    if not found:
        yield "There are no sources yet: qualcase import PATH…"
        return
    heads = ("source", "kind", "date", "words", "turns", "codings", "name")
    rows = [
        (
            source.handle, source.kind.replace("_", " "), source.date, source.words, source.turns or None,
            source.codings or None, _name(source),
        )
        for source in found
    ]  # fmt: skip
    yield from table_lines(heads, rows, numeric=("words", "turns", "codings"))
    yield f"{plural(len(found), 'source')}, {plural(sum(source.words for source in found), 'word')}"


def _name(source: Source) -> str:
    return f"{source.name} (done by {', '.join(source.done)})" if source.done else source.name


def _head_lines(source: Source) -> Iterator[str]:
    yield f"{source.handle}  {make_visible_line(source.title)}  ({make_visible_line(source.name)})"
    done = f"done by {', '.join(source.done)}" if source.done else ""
    facts = {
        "kind": source.kind.replace("_", " "),
        "date": source.date or "not recorded",
        "informant": source.informant,
        "minutes": f"{source.minutes:g}" if source.minutes is not None else None,
        "case": "; ".join(source.cases),
        "length": ", ".join(
            (
                plural(source.words, "word"),
                plural(source.characters, "character"),
                plural(source.turns, "turn"),
            )
        ),
        "coded": "; ".join(filter(None, (plural(source.codings, "coding"), done))),
        **source.attributes,
    }
    yield from (f"  {name}: {value}" for name, value in facts.items() if value not in (None, ""))
    yield from (f"  note: {warning}" for warning in source.warnings)
    yield ""


def _text_lines(text: str, turns: Sequence[Turn], blocks: Sequence[Block]) -> Iterator[str]:
    if not turns:
        yield text
        return
    number = 0
    parts: list[Turn | Block] = [*turns, *blocks]
    for part in sorted(parts, key=lambda part: (part.start, part.end)):
        words = text[part.start : part.end]
        if isinstance(part, Turn):
            number += 1
            when = f" {part.timestamp}" if part.timestamp else ""
            yield f"{number:>4}  {part.speaker or '(no name)'}{when}  [{part.start}]"
            yield from (f"      {line}" for line in words.splitlines())
        else:
            yield words
