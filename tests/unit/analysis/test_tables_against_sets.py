"""Any table of any codings equals what Python's own sets make of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcase.analysis.tables import cross_table
from qualcase.coding.frame import CodingColumns

if TYPE_CHECKING:
    from qualcase.coding.frame import CodedData

CODING = st.tuples(
    st.integers(0, 3),  # source
    st.integers(0, 9),  # start
    st.integers(1, 8),  # length
    st.integers(0, 9),  # code
    st.integers(-1, 2),  # voice
    st.frozensets(st.integers(0, 1)),  # cases
)
ANY_CODINGS = st.lists(CODING, max_size=25)


def columns_of(codings: list[tuple[Any, ...]]) -> CodingColumns:
    ordered = sorted(codings, key=lambda one: one[:3])
    source, start, length, code, voice = (
        np.array([one[field] for one in ordered], dtype=np.int64) for field in range(5)
    )
    pairs = [(place, case) for place, one in enumerate(ordered) for case in sorted(one[5])]
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    zero = np.zeros(len(ordered), dtype=np.int64)
    return CodingColumns(
        uid=tuple(f"c{place}" for place in range(len(ordered))),
        source=source, start=start, end=start + length, code=code, coder=zero, speaker=zero - 1, voice=voice,
        valence=zero, key=zero > 0, unaided=zero == 0, case_coding=left, case_case=right,
    )  # fmt: skip


def process(data: CodedData, code: int) -> str | None:
    top = data.codes[code].id.partition(".")[0]
    return top if top in ("KM", "NS") else None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ANY_CODINGS)
def test_processes_by_case(data: CodedData, codings: list[tuple[Any, ...]]) -> None:
    columns = columns_of(codings)
    coded = replace(data, codings=columns)
    cases = {place: set() for place in range(len(columns.uid))}
    for place, case in zip(columns.case_coding.tolist(), columns.case_case.tolist(), strict=True):
        cases[place].add("AB"[case])
    tables = {
        cell: cross_table(coded, "process", "case", cell)
        for cell in ("count", "sources", "voices", "coverage")
    }
    for row in range(3):
        for column in range(3):
            wanted_row = tables["count"].rows[row].id
            wanted_column = tables["count"].columns[column].id
            inside = [
                place
                for place in range(len(columns.uid))
                if wanted_row in (process(data, int(columns.code[place])), "total")
                and (wanted_column == "total" or wanted_column in cases[place])
            ]
            found = {cell: table.rows[row].cells[column] for cell, table in tables.items()}
            assert found["count"].value == len(inside)
            assert found["count"].evidence == tuple(columns.uid[place] for place in inside)
            assert (found["sources"].value or 0) == len({int(columns.source[place]) for place in inside})
            heard = {int(columns.voice[place]) for place in inside} - {-1, 0}  # 0 is the interviewer
            assert (found["voices"].value or 0) == len(heard)
            covered = {
                (int(columns.source[place]), character)
                for place in inside
                for character in range(int(columns.start[place]), int(columns.end[place]))
            }
            assert (found["coverage"].value or 0) == len(covered)
