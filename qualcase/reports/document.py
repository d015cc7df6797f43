"""A report as a page knows it: sections of blocks, before it is HTML, Markdown or anything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from qualcase.model.code import Codebook
    from qualcase.model.display import Display
    from qualcase.model.event import Event
    from qualcase.reports.narrative import NarrativePhase
    from qualcase.reports.quotations import Quotation


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or more; `by_author` marks what no datum stands behind."""

    text: str
    by_author: bool = False
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class Absent:
    """What would stand here, and why it does not."""

    text: str
    kind: ClassVar[str] = "absent"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]
    kind: ClassVar[str] = "points"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what is known; the unknown reads “not reported”."""

    pairs: tuple[tuple[str, str], ...]
    kind: ClassVar[str] = "facts"


@dataclass(frozen=True, slots=True)
class Table:
    """A display, with its figure where it has one."""

    display: Display
    kind: ClassVar[str] = "table"


@dataclass(frozen=True, slots=True)
class Story:
    """The narrative by phase."""

    phases: tuple[NarrativePhase, ...]
    kind: ClassVar[str] = "story"


@dataclass(frozen=True, slots=True)
class QuotedCode:
    """One code's quotations: at most one in the text, the others as proof beside it."""

    code: str
    name: str
    power: Quotation | None
    proof: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotations by code."""

    codes: tuple[QuotedCode, ...]
    kind: ClassVar[str] = "quotes"


@dataclass(frozen=True, slots=True)
class EventList:
    """Every event with its date, its bounds and its quotation."""

    events: tuple[Event, ...]
    kind: ClassVar[str] = "events"


@dataclass(frozen=True, slots=True)
class CodeList:
    """A codebook with its definitions and rules."""

    codebook: Codebook
    kind: ClassVar[str] = "codes"


Block = Paragraph | Absent | Points | Facts | Table | Story | Quotes | EventList | CodeList


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a report; `number` is `1` … `11` or an appendix's letter."""

    id: str
    number: str
    title: str
    blocks: tuple[Block, ...]
