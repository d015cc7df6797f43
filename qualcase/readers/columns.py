"""Tables in plain text: columns divided by tabs, one row a turn."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.column_names import Columns, recognise_columns
from qualcase.readers.names import could_be_name
from qualcase.readers.structure import Structure, make_turn, times_of
from qualcase.readers.timestamps import STAMP, bare_time, to_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Turn
    from qualcase.readers.paragraphs import Line

_STAMP = re.compile(rf"[ \t]*{STAMP}[ \t]*\Z")
_FEWEST = 3
_NEARLY_ALL = 0.8
_FEWEST_COLUMNS = 3


def find_columns(text: str, lines: Sequence[Line]) -> Structure | None:
    """Return the turns of tab-separated columns, None if the text is not such a table.

    The columns are known by their headings, or, from three columns on, by a column of recurring names.
    """
    full = [line for line in lines if not line.blank]
    if len(full) < _FEWEST:
        return None
    rows = [line.text.split("\t") for line in full]
    width, count = Counter(len(row) for row in rows).most_common(1)[0]
    if width < 2 or count < _NEARLY_ALL * len(rows):  # noqa: PLR2004 -- one column is no table
        return None
    headed = recognise_columns(rows[0])
    columns = headed or (_by_content([row for row in rows if len(row) == width], width))
    if columns is None:
        return None
    first = 1 if headed else 0
    turns = [turn for line in full[first:] if (turn := _turn(text, line, columns))]
    blocks = tuple(Block(line.start, line.end, "apparatus") for line in full[:first])
    return Structure(tuple(turns), blocks, times_of(turns))


def _by_content(rows: Sequence[Sequence[str]], width: int) -> Columns | None:
    if width < _FEWEST_COLUMNS:
        return None
    time = next((place for place in range(width) if all(_STAMP.match(row[place]) for row in rows)), None)
    speaker = next((place for place in range(width) if _names_recur([row[place] for row in rows])), None)
    rest = [place for place in range(width) if place not in (time, speaker)]
    if speaker is None or not rest:
        return None
    longest = max(rest, key=lambda place: sum(len(row[place]) for row in rows))
    return Columns(longest, speaker, time)


def _names_recur(cells: Sequence[str]) -> bool:
    names = Counter(cell.strip() for cell in cells)
    return len(names) > 1 and len(names) * 2 <= len(cells) and all(could_be_name(name) for name in names)


def _turn(text: str, line: Line, columns: Columns) -> Turn | None:
    """Return the turn of one row; a row that lacks its cell of words is none."""
    cells = line.text.split("\t")
    if len(cells) <= columns.text:
        return None
    start = line.start + sum(len(cell) + 1 for cell in cells[: columns.text])
    last = columns.text == max(columns.text, columns.speaker or 0, columns.time or 0)
    end = (
        line.end
        if last and len(cells) > columns.text + 1 and columns.speaker is None
        else start + len(cells[columns.text])
    )
    speaker = _cell(cells, columns.speaker)
    stamp = bare_time(_cell(cells, columns.time))
    return make_turn(text, start, end, speaker.rstrip(": ") if speaker else None, stamp, to_seconds(stamp))


def _cell(cells: Sequence[str], place: int | None) -> str | None:
    return cells[place].strip() or None if place is not None and place < len(cells) else None
