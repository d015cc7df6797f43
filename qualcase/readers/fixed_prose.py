"""Running text of a format that knows its own headings and notes: no turn reaches into them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.prose import structure_prose
from qualcase.readers.structure import trim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Turn
    from qualcase.readers.label_lines import Label
    from qualcase.readers.structure import Structure


def structure_fixed_prose(
    text: str, speakers: str | None, fixed: Sequence[Block], bold_runs: Sequence[Label]
) -> Structure:
    """Return the structure of running text; what follows a heading within a counted segment is paragraphs."""
    spans = sorted((block.start, block.end) for block in fixed)
    free_runs = _outside(bold_runs, spans)
    structure = structure_prose(text, speakers, fixed=fixed, bold_runs=free_runs)
    turns: list[Turn] = []
    blocks = list(structure.blocks)
    place = 0
    for turn in structure.turns:
        while place < len(spans) and spans[place][1] <= turn.start:
            place += 1
        pieces, place = _between(text, turn, spans, place)
        if pieces:
            turns.append(replace(turn, start=pieces[0][0], end=pieces[0][1]))
            blocks.extend(Block(start, end) for start, end in pieces[1:])
    ordered = sorted(blocks, key=lambda block: (block.start, block.end))
    return replace(structure, turns=tuple(turns), blocks=tuple(ordered))


def _outside(labels: Sequence[Label], spans: Sequence[tuple[int, int]]) -> list[Label]:
    """Return the labels that stand in none of the spans; both are in order."""
    free, place = [], 0
    for label in sorted(labels, key=lambda label: label.start):
        while place < len(spans) and spans[place][1] <= label.start:
            place += 1
        if place == len(spans) or label.start < spans[place][0]:
            free.append(label)
    return free


def _between(
    text: str, turn: Turn, spans: Sequence[tuple[int, int]], place: int
) -> tuple[list[tuple[int, int]], int]:
    """Return what lies within a turn between the spans from `place` on, and the first span after the turn."""
    pieces: list[tuple[int, int]] = []
    begin = turn.start
    while place < len(spans) and spans[place][0] < turn.end:
        pieces.append(trim(text, begin, max(begin, spans[place][0])))
        begin = spans[place][1]
        place += 1
    pieces.append(trim(text, min(begin, turn.end), turn.end))
    return [(start, end) for start, end in pieces if start < end], place
