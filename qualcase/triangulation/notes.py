"""What a reader must know beside the numbers of one code, in plain words and without verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.triangulation.bootstrap import DRAWS, FEWEST_SOURCES
from qualcase.triangulation.counting import PAIR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcase.triangulation.evidence import CodeEvidence

RARE = 3
FEWEST_FOR_PERCENT = 20
ONE_SIDED = 9


def describe_code(evidence: CodeEvidence, coders: tuple[str, ...]) -> str | None:
    """Say why a number is missing or not to be trusted; None where there is nothing to say."""
    if evidence.units == 0:
        return "there is nothing to count in these sources"
    if evidence.touched == 0:
        return "nobody coded it in these sources"
    return "; ".join(_remarks(evidence, coders)) or None


def describe_scope(unit: str, rule: str, coders: tuple[str, ...], excluded: int) -> Iterator[str]:
    """Yield what holds for every code of a report."""
    if unit in {"sentence", "turn", "document"}:
        share = "any character of it is" if rule == "any" else "at least half of its characters are"
        yield f"A {unit} counts as coded where {share} coded; the rule can change the answer."
    if excluded:
        yield f"{excluded} characters of excluded text were taken out before counting."
    if unit == "character":
        yield "Standard errors treat characters as independent, which they are not: use the interval."
    if len(coders) > PAIR:
        yield "For more than two coders percent and the other coefficients are over all pairs of coders."


def _remarks(evidence: CodeEvidence, coders: tuple[str, ...]) -> Iterator[str]:
    if evidence.unanimous:
        yield "everybody coded everything; agreement beyond chance is undefined"
    elif evidence.passages <= RARE:
        counted = ("passage" if evidence.unit == "character" else "unit") + "s" * (evidence.passages != 1)
        yield f"rare: {evidence.passages} {counted} touched; not assessable"
    if evidence.first is None or evidence.second is None:
        yield "cells of a single coder and Cohen's kappa are defined for two coders only"
    else:
        yield from _side(evidence, evidence.first, evidence.second, coders)
    if evidence.units < FEWEST_FOR_PERCENT:
        yield f"fewer than {FEWEST_FOR_PERCENT} units ({evidence.units}): read the counts, not the percentage"
    yield from _certainty(evidence)


def _side(evidence: CodeEvidence, first: int, second: int, coders: tuple[str, ...]) -> Iterator[str]:
    if evidence.constant and not evidence.unanimous:
        yield "one coder gave it to all units or to none, so kappa is 0 whatever the other did"
    more, less = coders[:2] if first > second else coders[1::-1]
    lopsided = max(first, second) >= ONE_SIDED * min(first, second)
    if lopsided and max(first, second) > evidence.both:
        bias = abs(first - second) / evidence.units
        yield f"one-sided: {more} codes it, {less} does not (bias {_decimal(bias)})"


def _certainty(evidence: CodeEvidence) -> Iterator[str]:
    if evidence.unanimous:
        return
    if evidence.flawless:
        limit = f"{min(100, 300 / evidence.units):.2g}"
        yield f"no disagreement in {evidence.units} units; rule-of-three upper limit {limit} %"
        if evidence.unit == "character":
            yield "that limit takes characters as independent, which makes it too low"
    elif evidence.sources < FEWEST_SOURCES:
        yield f"no interval: it takes at least {FEWEST_SOURCES} sources (here {evidence.sources})"
    elif evidence.undefined_draws:
        yield f"alpha was undefined in {evidence.undefined_draws} of {DRAWS} draws"


def _decimal(value: float) -> str:
    shown = f"{value:.2f}".removeprefix("0")
    return "below .01" if shown == ".00" else shown
