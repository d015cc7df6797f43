"""What waits in review has the numbers of an older text: in today's, other words may be coded there."""

from __future__ import annotations

import pytest

from qualcase.coding.places import QuotePlace, SpanPlace
from qualcase.project.retrieval import find_of_code
from qualcase.project.segment_report import format_segments

SAID = "Nobody trusted anybody."
NOW = "Others stand here now!!"


@pytest.fixture
def span(project, source, tmp_path):
    """Where words were coded that a corrected file has no longer: that coding is in review."""
    [coding] = project.codings.add(source, "KM.TRUST", QuotePlace(SAID))
    file = tmp_path / "corrected.txt"
    file.write_text(project.sources.text(source).replace(SAID, NOW), encoding="utf-8")
    assert len(project.editing.reimport(source, file).review) == 1
    return coding.start, coding.end


def test_other_words_at_the_same_numbers_can_be_coded(project, source, span):
    [made] = project.codings.add(source, "KM.TRUST", SpanPlace(*span))
    assert made.quote == NOW


def test_a_search_codes_them(project, source, span):
    [made] = project.search.code(f'"{NOW[:-2]}"', "KM.TRUST", unit="sentence")
    assert made.quote == NOW


def test_they_can_be_suggested_and_accepted(project, source, span):
    there = [one for one in project.suggestions.propose(source) if one.start == span[0]]
    assert there == []
    project.codings.add(source, "NS.THREAT", SpanPlace(*span))
    assert [one.state for one in project.codings.list()] == ["review", "placed"]


def test_passages_of_a_code_tell_of_its_own_in_review_alone(project, source, span):
    project.codings.add(source, "NS.THREAT", SpanPlace(*span))
    told = {code: find_of_code(project, code, subtree=True).notes for code in ("KM", "KM.SHARE", "NS")}
    assert told == {"KM": ("left out: 1 coding in review",), "KM.SHARE": (), "NS": ()}
    for code in ("KM", "NS"):
        found = find_of_code(project, code, subtree=True)
        page = format_segments(
            project,
            found.listing(project, "code"),
            "md",
            by="code",
            context=0,
            question=code,
            notes=found.notes,
        )
        assert ("left out: 1 coding in review" in page) == (code == "KM")
