"""Agreement of two coders in square tables of counts; the rows are the first coder's.

Tables have shape (..., r, r) and answers shape (...). Weights have shape (r, r): 1 is full
agreement, 0 none; without them only the diagonal agrees. What is undefined is nan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from qualcase.triangulation.spans import Reals


def divide(above: Reals, below: Reals) -> Reals:
    """Divide, with nan wherever the lower side is 0."""
    above, below = np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64)
    out = np.full(np.broadcast_shapes(above.shape, below.shape), np.nan)
    np.divide(above, below, out=out, where=below != 0)
    return out


def linear_weights(size: int) -> Reals:
    """Weights that fall in proportion to the distance between ranked values."""
    ranks = np.arange(size, dtype=np.float64)
    return 1 - np.abs(ranks[:, None] - ranks) / (size - 1)


def quadratic_weights(size: int) -> Reals:
    """Weights that fall with the square of the distance between ranked values."""
    return 1 - (1 - linear_weights(size)) ** 2


def percent(tables: Reals, weights: Reals | None = None) -> Reals:
    """Share of the units on which both coders agree (0 to 1, weighted where weights are given)."""
    return _observed(_shares(tables), _or_diagonal(weights, tables))


def cohen_kappa(tables: Reals, weights: Reals | None = None) -> Reals:
    """Cohen's kappa, weighted where weights are given (Cohen 1960, 1968)."""
    shares, weights = _shares(tables), _or_diagonal(weights, tables)
    expected = _expected(shares, weights)
    return divide(_observed(shares, weights) - expected, 1 - expected)


def cohen_kappa_se(tables: Reals, weights: Reals | None = None) -> Reals:
    """Large-sample standard error of kappa (Fleiss, Cohen & Everitt 1969)."""
    shares, weights = _shares(tables), _or_diagonal(weights, tables)
    kappa, expected = cohen_kappa(tables, weights), _expected(shares, weights)
    rows = np.einsum("ij,...j->...i", weights, shares.sum(axis=-2))
    columns = np.einsum("ij,...i->...j", weights, shares.sum(axis=-1))
    pull = (rows[..., :, None] + columns[..., None, :]) * (1 - kappa)[..., None, None]
    spread = (shares * (weights - pull) ** 2).sum(axis=(-2, -1)) - (kappa - expected * (1 - kappa)) ** 2
    return np.sqrt(divide(np.maximum(spread, 0), _totals(tables) * (1 - expected) ** 2))


def scott_pi(tables: Reals, weights: Reals | None = None) -> Reals:
    """Scott's pi: chance from the values' shares over both coders (Scott 1955)."""
    shares, weights = _shares(tables), _or_diagonal(weights, tables)
    values = _values(shares)
    expected = np.einsum("...i,ij,...j->...", values, weights, values)
    return divide(_observed(shares, weights) - expected, 1 - expected)


def brennan_prediger(tables: Reals, weights: Reals | None = None) -> Reals:
    """Brennan & Prediger's kappa: all values equally likely by chance (1981)."""
    shares, weights = _shares(tables), _or_diagonal(weights, tables)
    expected = weights.mean()
    return divide(_observed(shares, weights) - expected, 1 - expected)


def krippendorff_alpha(tables: Reals, weights: Reals | None = None) -> Reals:
    """Krippendorff's alpha for two coders without gaps; a weight is 1 minus the metric's difference."""
    shares, weights = _shares(tables), _or_diagonal(weights, tables)
    values, ratings = _values(shares), 2 * _totals(tables)
    by_chance = np.einsum("...i,ij,...j->...", values, 1 - weights, values)
    differing = 1 - _observed(shares, weights)
    return 1 - divide(differing * (ratings - 1), by_chance * ratings)


def gwet_ac(tables: Reals, weights: Reals | None = None) -> Reals:
    """Gwet's AC1, or AC2 where weights are given (Gwet 2008)."""
    shares, weights = _shares(tables), _or_diagonal(weights, tables)
    expected = _gwet_expected(shares, weights)
    return divide(_observed(shares, weights) - expected, 1 - expected)


def gwet_ac_se(tables: Reals, weights: Reals | None = None) -> Reals:
    """Estimate the large-sample standard error of AC1 or AC2 for two coders (Gwet 2008)."""
    shares, weights = _shares(tables), _or_diagonal(weights, tables)
    expected, coefficient = _gwet_expected(shares, weights), gwet_ac(tables, weights)
    rare = 1 - _values(shares)
    size = weights.shape[0]
    pairs = (rare[..., :, None] + rare[..., None, :]) / 2 * weights.sum() / (size * (size - 1))
    chance = (pairs - expected[..., None, None]) * 2 * (1 - coefficient)[..., None, None]
    influence = weights - expected[..., None, None] - chance
    influence = divide(influence, (1 - expected)[..., None, None]) - coefficient[..., None, None]
    spread = (shares * influence**2).sum(axis=(-2, -1))
    return np.sqrt(divide(spread, _totals(tables)))


def _totals(tables: Reals) -> Reals:
    return np.asarray(np.sum(tables, axis=(-2, -1)), dtype=np.float64)


def _shares(tables: Reals) -> Reals:
    return divide(tables, _totals(tables)[..., None, None])


def _values(shares: Reals) -> Reals:
    return np.asarray((shares.sum(axis=-1) + shares.sum(axis=-2)) / 2)


def _or_diagonal(weights: Reals | None, tables: Reals) -> Reals:
    return np.eye(np.shape(tables)[-1]) if weights is None else np.asarray(weights, dtype=np.float64)


def _observed(shares: Reals, weights: Reals) -> Reals:
    return np.asarray((shares * weights).sum(axis=(-2, -1)))


def _expected(shares: Reals, weights: Reals) -> Reals:
    both = np.einsum("...i,ij,...j->...", shares.sum(axis=-1), weights, shares.sum(axis=-2))
    return np.asarray(both)


def _gwet_expected(shares: Reals, weights: Reals) -> Reals:
    size, values = weights.shape[0], _values(shares)
    return np.asarray((values * (1 - values)).sum(axis=-1) * weights.sum() / (size * (size - 1)))
