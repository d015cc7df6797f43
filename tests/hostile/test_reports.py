"""What participants, coders and files may hold stays text: no new element, attribute or sign."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from qualcase.model.code import BoundaryNote, Code, Codebook
from qualcase.model.display import Band, Cell, Column, Display, Figure, Manifest, Mark, Row
from qualcase.model.event import Actor, Chronology, Event, EventDate, Phase
from qualcase.model.source import Source
from qualcase.reports.content import ReportContent
from qualcase.reports.html import report_page
from qualcase.reports.json import write_json
from qualcase.reports.md import report_text
from qualcase.reports.passages import render_passages
from qualcase.reports.quotations import Quotation
from qualcase.reports.registry import formats, render
from qualcase.reports.renderer import Options
from qualcase.reports.sections import make_sections

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "</title></style></script><b>x",
    "'\"><a href=javascript:alert(1) style=x>",
    "}</style><style>*{background:url(https://evil.example/x)}",
    "{{7*7}}{% include '/etc/passwd' %}{{ ''.__class__.__mro__ }}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "\u2028alert(1)\u2029<!-- ]]> -->",
    "a\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\b\r\x00",
    "\u202egnp.exe\u2066\u200f",
    "a|b\n# head\n- item\n```\n[x](javascript:alert(1))",
    '=HYPERLINK("https://evil.example")',
    "[red]not markup[/red]",
    "\ud800 half a pair",
]
ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def display(text):
    mark = Mark(text, (text,), text, text, "whisker", "2008-01-01", "2008-12-31", False, True, True, (text,))
    undated = replace(mark, id=f"{text}2", shape="open", earliest=None, latest=None)
    figure = Figure(
        ((text, text),), (mark, undated), (Band(text, text, "2008-01-01", None),), ((text, f"{text}2", text),)
    )
    cells = (Cell(text, text, (text,)), Cell(2, "2", (text, f"{text}2")), Cell(None, text, empty="no data"))
    rows = (Row(text, text, cells), Row(f"{text}2", text, cells, depth=1))
    columns = tuple(Column(f"{text}{number}", text, numeric=number == 1) for number in range(3))
    manifest = Manifest(text, text, (text,), 1, text, {text: text})
    return Display("table", text, manifest, columns, rows, (text,), figure, text)


def quotation(text):
    return Quotation(
        "Q001", text, text, text, text, text, text, text, 1, (1, 2), text, text, text, text, text, text, "-",
        text, text, False, text, text, text, text, 1,
    )  # fmt: skip


def content(text):
    date = EventDate("2008-23", "2008-09-01", "2008-11-30", text, text)
    event = Event(text, text, date, text, 0, 1, text, (text,), (text,), text, valence="-", voice=text, line=1)
    chronology = Chronology(
        (event,), (Phase(text, text, "2008", text, text, text, text),), (), (Actor(text, text),), (text,)
    )
    code = Code(text, text, None, "process", text, (text,), (text,), (text,), (text,))
    book = Codebook(text, text, 1, (code,), (text,), (BoundaryNote((text, text), text),))
    source = Source(
        text, text, text, text, "interview", "txt", "utf-8", None, text, 1, 1, 0, ((text, 1),), (text,)
    )
    named = {"timeline": display(text), "evidence": replace(display(text), figure=None)}
    return ReportContent(
        text, text, text, "codebook", Manifest(text, text, (text,), 1, text), (book,), named,
        (quotation(text),), chronology, (), (source,), (text,), {text: text}, {"discussion": text},
    )  # fmt: skip


def skeleton(page):
    """Return every element with the names of its attributes: what a page is made of, without its data."""
    tree = html.fromstring(page.encode("utf-8", "backslashreplace"), parser=html.HTMLParser(encoding="utf-8"))
    return [(str(one.tag), tuple(sorted(one.attrib))) for one in tree.iter()]


def cases(shared):
    listed = json.loads((shared / "data" / "hostile-cases.json").read_text(encoding="utf-8"))
    return [case for case in listed if str(case.get("file", "")).startswith("html/")]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_page_has_no_element_and_no_attribute_from_data(attack):
    # A harmless text of the same length wraps alike, so only what the text means can differ.
    harmless = "x" * len(attack)
    for make in (lambda text: report_page(content(text)), lambda text: render(display(text), "html")):
        tags = {tag for tag, _ in skeleton(make(attack))}
        assert tags <= {tag for tag, _ in skeleton(make(harmless))} | {"tspan"}
        assert attributes(make(attack)) <= attributes(make(harmless))


def attributes(page):
    return {name for _, names in skeleton(page) for name in names}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_table_page_is_element_for_element_the_same(attack):
    plain = [replace(display(text), figure=None) for text in (attack, "x" * len(attack))]
    assert skeleton(render(plain[0], "html")) == skeleton(render(plain[1], "html"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_acts_in_any_format(attack):
    for name in formats():
        assert not ACTING.search(render(display(attack), name)), name
    for text in (
        report_page(content(attack)),
        report_text(content(attack)),
        write_json(content(attack).as_json()),
    ):
        assert not ACTING.search(text)
    for name in ("html", "md", "csv", "terminal"):
        assert not ACTING.search(render_passages([quotation(attack)], Manifest("a", "b", (), 1, "c"), name))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_link_leaves_the_page_and_templates_compute_nothing(attack):
    page = report_page(content(attack))
    tree = html.fromstring(page.encode("utf-8", "backslashreplace"), parser=html.HTMLParser(encoding="utf-8"))
    ids = set(tree.xpath("//@id"))
    assert all(link.startswith("#") and link[1:] in ids for link in tree.xpath("//@href"))
    assert not tree.xpath("//@src | //script | //*[@style] | //@*[starts-with(name(), 'on')]")
    assert "49" not in tree.xpath("string(//h1)")


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_holds_no_markup_of_theirs(attack):
    text = report_text(content(attack))
    # Our own anchors and quotations; and an indented block, in which nothing means anything.
    ours = re.sub(r'<a id="[A-Za-z0-9._-]+"></a>|^> ?|^>$|^ {4}.*$', "", text, flags=re.MULTILINE)
    assert "<" not in ours
    assert "](javascript" not in ours.replace(r"\](", "")
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert all(re.match(r"#{1,3} ", line) for line in headings)
    assert "# head" not in headings


@pytest.mark.shared
def test_the_listed_cases_stay_text(shared):
    listed = cases(shared)
    assert len(listed) >= 8
    for case in listed:
        text = f"{case['attack']} <script>{case['file']}</script> {{{{7*7}}}}"
        tree = html.fromstring(report_page(content(text)))
        assert text in tree.xpath("string(//h1)")
        assert not tree.xpath("//script")


@given(st.text(max_size=40))
def test_any_text_at_all_can_be_shown(text):
    shown = display(text)
    for name in formats():
        assert not ACTING.search(render(shown, name))
    assert make_sections(content(text))
    assert Options().width == 80
