"""213 dated minutes of a real network of organisations, from folder to report."""

from __future__ import annotations

import csv

import pytest

from qualcase.project import create_project
from qualcase.project.importing import ImportOptions
from qualcase.storage.reading.codings import CodingQuery, list_codings

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def minutes(shared):
    """The folder of minutes, with its dates.csv."""
    return shared / "data" / "corpora" / "openjs-cpc"


@pytest.fixture(scope="module")
def network(minutes, tmp_path_factory):
    """All minutes in a project, and the suggestions that Anna accepted by the rule."""
    path = tmp_path_factory.mktemp("openjs") / "cpc.qualcase"
    with create_project(path, coder="Anna") as project:
        report = project.sources.import_paths(
            [minutes], ImportOptions(metadata=minutes / "dates.csv", kind="meeting")
        )
        assert (len(report.imported), report.refused, report.skipped) == (213, (), ())
        # The rule: a sentence is accepted for a code when a key phrase of two words or more stands in it.
        chosen = [
            suggestion
            for suggestion in project.suggestions.propose()
            if any(reason.kind == "phrase" and " " in reason.text for reason in suggestion.reasons)
        ]
        assert len(chosen) >= 100
        assert len(project.suggestions.accept_all(chosen)) == len(chosen)
        yield project


def test_dates_titles_and_attributes_come_from_the_metadata(network, minutes):
    with (minutes / "dates.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    for source in network.sources.list():
        row = rows[source.name]
        assert (source.date, source.title, source.date_basis) == (row["date"], row["title"], "metadata")
        assert source.attributes["licence"] == row["licence"]
        assert (source.kind, source.turns) == ("meeting", 0)


def test_every_suggestion_says_why_and_none_was_applied_by_itself(network):
    fresh = network.suggestions.propose(limit=50)
    for suggestion in fresh:
        kinds = {reason.kind for reason in suggestion.reasons}
        assert kinds == {"phrase", "codebook"}
        assert suggestion.score is None
    codings = network.codings.list()
    assert {coding.origin for coding in codings} == {"suggestion"}


def test_the_code_by_year_table_counts_each_accepted_passage_once(network):
    display = network.tables.cross("code", "year")
    years = {source.handle: source.date[:4] for source in network.sources.list()}
    with network.store.reading() as connection:
        codings = list_codings(connection, CodingQuery())
    for row in display.rows[:-1]:
        for column, cell in zip(display.columns, row.cells, strict=True):
            own = {c.uid for c in codings if c.code == row.id and column.id in (years[c.source], "total")}
            if cell.empty is None:
                assert cell.value == len(own)
                assert set(cell.evidence) == own
            else:
                assert not own
    assert display.rows[-1].cells[-1].value == len(codings)
    assert {"2018", "2025"} <= {column.id for column in display.columns}


def test_timeline_and_report_are_made_of_it(network, tmp_path):
    event = network.events.add(
        "The two foundations become one",
        "2019-03",
        source=network.sources.find("2019-03-18.md"),
        codes=["NS.MEMBER"],
    )
    timeline = network.timeline.display("process")
    assert [row.id for row in timeline.rows] == [event.id]
    assert timeline.rows[0].cells[0].text == "March 2019"
    page, *_ = network.reports.write(("html",), tmp_path).written
    text = page.read_text(encoding="utf-8")
    assert event.title in text
    assert text.count("Content-Security-Policy") == 1
    network.journal.undo()


def test_all_is_well_with_the_file(network):
    checkup = network.care.check()
    assert checkup.problems == ()
    assert (checkup.ok, checkup.sources) == (True, 213)
