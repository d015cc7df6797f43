"""Rows of delimited text: which sign divides the columns, and rows that are safe to hold."""

from __future__ import annotations

import csv
import threading
from collections import Counter
from typing import TYPE_CHECKING

from qualcase.readers.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD_LIMIT = 1_000_000
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_ROWS = 50
_SAMPLE = 65_536
# The csv module keeps its limit for the whole process, so only one table at a time may set it.
_LIMIT_LOCK = threading.Lock()


def read_rows(name: str, text: str, delimiter: str) -> list[list[str]]:
    """Return the rows of delimited text, blank ones left out, cells as written.

    Raise `UnreadableFileError` for an open quote and for a cell of more than 1,000,000 characters.
    """
    with _LIMIT_LOCK:
        before = csv.field_size_limit(FIELD_LIMIT)
        try:
            return [row for row in _reader(text, delimiter) if any(cell.strip() for cell in row)]
        except csv.Error as problem:
            raise _refusal(name, problem) from None
        finally:
            csv.field_size_limit(before)


def find_delimiter(text: str) -> str:
    """Return the sign that divides the first rows most evenly into columns; a comma if none does."""
    scores = {delimiter: _score(text[:_SAMPLE], delimiter) for delimiter in _DELIMITERS}
    return max(_DELIMITERS, key=lambda delimiter: scores[delimiter])


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    # Lines keep their ends, so that a line end inside a quoted cell stays what it was.
    return csv.reader(_lines(text), delimiter=delimiter, strict=True)


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end


def _score(sample: str, delimiter: str) -> float:
    """Return how alike rows are in their number of columns, and a little for more of them."""
    widths: Counter[int] = Counter()
    try:
        for number, row in enumerate(csv.reader(_lines(sample), delimiter=delimiter)):
            if number >= _SAMPLE_ROWS:
                break
            if row:
                widths[len(row)] += 1
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return 0.0 if width == 1 else count / widths.total() + width / 1000


def _refusal(name: str, problem: csv.Error) -> UnreadableFileError:
    if "field larger" in str(problem):
        return UnreadableFileError(name, "one of its cells holds more than 1,000,000 characters")
    if "unexpected end of data" in str(problem):
        return UnreadableFileError(
            name, "a quotation mark is opened and never closed", hint='Look for a cell with a single “"”.'
        )
    return UnreadableFileError(name, f"its quotation marks are not as CSV has them ({problem})")
