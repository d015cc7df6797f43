"""From codings to quotations: the words with all that a citation of them needs."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcase.model.coding import Coding
from qualcase.reports.quotations import Quotation, number_quotations
from qualcase.text.bounds import display_date
from qualcase.text.matching import line_of
from qualcase.text.surroundings import words_around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.coding import Memo
    from qualcase.model.source import Source, Turn
    from qualcase.project.project import Project


@dataclass(frozen=True, slots=True)
class _Read:
    """A source with what its quotations need, read once."""

    source: Source
    text: str
    turns: tuple[Turn, ...]
    said: str | None


def quote_codings(project: Project, codings: Sequence[Coding], context: int = 0) -> tuple[Quotation, ...]:
    """Return codings as numbered quotations, with the words around: up to `context` characters."""
    names = {code.id: code.name for book in project.codebook.all() for code in book.codes}
    wanted = {coding.source for coding in codings}
    read = {
        source.handle: _Read(
            source,
            project.sources.text(source),
            project.sources.turns(source),
            display_date(source.date) if source.date else None,
        )
        for source in project.sources.list()
        if source.handle in wanted
    }
    return number_quotations(_quotation(coding, read[coding.source], names, context) for coding in codings)


def quote_memos(project: Project, memos: Sequence[Memo]) -> dict[str, Quotation]:
    """Return by the memo's uid the passages that memos are on, as quotations without a code."""
    passages = [
        Coding(one.uid, one.source, one.start, one.end, one.quote, "", one.coder, "", state=one.state or "")
        for one in memos
        if one.source is not None and one.start is not None and one.end is not None and one.quote is not None
    ]
    return {one.evidence: replace(one, codebook_version="") for one in quote_codings(project, passages)}


def _quotation(coding: Coding, read: _Read, names: dict[str, str], context: int) -> Quotation:
    # A coding in review has its place in an older text: today's lines and turns are not its own.
    placed = coding.state == "placed"
    turn = bisect_right(read.turns, coding.start, key=lambda item: item.start)
    inside = placed and turn and coding.start < read.turns[turn - 1].end
    last = max(coding.start, coding.end - 1)
    before, after = words_around(read.text, coding.start, coding.end, context) if placed else ("", "")
    return Quotation(
        id="",
        text=coding.quote,
        source=coding.source,
        source_title=read.source.title,
        source_kind=read.source.kind,
        speaker=coding.speaker,
        voice=coding.voice or (None if coding.speaker else _voices(coding, read)),
        turn=turn if inside else None,
        lines=(line_of(read.text, coding.start), line_of(read.text, last)) if placed else None,
        said=read.said,
        code=coding.code,
        code_name=names.get(coding.code, ""),
        layer=coding.layer,
        coder=coding.coder,
        valence=coding.valence,
        stance=coding.stance,
        memo=coding.memo,
        key=coding.key,
        evidence=coding.uid,
        before=before,
        after=after,
        codebook_version=str(coding.codebook_version),
        from_start=bool(before) and not read.text[: coding.start - len(before)].strip(),
        to_end=bool(after) and not read.text[coding.end + len(after) :].strip(),
        in_review=coding.state == "review",
    )


def _voices(coding: Coding, read: _Read) -> str | None:
    # A passage over several turns is nobody's alone; one outside all turns is the informant's.
    heard = [
        turn.speaker
        for turn in read.turns
        if turn.speaker and coding.start < turn.end and turn.start < coding.end
    ]
    if coding.state == "placed" and heard:
        return " and ".join(dict.fromkeys(heard))
    return read.source.informant
