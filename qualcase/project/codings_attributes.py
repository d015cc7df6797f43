"""What can be recorded with a coding, and which values it takes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qualcase.model.coding import STANCES, VALENCES
from qualcase.model.errors import UsageError

if TYPE_CHECKING:
    from qualcase.model.operation import Fields

_MOST = sys.float_info.max


def check_attributes(
    *,
    memo: str | None = None,
    valence: str | None = None,
    stance: str | None = None,
    voice: str | None = None,
    weight: float | None = None,
    key: bool = False,
) -> Fields:
    """Return a coding's attributes as fields, empty ones left out; UsageError where a value is none."""
    if valence is not None and valence not in VALENCES:
        raise UsageError(f"“{valence}” is not a valence.", hint="Use +, - or 0.")
    if stance is not None and stance not in STANCES:
        raise UsageError(f"“{stance}” is not a stance.", hint=f"Use {', '.join(STANCES)}.")
    if weight is not None and not -_MOST <= weight <= _MOST:
        raise UsageError(f"{weight} is not a weight.")
    # As the file holds it: a whole number of more digits than that has would not be what is read back.
    number = None if weight is None else float(weight)
    given: Fields = {"memo": memo, "valence": valence, "stance": stance, "voice": voice, "weight": number}
    kept = {name: value for name, value in given.items() if value not in (None, "")}
    return kept | ({"key": 1} if key else {})
