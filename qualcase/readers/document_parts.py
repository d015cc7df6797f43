"""What a laid-out document is made of, whatever its format: paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text, whether it is a heading, and how many of its first characters are bold."""

    text: str
    heading: bool = False
    bold: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells; a cell's paragraphs are joined by line ends, a merged cell stands once."""

    rows: tuple[tuple[str, ...], ...] = field(default=())
