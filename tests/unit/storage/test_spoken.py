"""Statements put into the database's own words: the same for either database, and the same faults."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, MetaData, Table, Text, bindparam, create_engine, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import StaticPool

from qualcase.storage import entering, journal
from qualcase.storage.spoken import Spoken
from qualcase.storage.sqlite import driver

TABLE = Table("word", MetaData(), Column("id", Text, primary_key=True), Column("said", Text))
ADD = Spoken(insert(TABLE), ("id", "said"), columns=True)
FIND = Spoken(select(TABLE.c.id).where(TABLE.c.said == bindparam("said"), TABLE.c.id != "b"), ("said",))


@pytest.fixture
def connection():
    engine = create_engine(
        "sqlite://", creator=lambda: driver.connect(":memory:"), module=driver, poolclass=StaticPool
    )
    with engine.connect() as connection:
        TABLE.create(connection)
        yield connection
    engine.dispose()


def test_what_is_filled_in_goes_where_it_belongs(connection):
    for key in "abc":
        ADD.say(connection, key, "hello")
    assert FIND.say(connection, "hello").fetchall() == [("a",), ("c",)]


def test_what_comes_in_the_order_of_its_places_is_handed_on_as_it_is(connection):
    assert ADD.words(connection.dialect).straight
    assert not FIND.words(connection.dialect).straight


def test_a_fault_is_the_one_that_the_library_raises(connection):
    ADD.say(connection, "a", "hello")
    with pytest.raises(IntegrityError):
        ADD.say(connection, "a", "again")
    TABLE.drop(connection)
    with pytest.raises(OperationalError):
        FIND.say(connection, "hello")


def test_too_few_values_are_refused(connection):
    with pytest.raises(ValueError, match="1 values for id, said"):
        ADD.say(connection, "a")


SAID = [entering._PLACE, journal._ADD, journal._ADD_NEXT]


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("dialect", [postgresql.dialect(), sqlite.dialect()], ids=lambda one: one.name)
def test_the_journal_speaks_to_either_database(said, dialect):
    text = said.words(dialect).text
    assert text.startswith(("SELECT", "INSERT"))
    assert "RETURNING" not in text
