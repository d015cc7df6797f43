"""The counts on which one code's agreement rests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodeEvidence:
    """Counts of units for one code; `passages` counts runs of characters, else the units touched.

    `both` means all coders. `first` and `second`, one coder alone, are None
    where there are more than two coders.
    """

    unit: str
    units: int
    sources: int
    touched: int
    passages: int
    both: int
    first: int | None
    second: int | None
    undefined_draws: int

    @property
    def unanimous(self) -> bool:
        """Everybody coded everything that can be counted."""
        return self.both == self.units

    @property
    def constant(self) -> bool:
        """One of two coders coded all the units, or none of them."""
        if self.first is None or self.second is None:
            return False
        return bool({self.both + self.first, self.both + self.second} & {0, self.units})

    @property
    def flawless(self) -> bool:
        """Somebody coded something, and nobody disagreed."""
        return self.touched == self.both
