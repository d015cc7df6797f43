"""Two coders, thirty segments, four codes: the fixture that the agreement report must reproduce."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import pytest

from qualcase.triangulation.agreement import measure_agreement
from qualcase.triangulation.bootstrap import bootstrap_alpha
from qualcase.triangulation.counting import count_agreement
from qualcase.triangulation.disagreements import list_disagreements
from qualcase.triangulation.spans import CodedSpans, Units

if TYPE_CHECKING:
    from pathlib import Path

    from qualcase.triangulation.agreement import AgreementReport

pytestmark = pytest.mark.shared

CODES = ("KM", "IA", "NS", "NH")
UNITS = Units.from_rows({f"segment {number}": 10 for number in range(30)})
NAMES = {
    "units": "n",
    "both": "both",
    "first": "a_only",
    "second": "b_only",
    "neither": "neither",
    "percent": "percent",
    "cohen_kappa": "kappa",
    "krippendorff_alpha": "alpha",
    "gwet_ac1": "ac1",
    "pabak": "pabak",
    "positive_agreement": "positive_agreement",
    "negative_agreement": "negative_agreement",
    "prevalence_index": "prevalence_index",
    "bias_index": "bias_index",
}


@pytest.fixture(scope="module")
def fixture(shared: Path) -> dict[str, Any]:
    golden = json.loads((shared / "data/healthinnovation/golden_numbers.json").read_text(encoding="utf-8"))
    return golden["agreement_fixture"]


@pytest.fixture(scope="module")
def layers(fixture: dict[str, Any]) -> CodedSpans:
    return CodedSpans.from_rows(
        (source, coder, CODES.index(code), 0, 10)
        for coder, name in enumerate(("coder_A", "coder_B"))
        for code, marks in fixture[name].items()
        for source, mark in enumerate(marks)
        if mark == "1"
    )


@pytest.fixture(scope="module")
def report(layers: CodedSpans) -> AgreementReport:
    return measure_agreement(layers, UNITS, coders=("A", "B"), codes=CODES, unit="document", seed=20240501)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", NAMES)
def test_every_value_to_four_decimals(
    report: AgreementReport, fixture: dict[str, Any], code: str, name: str
) -> None:
    row = asdict(next(row for row in report.codes if row.code == code))
    assert row[name] == pytest.approx(fixture["expected"][code][NAMES[name]], abs=5.1e-5)


def test_the_interval_is_the_fixtures_for_its_seed(layers: CodedSpans, fixture: dict[str, Any]) -> None:
    counts = count_agreement(layers, UNITS, coders=2, codes=4, unit="document", rule="any").by_number
    for code, interval in zip(CODES, bootstrap_alpha(counts, seed=20240501, draws=5000), strict=True):
        expected = fixture["expected"][code]
        assert interval.limits == pytest.approx(expected["alpha_boot95_segment"], abs=5.1e-5)
        assert interval.undefined_draws == expected["boot_undefined"]


@pytest.mark.parametrize("seed", range(6))
def test_another_seed_moves_the_interval_little(
    layers: CodedSpans, fixture: dict[str, Any], seed: int
) -> None:
    found = measure_agreement(layers, UNITS, coders=("A", "B"), codes=CODES, unit="document", seed=seed)
    for row in found.codes:
        if row.code != "NS":
            expected = fixture["expected"][row.code]["alpha_boot95_segment"]
            assert row.ci95 == pytest.approx(expected, abs=0.04)


def test_the_weakest_code_comes_first(report: AgreementReport) -> None:
    assert [row.code for row in report.codes] == ["NH", "IA", "KM", "NS"]


def test_the_notes_say_what_the_numbers_hide(report: AgreementReport) -> None:
    notes = {row.code: row.note for row in report.codes}
    assert notes["KM"] is None
    assert str(notes["IA"]).startswith("rare: 3 units touched; not assessable; alpha was undefined in ")
    assert notes["NS"] == "no disagreement in 30 units; rule-of-three upper limit 10 %"
    assert str(notes["NH"]).startswith("one-sided: A codes it, B does not (bias .10)")


def test_no_interval_is_drawn_round_perfect_agreement(report: AgreementReport) -> None:
    perfect = next(row for row in report.codes if row.code == "NS")
    assert (perfect.ci95, perfect.ci_method, perfect.cohen_kappa_se) == (None, None, None)
    assert perfect.krippendorff_alpha == 1


def test_seven_disagreements(layers: CodedSpans) -> None:
    found = list_disagreements(layers, sources=UNITS.names, codes=CODES, parents={})
    assert [item.code for item in found] == ["KM"] * 2 + ["IA"] * 2 + ["NH"] * 3


def test_the_same_seed_gives_the_same_report(layers: CodedSpans, report: AgreementReport) -> None:
    again = measure_agreement(layers, UNITS, coders=("A", "B"), codes=CODES, unit="document", seed=20240501)
    assert again == report
