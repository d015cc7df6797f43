"""A Word document laid out as one text: paragraphs with a blank line between them, table rows as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.column_names import recognise_columns
from qualcase.readers.docx_text import Table
from qualcase.readers.label_lines import Label
from qualcase.readers.names import LONGEST_NAME, clean_name
from qualcase.readers.structure import Structure, make_turn, move_turn, times_of
from qualcase.readers.timestamps import bare_time, to_seconds

if TYPE_CHECKING:
    from qualcase.model.source import Turn
    from qualcase.readers.column_names import Columns
    from qualcase.readers.docx_text import Paragraph

_BETWEEN = "\n\n"
_HEADING_ROWS = 3


class Assembly:
    """Collects the parts of a document into `text`, and remembers what they were."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._bold: list[Label] = []
        self.turns: list[Turn] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    def add(self, part: Paragraph | Table, kind: str = "paragraph") -> None:
        """Append a paragraph or a table."""
        if isinstance(part, Table):
            self._add_table(part)
            return
        start = self._append(part.text, _BETWEEN)
        end = start + len(part.text.rstrip())
        self._blocks.append(Block(start, end, "heading" if part.heading else kind))
        name = part.text[: part.bold]
        if 0 < len(clean_name(name)) <= LONGEST_NAME and part.bold < len(part.text.rstrip()):
            self._bold.append(Label(start, start + part.bold, clean_name(name), None, "bold run"))

    def structure(self) -> Structure:
        """Return the document as a table of turns among paragraphs."""
        turns = tuple(sorted(self.turns, key=lambda turn: turn.start))
        return Structure(turns, tuple(self._blocks), times_of(turns))

    def fixed(self) -> tuple[Block, ...]:
        """Return the blocks that no turn may reach into: headings and notes."""
        return tuple(block for block in self._blocks if block.kind != "paragraph")

    def bold_runs(self) -> tuple[Label, ...]:
        """Return the paragraphs that begin with a few words in bold."""
        return tuple(self._bold)

    def _append(self, text: str, before: str) -> int:
        if self._length:
            self._pieces.append(before)
            self._length += len(before)
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start

    def _add_table(self, table: Table) -> None:
        rows = [row for row in table.rows if any(cell.strip() for cell in row)]
        columns, first = _turn_columns(rows)
        for place, row in enumerate(rows):
            start = self._append("\t".join(row), "\n" if place else _BETWEEN)
            turn = self._turn(row, start, columns) if columns and place >= first else None
            if turn:
                self.turns.append(turn)
            else:
                kind = "apparatus" if columns else "paragraph"
                self._blocks.append(Block(start, start + len("\t".join(row).rstrip()), kind))

    def _turn(self, row: tuple[str, ...], start: int, columns: Columns) -> Turn | None:
        if columns.text >= len(row):
            return None
        begin = start + sum(len(cell) + 1 for cell in row[: columns.text])
        speaker = _cell(row, columns.speaker)
        stamp = bare_time(_cell(row, columns.time))
        words = row[columns.text]
        turn = make_turn(words, 0, len(words), clean_name(speaker or "") or None, stamp, to_seconds(stamp))
        return turn and move_turn(turn, begin)


def _turn_columns(rows: list[tuple[str, ...]]) -> tuple[Columns | None, int]:
    """Return the columns that make a table one of turns, and the row after their headings."""
    for place, row in enumerate(rows[:_HEADING_ROWS]):
        columns = recognise_columns(row)
        if columns and columns.speaker is not None and len(rows) > place + 1:
            return columns, place + 1
    return None, 0


def _cell(row: tuple[str, ...], place: int | None) -> str | None:
    return row[place].strip() if place is not None and place < len(row) else None
