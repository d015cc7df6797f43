"""A document laid out as one text: paragraphs with a blank line between them, table rows as lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.document_parts import Paragraph, Table
from qualcase.readers.label_lines import Label
from qualcase.readers.names import LONGEST_NAME, clean_name
from qualcase.readers.structure import Structure, make_turn, move_turn, times_of
from qualcase.readers.talk_tables import find_talk
from qualcase.readers.timestamps import bare_time, to_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Turn
    from qualcase.readers.column_names import Columns

_BETWEEN = "\n\n"
# A colon or a dash after a bold name belongs to the name, bold or not.
_COLON = re.compile(r"[ ]?:[ ]?|[ ]?[-–—][ ]")


class Assembly:
    """Collects the parts of a document into `text`, and remembers what they were.

    Tables that are talk give `turns`; `quiet` are the rows of all others, where no cell is a speaker.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._bold: list[Label] = []
        self.turns: list[Turn] = []
        self.quiet: list[Block] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._pieces)

    def add(self, part: Paragraph | Table, kind: str = "paragraph") -> None:
        """Append a paragraph or a table; `kind` says what a paragraph is that is no heading."""
        if isinstance(part, Table):
            self._add_table(part)
        else:
            self._add_paragraph(part, kind)

    def structure(self) -> Structure:
        """Return the document as a table of turns among paragraphs."""
        turns = tuple(sorted(self.turns, key=lambda turn: turn.start))
        return Structure(turns, tuple(self._blocks), times_of(turns))

    def fixed(self) -> tuple[Block, ...]:
        """Return the blocks that no turn may reach into: headings, notes and tables without talk."""
        return (*(block for block in self._blocks if block.kind != "paragraph"), *self.quiet)

    def bold_runs(self) -> tuple[Label, ...]:
        """Return the paragraphs that begin with a few words in bold."""
        return tuple(self._bold)

    def _add_paragraph(self, part: Paragraph, kind: str, before: str = _BETWEEN) -> None:
        start = self._append(part.text, before)
        end = start + len(part.text.rstrip())
        self._blocks.append(Block(start, end, "heading" if part.heading else kind))
        colon = _COLON.match(part.text, part.bold) if part.bold else None
        bold = colon.end() if colon else part.bold
        name = clean_name(part.text[: part.bold]).rstrip(" -–—")
        if 0 < len(name) <= LONGEST_NAME and bold < len(part.text.rstrip()):
            self._bold.append(Label(start, start + bold, name, None, "bold run"))

    def _add_table(self, table: Table) -> None:
        rows = [row for row in table.rows if any(cell.strip() for cell in row)]
        if all(len(row) == 1 for row in rows):
            # One column is a frame around text, not a table.
            for place, row in enumerate(rows):
                self._add_paragraph(Paragraph(row[0]), "paragraph", "\n" if place else _BETWEEN)
            return
        columns, first = find_talk(rows)
        for place, row in enumerate(rows):
            line = "\t".join(row)
            start = self._append(line, "\n" if place else _BETWEEN)
            turn = _row_turn(row, start, columns) if columns and place >= first else None
            if turn:
                self.turns.append(turn)
            elif line.strip():
                self._add_row(Block(start, start + len(line.rstrip())), quiet=columns is None)

    def _add_row(self, row: Block, *, quiet: bool) -> None:
        if quiet:
            self._blocks.append(row)
            self.quiet.append(row)
        else:
            self._blocks.append(Block(row.start, row.end, "apparatus"))

    def _append(self, text: str, before: str) -> int:
        if self._length:
            self._pieces.append(before)
            self._length += len(before)
        start = self._length
        self._pieces.append(text)
        self._length += len(text)
        return start


def _row_turn(row: Sequence[str], start: int, columns: Columns) -> Turn | None:
    """Return the turn of a row whose line stands at `start`; None if it has no cell of words."""
    if columns.text >= len(row):
        return None
    begin = start + sum(len(cell) + 1 for cell in row[: columns.text])
    speaker = clean_name(_cell(row, columns.speaker) or "") or None
    stamp = bare_time(_cell(row, columns.time))
    words = row[columns.text]
    turn = make_turn(words, 0, len(words), speaker, stamp, to_seconds(stamp))
    return turn and move_turn(turn, begin)


def _cell(row: Sequence[str], place: int | None) -> str | None:
    return row[place].strip() if place is not None and place < len(row) else None
