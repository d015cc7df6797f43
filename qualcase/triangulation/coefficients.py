"""Agreement on one code, yes or no, for any number of coders.

Counts by number have shape (..., m + 1): how many units 0, 1, … m of the m coders coded. Cells have
shape (..., 4): both, first only, second only, neither. Answers have shape (...); undefined is nan.
Where nobody coded anything, or everybody everything, there is nothing that chance could have
changed, and every coefficient that allows for chance is undefined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from qualcase.triangulation import tables
from qualcase.triangulation.tables import divide

if TYPE_CHECKING:
    from qualcase.triangulation.spans import Integers, Reals

# A unit is coded by none, one or both of two coders.
PAIR_CLASSES = 3


def percent(counts: Integers | Reals) -> Reals:
    """Share of agreeing pairs of coders, over all units (0 to 1)."""
    return 1 - _differing(np.asarray(counts, dtype=np.float64))


def fleiss_kappa(counts: Integers | Reals) -> Reals:
    """Fleiss' kappa; with two coders Scott's pi (Fleiss 1971; Scott 1955)."""
    counts = np.asarray(counts, dtype=np.float64)
    coded, uncoded = _judgements(counts)
    return 1 - divide(_differing(counts) * (coded + uncoded) ** 2, 2 * coded * uncoded)


def krippendorff_alpha(counts: Integers | Reals) -> Reals:
    """Krippendorff's alpha for a yes-or-no variable without gaps (Krippendorff 2019, ch. 12)."""
    counts = np.asarray(counts, dtype=np.float64)
    coded, uncoded = _judgements(counts)
    judgements = coded + uncoded
    return 1 - divide(_differing(counts) * (judgements - 1) * judgements, 2 * coded * uncoded)


def gwet_ac1(counts: Integers | Reals) -> Reals:
    """Gwet's AC1 (2008)."""
    counts = np.asarray(counts, dtype=np.float64)
    by_chance = _gwet_chance(counts)
    return divide(1 - _differing(counts) - by_chance, 1 - by_chance)


def gwet_ac1_se(counts: Integers | Reals) -> Reals:
    """Estimate the standard error of AC1 over units, without a finite population (Gwet 2008).

    As published, the variance is divided by the number of units for two coders, by one less for more.
    """
    counts = np.asarray(counts, dtype=np.float64)
    by_chance, coefficient = _gwet_chance(counts)[..., None], gwet_ac1(counts)[..., None]
    coded, uncoded = _judgements(counts)
    share = divide(coded, coded + uncoded)[..., None]
    numbers = np.arange(counts.shape[-1]) / (counts.shape[-1] - 1)
    chance = numbers * (1 - share) + (1 - numbers) * share - by_chance
    agreeing = 1 - _pair_weights(counts.shape[-1] - 1)
    influence = divide(agreeing - by_chance - 2 * (1 - coefficient) * chance, 1 - by_chance) - coefficient
    units = counts.sum(axis=-1)
    divisor = units if counts.shape[-1] == PAIR_CLASSES else np.maximum(units - 1, 0)
    return np.sqrt(divide((counts * influence**2).sum(axis=-1), units * divisor))


def pabak(counts: Integers | Reals) -> Reals:
    """Agreement adjusted for prevalence and bias: Brennan & Prediger's kappa for two values."""
    counts = np.asarray(counts, dtype=np.float64)
    return np.where(_varies(counts), 1 - 2 * _differing(counts), np.nan)


def positive_agreement(counts: Integers | Reals) -> Reals:
    """Of all pairs in which one coder coded the unit, the share in which the other did too."""
    counts = np.asarray(counts, dtype=np.float64)
    coders = counts.shape[-1] - 1
    numbers = np.arange(coders + 1)
    above = (counts * numbers * (numbers - 1)).sum(axis=-1)
    return divide(above, (counts * numbers).sum(axis=-1) * (coders - 1))


def negative_agreement(counts: Integers | Reals) -> Reals:
    """Of all pairs in which one coder left the unit uncoded, the share in which the other did too."""
    return positive_agreement(np.asarray(counts, dtype=np.float64)[..., ::-1])


def cohen_kappa(cells: Integers | Reals) -> Reals:
    """Cohen's kappa from the four cells (Cohen 1960)."""
    return tables.cohen_kappa(_square(cells))


def cohen_kappa_se(cells: Integers | Reals) -> Reals:
    """Large-sample standard error of kappa (Fleiss, Cohen & Everitt 1969)."""
    return tables.cohen_kappa_se(_square(cells))


def prevalence_index(cells: Integers | Reals) -> Reals:
    """How far both-coded and neither-coded units are out of balance, 0 to 1 (Byrt et al. 1993)."""
    cells = np.asarray(cells, dtype=np.float64)
    return divide(np.abs(cells[..., 0] - cells[..., 3]), cells.sum(axis=-1))


def bias_index(cells: Integers | Reals) -> Reals:
    """How far one coder uses the code more often than the other, 0 to 1 (Byrt et al. 1993)."""
    cells = np.asarray(cells, dtype=np.float64)
    return divide(np.abs(cells[..., 1] - cells[..., 2]), cells.sum(axis=-1))


def _square(cells: Integers | Reals) -> Reals:
    cells = np.asarray(cells, dtype=np.float64)
    return cells.reshape(*cells.shape[:-1], 2, 2)


def _pair_weights(coders: int) -> Reals:
    """Share of the pairs of coders that differ, for a unit coded by 0, 1, … of them."""
    numbers = np.arange(coders + 1, dtype=np.float64)
    return 2 * numbers * (coders - numbers) / (coders * (coders - 1))


def _differing(counts: Reals) -> Reals:
    weights = _pair_weights(counts.shape[-1] - 1)
    return divide((counts * weights).sum(axis=-1), counts.sum(axis=-1))


def _judgements(counts: Reals) -> tuple[Reals, Reals]:
    """How many of all judgements, one for each coder and unit, said yes and how many no."""
    numbers = np.arange(counts.shape[-1])
    return (counts * numbers).sum(axis=-1), (counts * numbers[::-1]).sum(axis=-1)


def _varies(counts: Reals) -> Reals:
    coded, uncoded = _judgements(counts)
    return np.asarray((coded > 0) & (uncoded > 0))


def _gwet_chance(counts: Reals) -> Reals:
    coded, uncoded = _judgements(counts)
    chance = divide(2 * coded * uncoded, (coded + uncoded) ** 2)
    return np.where(_varies(counts), chance, np.nan)
