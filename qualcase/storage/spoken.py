"""Statements on the way of every act: put into the database's own words once, then said to the driver.

What SQLAlchemy does around a statement takes longer than the statement itself, where that is one row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ClauseElement, Connection, Dialect


@dataclass(frozen=True, slots=True)
class Words:
    """A statement as one database says it, and how the values that are given come to their places.

    `order` names each place where places have no names; `straight` says that the values come in that order.
    """

    text: str
    fixed: dict[str, Any]
    order: tuple[str, ...] | None
    straight: bool


class Spoken:
    """A statement and the names of what is filled in; values are given as the driver takes them."""

    def __init__(self, statement: ClauseElement, names: Sequence[str], *, columns: bool = False) -> None:
        self._statement = statement
        self._names = tuple(names)
        self._columns = list(names) if columns else None
        self._words: dict[str, Words] = {}

    def say(self, connection: Connection, *values: object) -> Any:  # noqa: ANN401 - a cursor of either driver
        """Run the statement inside the transaction that is open and return the driver's cursor.

        Its errors are those that SQLAlchemy raises for the same fault.
        """
        dialect = connection.dialect
        words = self._words.get(dialect.name) or self.words(dialect)
        if len(values) != len(self._names):
            message = f"{len(values)} values for {', '.join(self._names)}"
            raise ValueError(message)
        filled = values if words.straight else self._fill(words, values)
        driver: Any = connection.connection.dbapi_connection
        try:
            return driver.execute(words.text, filled)
        except dialect.loaded_dbapi.Error as error:
            told = DBAPIError.instance(words.text, None, error, dialect.loaded_dbapi.Error, dialect=dialect)
            raise told from error

    def _fill(self, words: Words, values: tuple[object, ...]) -> Any:  # noqa: ANN401 - by place or by name
        given = words.fixed | dict(zip(self._names, values, strict=True))
        return given if words.order is None else tuple([given[name] for name in words.order])

    def words(self, dialect: Dialect) -> Words:
        """Return the statement in a database's own words."""
        compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._columns)
        fixed = {name: value for name, value in compiled.params.items() if name not in self._names}
        order = tuple(compiled.positiontup) if compiled.positional else None
        self._words[dialect.name] = Words(str(compiled), fixed, order, straight=order == self._names)
        return self._words[dialect.name]
