from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from lxml import html

from qualcase.reports.passages import UnknownGroupError, passages, render_passages
from qualcase.reports.quotations import (
    Quotation,
    distribution_note,
    in_text,
    number_quotations,
    record_line,
    single_voice_codes,
)  # fmt: skip


def test_the_record_says_everything_once(quotation):
    assert record_line(quotation) == (
        "Q017 | “we met the board” | speaker P03 (firm manager) | source I2, turn 41, lines 212–214 | "
        "said 12 September 2024 | about autumn 2023 | code KM.TRUST | "
        "layer consensus v1.2 | [edited: 2 omissions]"
    )


def test_in_running_text(quotation):
    assert in_text(quotation) == "“we met the board” (P03, firm manager, interview 2, 12 September 2024)"


def test_what_is_not_known_is_said_not_to_be():
    bare = Quotation("Q001", "words", "S1")
    assert record_line(bare) == "Q001 | “words” | speaker not reported | source S1 | date not reported"
    assert "speaker not reported" in in_text(bare)


def test_about_is_not_said_twice(quotation):
    assert "| about 2006 (approximate) |" in record_line(replace(quotation, about="about 2006"))


def test_numbers_follow_the_order(quotation):
    assert [one.id for one in number_quotations([quotation] * 3)] == ["Q001", "Q002", "Q003"]


def voices(*counts):
    return [Quotation("Q", "w", "S", speaker=name) for name, count in counts for _ in range(count)]


@pytest.mark.parametrize(
    ("counts", "note"),
    [
        ([("A", 7), ("B", 13)], "One voice, B, supplies 13 of 20 quotations (65%)."),
        ([("A", 7), ("B", 5)], "One voice, A, supplies 7 of 12 quotations."),
        ([("A", 3), ("B", 3), ("C", 3), ("D", 3)], None),
        ([("A", 3), ("B", 2), ("C", 2), ("D", 3)], None),
        ([(None, 30)], None),
        ([], None),
    ],
)
def test_one_voice_above_thirty_percent_is_named(counts, note):
    assert distribution_note(voices(*counts)) == note


def test_codes_of_a_single_voice():
    quoted = [
        Quotation("1", "w", "S", speaker="A", code="X"),
        Quotation("2", "w", "S", speaker="A", code="Y"),
        Quotation("3", "w", "S", voice="B", code="Y"),
        Quotation("4", "w", "S", code="Z"),
    ]
    assert single_voice_codes(quoted) == ("X",)


def test_passages_keep_the_words_as_they_are(quotation, manifest):
    display = passages([quotation], manifest)
    assert display.rows[0].cells[0].value == "we met  the\nboard"
    assert display.rows[0].cells[0].evidence == ("c1",)
    row = next(csv.DictReader(io.StringIO(render_passages([quotation], manifest, "csv"))))
    assert row["quotation"] == "we met the board"
    assert row["memo"] == "not reported"


def test_passages_are_grouped_in_every_format(quotation, manifest):
    other = replace(quotation, id="Q018", source="I1", before="so then ", after=" and left", memo="why?")
    for name in ("md", "html", "terminal"):
        text = render_passages([quotation, other], manifest, name, "source")
        assert text.index("Q018") < text.index("Q017")
    page = html.fromstring(render_passages([quotation, other], manifest, "html"))
    assert page.xpath("//li/@id") == ["quote-Q017", "quote-Q018"]
    assert "…so then “we met the board” (−) and left…" in " ".join(page.text_content().split())


def test_sources_stand_in_the_order_of_their_numbers(quotation, manifest):
    quoted = [replace(quotation, id=name, source=name) for name in ("S10", "S9", "S1")]
    assert [row.id for row in passages(quoted, manifest, "source").rows] == ["S1", "S9", "S10"]


def test_context_joins_the_words_as_the_text_does(quotation, manifest):
    within = replace(quotation, text="é o", before="The caf", after="pened", valence=None)
    ends = replace(within, text="All.", before="", after="\n", to_end=True)
    whole = replace(within, text="It", before="", after=" was\n all. \n", from_start=True, to_end=True)
    for name in ("md", "html"):
        page = render_passages([within, ends, whole], manifest, name)
        text = page if name == "md" else " ".join(html.fromstring(page).text_content().split())
        assert "…The caf“é o”pened…" in text
        assert "“All.”" in text
        assert "“It” was all." in text
        assert text.count("…") == 2
    rows = list(csv.DictReader(io.StringIO(render_passages([within, ends, whole], manifest, "csv"))))
    assert [(row["before"], row["after"]) for row in rows] == [
        ("The caf", "pened"),
        ("not reported", "not reported"),
        ("not reported", "was all."),
    ]


def test_in_two_phases_a_passage_has_one_anchor(quotation, manifest):
    both = replace(quotation, phases=("P2 Later", "P10 Last"))
    page = html.fromstring(render_passages([both], manifest, "html", "phase"))
    quotations = page.xpath("//li[contains(., 'we met the board')]")
    assert [item.get("id") for item in quotations] == ["quote-Q017", None]
    assert [heading.text.strip() for heading in page.xpath("//h2")] == ["P2 Later", "P10 Last"]


def test_a_passage_in_review_is_said_to_be(quotation, manifest):
    doubtful = replace(quotation, lines=None, in_review=True)
    for name in ("md", "html", "csv"):
        page = render_passages([doubtful, quotation], manifest, name)
        assert page.count("in review") == 1


def test_passages_need_a_group_that_exists(quotation, manifest):
    with pytest.raises(UnknownGroupError):
        passages([quotation], manifest, "colour")


def test_a_table_tells_the_group_where_it_was_asked_for(quotation, manifest):
    both = replace(quotation, id="Q018", phases=("P1 First", "P2 Later"))
    quoted = [replace(quotation, phases=("P1 First",)), both]
    plain = list(csv.DictReader(io.StringIO(render_passages(quoted, manifest, "csv"))))
    assert ("group" in plain[0], len(plain)) == (False, 2)
    rows = list(csv.DictReader(io.StringIO(render_passages(quoted, manifest, "csv", "phase"))))
    assert [(row["group"], row["id"], row["passage"]) for row in rows] == [
        ("P1 First", "Q017", "Q017"), ("P1 First", "Q018", "Q018"), ("P2 Later", "Q018.2", "Q018"),
    ]  # fmt: skip
    display = json.loads(render_passages(quoted, manifest, "json", "phase"))
    assert [column["id"] for column in display["columns"]][:2] == ["group", "quotation"]
    assert display["title"] == "Coded passages by phase: 2 passages"
    note = "1 of 2 passages stands under more than one phase: the groups together hold 3."
    assert note in display["notes"]
    assert note in render_passages(quoted, manifest, "md", "phase")
    assert note not in render_passages(quoted, manifest, "md", "code")
    coded = list(csv.DictReader(io.StringIO(render_passages(quoted, manifest, "csv", "code"))))
    assert [row["group"] for row in coded] == [row["code"] for row in coded]
