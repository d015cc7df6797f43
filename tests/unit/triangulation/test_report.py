"""What the report says in words, what it refuses, and how sources carry the interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qualcase.triangulation.agreement import measure_agreement
from qualcase.triangulation.errors import AgreementRequestError
from qualcase.triangulation.spans import CodedSpans, Units

if TYPE_CHECKING:
    from qualcase.triangulation.agreement import AgreementReport

Row = tuple[int, int, int, int, int]


def measure(rows: list[Row], sources: int = 10, **options: object) -> AgreementReport:
    units = Units.from_rows({f"S{number}": 1000 for number in range(sources)})
    arguments: dict[str, object] = {"coders": ("Ada", "Bo"), "codes": ("K",)} | options
    return measure_agreement(CodedSpans.from_rows(rows), units, **arguments)  # type: ignore[arg-type]


def note(rows: list[Row], sources: int = 10, **options: object) -> str | None:
    return measure(rows, sources, **options).codes[0].note


def test_a_code_that_nobody_used_has_no_coefficient() -> None:
    row = measure([]).codes[0]
    assert (row.both, row.first, row.second, row.neither, row.percent) == (0, 0, 0, 10000, 1)
    assert {row.cohen_kappa, row.fleiss_kappa, row.krippendorff_alpha, row.gwet_ac1, row.pabak} == {None}
    assert {row.positive_agreement, row.u_alpha_binary, row.cohen_kappa_se, row.ci95} == {None}
    assert row.note == "nobody coded it in these sources"


def test_a_scope_without_units_is_not_perfect() -> None:
    report = measure([], sources=0)
    assert (report.codes[0].percent, report.codes[0].note) == (
        None,
        "there is nothing to count in these sources",
    )


def test_a_code_of_one_coder_says_so() -> None:
    rows = [(source, 1, 0, 0, 100) for source in range(10)]
    row = measure(rows).codes[0]
    assert row.note is not None
    assert "one-sided: Bo codes it, Ada does not (bias .10)" in row.note
    assert "kappa is 0 whatever the other did" in row.note
    assert (row.cohen_kappa, row.cohen_kappa_se) == (0, None)


def test_a_small_bias_is_not_shown_as_none() -> None:
    assert "(bias below .01)" in str(note([(source, 0, 0, 0, 2) for source in range(10)]))


def test_few_sources_give_no_interval() -> None:
    rows = [(source, coder, 0, coder * 5, 100) for source in range(7) for coder in (0, 1)]
    row = measure(rows, sources=7).codes[0]
    assert (row.ci95, row.ci_method, row.undefined_draws) == (None, None, None)
    assert row.note == "no interval: it takes at least 8 sources (here 7)"


def test_eight_sources_give_one() -> None:
    rows = [(source, coder, 0, coder * source, 100) for source in range(8) for coder in (0, 1)]
    row = measure(rows, sources=8, seed=3).codes[0]
    assert row.ci95 is not None
    assert row.krippendorff_alpha is not None
    assert row.ci95[0] < row.krippendorff_alpha < row.ci95[1]
    assert row.ci_method == "percentile bootstrap of krippendorff_alpha over 8 sources, 1000 draws, seed 3"
    assert row.note is None


def test_perfect_agreement_gives_a_limit_instead_of_an_interval() -> None:
    rows = [(source, coder, 0, 0, 100) for source in range(8) for coder in (0, 1)]
    said = str(note(rows, unit="document", sources=40))
    assert said == "no disagreement in 40 units; rule-of-three upper limit 7.5 %"
    assert "characters as independent" in str(note(rows))


def test_few_units_are_to_be_read_as_counts() -> None:
    rows = [(source, coder, 0, 0, 100) for source in range(5) for coder in (0, 1)]
    assert "fewer than 20 units (10): read the counts, not the percentage" in str(note(rows, unit="document"))
    assert "fewer than" not in str(note(rows, unit="document", sources=20))


def test_rarity_is_counted_in_passages_where_units_are_characters() -> None:
    rows = [(0, 0, 0, 0, 500), (0, 1, 0, 400, 600), (1, 0, 0, 0, 500)]
    assert "rare: 2 passages touched; not assessable" in str(note(rows))


def test_one_passage_is_rare_in_the_singular() -> None:
    assert "rare: 1 passage touched; not assessable" in str(note([(0, 0, 0, 0, 500)]))


def test_what_covers_everything_is_not_rare() -> None:
    rows = [(source, coder, 0, 0, 100) for source in range(2) for coder in (0, 1)]
    said = str(note(rows, unit="document", sources=2))
    assert "everybody coded everything" in said
    assert "rare" not in said


def test_rarity_is_counted_in_units_where_units_are_larger() -> None:
    sentences = [(0, start, start + 10) for start in range(0, 100, 10)]
    units = Units.from_rows({"S0": 100}, sentences)
    spans = CodedSpans.from_rows([(0, 0, 0, 0, 35), (0, 1, 0, 0, 15)])
    report = measure_agreement(spans, units, coders=("Ada", "Bo"), codes=("K",), unit="sentence")
    assert report.codes[0].both + (report.codes[0].first or 0) == 4
    assert "rare" not in str(report.codes[0].note)


@pytest.mark.parametrize(("bo", "said"), [(1, True), (2, False)])
def test_one_sided_is_nine_to_one_or_more(bo: int, said: bool) -> None:
    rows = [(source, int(source < bo), 0, 0, 100) for source in range(9 + bo)]
    assert ("one-sided: Ada" in str(note(rows, sources=20, unit="document"))) is said


def test_sources_without_a_unit_do_not_count_towards_an_interval() -> None:
    rows = [(source, coder, 0, coder * 5, 90) for source in range(8) for coder in (0, 1)]
    units = Units.from_rows({f"S{number}": 100 for number in range(8)}, excluded=[(7, 0, 100)])
    report = measure_agreement(CodedSpans.from_rows(rows), units, coders=("Ada", "Bo"), codes=("K",))
    assert report.codes[0].note == "no interval: it takes at least 8 sources (here 7)"


def test_no_verdict_in_words_is_ever_given() -> None:
    rows = [(source, coder, 0, coder * source, 100) for source in range(9) for coder in (0, 1)]
    said = f"{measure(rows).notes} {note(rows)} {note(rows, unit='document')}".lower()
    assert not [
        band for band in ("slight", "fair", "moderate", "substantial", "almost perfect") if band in said
    ]


def test_codes_come_lowest_positive_agreement_first_and_unused_last() -> None:
    rows = [(0, coder, 0, 0, 100) for coder in (0, 1)] + [
        (0, 0, 2, 0, 10),
        (0, 0, 3, 0, 10),
        (0, 1, 3, 5, 10),
    ]
    report = measure(rows, codes=("same", "unused", "alone", "part"))
    assert [row.code for row in report.codes] == ["alone", "part", "same", "unused"]


def test_the_scope_is_described() -> None:
    report = measure([], unit="sentence", rule="half")
    assert report.notes == (
        (
            "A sentence counts as coded where at least half of its characters are coded; "
            "the rule can change the answer."
        ),
    )
    assert "over all pairs of coders" in measure([], coders=("Ada", "Bo", "Cy")).notes[-1]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"coders": ("Ada",)}, "between 2 to 62 coders, but 1 took part"),
        ({"coders": ("Ada", "Ada")}, "named twice"),
        ({"unit": "word"}, "“word” is not a unit of agreement"),
        ({"rule": "most"}, "“most” is not a rule"),
    ],
)
def test_a_request_without_an_answer_is_refused(options: dict[str, object], words: str) -> None:
    with pytest.raises(AgreementRequestError, match=words):
        measure([], **options)
