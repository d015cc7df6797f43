"""Which tables among paragraphs are talk, and which of their columns hold speakers, words and times."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qualcase.readers.column_names import Columns, recognise_columns
from qualcase.readers.names import could_be_name
from qualcase.readers.timestamps import bare_time

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADING_ROWS = 3
_FEWEST = 4
_LONGER = 2
_AT_LEAST = 2


def find_talk(rows: Sequence[Sequence[str]]) -> tuple[Columns | None, int]:
    """Return the columns of a table of turns and its first row of talk; (None, 0) for another table.

    The columns are known by their headings, or without headings by names that recur beside longer words.
    """
    for place, row in enumerate(rows[:_HEADING_ROWS]):
        columns = recognise_columns(row)
        if columns and columns.speaker is not None and _holds_words(rows[place + 1 :], columns.text):
            return columns, place + 1
    return _by_content(rows), 0


def find_timed_talk(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Return the columns of a table without headings whose every row has a time, a recurring name and words.

    Without the times it might as well be a survey.
    """
    columns = _by_content(rows)
    return columns if columns and columns.time is not None else None


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
