"""Tables among paragraphs: those that are talk give turns, of all others no cell is taken for a speaker."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.column_names import Columns, recognise_columns
from qualcase.readers.docx_assembly import Assembly
from qualcase.readers.docx_text import Table
from qualcase.readers.names import could_be_name
from qualcase.readers.timestamps import bare_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.readers.docx_text import Paragraph

_COLON = re.compile(r"[ ]?:[ ]?")
_HEADING_ROWS = 3
_FEWEST = 4
_PARAGRAPHS_APART = "\n\n"
_LONGER = 2
_AT_LEAST = 2


class TalkAssembly(Assembly):
    """Collects the parts of a document; `quiet` are the rows of tables that are no talk."""

    def __init__(self) -> None:
        super().__init__()
        self.quiet: list[Block] = []

    def fixed(self) -> tuple[Block, ...]:
        """Return the blocks that no turn may reach into: headings, notes and tables without talk."""
        return (*super().fixed(), *self.quiet)

    def add(self, part: Paragraph | Table, kind: str = "paragraph") -> None:
        """Append a paragraph or a table; a colon after a bold name belongs to the name."""
        if not isinstance(part, Table) and part.bold:
            colon = _COLON.match(part.text, part.bold)
            part = replace(part, bold=colon.end()) if colon else part
        super().add(part, kind)

    def _add_table(self, table: Table) -> None:
        rows = [row for row in table.rows if any(cell.strip() for cell in row)]
        columns, first = find_talk(rows)
        for place, row in enumerate(rows):
            line = "\t".join(row)
            start = self._append(line, "\n" if place else _PARAGRAPHS_APART)
            turn = self._turn(row, start, columns) if columns and place >= first else None
            if turn:
                self.turns.append(turn)
            elif line.strip():
                self._add_row(
                    Block(start, start + len(line.rstrip()), "apparatus" if columns else "paragraph")
                )

    def _add_row(self, row: Block) -> None:
        self._blocks.append(row)
        if row.kind == "paragraph":
            self.quiet.append(row)


def find_talk(rows: Sequence[Sequence[str]]) -> tuple[Columns | None, int]:
    """Return the columns of a table of turns and its first row of talk; (None, 0) for another table.

    The columns are known by their headings, or without headings by names that recur beside longer words.
    """
    for place, row in enumerate(rows[:_HEADING_ROWS]):
        columns = recognise_columns(row)
        if columns and columns.speaker is not None and _holds_words(rows[place + 1 :], columns.text):
            return columns, place + 1
    return _by_content(rows), 0


def _holds_words(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Say whether most cells of a column have letters: “transcript” may also head a column of numbers."""
    cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
    return bool(cells) and 2 * sum(any(map(str.isalpha, cell)) for cell in cells) > len(cells)


def _by_content(rows: Sequence[Sequence[str]]) -> Columns | None:
    width = min((len(row) for row in rows), default=0)
    if len(rows) < _FEWEST or width < _AT_LEAST:
        return None
    columns = [[row[place].strip() for row in rows] for place in range(width)]
    speaker = next((place for place, cells in enumerate(columns) if _are_names(cells)), None)
    if speaker is None:
        return None
    time = next((place for place, cells in enumerate(columns) if all(map(_is_time, cells))), None)
    rest = [place for place in range(width) if place not in (speaker, time)]
    words = max(rest, key=lambda place: sum(map(len, columns[place])), default=None)
    if words is None or sum(map(len, columns[words])) < _LONGER * sum(map(len, columns[speaker])):
        return None
    return Columns(words, speaker, time) if _holds_words(rows, words) else None


def _are_names(cells: Sequence[str]) -> bool:
    """Say whether cells are names of which each stands for two rows or more on the average."""
    names = Counter(cell.rstrip(":") for cell in cells)
    return len(names) > 1 and _AT_LEAST * len(names) <= len(cells) and all(map(could_be_name, names))


def _is_time(cell: str) -> bool:
    return bare_time(cell) is not None and len(cell) < 20  # noqa: PLR2004 -- a stamp, not a sentence with one
