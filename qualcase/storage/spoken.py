"""Statements on the way of every act: put into the database's own words once, then said to the driver.

What SQLAlchemy does around a statement takes longer than the statement itself, where that is one row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ClauseElement, Connection, Dialect


class Spoken:
    """A statement and the names of what is filled in; values are given as the driver takes them."""

    def __init__(self, statement: ClauseElement, names: Sequence[str], *, columns: bool = False) -> None:
        self._statement = statement
        self._names = tuple(names)
        self._columns = list(names) if columns else None
        self._words: dict[str, tuple[str, dict[str, Any], tuple[str, ...] | None]] = {}

    def say(self, connection: Connection, *values: object) -> Any:  # noqa: ANN401 - a cursor of either driver
        """Run the statement inside the transaction that is open and return the driver's cursor.

        Its errors are those that SQLAlchemy raises for the same fault.
        """
        dialect = connection.dialect
        text, fixed, order = self._words.get(dialect.name) or self.words(dialect)
        given = fixed | dict(zip(self._names, values, strict=True))
        filled = given if order is None else tuple([given[name] for name in order])
        driver: Any = connection.connection.driver_connection
        try:
            return driver.execute(text, filled)
        except dialect.loaded_dbapi.Error as error:
            wrapped = DBAPIError.instance(text, None, error, dialect.loaded_dbapi.Error, dialect=dialect)
            raise wrapped from error

    def words(self, dialect: Dialect) -> tuple[str, dict[str, Any], tuple[str, ...] | None]:
        """Return the text in a database's own words, what is always filled in, and the order, if any."""
        compiled: Any = self._statement.compile(dialect=dialect, column_keys=self._columns)
        fixed = {name: value for name, value in compiled.params.items() if name not in self._names}
        order = tuple(compiled.positiontup) if compiled.positional else None
        self._words[dialect.name] = (str(compiled), fixed, order)
        return self._words[dialect.name]
