from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qualcase.model.source import DocumentText, Turn
from qualcase.project.description import describe
from qualcase.project.file_names import NameFacts, read_name
from qualcase.project.importing import ImportOptions

if TYPE_CHECKING:
    from qualcase.project.description import Facts


@pytest.mark.parametrize(
    ("stem", "facts"),
    [
        ("2019-02-04 Board", NameFacts("2019-02-04")),
        ("P03_wave2_anna", NameFacts(None, "P03", None, {"wave": "2"})),
        ("wave 02 - Participant 7", NameFacts(None, "Participant 7", None, {"wave": "2"})),
        ("P3-w1", NameFacts(None, "P3", None, {"wave": "1"})),
        ("Interview_20190204", NameFacts("2019-02-04", None, "interview")),
        ("4.2.2019 Protokoll", NameFacts("2019-02-04", None, "meeting")),
        ("2019_02_04-fieldnotes", NameFacts("2019-02-04", None, "field_note")),
        ("focus group 2019-02", NameFacts("2019-02", None, "focus_group")),
        ("2008-23 autumn", NameFacts("2008-23")),
        ("session3", NameFacts(None, None, None, {"session": "3"})),
        ("2019-02-30 never", NameFacts("2019-02")),
        ("IMG_99991399", NameFacts()),
        ("P3 and iPhone12", NameFacts(None, "P3")),
        ("MP3 list", NameFacts()),
        ("heatwave2", NameFacts()),
        ("interviewed", NameFacts()),
        ("12345678901", NameFacts()),
    ],
)
def test_a_name_tells_a_date_an_informant_a_wave_and_a_kind(stem: str, facts: NameFacts) -> None:
    assert read_name(stem) == facts


def about(
    name: str = "talk.md",
    metadata: dict[str, str] | None = None,
    row: dict[str, str] | None = None,
    options: ImportOptions | None = None,
    *,
    turns: bool = False,
) -> Facts:
    document = DocumentText(
        "words", "md", "utf-8", turns=(Turn(0, 5),) if turns else (), metadata=metadata or {}
    )
    return describe(Path(name), document, options or ImportOptions(), row or {})


def test_each_date_has_its_basis_and_the_surer_one_wins() -> None:
    name, own = "2019-01-01 talk.md", {"Date": "2019-02-02", "created": "2019-05-05"}
    row, options = {"file": name, "date": "2019-03-03"}, ImportOptions(date="2019-04-04")
    found = [
        about(name, own, row, options),
        about(name, own, {}, options),
        about(name, own),
        about(name, {"created": "2019-05-05"}),
        about("talk.md", {"created": "2019-05-05T10:00:00"}),
        about("talk.md"),
    ]
    assert [(facts.date, facts.date_basis) for facts in found] == [
        ("2019-03-03", "metadata"),
        ("2019-04-04", "option"),
        ("2019-02-02", "file"),
        ("2019-01-01", "file name"),
        ("2019-05-05", "document properties"),
        (None, None),
    ]
    assert "document's properties" in found[4].warnings[0]
    assert (found[2].earliest, found[2].latest) == ("2019-02-02", "2019-02-02")


def test_a_moment_is_a_day_and_what_is_no_date_is_told() -> None:
    assert about(metadata={"date": "2019-02-02 10:30"}).date == "2019-02-02"
    facts = about("2019-01-01.md", {"date": "last Tuesday"})
    assert (facts.date, facts.date_basis) == ("2019-01-01", "file name")
    assert "“last Tuesday”" in facts.warnings[0]


def test_the_template_of_a_library_has_no_date() -> None:
    assert about(metadata={"created": "2013-12-23"}).date is None


def test_front_matter_tells_kind_informant_place_and_minutes() -> None:
    facts = about(
        "P9_wave1.md",
        {
            "Kind": "Focus group",
            "Interviewee": "Anna",
            "Location": "Oslo",
            "Duration": "1 h 5 min",
            "Case": "A; B",
        },
    )
    assert (facts.kind, facts.informant, facts.minutes, facts.cases) == (
        "focus_group",
        "Anna",
        65.0,
        ("A", "B"),
    )
    assert facts.attributes == {"wave": "1", "place": "Oslo"}
    assert facts.bases == {
        "kind": "file",
        "informant": "file",
        "minutes": "file",
        "wave": "file name",
        "place": "file",
    }
    assert facts.warnings == ("taken from the file's name: wave 1",)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [("45", 45.0), ("45 min", 45.0), ("01:30:30", 90.5), ("2 hours", 120.0), ("1h 5m", 65.0), ("90.5", 90.5)],
)
def test_a_duration_may_be_spelt(written: str, minutes: float) -> None:
    assert about(metadata={"duration": written}).minutes == minutes


@pytest.mark.parametrize("written", ["long", "-4", "h", "99999999999999999999h x"])
def test_a_duration_that_is_none_is_told_and_left_out(written: str) -> None:
    facts = about(metadata={"duration": written})
    assert facts.minutes is None
    assert len(facts.warnings) == 1


def test_the_name_comes_after_what_the_user_says() -> None:
    facts = about(
        "P03_wave2_interview.md", row={"file": "x", "informant": "Ole", "Wave": "3", "kind": "meeting"}
    )
    assert (facts.informant, facts.kind, facts.attributes) == ("Ole", "meeting", {"Wave": "3"})
    assert facts.warnings == ()
    facts = about("P03_wave2_interview.md")
    assert (facts.informant, facts.kind) == ("P03", "interview")
    assert facts.warnings == ("taken from the file's name: informant P03, wave 2",)


def test_talk_is_an_interview_and_prose_a_document() -> None:
    assert about(turns=True).kind == "interview"
    assert about().kind == "document"
    assert about().bases["kind"] == "it has no turns"
