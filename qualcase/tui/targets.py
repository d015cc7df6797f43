"""Where one screen can send a person on another."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """Some characters `[start, end)` of a source, by its uid or handle."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a query, or those with some ids (the evidence of a cell or a mark), under a title."""

    title: str
    query: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """One thing of a screen's list: a code, source, case, actor or table, by its id."""

    id: str


Target = Passage | Passages | Named
