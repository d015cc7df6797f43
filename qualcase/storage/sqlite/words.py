"""The index of words, as SQLite keeps it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

# Words come to it folded, one blank between two, so its own tokenizer has nothing left to decide. It keeps
# no text (content is empty): what was found is read from the texts themselves.
WORD_INDEX = "CREATE VIRTUAL TABLE segment_words USING fts5(words, content='', tokenize='ascii')"


def enter_words(connection: Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Enter the folded words of passages under their keys."""
    statement = "INSERT INTO segment_words (rowid, words) VALUES (?, ?)"
    connection.exec_driver_sql(statement, list(rows))


def empty_word_index(connection: Connection) -> None:
    """Take every word out of the index."""
    connection.exec_driver_sql("INSERT INTO segment_words (segment_words) VALUES ('delete-all')")


def count_words(connection: Connection) -> dict[str, tuple[int, int]]:
    """Return of each word in the index in how many passages it stands, and how often."""
    connection.exec_driver_sql(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.held_words USING fts5vocab(main, segment_words, 'row')"
    )
    rows = connection.exec_driver_sql("SELECT term, doc, cnt FROM temp.held_words")
    return {word: (passages, times) for word, passages, times in rows}


def look_at_words(connection: Connection) -> None:
    """Have the index read anew if others have written to it; SQLite's checks of it take that for granted.

    They would hold pages of today against what this connection remembers, and find it damaged.
    """
    with suppress(DatabaseError):  # Where there is no index, or none that can be read, the checks say so.
        connection.exec_driver_sql("SELECT rowid FROM segment_words LIMIT 1").fetchall()


def find_words(
    connection: Connection, expression: str, first: int = 0, last: int = 1 << 62, most: int = -1
) -> list[int]:
    """Return the keys in `[first, last]` of passages that an expression of FTS5 holds for, in order.

    `most` is how many at most, −1 for all.
    """
    query = """
        SELECT rowid FROM segment_words
        WHERE segment_words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid LIMIT ?
    """
    driver: Any = connection.connection.driver_connection
    return [key for (key,) in driver.execute(query, (expression, first, last, most))]
