"""Columns of very many rows are what reading them one by one gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine

from qualcase.model.identity import encode_uid
from qualcase.storage import sqlite
from qualcase.storage.sqlite.columns import read_columns, write_uids

number = st.integers(0, 2**32 - 1)
row = st.tuples(st.integers(1, 90), number, st.none() | number, st.binary(min_size=16, max_size=16))


def connected(rows):
    """A connection to a table of these rows."""
    engine = create_engine("sqlite://", module=sqlite.driver)
    connection = engine.connect()
    connection.exec_driver_sql(
        'CREATE TABLE thing (id INTEGER PRIMARY KEY, "end" INTEGER, other INTEGER, uid)'
    )
    if rows:
        connection.exec_driver_sql("INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?)", rows)
    return connection


@given(rows=st.lists(row, max_size=20), portion=st.integers(1, 40), least=number)
def test_columns_are_what_the_rows_hold(rows, portion, least):
    with connected(rows) as connection:
        found = read_columns(
            connection, "thing", ("id", '"end"', "other"),
            where='"end" >= ?', given=(least,), portion=("id", portion), uid=True,
        )  # fmt: skip
    last = {key: (key, end, other or 0, encode_uid(uid)) for key, end, other, uid in rows}
    numbers = [column.tolist() for column in found.numbers]
    read = sorted(zip(*numbers, write_uids(found.uids), strict=True))
    assert read == sorted(one for one in last.values() if one[1] >= least)


def test_an_empty_table_gives_empty_columns():
    with connected([]) as connection:
        found = read_columns(connection, "thing", ("id", "other"), uid=True)
    assert [len(column) for column in found.numbers] == [0, 0]
    assert write_uids(found.uids) == ()


@given(raw=st.lists(st.binary(min_size=16, max_size=16), max_size=8))
def test_uids_are_written_as_one_by_one(raw):
    halves = np.frombuffer(b"".join(raw), dtype=">u8").reshape(-1, 2).astype(np.uint64)
    assert write_uids(halves) == tuple(map(encode_uid, raw))


def test_uids_at_the_ends_are_written_whole():
    ends = np.array([[0, 0], [2**64 - 1, 2**64 - 1], [1 << 63, 1]], dtype=np.uint64)
    assert write_uids(ends) == tuple(
        encode_uid(int(upper).to_bytes(8, "big") + int(lower).to_bytes(8, "big")) for upper, lower in ends
    )
