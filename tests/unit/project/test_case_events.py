"""A file of events says which of its events is at fault, and why."""

from __future__ import annotations

from typing import Any

import pytest

from qualcase.model.errors import InputError
from qualcase.project.case_events import read_case_events


def file_of(**changed: object) -> dict[str, Any]:
    date = {"edtf": "1999-21", "basis": "explicit"}
    event = {"id": "A1", "title": "The café opens 🎉", "date": date, "valence": "+"}
    return {"schema": "case-events/1", "events": [{**event, **changed}]}


def fault(**changed: object) -> str:
    with pytest.raises(InputError) as caught:
        read_case_events(file_of(**changed), "story.json")
    return caught.value.message


def test_a_season_has_its_bounds() -> None:
    [event] = read_case_events(file_of(), "story.json").events
    assert (event.date.earliest, event.date.latest) == ("1999-03-01", "1999-05-31")


@pytest.mark.parametrize("valence", ["+", "-", "0", None])
def test_a_valence_or_none_is_taken(valence: str | None) -> None:
    [event] = read_case_events(file_of(valence=valence), "story.json").events
    assert event.valence == valence


def test_what_is_no_valence_is_refused_by_name() -> None:
    assert fault(valence="good") == "Event A1: “good” is not a valence; use +, -, 0."


@pytest.mark.parametrize("date", [{"edtf": "spring 1999"}, {"edtf": "1999", "earliest": "1999-02-30"}])
def test_a_date_that_cannot_be_read_names_its_event(date: dict[str, str]) -> None:
    assert fault(date=date).startswith("Event A1: ")
