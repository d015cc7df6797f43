"""How far coders agree, code by code.

Codes may overlap, so each code is its own yes-or-no question and no figure pools them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcase.triangulation import coefficients
from qualcase.triangulation.bootstrap import DRAWS, FEWEST_SOURCES, bootstrap_alpha
from qualcase.triangulation.counting import PAIR, count_agreement
from qualcase.triangulation.errors import AgreementRequestError
from qualcase.triangulation.evidence import CodeEvidence
from qualcase.triangulation.exclusion import take_out
from qualcase.triangulation.notes import describe_code, describe_scope
from qualcase.triangulation.spans import check_fit
from qualcase.triangulation.unitizing import alpha_binary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.triangulation.bootstrap import Interval
    from qualcase.triangulation.counting import Counts
    from qualcase.triangulation.spans import CodedSpans, Integers, Reals, Units

UNITS = ("character", "sentence", "turn", "document")
RULES = ("any", "half")
MOST_CODERS = 62


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """Agreement on one code: cells in units, coefficients, and None with a note where undefined.

    Shares run from 0 to 1. `percent`, `positive_agreement` and `negative_agreement` are over pairs
    of coders where there are more than two. `u_alpha_binary` compares passages, whatever the unit.
    `ci95` is for Krippendorff's alpha.
    """

    code: str
    units: int
    both: int
    first: int | None
    second: int | None
    neither: int
    percent: float | None
    cohen_kappa: float | None
    cohen_kappa_se: float | None
    fleiss_kappa: float | None
    krippendorff_alpha: float | None
    gwet_ac1: float | None
    gwet_ac1_se: float | None
    pabak: float | None
    positive_agreement: float | None
    negative_agreement: float | None
    prevalence_index: float | None
    bias_index: float | None
    u_alpha_binary: float | None
    ci95: tuple[float, float] | None
    ci_method: str | None
    undefined_draws: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Agreement of these coders over these sources, codes ordered by positive agreement, lowest first."""

    unit: str
    rule: str
    coders: tuple[str, ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    codes: tuple[CodeAgreement, ...]


def measure_agreement(
    layers: CodedSpans,
    units: Units,
    *,
    coders: tuple[str, ...],
    codes: tuple[str, ...],
    unit: str = "character",
    rule: str = "any",
    seed: int = 0,
) -> AgreementReport:
    """Compare coders over all sources of `units`; what no coder coded counts as agreed not to be.

    `unit` is character, sentence, turn or document; `rule` (any or half) says when a unit larger than
    a character is coded. Raises `AgreementRequestError` or `AgreementDataError`.
    """
    check_request(coders, unit, rule)
    check_fit(layers, units, coders=len(coders), codes=len(codes))
    spans, left = take_out(layers, units)
    counts = count_agreement(spans, left, coders=len(coders), codes=len(codes), unit=unit, rule=rule)
    rows = _rows(codes, coders, counts, unit, seed)
    excluded = int(units.lengths.sum() - left.lengths.sum())
    notes = tuple(describe_scope(unit, rule, coders, excluded))
    return AgreementReport(unit, rule, coders, units.names, notes, tuple(sorted(rows, key=_worst_first)))


def check_request(coders: tuple[str, ...], unit: str, rule: str) -> None:
    """Refuse an unknown unit or rule, and anything but two or more different coders."""
    if not PAIR <= len(coders) <= MOST_CODERS:
        raise AgreementRequestError(
            f"Agreement is between {PAIR} to {MOST_CODERS} coders, but {len(coders)} took part."
        )
    if len(set(coders)) < len(coders):
        raise AgreementRequestError("A coder was named twice; nobody can be compared with themselves.")
    if unit not in UNITS:
        raise AgreementRequestError(
            f"“{unit}” is not a unit of agreement.", hint=f"Choose one of {', '.join(UNITS)}."
        )
    if rule not in RULES:
        raise AgreementRequestError(
            f"“{rule}” is not a rule for when a unit is coded.", hint=f"Choose one of {', '.join(RULES)}."
        )


def _rows(
    codes: tuple[str, ...], coders: tuple[str, ...], counts: Counts, unit: str, seed: int
) -> list[CodeAgreement]:
    counted = counts.by_number[:, counts.by_number[:1].sum(axis=(0, 2)) > 0]
    sources = counted.shape[1]
    intervals: Sequence[Interval | None] = [None] * len(codes)
    if sources >= FEWEST_SOURCES:
        intervals = bootstrap_alpha(counted, seed=seed)
    method = f"percentile bootstrap of krippendorff_alpha over {sources} sources, {DRAWS} draws, seed {seed}"
    figures = _figures(counts)
    rows = []
    for number, code in enumerate(codes):
        evidence = _weigh(number, counts, unit, sources, intervals[number])
        figure = {name: _or_none(column[number]) for name, column in figures.items()}
        rows.append(_row(code, evidence, figure, intervals[number], method, describe_code(evidence, coders)))
    return rows


def _figures(counts: Counts) -> dict[str, Reals]:
    """Every coefficient, as a column along codes."""
    by_number = counts.by_number.sum(axis=1)
    undefined = np.full(by_number.shape[:1], np.nan)
    cells = counts.cells
    return {
        "percent": coefficients.percent(by_number),
        "cohen_kappa": undefined if cells is None else coefficients.cohen_kappa(cells),
        "cohen_kappa_se": undefined if cells is None else coefficients.cohen_kappa_se(cells),
        "fleiss_kappa": coefficients.fleiss_kappa(by_number),
        "krippendorff_alpha": coefficients.krippendorff_alpha(by_number),
        "gwet_ac1": coefficients.gwet_ac1(by_number),
        "gwet_ac1_se": coefficients.gwet_ac1_se(by_number),
        "pabak": coefficients.pabak(by_number),
        "positive_agreement": coefficients.positive_agreement(by_number),
        "negative_agreement": coefficients.negative_agreement(by_number),
        "prevalence_index": undefined if cells is None else coefficients.prevalence_index(cells),
        "bias_index": undefined if cells is None else coefficients.bias_index(cells),
        "u_alpha_binary": alpha_binary(counts.characters, counts.squares),
    }


def _weigh(number: int, counts: Counts, unit: str, sources: int, interval: Interval | None) -> CodeEvidence:
    by_number: Integers = counts.by_number[number].sum(axis=0)
    first, second = (None, None) if counts.cells is None else counts.cells[number, 1:3].tolist()
    return CodeEvidence(
        unit=unit,
        units=int(by_number.sum()),
        sources=sources,
        touched=int(by_number[1:].sum()),
        passages=int(counts.passages[number]),
        both=int(by_number[-1]),
        first=first,
        second=second,
        undefined_draws=interval.undefined_draws if interval else 0,
    )


def _row(
    code: str,
    evidence: CodeEvidence,
    figure: dict[str, float | None],
    interval: Interval | None,
    method: str,
    note: str | None,
) -> CodeAgreement:
    # Without any disagreement the interval would be 1 to 1 and the standard error 0: a false certainty.
    drawn = None if evidence.flawless else interval
    limits = drawn.limits if drawn else None
    return CodeAgreement(
        code=code,
        units=evidence.units,
        both=evidence.both,
        first=evidence.first,
        second=evidence.second,
        neither=evidence.units - evidence.touched,
        percent=figure["percent"],
        cohen_kappa=figure["cohen_kappa"],
        cohen_kappa_se=None if evidence.flawless or evidence.constant else figure["cohen_kappa_se"],
        fleiss_kappa=figure["fleiss_kappa"],
        krippendorff_alpha=figure["krippendorff_alpha"],
        gwet_ac1=figure["gwet_ac1"],
        gwet_ac1_se=None if evidence.flawless else figure["gwet_ac1_se"],
        pabak=figure["pabak"],
        positive_agreement=figure["positive_agreement"],
        negative_agreement=figure["negative_agreement"],
        prevalence_index=figure["prevalence_index"],
        bias_index=figure["bias_index"],
        u_alpha_binary=figure["u_alpha_binary"],
        ci95=limits,
        ci_method=method if limits else None,
        undefined_draws=drawn.undefined_draws if drawn else None,
        note=note,
    )


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _worst_first(row: CodeAgreement) -> tuple[bool, float]:
    return row.positive_agreement is None, row.positive_agreement or 0.0
