"""Coded passages and counting units as parallel arrays: one row a passage, names as indices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from qualcase.triangulation.errors import AgreementDataError

if TYPE_CHECKING:
    from collections.abc import Iterable

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def columns(rows: Iterable[tuple[int, ...]], width: int) -> tuple[Integers, ...]:
    """Turn rows of `width` whole numbers into that many arrays of equal length."""
    table = np.array(list(rows), dtype=np.int64).reshape(-1, width)
    return tuple(np.ascontiguousarray(table[:, column]) for column in range(width))


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Passages `[start, end)` of numbered sources: sentences, turns, or text to leave out."""

    starts: Integers
    ends: Integers
    sources: Integers

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[int, int, int]] = ()) -> Stretches:
        """Build from rows of (source, start, end)."""
        sources, starts, ends = columns(rows, 3)
        return cls(starts, ends, sources)

    def take(self, chosen: Flags | Integers) -> Stretches:
        """Keep the chosen rows, in that order."""
        return Stretches(self.starts[chosen], self.ends[chosen], self.sources[chosen])


@dataclass(frozen=True, slots=True, eq=False)
class CodedSpans:
    """Coded passages `[start, end)` with the indices of their code, coder and source."""

    starts: Integers
    ends: Integers
    codes: Integers
    coders: Integers
    sources: Integers

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[int, int, int, int, int]] = ()) -> CodedSpans:
        """Build from rows of (source, coder, code, start, end)."""
        sources, coders, codes, starts, ends = columns(rows, 5)
        return cls(starts, ends, codes, coders, sources)

    def take(self, chosen: Flags | Integers) -> CodedSpans:
        """Keep the chosen rows, in that order."""
        return CodedSpans(
            self.starts[chosen],
            self.ends[chosen],
            self.codes[chosen],
            self.coders[chosen],
            self.sources[chosen],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The sources in scope, their lengths in code points, and what is counted in them.

    `stretches` are the sentences or turns (not used for characters and documents). `excluded` is
    text that is taken out before anything is counted, such as an interviewer's turns.
    """

    names: tuple[str, ...]
    lengths: Integers
    stretches: Stretches
    excluded: Stretches

    @classmethod
    def from_rows(
        cls,
        lengths: dict[str, int],
        stretches: Iterable[tuple[int, int, int]] = (),
        excluded: Iterable[tuple[int, int, int]] = (),
    ) -> Units:
        """Build from lengths by source name, and rows of (source index, start, end)."""
        sizes = np.array(list(lengths.values()), dtype=np.int64)
        return cls(tuple(lengths), sizes, Stretches.from_rows(stretches), Stretches.from_rows(excluded))


def check_fit(spans: CodedSpans, units: Units, *, coders: int, codes: int) -> None:
    """Refuse indices without a name and passages outside their source, with `AgreementDataError`."""
    indices = ((spans.codes, codes), (spans.coders, coders))
    if any(((index < 0) | (index >= limit)).any() for index, limit in indices):
        raise AgreementDataError("A coded passage names a code or a coder that is not in the list.")
    for passages in (spans, units.stretches, units.excluded):
        _check_inside(passages, units)
    _check_apart(units.stretches, units)


def _check_inside(passages: CodedSpans | Stretches, units: Units) -> None:
    if ((passages.sources < 0) | (passages.sources >= len(units.names))).any():
        raise AgreementDataError("A passage lies in a source that is not in the list.")
    wrong = (passages.starts < 0) | (passages.ends < passages.starts)
    wrong |= passages.ends > units.lengths[passages.sources]
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        name = units.names[int(passages.sources[row])]
        raise AgreementDataError(
            f"The passage {passages.starts[row]}:{passages.ends[row]} does not lie inside “{name}”."
        )


def _check_apart(stretches: Stretches, units: Units) -> None:
    order = np.lexsort((stretches.starts, stretches.sources))
    ordered = stretches.take(order)
    same = ordered.sources[1:] == ordered.sources[:-1]
    overlapping = np.flatnonzero(same & (ordered.starts[1:] < ordered.ends[:-1]))
    if overlapping.size:
        name = units.names[int(ordered.sources[overlapping[0]])]
        raise AgreementDataError(
            f"The units of “{name}” overlap each other; each character may lie in one unit only."
        )
