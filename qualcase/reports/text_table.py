"""A display as lines of text: a table where it fits, else one record a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.reports.plain import indented, one_line, pad, wrap
from qualcase.reports.wording import cell_text, row_heading
from qualcase.text.wrapping import cell_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.model.display import Cell, Display, Row

GAP = 2
LEAST, LONGEST_WORD, WIDEST = 4, 14, 44
TALLEST = 6


@dataclass(frozen=True, slots=True)
class TextColumn:
    """One column as it will be printed: heading, cells, and the widths it needs and would like."""

    heading: str
    cells: tuple[str, ...]
    right: bool

    @property
    def least(self) -> int:
        """Return the width below which words would be cut."""
        words = [word for text in (self.heading, *self.cells) for word in text.split()]
        return max(LEAST, min(LONGEST_WORD, max(map(cell_width, words), default=LEAST)))

    @property
    def ideal(self) -> int:
        """Return the width at which nothing wraps, within reason."""
        return max(self.least, min(WIDEST, max(map(cell_width, (self.heading, *self.cells)))))


def table_lines(display: Display, width: int) -> list[str]:
    """Return the rows of a display in lines of at most `width` cells."""
    if not display.rows:
        return ["Nothing to show: the display has no rows."]
    heading, columns = _columns(display)
    side = _side_width(heading, columns, width)
    blocks = _blocks(columns, width - side)
    wordy = any(not column.right for column in columns)
    if wordy and (len(blocks) > 1 or _tallest(blocks, width - side) > TALLEST):
        return list(_records(display, width))
    lines: list[str] = []
    for number, block in enumerate(blocks):
        lines += ([""] if number else []) + _block_lines(heading, side, block, width)
    return lines


def grid_text(cell: Cell) -> str:
    """Return what stands in the grid: an empty by its name alone, its full words stand below the table."""
    return one_line(cell.empty or cell_text(cell))


def _columns(display: Display) -> tuple[TextColumn, list[TextColumn]]:
    labels = tuple("  " * row.depth + one_line(row_heading(row)) for row in display.rows)
    heading = TextColumn(one_line(display.row_label), labels, right=False)
    columns = [
        TextColumn(
            one_line(column.label), tuple(grid_text(row.cells[place]) for row in display.rows), column.numeric
        )
        for place, column in enumerate(display.columns)
    ]
    return heading, columns


def _side_width(heading: TextColumn, columns: Sequence[TextColumn], width: int) -> int:
    wanted = max(map(cell_width, (heading.heading, *heading.cells)))
    spare = width - sum(column.least + GAP for column in columns)
    # Labels give way before columns do, but never below a quarter of the page.
    return min(wanted, max(spare, width // 4, heading.least), width - LEAST - GAP if columns else width)


def _blocks(columns: Sequence[TextColumn], room: int) -> list[list[TextColumn]]:
    blocks: list[list[TextColumn]] = [[]]
    used = 0
    for column in columns:
        if blocks[-1] and used + column.least + GAP > room:
            blocks.append([])
            used = 0
        blocks[-1].append(column)
        used += column.least + GAP
    return blocks


def _widths(block: Sequence[TextColumn], room: int) -> list[int]:
    widths = [min(column.least, max(LEAST, room - GAP)) for column in block]
    spare = room - sum(widths) - GAP * len(block)
    while spare > 0:
        short = [place for place, column in enumerate(block) if widths[place] < column.ideal]
        if not short:
            break
        for place in short[:spare]:
            widths[place] += 1
        spare -= len(short[:spare])
    return widths


def _tallest(blocks: Sequence[Sequence[TextColumn]], room: int) -> int:
    return max(
        (
            len(wrap(text, size))
            for block in blocks
            for column, size in zip(block, _widths(block, room), strict=True)
            for text in column.cells
        ),
        default=0,
    )


def _block_lines(heading: TextColumn, side: int, block: Sequence[TextColumn], width: int) -> list[str]:
    sizes = [side, *_widths(block, width - side)]
    sides = [False, *(column.right for column in block)]
    lines = _row_lines([heading.heading, *(column.heading for column in block)], sizes, sides)
    lines.append((" " * GAP).join("─" * size for size in sizes))
    for place, label in enumerate(heading.cells):
        lines += _row_lines([label, *(column.cells[place] for column in block)], sizes, sides)
    return lines


def _row_lines(texts: Sequence[str], sizes: Sequence[int], right: Sequence[bool]) -> list[str]:
    wrapped = [_wrap_indented(text, size) for text, size in zip(texts, sizes, strict=True)]
    height = max(map(len, wrapped))
    filled = [lines + [""] * (height - len(lines)) for lines in wrapped]
    return [
        (" " * GAP)
        .join(pad(text, size, right=side) for text, size, side in zip(line, sizes, right, strict=True))
        .rstrip()
        for line in zip(*filled, strict=True)
    ]


def _wrap_indented(text: str, size: int) -> list[str]:
    depth = min(len(text) - len(text.lstrip(" ")), max(0, size - LEAST))
    return [" " * depth + line for line in wrap(text.strip(), size - depth)]


def _records(display: Display, width: int) -> Iterator[str]:
    labels = [one_line(column.label) for column in display.columns]
    side = min(max(map(cell_width, labels), default=0) + GAP, width // 3)
    for number, row in enumerate(display.rows):
        if number:
            yield ""
        yield from wrap(one_line(row_heading(row)), width)
        yield from _record(row, labels, side, width)


def _record(row: Row, labels: Sequence[str], side: int, width: int) -> Iterator[str]:
    for label, cell in zip(labels, row.cells, strict=True):
        *above, last = wrap(label, side - GAP)
        yield from (f"  {line}" for line in above)
        yield from indented("  " + pad(last, side), one_line(cell_text(cell)), width)
