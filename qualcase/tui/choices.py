"""What the lists to choose from list: codes, sources, the codings at a place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualcase.model.coding import STANCES
from qualcase.reports.wording import plural
from qualcase.tui.dates import draw_date
from qualcase.tui.dialogues.pick import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.model.coding import Coding
    from qualcase.model.source import Source
    from qualcase.text.selection import Span
    from qualcase.tui.document import OpenDocument
    from qualcase.tui.workbench import Workbench

# How many characters around what was found stand in a list, and beside it.
_BEFORE, _AFTER, _WIDER = 20, 60, 120
# The answers that name no code and no coding.
TOP, HERE = "(top)", "(here)"


def code_entries(bench: Workbench) -> list[Entry]:
    """Return the codes that can be applied, with their definitions."""
    return [Entry(one.code.id, one.label, one.code.definition) for one in bench.codes.active]


def code_entries_in(bench: Workbench, codings: Iterable[Coding]) -> list[Entry]:
    """Return the codes that some codings have, in the order of the codebook, with how many there are."""
    counted = Counter(coding.code for coding in codings)
    order = {one.code.id: place for place, one in enumerate(bench.codes.entries)}
    return [
        Entry(code_id, f"{code_id}  {bench.codes.name(code_id)}", f"{counted[code_id]:,} in this source")
        for code_id in sorted(counted, key=lambda one: (order.get(one, len(order)), one))
    ]


def source_entries(bench: Workbench) -> list[Entry]:
    """Return the sources in their order."""
    return [
        Entry(source.uid, f"{source.handle}  {source.title or source.name}", _about(source))
        for source in bench.sources
    ]


def coding_entries(bench: Workbench, codings: Iterable[Coding]) -> list[Entry]:
    """Return the codings at a place, with the words they cover."""
    return [Entry(one.uid, f"{one.code}  {bench.codes.name(one.code)}", one.quote) for one in codings]


def in_vivo_entries(bench: Workbench) -> list[Entry]:
    """Return where a new code may stand: at the top, or under another one."""
    return [Entry(TOP, "(at the top of the codebook)", "under no other code"), *code_entries(bench)]


def hit_entries(document: OpenDocument, hits: Sequence[Span]) -> list[Entry]:
    """Return the places where words stand, by their number: the line, and the words around."""
    return [Entry(str(place), *_hit(document, hit)) for place, hit in enumerate(hits)]


def _hit(document: OpenDocument, hit: Span) -> tuple[str, str]:
    start, end = hit
    text, turn = document.text, document.turn_at(start)
    before = text[max(0, start - _BEFORE) : start]
    if start > _BEFORE:
        # What is left of a word that was cut in two says nothing.
        before = f"…{before.partition(' ')[2] or before}"
    around = " ".join(f"{before}{text[start:end]}{text[end : end + _AFTER]}".split())
    wider = " ".join(text[max(0, start - _WIDER) : end + _WIDER].split())
    return (
        f"{document.line_at(start):>5}  {around}",
        f"turn {turn[0]} {turn[1] or ''}: …{wider}…" if turn else wider,
    )


def passage_entry(document: OpenDocument) -> Entry:
    """Return the passage itself, for a memo that is on none of its codings."""
    quote = " ".join(document.text[slice(*document.selection.span)].split())
    return Entry(HERE, "The passage itself", quote)


def attribute_entries() -> list[tuple[str, str, str, str]]:
    """Return what can be recorded with a coding: letter, attribute=value, name, meaning."""
    return [
        ("+", "valence=+", "valence +", "speaks well of it"),
        ("-", "valence=-", "valence -", "speaks ill of it"),
        ("0", "valence=0", "valence 0", "neither, or both"),
        ("n", "valence=none", "no valence", ""),
        *(
            (stance[1 if stance == "assessed" else 0], f"stance={stance}", stance, "stance")
            for stance in STANCES
        ),
        ("x", "stance=none", "no stance", ""),
        ("v", "voice", "voice …", "whose voice it is; typed"),
        ("w", "weight", "weight …", "how much it weighs; a number"),
    ]


def _about(source: Source) -> str:
    parts = [
        source.kind.replace("_", " "),
        draw_date(source.date),
        plural(source.words, "word"),
        plural(source.codings, "coding"),
    ]
    return " · ".join(parts)
