from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from qualcase.text.edtf import SOUTHERN, Bounds, read_edtf
from qualcase.text.errors import BadDateError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2008", "2008-01-01", "2008-12-31"),
        ("2010-02", "2010-02-01", "2010-02-28"),
        ("2008-02", "2008-02-01", "2008-02-29"),
        ("2019-02-04", "2019-02-04", "2019-02-04"),
        ("2019-02-04T10:30:00Z", "2019-02-04", "2019-02-04"),
        ("2008-21", "2008-03-01", "2008-05-31"),
        ("2008-22", "2008-06-01", "2008-08-31"),
        ("2008-23", "2008-09-01", "2008-11-30"),
        ("2007-24", "2007-12-01", "2008-02-29"),
        ("2006~", "2006-01-01", "2006-12-31"),
        ("2006-05?", "2006-05-01", "2006-05-31"),
        ("2006%", "2006-01-01", "2006-12-31"),
        ("2004-06~-11", "2004-06-11", "2004-06-11"),
        ("?2004-06", "2004-06-01", "2004-06-30"),
        ("200X", "2000-01-01", "2009-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2008-XX", "2008-01-01", "2008-12-31"),
        ("2008-1X", "2008-10-01", "2008-12-31"),
        ("2008-02-XX", "2008-02-01", "2008-02-29"),
        ("2008-XX-3X", "2008-01-30", "2008-12-31"),
        ("200X-02-29", "2000-02-29", "2008-02-29"),
        ("2006/2010", "2006-01-01", "2010-12-31"),
        ("2008-23/2008-24", "2008-09-01", "2009-02-28"),
        ("2008-12~/2009-02~", "2008-12-01", "2009-02-28"),
        ("../2009-06", None, "2009-06-30"),
        ("/2009-06", None, "2009-06-30"),
        ("2010-23/..", "2010-09-01", None),
        ("2010-23/", "2010-09-01", None),
        ("[2008-12..2009-03]", "2008-12-01", "2009-03-31"),
        ("[2008, 2010-05]", "2008-01-01", "2010-05-31"),
        ("[..2008]", None, "2008-12-31"),
        ("{2008..}", "2008-01-01", None),
        ("[2006,..2010]", None, "2010-12-31"),
    ],
)
def test_bounds_are_the_first_and_last_day_the_source_allows(
    edtf: str, earliest: str | None, latest: str | None
) -> None:
    assert read_edtf(edtf) == Bounds(earliest, latest)


def test_seasons_turn_with_the_hemisphere() -> None:
    assert read_edtf("2008-23", seasons=SOUTHERN) == Bounds("2008-03-01", "2008-05-31")
    assert read_edtf("2008-22", seasons=SOUTHERN) == Bounds("2008-12-01", "2009-02-28")


@pytest.mark.parametrize(
    "edtf",
    [
        "", "  ", "June 2009", "2009-13", "2009-00", "2009-02-30", "2009-2", "09-02-2009", "2009-23-05",
        "2010/2009",
        "../..", "/", "2008/2009/2010", "[2008", "[]", "[2008,]", "XXXX", "0000", "2008T10:00", "2009-06-1X-",
        "2009-5X", "2009-26", "２００９", "9999-24",
        "2008" * 100, "[2008..2009..2010]", "2008-02-3X",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_in_a_sentence(edtf: str) -> None:
    with pytest.raises(BadDateError) as refused:
        read_edtf(edtf)
    assert refused.value.message.endswith(".")
    assert refused.value.hint


# Where the analyst gave bounds wider than the string: the explicit bounds win, so the rule must not pad.
WIDENED = {"E03", "E53", "E16", "E17", "E18", "E19", "E20", "E21", "E22"}


@pytest.mark.shared
def test_the_dates_of_the_case_are_read_to_its_bounds(shared: Path) -> None:
    file = shared / "data/healthinnovation/healthinnovation_events.json"
    events = json.loads(file.read_text(encoding="utf-8"))["events"]
    differing = set()
    for event in events:
        date = event["date"]
        if read_edtf(date["edtf"]) != Bounds(date["earliest"], date["latest"]):
            differing.add(event["id"])
    assert len(events) == 53
    assert differing == WIDENED
    assert read_edtf("2008-12~/2009-02~") == Bounds("2008-12-01", "2009-02-28")
