"""Events in a list: a date as its source has it, and never more exact."""

from __future__ import annotations

import pytest

from qualcase.cli.events import event_lines
from qualcase.model.event import Event, EventDate


def head(date):
    return next(event_lines([Event("E24", "First workshop", date, phase="P4")]))


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (EventDate("2009-06", "2009-06-01", "2009-06-30", "explicit"), "June 2009 (2009-06, explicit)"),
        (EventDate("2008-23", "2008-09-01", "2008-11-30", "derived"), "autumn 2008 (2008-23, derived)"),
        (
            EventDate("../2010-10", None, "2010-10-31", "inferred"),
            "until October 2010 (../2010-10, inferred)",
        ),
        (
            EventDate("2009-06", "2009-06-05", "2009-06-07", None),
            "June 2009 (2009-06, 2009-06-05–2009-06-07)",
        ),
        (EventDate(None, None, "2010-10-31", "derived"), "no later than 2010-10-31 (derived)"),
        (EventDate(None, None, None, None), "date not reported"),
    ],
)
def test_a_date_is_in_words_with_what_is_recorded_of_it(date, words):
    assert head(date) == f"E24  {words}  P4  First workshop"


def test_only_the_events_whose_date_has_a_basis(run, study):
    for title, basis in (("Rang", "explicit"), ("Met", "inferred")):
        assert run("event", "add", title, "--date", "2009-06", "--basis", basis).code == 0
    found = run("event", "list", "--basis", "inferred", "--json").json["events"]
    assert [event["title"] for event in found] == ["Met"]
