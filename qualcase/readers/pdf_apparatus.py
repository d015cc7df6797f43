"""Page headers and the like put back into a structured text: where they stood, but inside nobody's turn."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.model.source import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.structure import Structure


def insert_apparatus(
    text: str, structure: Structure, apparatus: Sequence[tuple[int, str]]
) -> tuple[str, Structure]:
    """Return text and structure with each (offset, words) as a line of its own and a block of apparatus.

    What stood within a turn or a paragraph follows at its end, in order: a turn is one stretch of speech.
    """
    units = _units(text, structure)
    places: dict[int, list[str]] = {}
    for offset, words in apparatus:
        places.setdefault(_free_place(units, offset), []).append(words)
    pieces: list[str] = []
    blocks: list[Block] = []
    shifts: list[tuple[int, int]] = []
    done = length = 0
    for place in sorted(places):
        pieces.append(text[done:place])
        length += place - done
        done = place
        before, after = _around(text, place)
        inserted = before + "\n".join(places[place]) + after
        start = length + len(before)
        for words in places[place]:
            blocks.append(Block(start, start + len(words), "apparatus"))
            start += len(words) + 1
        pieces.append(inserted)
        length += len(inserted)
        shifts.append((place, len(inserted)))
    pieces.append(text[done:])
    return "".join(pieces), _shift(structure, shifts, blocks)


def _units(text: str, structure: Structure) -> list[tuple[int, int]]:
    """Return the stretches that nothing may be put into: turns with their labels, and blocks."""
    spans = sorted(
        [(turn.start, turn.end) for turn in structure.turns]
        + [(block.start, block.end) for block in structure.blocks]
    )
    units: list[tuple[int, int]] = []
    before = 0
    for start, end in spans:
        gap = text[before:start]
        label = before + len(gap) - len(gap.lstrip())
        units.append((min(label, start), end))
        before = end
    return units


def _free_place(units: Sequence[tuple[int, int]], offset: int) -> int:
    """Return `offset`, or the end of the unit that it lies in."""
    place = bisect_left(units, (offset, 0)) - 1
    if place >= 0 and units[place][0] < offset < units[place][1]:
        return units[place][1]
    return offset


def _around(text: str, place: int) -> tuple[str, str]:
    """Return the line ends that make a line of what is put at `place`."""
    at_end = place == len(text) or text[place] == "\n"
    before = "" if place == 0 or text[place - 1] == "\n" else "\n\n"
    return before, "" if at_end else "\n"


def _shift(structure: Structure, shifts: Sequence[tuple[int, int]], added: Sequence[Block]) -> Structure:
    places = [place for place, _ in shifts]
    sums = [0]
    for _, size in shifts:
        sums.append(sums[-1] + size)

    def start(offset: int) -> int:
        return offset + sums[bisect_right(places, offset)]

    def end(offset: int) -> int:
        return offset + sums[bisect_left(places, offset)]

    turns = tuple(replace(turn, start=start(turn.start), end=end(turn.end)) for turn in structure.turns)
    blocks = [replace(block, start=start(block.start), end=end(block.end)) for block in structure.blocks]
    ordered = sorted([*blocks, *added], key=lambda block: (block.start, block.end))
    return replace(structure, turns=turns, blocks=tuple(ordered))
