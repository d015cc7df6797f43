"""A coding in doubt is shown with the words it had, and counted nowhere until a person has settled it."""

from __future__ import annotations

import pytest

from qualcase.coding.places import QuotePlace, SpanPlace, TurnPlace
from qualcase.model.errors import UsageError
from qualcase.project.codings import CodingFilter


@pytest.fixture
def doubtful(project, source):
    """A coding whose words were taken out of the source, and one whose words still stand."""
    (lost,) = project.codings.add(source, "KM.TRUST", QuotePlace("Then we built trust, slowly."))
    project.codings.add(source, "NS.THREAT", TurnPlace(2))
    text = project.sources.text(source)
    project.editing.replace_text(source, text.replace("Then we built trust, slowly. ", ""))
    return project.codings.find(lost.uid)


def test_it_keeps_its_words_and_says_that_it_is_in_doubt(doubtful):
    assert (doubtful.state, doubtful.quote) == ("review", "Then we built trust, slowly.")
    assert doubtful.speaker is None


def test_it_is_left_out_of_counts_and_the_display_says_so(project, doubtful):
    display = project.tables.cross("code", "source_kind")
    counts = {row.id: row.cells[-1].value for row in display.rows}
    assert (counts["KM.TRUST"], counts["NS.THREAT"]) == (0, 1)
    assert any("in review" in one for one in display.manifest.filters)
    assert doubtful.uid not in project.codings.data().codings.uid


def test_the_report_of_passages_holds_it_and_does_not_say_that_it_is_left_out(project, doubtful):
    page = project.reports.passages(CodingFilter(code="KM.TRUST"), "md")
    assert "source S1 \\| in review" in page
    assert page.count("in review") == 1


def test_its_place_in_an_older_text_goes_together_with_nothing(project, source, doubtful):
    project.codings.add(source, "NS", SpanPlace(doubtful.start, doubtful.start + 9))
    assert project.queries.cooccurrence() == {}
    assert project.queries.matrix()["KM.TRUST", "study"] == 1


def test_without_any_doubt_nothing_is_said(project, source):
    project.codings.add(source, "NS.THREAT", TurnPlace(2))
    assert project.tables.cross("code", "source_kind").manifest.filters == ()


def test_its_quotation_claims_no_line(project, doubtful):
    report = project.reports.content()
    (shown,) = (one for one in report.quotations if one.evidence == doubtful.uid)
    assert (shown.lines, shown.turn) == (None, None)
    assert shown.text == "Then we built trust, slowly."


def test_its_ends_are_moved_by_review_alone(project, doubtful):
    before = project.store.digest()
    with pytest.raises(UsageError, match="review"):
        project.codings.resize(doubtful.uid, 0, 5)
    assert project.store.digest() == before
