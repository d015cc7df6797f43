"""The coded data as columns: what every analysis reads, and all that it reads.

Codings, turns and sentences are numpy columns of equal length; sources, codes, coders, cases, actors
and voices are short tuples that the columns point into by position. −1 means “none”.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from qualcase.model.event import Chronology

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from qualcase.model.code import Code, Codebook
    from qualcase.model.source import Source

    Positions = NDArray[np.int64]

VALENCE_MARKS = ("", "+", "-", "0")
# So ends the filter that says how many codings wait to be settled, and are not in the data.
IN_REVIEW = "in review"


def left_in_review(count: int) -> tuple[str, ...]:
    """Return what is said of codings that are left out because they wait for review, if there are any."""
    return (f"left out: {count} coding{'' if count == 1 else 's'} {IN_REVIEW}",) if count else ()


def _none() -> Positions:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class SpanColumns:
    """Spans `[start, end)` in code points, one element a span; `source` points into the sources."""

    source: Positions = field(default_factory=_none)
    start: Positions = field(default_factory=_none)
    end: Positions = field(default_factory=_none)
    speaker: Positions = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class CodingColumns:
    """Live codings, one element a coding, ordered by source, start, end.

    `code`, `coder`, `voice` and `source` point into CodedData's tuples. `voice` is whose words the
    passage is: who answers in it, else the source's informant where no turn says who speaks, else −1.
    `speaker` is the label alone.
    `valence` points into VALENCE_MARKS. `case_coding`/`case_case` are the pairs of the many-to-many
    between codings and cases; `unaided` is false for accepted suggestions.
    """

    uid: tuple[str, ...] = ()
    source: Positions = field(default_factory=_none)
    start: Positions = field(default_factory=_none)
    end: Positions = field(default_factory=_none)
    code: Positions = field(default_factory=_none)
    coder: Positions = field(default_factory=_none)
    speaker: Positions = field(default_factory=_none)
    voice: Positions = field(default_factory=_none)
    valence: Positions = field(default_factory=_none)
    key: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, dtype=np.bool_))
    unaided: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, dtype=np.bool_))
    case_coding: Positions = field(default_factory=_none)
    case_case: Positions = field(default_factory=_none)


@dataclass(frozen=True, slots=True)
class CodedData:
    """Everything that an analysis may know, as values; texts are read one by one when asked for.

    `codes` is the codebooks' codes in tree order, parents before children. `texts` maps a source's
    position to its text. `layer` names what was read (a coder, `consensus`, or `all coders`).
    `attributes` maps an attribute's name to one value a source (None where it has none).
    """

    sources: tuple[Source, ...]
    codebooks: tuple[Codebook, ...]
    codes: tuple[Code, ...]
    coders: tuple[str, ...]
    cases: tuple[str, ...]
    speakers: tuple[str, ...]
    voices: tuple[str, ...]
    codings: CodingColumns
    turns: SpanColumns
    sentences: SpanColumns
    texts: Mapping[int, str]
    interviewers: frozenset[str] = frozenset()
    chronology: Chronology = field(default_factory=Chronology)
    attributes: dict[str, tuple[str | None, ...]] = field(default_factory=dict)
    layer: str = "all coders"
    filters: tuple[str, ...] = ()
    project: str = ""
    mode: str = "codebook"

    def quote(self, position: int) -> str:
        """Return the words of the coding at a position."""
        columns = self.codings
        text = self.texts[int(columns.source[position])]
        return text[int(columns.start[position]) : int(columns.end[position])]
