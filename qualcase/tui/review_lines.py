"""Passages in doubt as rows, and the old words beside what the present text has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.text.matching import line_of
from qualcase.text.surroundings import words_around
from qualcase.tui.widgets.lines import fold
from qualcase.tui.widgets.table import Column, Row

if TYPE_CHECKING:
    from qualcase.project.doubts import Doubt
    from qualcase.project.editing import Foresight
    from qualcase.tui.codes import CodeList
    from qualcase.tui.widgets.lines import Line

COLUMNS = (
    Column("source", 7),
    Column("what", 24),
    Column("by", 10),
    Column("alike", 6, numbers=True),
    Column("words"),
)
_AROUND = 160
_SHOWN = 3
_BEFORE = 2  # Rows of context above the words.


@dataclass(frozen=True, slots=True)
class Found:
    """A place of the present text with the words around it; `line` is 1-based."""

    start: int
    end: int
    before: str
    words: str
    after: str
    line: int


def read_place(text: str, start: int, end: int) -> Found:
    """Return a place of a text with the whole words around it."""
    before, after = words_around(text, start, end, _AROUND)
    before = f"…{before}" if start > _AROUND else before
    after = f"{after}…" if end + _AROUND < len(text) else after
    return Found(start, end, before, text[start:end], after, line_of(text, start))


def doubt_row(doubt: Doubt, codes: CodeList, *, later: bool) -> Row:
    """Return a passage in doubt as a row; those left for later say so."""
    event = f"event {doubt.name}" if doubt.kind == "event" else doubt.called
    name = codes.name(doubt.name) if doubt.kind == "coding" else event
    alike = "·" if doubt.similarity is None else f"{doubt.similarity:.2f}"
    cells = (
        doubt.source,
        f"{'later: ' if later else ''}{name}",
        doubt.coder or "·",
        alike,
        _one_line(doubt.old),
    )
    return Row(doubt.uid, cells, (None, name.casefold(), doubt.coder, doubt.similarity, doubt.old.casefold()))


def old_lines(doubt: Doubt, codes: CodeList, width: int) -> list[Line]:
    """Return what the passage said before the text was corrected."""
    marked = {
        "coding": f"coded {codes.name(doubt.name)} by {doubt.coder}",
        "memo": f"{doubt.name} memo by {doubt.coder}",
        "event": f"quoted by event {doubt.name}",
    }
    return [
        *fold("It said", width, "strong"),
        *fold(marked[doubt.kind], width, "dim"),
        (),
        *_paragraphs(doubt.old, width, "plain"),
    ]


def new_lines(doubt: Doubt, found: Found | None, width: int) -> list[Line]:
    """Return the place of the present text that is most like it, its words marked by brackets."""
    if found is None or doubt.similarity is None:
        return [
            *fold("The text now", width, "strong"),
            *fold("nothing like it is left", width, "dim"),
            (),
            *fold("m says where it is by words that stand there; x drops it.", width, "plain"),
        ]
    where = f"{doubt.source}, line {found.line}, {found.start}–{found.end}; alike {doubt.similarity:.2f} of 1"
    return [
        *fold("The text now, most like it", width, "strong"),
        *fold(where, width, "dim"),
        (),
        # On a small screen the words asked about must be seen, whatever stands before them.
        *_paragraphs(found.before, width, "dim")[-_BEFORE:],
        *_paragraphs(f"▶ {found.words} ◀", width, "strong"),
        *_paragraphs(found.after, width, "dim"),
    ]


def foresight_lines(seen: Foresight, width: int) -> list[Line]:
    """Return what a correction would do to passages, in sentences, with words before and after."""
    counts = (
        (seen.stay, "stays where it is", "stay where they are"),
        (seen.moved, "moves along with its words", "move along with their words"),
        (seen.grown, "gets other words, as many or more", "get other words, as many or more"),
        (seen.shrunk, "gets fewer words", "get fewer words"),
        (seen.lost, "goes to review: nothing of it is left", "go to review: nothing of them is left"),
    )
    lines: list[Line] = []
    for number, one, many in counts:
        if number:
            lines += fold(
                f"{number:,} passage{'' if number == 1 else 's'} {one if number == 1 else many}.",
                width,
                "plain",
            )
    if not lines:
        lines = fold("No passage is coded or quoted here.", width, "plain")
    for before, after in seen.examples:
        lines += [(), *fold(f"was “{_one_line(before)}”", width, "dim")[:_SHOWN]]
        lines += fold(
            "nothing is left" if after is None else f"will be “{_one_line(after)}”", width, "plain"
        )[:_SHOWN]
    return lines


def _paragraphs(text: str, width: int, style: str) -> list[Line]:
    return [line for part in text.split("\n") for line in (fold(part, width, style) if part else [()])]


def _one_line(text: str) -> str:
    return " ".join(text.split())
