"""Sources: what was collected, its text, and what the text is made of."""

from __future__ import annotations

from dataclasses import dataclass, field

SOURCE_KINDS = (
    "interview",
    "conversation",
    "field_note",
    "observation",
    "meeting",
    "document",
    "focus_group",
    "survey",
)


@dataclass(frozen=True, slots=True)
class Turn:
    """One contribution as the file itself marks it; `[start, end)` is the speech without its label.

    `timestamp` is the time stamp as written, `seconds` the same in seconds from the beginning.
    """

    start: int
    end: int
    speaker: str | None = None
    timestamp: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that is not a turn: kind is paragraph, heading or apparatus (never speech)."""

    start: int
    end: int
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence `[start, end)`, found by rule and stored with the text version."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What a reader makes of one file: its text as written, and the parts it recognised.

    `text` has LF line ends and no byte-order mark. `offsets` maps back to the original where a
    character was dropped: pairs (offset in `text`, code points dropped before it so far).
    `metadata` holds what the file says of itself (date, title, front matter …), as strings.
    `first_timestamp`/`last_timestamp` are as written.
    """

    text: str
    format: str
    encoding: str
    turns: tuple[Turn, ...] = ()
    blocks: tuple[Block, ...] = ()
    offsets: tuple[tuple[int, int], ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    first_timestamp: str | None = None
    last_timestamp: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One source as the project lists it; `text` itself is read on demand.

    `date` is EDTF as recorded with its explicit day bounds and basis; `minutes` is None where the
    duration was not recorded. `case`, the first of `cases`, is what a one-case study means by it.
    """

    uid: str
    handle: str
    name: str
    title: str
    kind: str
    format: str
    encoding: str
    language: str | None
    sha256: str
    words: int
    characters: int
    turns: int
    speakers: tuple[tuple[str, int], ...]
    cases: tuple[str, ...]
    date: str | None = None
    earliest: str | None = None
    latest: str | None = None
    date_basis: str | None = None
    informant: str | None = None
    minutes: float | None = None
    first_timestamp: str | None = None
    last_timestamp: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    position: int = 0
    codings: int = 0
    done: tuple[str, ...] = ()
    path: str = ""
