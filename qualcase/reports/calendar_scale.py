"""The days of a figure as numbers, and the years that hold them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcase.model.display import Figure


@dataclass(frozen=True, slots=True)
class Years:
    """The first and the last calendar year of a figure, both included."""

    first: int
    last: int

    @property
    def start(self) -> int:
        """Return the first day as an ordinal."""
        return date(self.first, 1, 1).toordinal()

    @property
    def end(self) -> int:
        """Return the last day as an ordinal."""
        return date(self.last, 12, 31).toordinal()

    def __len__(self) -> int:
        return self.last - self.first + 1


def day(iso: str) -> int:
    """Return an ISO day as an ordinal."""
    return date.fromisoformat(iso).toordinal()


def figure_years(figure: Figure) -> Years | None:
    """Return the years that a figure spans, or None where it has no date at all."""
    ends = [(mark.earliest, mark.latest) for mark in figure.marks]
    ends += [(band.earliest, band.latest) for band in figure.bands]
    bounds = [bound for pair in ends for bound in pair if bound]
    years = [date.fromisoformat(bound).year for bound in bounds]
    return Years(min(years), max(years)) if years else None
