"""The blocks of a report as lines of Markdown: one function a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcase.reports.document import (
    Absent,
    CodeList,
    EventList,
    Facts,
    Paragraph,
    Points,
    Quotes,
    Story,
    Table,
)  # fmt: skip
from qualcase.reports.evidence import anchor
from qualcase.reports.markdown_display import display_lines
from qualcase.reports.markdown_text import escape, escape_start, pipe_table
from qualcase.reports.narrative import bounds_words, date_words
from qualcase.reports.quotations import provenance
from qualcase.reports.wording import MINUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from qualcase.model.event import Event
    from qualcase.reports.document import Block
    from qualcase.reports.evidence import EvidenceIndex
    from qualcase.reports.narrative import NarrativePhase, NarrativeSentence
    from qualcase.reports.quotations import Quotation


def block_lines(block: Block, index: EvidenceIndex) -> list[str]:
    """Return a block in lines."""
    if isinstance(block, Story):
        return [line for phase in block.phases for line in _phase(phase, index)]
    return _WRITERS[type(block)](block)


def _paragraph(block: Paragraph) -> list[str]:
    parts = [escape_start(part) for part in block.text.split("\n\n") if part.strip()]
    if not block.by_author:
        return _spaced(parts)
    return [f"> {line}".rstrip() for line in _spaced(["*author*", *parts])]


def _facts(block: Facts) -> list[str]:
    pairs = [[escape(label), escape(value)] for label, value in block.pairs]
    return pipe_table([" ", " "], pairs, right=[False, False])


def _table(block: Table) -> list[str]:
    return [f"**{escape(block.display.title)}**", "", *display_lines(block.display)]


def _spaced(parts: Iterable[str]) -> list[str]:
    return [line for part in parts for line in (part, "")][:-1]


def _phase(phase: NarrativePhase, index: EvidenceIndex) -> list[str]:
    name = phase.heading if phase.id == "outside" else f"{phase.id} {phase.heading}"
    dates = f" ({escape(phase.dates)})" if phase.dates else ""
    lines = [f"### {escape(name)}{dates}", ""]
    lines += [f"*{escape(phase.opening)}*", ""] if phase.opening else []
    lines += [f"- {_sentence(sentence, index)}" for sentence in phase.sentences]
    return [*lines, "", *([f"*{escape(phase.closing)}*", ""] if phase.closing else [])]


def _sentence(sentence: NarrativeSentence, index: EvidenceIndex) -> str:
    if sentence.by_author:
        return f"{escape(sentence.text)} *(author)*"
    cited = ", ".join(_reference(identity, index) for identity in sentence.events)
    return f"{escape(sentence.text)} ({cited}; {escape(sentence.origin)})"


def _reference(identity: str, index: EvidenceIndex) -> str:
    found = index.find(identity)
    label = f"[{escape(found.label)}](#{found.anchor})" if found.anchor else escape(found.label)
    return f"{label} {MINUS}" if found.adverse else label


def _quotes(block: Quotes) -> list[str]:
    lines = []
    for code in block.codes:
        name = "" if code.name == code.code else f" {escape(code.name)}"
        lines += [f"### {escape(code.code)}{name}", ""]
        for quotation in ([code.power] if code.power else []) + list(code.proof):
            lines += [*_quotation(quotation), ""]
    return lines


def _quotation(quotation: Quotation) -> list[str]:
    sign = f" {MINUS}" if quotation.valence == "-" else ""
    record = " | ".join((quotation.id, *provenance(quotation)))
    return [
        f'<a id="{anchor("quote", quotation.id)}"></a>',
        "",
        f"> “{escape(quotation.words)}”{sign}",
        ">",
        f"> {escape(record)}",
    ]


def _event(event: Event) -> list[str]:
    sign = f" {MINUS}" if event.valence == "-" else ""
    turning = ", turning point" if event.turning_point else ""
    place = ", ".join(str(part) for part in (event.source, event.line and f"line {event.line}") if part)
    lines = [
        f'<a id="{anchor("event", event.id)}"></a>',
        "",
        f"**{escape(event.id)} {escape(event.title)}**{sign}: {escape(date_words(event.date))}",
        f"({escape(bounds_words(event.date))}; phase {escape(event.phase or 'outside')}{turning};",
        f"actors: {escape(', '.join(event.actors) or 'none named')};",
        f"codes: {escape(', '.join(event.codes) or 'none')})",
        "",
    ]
    if not event.quote:
        return lines
    return [*lines, f"> “{escape(event.quote)}” ({escape(place or 'source not reported')})", ""]


def _codes(block: CodeList) -> list[str]:
    book = block.codebook
    lines = [f"### {escape(book.title or book.id)}, version {book.version}", ""]
    lines += [f"- {escape(rule)}" for rule in book.rules] + [""]
    for code in book.codes:
        definition = escape(code.definition or "definition not reported")
        lines.append(f"- **{escape(code.id)} {escape(code.name)}** ({escape(code.kind)}): {definition}")
        lines += [f"  - include: {escape('; '.join(code.include))}"] if code.include else []
        lines += [f"  - exclude: {escape('; '.join(code.exclude))}"] if code.exclude else []
    notes = [f"- {escape(' / '.join(note.between))}: {escape(note.rule)}" for note in book.boundary_notes]
    return [*lines, "", *notes]


_WRITERS: dict[type[object], Callable[[Any], list[str]]] = {
    Paragraph: _paragraph,
    Absent: lambda block: [f"*{escape(block.text)}*"],
    Points: lambda block: [f"- {escape(item)}" for item in block.items],
    Facts: _facts,
    Table: _table,
    Quotes: _quotes,
    EventList: lambda block: [line for event in block.events for line in _event(event)],
    CodeList: _codes,
}
