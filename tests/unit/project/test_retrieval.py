"""What is retrieved: in every grouping the same passages, each with its words, place and codings."""

from __future__ import annotations

import pytest

from qualcase.coding.places import QuotePlace, TurnPlace
from qualcase.coding.queries.errors import BadQueryError
from qualcase.model.errors import UsageError
from qualcase.project.arranging import GROUPINGS
from qualcase.project.retrieval import CodePages, find_answers, find_evidence, find_of_code, find_words

SECOND = """Kari: Trust came late. We built trust again.

Ola: Perhaps.

Kari: So it was.

Ola: It was so.
"""


@pytest.fixture
def coded(project, tmp_path):
    file = tmp_path / "kari.txt"
    file.write_text(SECOND, encoding="utf-8")
    project.sources.import_paths([file])
    first, second = project.sources.list()
    codings = project.codings
    codings.add(first, "KM.TRUST", QuotePlace("Then we built trust, slowly."), valence="+", memo="late")
    codings.add(first, "NS", QuotePlace("Then we built trust, slowly."))
    codings.add(first, "NS", QuotePlace("Interviewer: And then?\n\nBerit: Then we built trust, slowly."))
    codings.add(second, "KM.TRUST", TurnPlace(1))
    project.coder = "Bo"
    codings.add(second, "KM", QuotePlace("Perhaps."))
    project.coder = "Anna"
    return project


def rows(listing):
    return [(one.source, one.quote, one.codes) for one in listing.segments(0, 99, 0)]


def groups(listing):
    return [(group.label, group.count) for group in listing.groups]


def test_a_code_is_listed_with_and_without_what_lies_below_it(coded):
    listing = find_of_code(coded, "KM", subtree=False).listing(coded, None)
    assert rows(listing) == [("S2", "Perhaps.", ("KM",))]
    listing = find_of_code(coded, "KM", subtree=True).listing(coded, None)
    assert [codes for *_, codes in rows(listing)] == [("KM.TRUST",), ("KM.TRUST",), ("KM",)]


def test_pages_straight_from_the_file_are_the_same_passages(coded):
    pages = CodePages(coded, "KM", subtree=True)
    listing = find_of_code(coded, "KM", subtree=True).listing(coded, None)
    assert pages.segments(0, 99, 20) == listing.segments(0, 99, 20)
    assert pages.segments(1, 1, 0) == listing.segments(1, 1, 0)
    assert pages.uids([2, 0]) == (*listing.uids([2]), *listing.uids([0]))
    assert (len(pages), pages.uids([])) == (3, ())


def test_a_segment_says_who_where_and_when(coded):
    [one, *_] = CodePages(coded, "KM.TRUST", subtree=False).segments(0, 1, 9)
    assert (one.source, one.title, one.kind, one.date) == ("S1", "berit", "interview", None)
    assert (one.line, one.speaker) == (7, "Berit")
    assert (one.before, one.after) == ("\nBerit: ", " The")
    assert (one.codings[0].memo, one.codings[0].valence) == ("late", "+")


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("code", [("KM", 1), ("KM.TRUST", 2), ("NS", 2)]),
        ("source", [("S1 berit", 2), ("S2 kari", 2)]),
        ("speaker", [("Berit", 1), ("Kari", 1), ("Ola", 1), ("speaker not reported", 1)]),
        ("case", [("study", 4)]),
        ("phase", [("outside the phases", 4)]),
        ("coder", [("Anna", 3), ("Bo", 1)]),
    ],
)
def test_groups_are_counted_and_what_is_missing_is_named(coded, by, expected):
    listing = find_answers(coded, "KM+ OR NS").listing(coded, by)
    if by == "code":
        assert [(label.split()[0], count) for label, count in groups(listing)] == expected
    else:
        assert groups(listing) == expected
    assert len(listing) == sum(group.count for group in listing.groups)
    assert [group.first for group in listing.groups] == [
        sum(group.count for group in listing.groups[:place]) for place in range(len(listing.groups))
    ]


@pytest.mark.parametrize("by", GROUPINGS)
def test_every_grouping_holds_the_same_passages(coded, by):
    found = find_answers(coded, "KM+ OR NS")
    plain, grouped = found.listing(coded, None), found.listing(coded, by)
    assert {row[:2] for row in rows(grouped)} == {row[:2] for row in rows(plain)}
    assert set(grouped.uids(range(len(grouped)))) == set(plain.uids(range(len(plain))))


def test_under_a_code_stand_that_codes_codings_alone(coded):
    grouped = find_answers(coded, "KM+ OR NS").listing(coded, "code")
    both = [codes for source, quote, codes in rows(grouped) if quote == "Then we built trust, slowly."]
    assert both == [("KM.TRUST",), ("NS",)]
    assert [len(grouped.uids([row])) for row in range(len(grouped))] == [1, 1, 1, 1, 1]


def test_a_passage_of_a_question_carries_all_codings_that_touch_it(coded):
    found = find_answers(coded, "KM.TRUST AND NS")
    answer = coded.queries.ask("KM.TRUST AND NS")
    [passage] = answer.passages()
    [segment] = found.listing(coded, None).segments(0, 9, 0)
    assert {one.uid for one in segment.codings} == set(passage.evidence)
    assert segment.speaker == passage.speaker


def test_a_bad_question_says_where(coded):
    with pytest.raises(BadQueryError) as fault:
        find_answers(coded, "KM AND (")
    assert fault.value.place == 8


def test_words_are_found_without_codings(coded):
    listing = find_words(coded, "trust").listing(coded, "source")
    assert groups(listing) == [("S1 berit", 1), ("S2 kari", 2)]
    assert listing.uids([0, 1, 2]) == ()
    assert groups(find_words(coded, "trust").listing(coded, "code")) == [("not coded", 3)]


def test_evidence_is_codings_or_events(coded):
    [coding] = coded.codings.in_source(coded.sources.find("S2"), "Bo")
    found = find_evidence(coded, [coding.uid, "0" * 26])
    assert rows(found.listing(coded, None)) == [("S2", "Perhaps.", ("KM",))]
    assert found.notes == ("1 of the evidence has no passage to show",)
    source = coded.sources.find("S1")
    event = coded.events.add("A workshop", "2009", source=source, quote="The workshop helped.")
    [segment] = find_evidence(coded, [event.id]).listing(coded, None).segments(0, 9, 0)
    assert (segment.quote, segment.note) == ("The workshop helped.", f"{event.id} A workshop")


def test_a_coding_that_went_is_said_to_have_gone(coded):
    listing = find_of_code(coded, "KM.TRUST", subtree=False).listing(coded, None)
    coded.codings.remove(listing.uids([0]))
    [segment, _] = listing.segments(0, 9, 0)
    assert (segment.codings, segment.uncoded) == ((), 1)


def test_an_unknown_grouping_is_refused(coded):
    with pytest.raises(UsageError, match="by “weather”"):
        find_of_code(coded, "KM", subtree=True).listing(coded, "weather")


def test_an_empty_project_has_empty_groups(project):
    for by in (None, *GROUPINGS):
        listing = find_of_code(project, "KM", subtree=True).listing(project, by)
        assert (len(listing), listing.groups, listing.segments(0, 9, 0)) == (0, (), ())
    assert len(find_answers(project, "KM AND NS").listing(project, "speaker")) == 0
    assert len(find_words(project, "zebra").listing(project, "speaker")) == 0
