"""Tables of rows, from whatever format: a row is a turn where a column holds the words, else a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcase.model.source import Block
from qualcase.readers.column_names import recognise_columns
from qualcase.readers.names import clean_name
from qualcase.readers.prose import structure_prose
from qualcase.readers.structure import Structure
from qualcase.readers.talk_tables import find_timed_talk
from qualcase.readers.timestamps import to_seconds
from qualcase.readers.utterances import Utterance, is_none, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qualcase.readers.column_names import Columns

_SECONDS = re.compile(r"\d{1,7}(?:\.\d{1,6})?")
_SHOWN = 5
_FEWEST_ROWS = 3
# Answers to open questions have this many words on average; names, dates and numbers have fewer.
_ANSWER_WORDS = 4.0


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, cells as text, blank rows left out; the first row holds the headings, if any do.

    `numbers` are the rows' numbers in the file, counted from 1.
    """

    title: str
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


def structure_rows(rows: Sequence[Sequence[str]], speakers: str | None) -> tuple[str, Structure]:
    """Return a table as text and turns ("Speaker: words"), or as paragraphs ("a | b | c")."""
    columns = find_turns(rows)
    if columns and not is_none(speakers):
        warnings = (*_left_out(rows[0], columns), *_survey(rows, columns))
        return lay_out(_utterances(rows[1:], columns), speakers, warnings)
    timed = None if is_none(speakers) else find_timed_talk(rows)
    if timed:
        return lay_out(_utterances(rows, timed), speakers, _left_out((), timed, len(rows[0])))
    text, paragraphs = _paragraphs(rows)
    if not speakers or is_none(speakers):
        return text, paragraphs
    talk = structure_prose(text, speakers)
    return text, replace(talk, warnings=paragraphs.warnings + talk.warnings)


def find_turns(rows: Sequence[Sequence[str]]) -> Columns | None:
    """Return the columns by which rows are turns, None if the headings name none that holds words."""
    columns = recognise_columns(rows[0]) if len(rows) > 1 else None
    return columns if columns and _holds_words(rows, columns.text) else None


def cell(row: Sequence[str], place: int | None) -> str:
    """Return a cell, "" where the row is too short."""
    return row[place] if place is not None and place < len(row) else ""


def find_answers(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column of answers in a table of one respondent a row, None if it does not look like one."""
    if len(rows) < _FEWEST_ROWS or len(rows[0]) < 2:  # noqa: PLR2004 -- one column is no table
        return None
    lengths = [_mean_words(rows[1:], place) for place in range(len(rows[0]))]
    longest = max(range(len(lengths)), key=lengths.__getitem__)
    short = any(0 < length < _ANSWER_WORDS for place, length in enumerate(lengths) if place != longest)
    return longest if lengths[longest] >= _ANSWER_WORDS and short else None


def _utterances(rows: Sequence[Sequence[str]], columns: Columns) -> Iterator[Utterance]:
    for row in rows:
        stamp = cell(row, columns.time).strip() or None
        speaker = clean_name(cell(row, columns.speaker)) or None
        yield Utterance(speaker, cell(row, columns.text), stamp, _seconds(stamp))


def _holds_words(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Say whether the cells of words have letters: "words" may also head a column of counts."""
    full = [words for row in rows[1:] if (words := cell(row, place).strip())]
    return 2 * sum(any(sign.isalpha() for sign in words) for words in full) > len(full)


def _paragraphs(rows: Sequence[Sequence[str]]) -> tuple[str, Structure]:
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for row in rows:
        line = " | ".join(part.strip() for part in row).strip(" |")
        blocks.append(Block(length, length + len(line)))
        pieces.append(line)
        length += len(line) + 1
    return "\n".join(pieces), Structure(blocks=tuple(blocks), warnings=_survey(rows))


def _seconds(stamp: str | None) -> float | None:
    """Return a time stamp as seconds; a bare number is seconds already."""
    if stamp and _SECONDS.fullmatch(stamp):
        return float(stamp)
    return to_seconds(stamp)


def _left_out(headings: Sequence[str], columns: Columns, width: int = 0) -> tuple[str, ...]:
    """Return a warning that names the columns not in the text; `width` is how many, where none is headed."""
    used = {columns.text, columns.speaker, columns.time}
    names = [
        name.strip() or f"column {place + 1}"
        for place, name in enumerate(headings or ("",) * width)
        if place not in used
    ]
    if not names:
        return ()
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (f"Columns that are not in the text: {', '.join(names[:_SHOWN])}{more}.",)


def _survey(rows: Sequence[Sequence[str]], columns: Columns | None = None) -> tuple[str, ...]:
    """Return a warning for a table that looks like one respondent a row."""
    if columns and (columns.speaker is not None or columns.time is not None):
        return ()
    place = find_answers(rows)
    if place is None or not (name := rows[0][place].strip()):
        return ()
    option = f"--text-column {name}" if " " not in name else f"--text-column '{name}'"
    return (f"It looks like one respondent a row; {option} makes each row a source with attributes.",)


def _mean_words(rows: Sequence[Sequence[str]], place: int) -> float:
    full = [len(words.split()) for row in rows if (words := cell(row, place)).strip()]
    return sum(full) / len(full) if full else 0.0
