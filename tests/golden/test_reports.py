"""The literature case on the page: 53 events, one hash, nothing from outside, the same bytes again."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest
from lxml import html

from qualcase.reports.case_report import write_report
from qualcase.reports.html import report_page
from qualcase.reports.md import report_text
from qualcase.reports.registry import formats, render

pytestmark = pytest.mark.shared
EVENTS = [f"E{number:02d}" for number in range(1, 54)]
# What these quarters of 2006–2010 hold, drawn by hand from the events (methods, 3.2).
ROWS = {
    "KM": "░░░░░░░░··░░░1111·11",
    "IA": "···········░░111··░2",
    "NS": "········░░░░░11░1·13",
    "NH": "░░░░░░░░░░░░░░····░░",
}


def _load():
    specification = importlib.util.spec_from_file_location(
        "literature", Path(__file__).with_name("literature.py")
    )
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def content(shared):
    return _load().content(shared)


@pytest.fixture(scope="module")
def page(content):
    return report_page(content)


@pytest.mark.parametrize("name", ["terminal", "html", "md", "csv", "json"])
def test_each_format_holds_every_event_and_the_hash(content, name):
    assert name in formats()
    text = render(content.displays["timeline"], name)
    assert set(EVENTS) <= set(re.findall(r"E\d\d", text))
    assert "25b4a2bf71cf7069" in text


def test_the_page_is_small_whole_and_alone(page):
    assert len(page.encode()) < 150_000
    tree = html.fromstring(page)
    assert [one for one in EVENTS if not tree.xpath(f"//*[@id='event-{one}']")] == []
    assert tree.xpath("//@src | //script") == []
    assert {link[0] for link in tree.xpath("//@href")} == {"#"}


def test_every_link_leads_somewhere(page):
    tree = html.fromstring(page)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//@href")} <= set(ids)


def test_process_by_phase_on_the_page_is_the_golden_table(page, shared):
    golden = json.loads((shared / "data/healthinnovation/golden_numbers.json").read_text(encoding="utf-8"))
    table = html.fromstring(page).xpath("//table[caption='Process by phase']")[0]
    for row in table.xpath("./tbody/tr"):
        process = row.xpath("string(./th/span)")
        for cell, (phase, count) in zip(
            row.xpath("./td"), golden["process_by_phase"][process].items(), strict=False
        ):
            shown = cell.text_content().strip()
            assert shown.startswith("none found (" if count == 0 else str(count)), (process, phase)
            assert len(cell.xpath(".//a")) == count
    assert "none found (11 events searched)" in table.text_content()


def test_what_has_no_beginning_is_an_arrow_and_never_a_bar(page):
    tree = html.fromstring(page)
    marks = [group for group in tree.xpath("//svg//a/g") if group.xpath("string(title)").startswith("E47 ")]
    assert marks
    assert all(not group.xpath(".//rect") and group.xpath("./path[@class='line']") for group in marks)


def test_what_is_expected_is_hollow_and_says_so(page):
    (mark,) = [
        group for group in html.fromstring(page).xpath("//svg//a/g") if "E34 " in group.xpath("string(title)")
    ]
    assert "hollow" in mark.get("class")
    assert "expected, not observed" in mark.xpath("string(title)")


def test_bars_are_the_events_that_lasted(page, content):
    lasted = {event.id for event in content.chronology.events if event.extent == "spans_window"}
    bars = html.fromstring(page).xpath("//svg//a/g[rect[contains(@class, 'bar')]]")
    assert {bar.xpath("string(title)").split()[0] for bar in bars} == lasted


def test_the_terminal_draws_the_quarters(content):
    text = render(content.displays["timeline"], "terminal")
    assert all(row in text for row in ROWS.values())
    assert max(map(len, text.splitlines())) <= 80
    plain = render(content.displays["timeline"], "terminal", ascii_only=True)
    assert plain.isascii()
    assert max(map(len, plain.splitlines())) <= 80


def test_a_season_never_becomes_a_month(content):
    line = next(line for line in report_text(content).splitlines() if line.startswith("**E14 "))
    assert line.endswith("autumn 2008")
    assert not re.search("September|October|November", line)


def test_half_of_the_events_have_no_year_and_the_report_says_so(page):
    assert "26 of 53 events (49%) have no single calendar year" in page


def test_two_runs_write_the_same_files(content, tmp_path):
    names = ["html", "md", "csv", "json"]
    one, two = (write_report(content, names, tmp_path / run) for run in ("one", "two"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert len(one) == 9
