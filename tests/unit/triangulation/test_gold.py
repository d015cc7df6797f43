"""Published and worked values: every case of the shared gold set that speaks of what we offer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from qualcase.triangulation import coefficients, tables
from qualcase.triangulation.agreement import measure_agreement
from qualcase.triangulation.spans import CodedSpans, Units
from qualcase.triangulation.unitizing import measure_unitizing

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared

# How many values of each case we answer. The other twenty cases speak of missing ratings, of several
# values by more than two coders, of sets, or of coefficients that we do not offer.
MET = {
    "cohen1960_p37": 8,
    "cohen1960_p45": 12,
    "artstein_poesio_1": 7,
    "artstein_poesio_2_weighted": 2,
    "brennan_prediger_1": 3,
    "brennan_prediger_2": 3,
    "zwick_1": 4,
    "zwick_2": 4,
    "kripp2004_p246a": 4,
    "gwet_paradox_2x2": 5,
    "gwet_likert4": 2,
    "cohen1968_weighted": 2,
    "kripp2011_A": 3,
    "kripp2011_B": 2,
    "fleiss1971": 5,
    "randolph_1": 2,
    "ualpha_alex_paul_suzan": 13,
    "ualpha_hand2": 5,
    "kripp1995_digitised_A": 3,
    "kripp1995_digitised_C": 2,
    "nvivo_help": 1,
    "hand_chars": 13,
    "hand_chars_3coders": 4,
    "hand_sentences_3coders": 4,
}
TWO_VALUED = {
    "percent": coefficients.percent,
    "percent_pairwise": coefficients.percent,
    "fleiss": coefficients.fleiss_kappa,
    "pi": coefficients.fleiss_kappa,
    "alpha_nominal": coefficients.krippendorff_alpha,
    "ac1": coefficients.gwet_ac1,
    "bp_gwet": coefficients.pabak,
}


@pytest.fixture(scope="module")
def cases(shared: Path) -> dict[str, Any]:
    gold = json.loads((shared / "data/agreement/gold.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in gold}


@pytest.mark.parametrize(("name", "values"), MET.items())
def test_the_published_values_are_met(cases: dict[str, Any], name: str, values: int) -> None:
    answers = _answer(cases[name]["data"])
    answered = [expected for expected in cases[name]["expected"] if expected["stat"] in answers]
    for expected in answered:
        _compare(expected, answers[expected["stat"]])
    assert sum(len(_values(expected["value"])) for expected in answered) == values


def test_no_case_that_we_could_answer_is_left_out(cases: dict[str, Any]) -> None:
    answerable = {
        name
        for name, case in cases.items()
        if {expected["stat"] for expected in case["expected"]} & set(_answer(case["data"]))
    }
    assert answerable == set(MET)
    assert (len(cases), len(MET), sum(MET.values())) == (44, 24, 113)


def _values(value: Any) -> list[float]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list) else [value]


def _compare(expected: dict[str, Any], found: Any) -> None:
    wanted = _values(expected["value"])
    if isinstance(found, dict):
        found = [found[value] for value in expected["value"]]
    assert np.ravel(found).tolist() == pytest.approx(wanted, rel=0, abs=expected["tol"] + 1e-12), expected


def _answer(data: dict[str, Any]) -> dict[str, Any]:
    answer = ANSWERS.get(data["kind"])
    return answer(data) if answer else {}


def _table(data: dict[str, Any]) -> dict[str, Any]:
    table = np.array(data["table"], dtype=float)
    linear, quadratic = tables.linear_weights(len(table)), tables.quadratic_weights(len(table))
    answers = {
        "percent": tables.percent(table),
        "kappa": tables.cohen_kappa(table),
        "kappa_se": tables.cohen_kappa_se(table),
        "kappa_linear": tables.cohen_kappa(table, linear),
        "kappa_linear_se": tables.cohen_kappa_se(table, linear),
        "kappa_quadratic": tables.cohen_kappa(table, quadratic),
        "kappa_quadratic_se": tables.cohen_kappa_se(table, quadratic),
        "pi": tables.scott_pi(table),
        "bp": tables.brennan_prediger(table),
        "alpha_nominal": tables.krippendorff_alpha(table),
        "ac1": tables.gwet_ac(table),
        "ac1_se": tables.gwet_ac_se(table),
        "ac2_quadratic": tables.gwet_ac(table, quadratic),
    }
    if "distance" in data:
        weights = 1 - np.array(data["distance"], dtype=float) / np.max(data["distance"])
        answers["kappa_custom"] = tables.cohen_kappa(table, weights)
        answers["alpha_custom"] = tables.krippendorff_alpha(table, weights)
    return answers


def _matrix(data: dict[str, Any]) -> dict[str, Any]:
    """Treat ratings without gaps: two values with every coefficient, else one against the rest."""
    ratings = np.array(data["coders"], dtype=object)
    if (ratings == None).any():  # noqa: E711 — compares every element
        return {}
    values = sorted(set(ratings.ravel().tolist()), key=str)
    answers = {
        f"fleiss_cat_{value}": coefficients.fleiss_kappa(_by_number(ratings == value)) for value in values
    }
    if len(values) == 2:
        counts = _by_number(ratings == values[1])
        answers |= {name: measure(counts) for name, measure in TWO_VALUED.items()}
    if len(ratings) == 2:
        answers |= _table(
            {"table": [[np.sum((ratings[0] == a) & (ratings[1] == b)) for b in values] for a in values]}
        )
    return answers


def _by_number(coded: Any) -> Any:
    return np.bincount(coded.sum(axis=0).astype(int), minlength=len(coded) + 1)


def _spans(data: dict[str, Any]) -> dict[str, Any]:
    values = sorted({value for coder in data["coders"] for *_, value in coder})
    rows = [
        (0, coder, values.index(value), start, end)
        for coder, units in enumerate(data["coders"])
        for start, end, value in units
    ]
    if data.get("begin") is not None or data["L"] == 20:
        return {}
    found = measure_unitizing(
        CodedSpans.from_rows(rows), length=data["L"], coders=len(data["coders"]), values=len(values)
    )
    answers = {"u_alpha": found.u_alpha, "u_alpha_binary": found.u_alpha_binary, "cu_alpha": found.cu_alpha}
    answers |= {f"cu_cover_{value}": found.ku_coverage[number] for number, value in enumerate(values)}
    return answers | {"ku_alpha": dict(zip(values, found.ku_alpha, strict=True))}


def _characters(data: dict[str, Any]) -> dict[str, Any]:
    rows = [(0, coder, 0, *span) for coder, name in enumerate(("c1", "c2")) for span in data[name]]
    units = Units.from_rows({"text": data["n"]}, [(0, *sentence) for sentence in data["sentences"]])
    answers: dict[str, Any] = {}
    for short, unit in (("char", "character"), ("sent", "sentence")):
        report = measure_agreement(
            CodedSpans.from_rows(rows), units, coders=("1", "2"), codes=("A",), unit=unit
        )
        row = report.codes[0]
        answers |= {
            f"{short}_table": [row.both, row.first, row.second, row.neither],
            f"{short}_percent": row.percent,
            f"{short}_kappa": row.cohen_kappa,
            f"{short}_alpha": row.krippendorff_alpha,
        }
    return answers


def _cells(data: dict[str, Any]) -> dict[str, Any]:
    return {"nvivo_percent": coefficients.percent([data["none"], data["single"], data["both"]])}


ANSWERS = {"table2": _table, "matrix": _matrix, "spans": _spans, "charex": _characters, "cells2": _cells}
