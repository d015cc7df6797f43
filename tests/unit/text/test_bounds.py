from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qualcase.text.bounds import display_date, in_one_year, order
from qualcase.text.edtf import Bounds, read_edtf
from qualcase.text.errors import BadDateError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2006", "2008", "before"),
        ("2009-06", "2008-23", "after"),
        ("2008", "2008-23", "undecidable"),
        ("2008", "2008", "undecidable"),
        ("../2009-06", "2010", "before"),
        ("../2009-06", "2006", "undecidable"),
        ("2010", "2006/..", "undecidable"),
        ("2010/..", "2009", "after"),
        ("2008-24", "2009-02-28", "undecidable"),
        ("2008-24", "2009-03-01", "before"),
    ],
)
def test_order_has_three_values(first: str, second: str, expected: str) -> None:
    assert order(read_edtf(first), read_edtf(second)) == expected
    opposite = {"before": "after", "after": "before"}.get(expected, expected)
    assert order(read_edtf(second), read_edtf(first)) == opposite


@pytest.mark.parametrize(
    ("edtf", "year"),
    [
        ("2008", 2008),
        ("2008-23", 2008),
        ("2008-24", None),
        ("../2009", None),
        ("2008/..", None),
        ("2006/2007", None),
    ],
)
def test_a_year_is_named_only_where_both_bounds_are_in_it(edtf: str, year: int | None) -> None:
    assert in_one_year(read_edtf(edtf)) == year


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2009-06", "June 2009"),
        ("2019-02-04", "4 February 2019"),
        ("2008-23", "autumn 2008"),
        ("2006/2007", "2006–2007"),
        ("2009-06/2010-02", "June 2009 – February 2010"),
        ("2006~", "about 2006"),
        ("2006?", "2006 (uncertain)"),
        ("2006-05%", "about May 2006 (uncertain)"),
        ("../2010-23", "until autumn 2010"),
        ("2010-23/..", "from autumn 2010 on"),
        ("2008-12~/2009-02~", "about December 2008 – about February 2009"),
        ("200X", "the 2000s"),
        ("19XX", "1900–1999"),
        ("2008-XX", "2008"),
        ("2008-06-XX", "June 2008"),
        ("[2008,2009,2010]", "2008, 2009 or 2010"),
        ("{2008,2009}", "2008 and 2009"),
        ("[2008..2010]", "some time in 2008–2010"),
        (None, "undated"),
        ("", "undated"),
    ],
)
def test_dates_are_shown_in_plain_english(edtf: str | None, shown: str) -> None:
    assert display_date(edtf) == shown


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(BadDateError):
        display_date("2009-14")


@pytest.mark.shared
def test_half_of_the_case_has_no_calendar_year(shared: Path) -> None:
    file = shared / "data/healthinnovation/healthinnovation_events.json"
    dates = [event["date"] for event in json.loads(file.read_text(encoding="utf-8"))["events"]]
    in_years = [date for date in dates if in_one_year(Bounds(date["earliest"], date["latest"]))]
    assert (len(in_years), len(dates)) == (27, 53)
    months = ("September", "October", "November", "December")
    assert not any(
        month in display_date(date["edtf"]) for date in dates if "-23" in date["edtf"] for month in months
    )
