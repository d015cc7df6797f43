from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from lxml import html

from qualcase.model.display import Cell, Column, Row
from qualcase.reports.csv import safe_text
from qualcase.reports.markdown_text import escape, escape_start
from qualcase.reports.registry import render
from qualcase.reports.wording import row_heading


def one_cell(table, text, value=None):
    return replace(table, columns=(Column("c", "c"),), rows=(Row("r", text, (Cell(value, text),)),))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "＝1"])
def test_csv_text_is_never_a_formula(table, text):
    rows = list(csv.reader(io.StringIO(render(one_cell(table, text), "csv"))))
    assert rows[1][1] == f"'{text}".replace("\r", "␍")
    assert rows[1][2].startswith("'")


def test_csv_numbers_stay_numbers(table):
    display = replace(table, rows=(Row("r", "r", (Cell(-1.25, "−1.2"), Cell(0, "0"))),))
    row = next(csv.DictReader(io.StringIO(render(display, "csv"))))
    assert (row["P1 Start"], row["P2 Turn"]) == ("-1.25", "0")


def test_csv_empties_are_words_and_evidence_and_hash_are_kept(table):
    first, second = csv.DictReader(io.StringIO(render(table, "csv")))
    assert first["P1 Start"] == "2"
    assert first["P1 Start (evidence)"] == "E1 E2"
    assert first["P2 Turn"] == "none found (11 events searched)"
    assert (second["P1 Start"], second["P2 Turn"]) == ("no data", "not reported")
    assert {first["hash"], second["hash"]} == {"abc123"}


def test_plain_text_is_left_alone():
    assert safe_text("trust = openness") == "trust = openness"


def test_json_is_the_display_and_nothing_acts_in_it(table):
    display = one_cell(table, "a\x9b2J\u202e\x1b\ud800")
    written = render(display, "json")
    assert json.loads(written) == display.as_json()
    assert not set("\x9b\u202e\x1b\ud800") & set(written)


def test_markdown_escapes_what_would_format():
    assert escape("a|b <b> *c* _d_ `e` [f](g) &amp; {{7*7}}") == (
        r"a\|b &lt;b&gt; \*c\* \_d\_ \`e\` \[f\](g) &amp;amp; &#123;&#123;7\*7&#125;&#125;"
    )
    assert escape_start("1. no list") == r"1\. no list"
    assert escape_start("- no list") == r"\- no list"
    assert escape_start("# no heading") == r"\# no heading"


def test_markdown_tables_keep_their_columns(table):
    text = render(one_cell(table, "a|b\n\nc"), "md")
    row = next(line for line in text.splitlines() if line.startswith("| r "))
    assert row.replace(r"\|", "").count("|") == 3


def test_markdown_and_csv_are_the_same_bytes_again(table, timeline):
    for display in (table, timeline):
        for name in ("md", "csv", "html", "terminal", "json"):
            assert render(display, name) == render(display, name)


def test_markdown_has_empties_evidence_and_manifest(table):
    text = render(table, "md")
    assert "| none found (11 events searched) |" in text
    assert "- KM × P1: E1 E2" in text
    assert "hash: abc123" in text


def test_html_table_is_a_table(table):
    page = html.fromstring(render(table, "html"))
    assert page.xpath("string(//caption)") == "Process by phase"
    assert page.xpath("//thead//th/@scope") == ["col"] * 3
    assert page.xpath("//tbody//th/@scope") == ["row"] * 2
    assert page.xpath("//td/details/summary/text()") == ["2"]
    assert page.xpath("//td/i/text()") == [
        "none found (11 events searched)", "no data", "not reported",
    ]  # fmt: skip
    assert len(set(page.xpath("//td/i/@class"))) == 3


@pytest.mark.parametrize(
    ("identity", "label", "shown"),
    [("field_note", "field note", "field note"), ("P1", "First", "P1 First"), ("", "total", "total")],
)
def test_an_id_that_says_only_what_the_label_says_is_not_shown(identity, label, shown):
    assert row_heading(Row(identity, label, ())) == shown


def test_html_cells_lead_to_their_evidence(timeline):
    page = html.fromstring(render(timeline, "html"))
    anchors = set(page.xpath("//@id"))
    links = page.xpath("//a/@href")
    assert links
    assert {link.removeprefix("#") for link in links} <= anchors


def test_html_asks_nothing_of_the_network(timeline):
    page = html.fromstring(render(timeline, "html"))
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
    assert page.xpath("//script | //@src | //link") == []
