from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from qualcase.model.event import Actor, Chronology, Event, EventDate, Phase
from qualcase.model.source import Source
from qualcase.reports.case_report import ReportContent, write_report
from qualcase.reports.errors import UnknownFormatError, UnwritableReportError
from qualcase.reports.html import report_page
from qualcase.reports.limits import find_limits
from qualcase.reports.md import report_text
from qualcase.reports.narrative import NarrativePhase, NarrativeSentence, assemble_narrative
from qualcase.reports.sections import make_sections

SEASON = EventDate("2008-23", "2008-09-01", "2008-11-30", "explicit")
OPEN = EventDate("../2010-10", None, "2010-10-31", "derived")


@pytest.fixture
def chronology():
    events = (
        Event(
            "E2", "Turn", OPEN, "S1", quote="it turned", phase="P1", valence="-", turning_point=True, line=3
        ),
        Event("E1", "Start", SEASON, "S1", quote="it began", phase="P1"),
        Event("E3", "End", EventDate(None, None, None, None)),
    )
    phases = (Phase("P1", "Beginning", "2008", "E1", None, "a new board"),)
    return Chronology(
        events, phases, (), (Actor("board", "The board"), Actor("P03", "A manager")), ("Two dates.",)
    )


@pytest.fixture
def content(table, timeline, quotation, manifest, chronology):
    return ReportContent(
        "A case", "study", "Case 1", "codebook", manifest, (),
        {"process-by-phase": table, "timeline": timeline}, (quotation,), chronology, coders=("Anna",),
    )  # fmt: skip


@pytest.fixture
def bare(manifest):
    return ReportContent("A case", "study", "Case 1", "codebook", manifest)


def source(handle, **more):
    return Source(
        f"u-{handle}", handle, f"{handle}.txt", "t", "interview", "txt", "utf-8", "en", "ff" * 32, 1, 1, 1,
        (("P03", 4),), ("Case 1",), **more,
    )  # fmt: skip


def test_sections_come_in_the_order_of_the_method(content):
    sections = make_sections(content)
    assert [section.number for section in sections] == [*map(str, range(1, 12)), *"ABCDEFG"]
    assert all(section.blocks for section in sections[:10])


def test_an_empty_project_makes_a_report_of_sentences(bare):
    page = html.fromstring(report_page(bare))
    text = page.text_content()
    assert "Single coder; intercoder agreement not computed." in text
    assert "No events have been recorded" in text
    assert all(section.xpath(".//p | .//dl | .//ul") for section in page.xpath("//section[@id != 'limits']"))
    assert report_text(bare)


@pytest.mark.parametrize(
    ("mode", "coders", "sentence"),
    [
        ("reflexive", ("A", "B"), "Reflexive mode"),
        ("codebook", ("A", "B"), "2 coders; intercoder agreement not computed"),
        ("codebook", (), "Single coder"),
    ],
)
def test_missing_agreement_has_its_reason(bare, mode, coders, sentence):
    assert sentence in report_page(replace(bare, mode=mode, coders=coders))


def test_unknown_method_facts_are_not_reported(bare):
    page = html.fromstring(report_page(replace(bare, facts={"Sampling": "purposive", "Funding": None})))
    facts = dict(
        zip(
            page.xpath("//*[@id='method']//dt/text()"),
            page.xpath("//*[@id='method']//dd/text()"),
            strict=True,
        )
    )
    assert facts["Sampling"] == "purposive"
    assert {facts["Funding"], facts["Ethics approval"], facts["Member checking"]} == {"not reported"}


@pytest.mark.parametrize("kind", ["html", "md"])
def test_a_title_that_names_the_case_is_not_said_twice(content, kind, tmp_path):
    named = replace(content, title=f"Case report: {content.case}")
    for one, times in ((named, 0), (replace(content, title="Ten years"), 1)):
        write_report(one, [kind], tmp_path)
        page = (tmp_path / f"report.{kind}").read_text(encoding="utf-8")
        lead = (
            f'<p class="lead">Case report: {content.case}'
            if kind == "html"
            else f"\nCase report: {content.case}"
        )
        assert page.count(lead) == times


def test_a_title_that_ends_its_own_sentence_gets_no_second_full_stop():
    titles = ("Who pays?", "It grew.", "“Come!”", "Dr. and Mrs", "It grew")
    events = tuple(Event(f"E{n}", title, SEASON) for n, title in enumerate(titles))
    expected = frozenset({"E4"})
    [phase] = assemble_narrative(Chronology(events), expected=expected)
    said = [one.text.removeprefix("Autumn 2008: ") for one in phase.sentences]
    assert said == ["Who pays?", "It grew.", "“Come!”", "Dr. and Mrs.", "It grew (expected, not observed)."]


def test_the_story_is_bound_to_events_and_open_about_it(content):
    told = assemble_narrative(content.chronology, expected=frozenset({"E3"}))
    assert [phase.id for phase in told] == ["P1", "outside"]
    assert told[0].sentences[0] == NarrativeSentence("Autumn 2008: Start.", ("E1",))
    assert told[0].opening == "Opens with E1: a new board"
    assert "ground for this break is not reported" in told[0].closing
    assert "expected, not observed" in told[1].sentences[0].text
    assert "assembled from events" in report_page(content)


def test_a_sentence_without_events_is_the_authors(content):
    phase = NarrativePhase("P1", "Beginning", "2008", "", "", (NarrativeSentence("I think so."),))
    told = replace(content, narrative=(phase,))
    page = html.fromstring(report_page(told))
    assert page.xpath("//li[@class='author']")[0].text_content().split() == ["I", "think", "so.", "author"]
    assert r"I think so. *(author)*" in report_text(told)


def test_what_the_author_wrote_is_marked(content):
    written = replace(content, author_text={"discussion": "First.\n\nSecond."})
    box = html.fromstring(report_page(written)).xpath("//*[@id='discussion']//div[@class='author']")[0]
    assert [part.text for part in box.xpath("p")] == ["First.", "Second."]
    assert "> *author*" in report_text(written)


def test_every_link_on_the_page_leads_somewhere_and_every_anchor_is_one(content):
    page = html.fromstring(report_page(content))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in page.xpath("//@href")} <= set(ids)


def test_contrary_evidence_has_its_mark(content):
    page = html.fromstring(report_page(content))
    assert "(−)" in page.xpath("//*[@id='event-E2']")[0].text_content()
    assert "(−)" in page.xpath("//*[@id='quote-Q017']")[0].text_content()
    assert "(−)" in page.xpath("//a[@href='#event-E2']/following-sibling::i/text()")


def test_a_display_without_a_place_is_found_among_the_findings(content, table):
    named = replace(content, displays={**content.displays, "own-table": replace(table, title="Mine")})
    findings = html.fromstring(report_page(named)).xpath("//*[@id='findings']")[0]
    assert "Mine" in findings.text_content()


def test_limits_are_found_in_the_data(content):
    limited = replace(content, sources=(source("S1"), source("S2", minutes=30.0)))
    text = " ".join(find_limits(limited))
    assert "single voice: KM.TRUST." in text
    assert "speak in no source under that name: The board." in text
    assert "2 of 3 events have no single calendar year" in text
    assert "Duration not reported for 1 of 2 sources: S1." in text
    assert "Tension in the sources: Two dates." in text


def test_no_month_is_made_out_of_a_season(content):
    seasonal = replace(content, displays={}, quotations=())
    assert "September" not in report_page(seasonal)
    assert "autumn 2008" in report_page(seasonal)


def test_files_are_whole_private_and_the_same_again(content, tmp_path):
    folder = tmp_path / "new" / "exports"
    old = os.umask(0)
    try:
        first = {
            path.name: path.read_bytes()
            for path in write_report(content, ["html", "md", "csv", "json"], folder)
        }
        second = write_report(content, ["html", "md", "csv", "json", "html"], folder)
    finally:
        os.umask(old)
    assert {path.name: path.read_bytes() for path in second} == first
    assert {stat.S_IMODE(path.stat().st_mode) for path in second} == {0o600}
    assert sorted(path.name for path in folder.iterdir()) == sorted(first)
    assert json.loads(first["report.json"])["title"] == "A case"
    assert {"process-by-phase.csv", "events.csv", "quotations.csv", "manifest.csv"} <= set(first)


def test_an_unknown_format_leaves_nothing_behind(content, tmp_path):
    with pytest.raises(UnknownFormatError):
        write_report(content, ["md", "papyrus"], tmp_path / "exports")
    assert not (tmp_path / "exports").exists()


def test_a_folder_that_is_a_file_is_named(content, tmp_path):
    (tmp_path / "exports").write_text("mine", encoding="utf-8")
    with pytest.raises(UnwritableReportError) as refused:
        write_report(content, ["md"], tmp_path / "exports")
    assert str(tmp_path / "exports") in refused.value.message


def test_a_failed_write_leaves_the_old_file_whole(content, tmp_path, monkeypatch):
    (before,) = write_report(content, ["md"], tmp_path)
    kept = before.read_bytes()

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UnwritableReportError, match="No space left"):
        write_report(replace(content, title="Other"), ["md"], tmp_path)
    assert before.read_bytes() == kept
    assert [path.name for path in tmp_path.iterdir()] == ["report.md"]
