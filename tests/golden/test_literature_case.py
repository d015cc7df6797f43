"""The case of the literature through the one door: import, events, the golden table, time kept honest."""

from __future__ import annotations

import json
import shutil

import pytest

from qualcase.model.errors import InputError
from qualcase.project import create_project
from qualcase.reports.registry import render

pytestmark = pytest.mark.shared

GOLDEN = {
    "KM": [1, 1, 2, 8, 8, 0, 20],
    "IA": [0, 0, 1, 3, 9, 0, 13],
    "NS": [0, 3, 4, 5, 6, 1, 19],
    "NH": [1, 7, 6, 0, 1, 0, 15],
}
PHASES = ["P1", "P2", "P3", "P4", "P5", "outside", "total"]


@pytest.fixture(scope="module")
def case(shared, tmp_path_factory):
    """The published case: its text imported as a document, its 53 events brought in."""
    folder = tmp_path_factory.mktemp("case")
    with create_project(
        folder / "case.qualcase", ("four-process", "cop-leadership"), coder="Anna"
    ) as project:
        project.sources.import_paths([shared / "literature" / "orchestrating-sme-networks.txt"])
        project.events.import_file(shared / "data" / "healthinnovation" / "healthinnovation_events.json")
        yield project


def test_the_text_is_a_document_without_turns(case):
    source = case.sources.find("S1")
    assert (source.kind, source.turns, source.language) == ("document", 0, "en")


def test_every_event_keeps_its_place_its_words_and_its_bounds(case, shared):
    given = json.loads(
        (shared / "data/healthinnovation/healthinnovation_events.json").read_text(encoding="utf-8")
    )
    events = {event.id: event for event in case.events.list()}
    text = case.sources.text(case.sources.find("S1"))
    assert len(events) == 53
    for item in given["events"]:
        event = events[item["id"]]
        assert (event.start, event.end) == (item["locator"]["char_start"], item["locator"]["char_end"])
        assert text[event.start : event.end] == event.quote
        assert " ".join(event.quote.replace("-\n", "").split()).replace(" ", "") == item["quote"].replace(
            " ", ""
        ).replace("-", "") or (" ".join(event.quote.split()) == item["quote"])
        assert (event.date.edtf, event.date.earliest, event.date.latest, event.date.basis) == (
            item["date"]["edtf"],
            item["date"]["earliest"],
            item["date"]["latest"],
            item["date"]["basis"],
        )
        assert event.codes == (*item["process_codes"], *item["other_codes"])
        assert event.phase == item["phase"]


def test_process_by_phase_is_the_golden_table_in_json_and_html(case):
    display = case.tables.cross("process", "phase", of="events")
    value = json.loads(json.dumps(display.as_json()))
    assert [column["id"] for column in value["columns"]] == PHASES
    rows = {row["id"]: row["cells"] for row in value["rows"]}
    for process, counts in GOLDEN.items():
        assert [cell["value"] for cell in rows[process]] == counts
        for cell in rows[process]:
            assert (cell["empty"] == "none found") == (cell["value"] == 0)
            assert len(cell["evidence"]) == cell["value"]
    assert rows["NH"][3]["text"] == "none found (11 events searched)"
    page = render(display, "html")
    assert page.count("none found (11 events searched)") >= 1
    for event in rows["NS"][6]["evidence"]:
        assert event in page


def test_workshops_come_in_order_with_months_and_never_days(case):
    display = case.tables.named("events", code="KM.ARENA", basis="explicit", phase="P4")
    assert [row.id for row in display.rows] == ["E24", "E25", "E26", "E27"]
    dates = [row.cells[0].text for row in display.rows]
    assert dates == ["June 2009", "September 2009", "November 2009", "February 2010"]
    assert "2009-06-01" not in render(display, "md")


def test_the_crosswalk_keeps_its_gap(case):
    display = case.tables.named("crosswalk")
    assert len(display.rows) == 4
    gap = [row for row in display.rows if any("gap" in cell.text for cell in row.cells)]
    assert len(gap) == 1
    assert any("Managing network health" in cell.text for cell in gap[0].cells)


def test_half_of_the_case_has_no_calendar_year(case):
    display = case.tables.cross("process", "year", of="events")
    total = display.rows[-1]
    by_year = {column.id: cell.value for column, cell in zip(display.columns, total.cells, strict=True)}
    assert by_year.pop("total") == 53
    assert by_year.pop("spans/open") == 26
    assert sum(by_year.values()) == 27


def test_no_month_is_made_up_for_a_season(case):
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    timeline = case.timeline.display("process")
    for row, event in ((row, case.events.find(row.id)) for row in timeline.rows):
        if event.date.edtf and "-23" in event.date.edtf:
            assert not any(month in cell.text for cell in row.cells[:1] for month in months)
            assert "autumn" in row.cells[0].text
    hollow = [mark.id for mark in timeline.figure.marks if mark.hollow]
    assert hollow == ["E34"]


def test_one_changed_character_refuses_the_whole_file_and_says_where(shared, tmp_path):
    text = (shared / "literature" / "orchestrating-sme-networks.txt").read_text(encoding="utf-8")
    given = json.loads(
        (shared / "data/healthinnovation/healthinnovation_events.json").read_text(encoding="utf-8")
    )
    place = next(item["locator"] for item in given["events"] if item["id"] == "E28")
    start = text.index("marked", place["char_start"])
    assert start < place["char_end"]
    (tmp_path / "orchestrating-sme-networks.txt").write_text(
        text[:start] + "market" + text[start + 6 :], encoding="utf-8"
    )
    with create_project(tmp_path / "case.qualcase", coder="Anna") as project:
        project.sources.import_paths([tmp_path / "orchestrating-sme-networks.txt"])
        before = project.store.digest()
        with pytest.raises(InputError) as fault:
            project.events.import_file(shared / "data/healthinnovation/healthinnovation_events.json")
        line = text.count("\n", 0, start) + 1
        for part in ("E28", "S1", f"line {line}", "marked", "market"):
            assert part in fault.value.message
        assert project.store.digest() == before


def test_undo_takes_all_events_back_at_once(shared, tmp_path):
    with create_project(tmp_path / "case.qualcase", coder="Anna") as project:
        project.sources.import_paths([shared / "literature" / "orchestrating-sme-networks.txt"])
        before = project.store.digest()
        project.events.import_file(shared / "data/healthinnovation/healthinnovation_events.json")
        project.journal.undo()
        assert project.store.digest() == before


def test_two_runs_give_the_same_bytes(case, tmp_path):
    for run in ("one", "two"):
        case.reports.write(("md", "csv", "html"), tmp_path / run)
    for file in sorted((tmp_path / "one").rglob("*")):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
    shutil.rmtree(tmp_path / "one")
