"""Paragraphs, cells and rows as Rich Text closes them: each is known by the sign at its end."""

from __future__ import annotations

from qualcase.readers.document_parts import Paragraph, Table


class Layout:
    """Builds one flow of paragraphs and tables: the body, a note, a page header."""

    def __init__(self) -> None:
        self.parts: list[Paragraph | Table] = []
        self._pieces: list[tuple[str, bool]] = []
        self._rows: list[tuple[str, ...]] = []
        # For each depth of nesting: the cells closed so far, and the lines of the one that is open.
        self._cells: list[list[str]] = [[]]
        self._lines: list[list[str]] = [[]]

    def add(self, text: str, *, bold: bool) -> None:
        """Append a piece of the open paragraph."""
        self._pieces.append((text, bold))

    def end_paragraph(self, depth: int, *, heading: bool) -> None:
        """Close a paragraph that stands `depth` tables deep."""
        text, bold = self._take()
        if depth > 0:
            self._deepen(depth)
            self._lines[depth - 1].append(text)
            return
        self._end_table()
        if text.strip():
            stripped = text.strip("\n").rstrip()
            self.parts.append(Paragraph(stripped, heading, min(bold, len(stripped))))

    def end_cell(self, depth: int) -> None:
        """Close the cell that stands `depth` tables deep."""
        self._deepen(depth)
        text, _ = self._take()
        lines = [*self._lines[depth - 1], text]
        self._lines[depth - 1] = []
        self._cells[depth - 1].append("\n".join(lines).strip())

    def end_row(self, depth: int) -> None:
        """Close the row that stands `depth` tables deep: a nested one is a line of the cell around it."""
        self._deepen(depth)
        row = tuple(self._cells[depth - 1])
        self._cells[depth - 1] = []
        if depth > 1:
            self._lines[depth - 2].append("\t".join(row))
        elif row:
            self._rows.append(row)

    def finish(self) -> list[Paragraph | Table]:
        """Close what is still open and return all parts; words of a row that was never closed are kept."""
        for depth in range(len(self._cells), 0, -1):
            if self._lines[depth - 1] or (depth == 1 and self._pieces and self._cells[0]):
                self.end_cell(depth)
            if self._cells[depth - 1]:
                self.end_row(depth)
        self.end_paragraph(0, heading=False)
        return self.parts

    def _take(self) -> tuple[str, int]:
        """Return the text of the open paragraph and how many first characters are bold."""
        text = whole_characters("".join(piece for piece, _ in self._pieces))
        bold = 0
        for piece, is_bold in self._pieces:
            if not is_bold and piece.strip():
                break
            bold += len(piece)
        self._pieces = []
        return text, bold

    def _deepen(self, depth: int) -> None:
        while len(self._cells) < depth:
            self._cells.append([])
            self._lines.append([])

    def _end_table(self) -> None:
        if self._rows:
            self.parts.append(Table(tuple(self._rows)))
            self._rows = []


def whole_characters(text: str) -> str:
    """Join the halves in which Rich Text writes characters beyond the first 65,536."""
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return text
