"""Intervals by drawing whole sources again: neighbouring characters and sentences are not independent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcase.triangulation.coefficients import krippendorff_alpha

if TYPE_CHECKING:
    from qualcase.triangulation.spans import Integers, Reals

DRAWS = 1000
FEWEST_SOURCES = 8
PERCENTILES = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of the draws in which alpha was defined; None where it never was."""

    limits: tuple[float, float] | None
    undefined_draws: int


def bootstrap_alpha(counts: Integers, *, seed: int, draws: int = DRAWS) -> tuple[Interval, ...]:
    """Percentile intervals for Krippendorff's alpha, one for each code.

    `counts` by number of coders has shape (codes, sources, coders + 1). The same draws of sources
    serve every code, so that the answer depends on nothing but the counts and the seed.
    """
    weights = _draw(counts.shape[1], draws, seed)
    resampled = np.tensordot(weights, counts.astype(np.float64), axes=(1, 1))
    return tuple(_interval(alphas) for alphas in krippendorff_alpha(resampled).T)


def _draw(sources: int, draws: int, seed: int) -> Reals:
    """How often each source is drawn, with replacement: shape (draws, sources)."""
    picks = np.random.default_rng(seed).integers(0, sources, size=(draws, sources))
    keys = (picks + np.arange(draws)[:, None] * sources).ravel()
    return np.bincount(keys, minlength=draws * sources).reshape(draws, sources).astype(np.float64)


def _interval(alphas: Reals) -> Interval:
    defined = alphas[~np.isnan(alphas)]
    if defined.size == 0:
        return Interval(None, alphas.size)
    low, high = np.percentile(defined, PERCENTILES)
    return Interval((float(low), float(high)), alphas.size - defined.size)
