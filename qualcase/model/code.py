"""Codebooks: codes with their definitions, rules and crosswalks."""

from __future__ import annotations

from dataclasses import dataclass

CODE_KINDS = ("process", "outcome", "context", "role", "method", "other")
RELATIONS = ("corresponds", "broader", "narrower", "gap")


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what it means, when to use it and when not, and the phrases that hint at it."""

    id: str
    name: str
    parent: str | None = None
    kind: str = "other"
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    key_phrases: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    status: str = "active"
    note: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class BoundaryNote:
    """A rule for passages that could carry either of two codes."""

    between: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class CodingAttribute:
    """Something recorded with each coding, such as valence, and the values it may take."""

    name: str
    values: tuple[str, ...]
    definition: str = ""


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """What in one framework answers to what in another; an empty side is a gap, and a finding.

    `filled_by` is the code that an author offers for what a gap leaves open.
    """

    id: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    relation: str
    note: str = ""
    filled_by: str = ""


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Two frameworks side by side, as data; `left` and `right` name their codebooks."""

    id: str
    title: str
    left: str
    right: str
    rows: tuple[CrosswalkRow, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """A tree of codes, parents before their children, with the rules for using it."""

    id: str
    title: str
    version: int
    codes: tuple[Code, ...]
    rules: tuple[str, ...] = ()
    boundary_notes: tuple[BoundaryNote, ...] = ()
    attributes: tuple[CodingAttribute, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
    note: str = ""
