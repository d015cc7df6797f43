"""Codings: who said that which passage means what."""

from __future__ import annotations

from dataclasses import dataclass

VALENCES = ("+", "-", "0")
STANCES = ("reported", "asserted", "assessed", "planned")
ORIGINS = ("person", "suggestion", "search", "import")
PASSAGE = "passage"  # What a memo is about where it has a place of its own.


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder's code on the passage `[start, end)` of one source, with the words it covered.

    `layer` is the coder's own name, or `consensus`. `state` is `review` while a corrected text has
    left the passage in doubt. `origin` keeps an accepted suggestion apart from an unaided coding.
    """

    uid: str
    source: str
    start: int
    end: int
    quote: str
    code: str
    coder: str
    layer: str
    memo: str | None = None
    valence: str | None = None
    stance: str | None = None
    voice: str | None = None
    weight: float | None = None
    key: bool = False
    origin: str = "person"
    state: str = "placed"
    codebook_version: int = 1
    created_at: str = ""
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What a memo said from one moment on, by whom; `at` is ISO 8601 in UTC."""

    text: str
    coder: str
    at: str


@dataclass(frozen=True, slots=True)
class Memo:
    """A note by a coder on the project or on one thing in it; `about` is (kind of thing, its name).

    `links` are the things that its words name with `@`, as (kind, name); `linked_from` the memos whose
    words name this one, by the last 8 characters of their ids. One on a passage has its source, its place
    `[start, end)` with the words there, and its state as a coding has it; others have none of these.
    `words_by` is who said what a merge kept of an edit to another coder's words.
    """

    uid: str
    text: str
    coder: str
    kind: str = "analytic"
    about: tuple[str, str] | None = None
    created_at: str = ""
    links: tuple[tuple[str, str], ...] = ()
    linked_from: tuple[str, ...] = ()
    source: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None
    state: str | None = None
    words_by: str | None = None

    @property
    def by(self) -> str:
        """Whose memo it is, and whose words where they are another's."""
        return f"{self.coder}, words of {self.words_by}" if self.words_by else self.coder


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a code is proposed: kind is `phrase` or `codebook`; `text` is the words that caused it."""

    kind: str
    text: str
    source: str | None = None
    coder: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal that a person may accept or reject; it is never a coding by itself."""

    uid: str
    source: str
    start: int
    end: int
    quote: str
    code: str
    score: float | None
    stage: str
    reasons: tuple[Reason, ...]
