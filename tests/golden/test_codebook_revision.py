"""A codebook revised after the literature case was coded with it: nothing lost, nothing unsaid."""

from __future__ import annotations

import json

import pytest

from qualcase.codebook.crosswalk_csv import read_crosswalk, write_crosswalk
from qualcase.model.code import Code, Crosswalk, CrosswalkRow
from qualcase.project import create_project

pytestmark = pytest.mark.shared

FORMATS = ("md", "csv", "html", "json")
PARTS = [Code("NH.FIT", "Fit of the strategy"), Code("NH.COURSE", "Change of course")]


@pytest.fixture
def case(shared, tmp_path):
    with create_project(
        tmp_path / "case.qualcase", ("four-process", "cop-leadership"), coder="Anna"
    ) as project:
        project.sources.import_paths([shared / "literature" / "orchestrating-sme-networks.txt"])
        project.events.import_file(shared / "data" / "healthinnovation" / "healthinnovation_events.json")
        yield project


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_split_lists_exactly_the_events_coded_so_and_the_first_version_still_builds(case, tmp_path):
    case.reports.write(FORMATS, tmp_path / "before")
    case.codebook.split("NH.STRATEGY", PARTS, reason="It held two things.")
    waiting = case.codebook.reread()
    assert [(one.kind, one.id, one.code) for one in waiting] == [
        ("event", name, "NH.STRATEGY") for name in ("E15", "E20", "E23")
    ]
    case.codebook.confirm(["E15", "E20"], other="NH.FIT")
    case.codebook.confirm(["E23"])
    assert case.codebook.reread() == ()
    case.reports.write(FORMATS, tmp_path / "pinned", "1")
    case.reports.write(FORMATS, tmp_path / "today")
    assert files(tmp_path / "pinned") == files(tmp_path / "before")
    assert files(tmp_path / "today") != files(tmp_path / "before")


def test_a_merge_and_a_rename_leave_no_queue_and_can_still_be_looked_behind(case, tmp_path):
    case.reports.write(("md",), tmp_path / "before")
    sharing = {event.id for event in case.events.list() if {"KM.SHARE", "KM.TRUST"} & set(event.codes)}
    case.codebook.merge("KM.SHARE", "KM.TRUST", reason="Nobody could tell them apart.")
    case.codebook.rename("KM.ARENA", "Arenas")
    assert case.codebook.reread() == ()
    assert {event.id for event in case.events.list() if "KM.TRUST" in event.codes} == sharing
    case.reports.write(("md",), tmp_path / "pinned", "four-process 1")
    assert files(tmp_path / "pinned") == files(tmp_path / "before")


def test_the_version_table_says_who_when_and_why(case):
    case.coder = "Bjorn"
    case.codebook.split("NH.STRATEGY", PARTS, reason="It held two things.")
    life = case.codebook.history("NH.STRATEGY")
    assert [(one.number, one.act, one.coder, one.reason) for one in life] == [
        (1, "begin", "Anna", ""), (2, "split", "Bjorn", "It held two things."),
    ]  # fmt: skip
    assert all(one.at.endswith("Z") for one in life)
    assert [one.number for one in case.codebook.history("NH.FIT")] == [2]


def test_table_two_is_a_crosswalk_with_its_gap_and_what_fills_it(case, shared):
    given = json.loads((shared / "data/healthinnovation/crosswalk_table2.json").read_text(encoding="utf-8"))
    rows = tuple(
        CrosswalkRow(
            row["id"],
            tuple(element for element, _ in row["left_content"]),
            tuple(element for element, _ in row["right"]),
            "gap" if row["relation"].startswith("gap") else row["relation"],
            row["left"] or "",
            (row.get("filled_by") or {}).get("id", ""),
        )
        for row in given["rows"]
    )
    table = Crosswalk("table2", given["title"], "four-process", "cop-leadership", rows)
    case.codebook.set_crosswalk(table)
    kept = next(one for one in case.codebook.crosswalks() if one.id == "table2")
    assert read_crosswalk(write_crosswalk(kept), name="table2.csv") == kept == table
    assert (len(rows), sum(len(row.left) for row in rows), sum(len(row.right) for row in rows)) == (4, 14, 7)
    display = case.tables.named("crosswalk", crosswalk="table2")
    gaps = [row for row in display.rows if "gap" in row.label]
    assert [row.id for row in gaps] == ["R4"]
    assert "Managing network health" in gaps[0].cells[0].text
