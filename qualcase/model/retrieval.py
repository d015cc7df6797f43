"""What is kept for finding things again: sets and questions."""

from __future__ import annotations

from dataclasses import dataclass

SET_KINDS = ("sources", "codes")


@dataclass(frozen=True, slots=True)
class SavedSet:
    """A named set of sources or of codes; `uids` and `members` (handles, code ids) run in the same order."""

    uid: str
    name: str
    kind: str
    uids: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question kept under a name, with who wrote it as it stands, and when it was first kept.

    That is in ISO 8601, UTC. `replaced` is what it was, where keeping it has just changed that.
    """

    uid: str
    name: str
    expression: str
    coder: str
    created_at: str
    replaced: SavedQuestion | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that answers to a question: `[start, end)` in a source, its words and those around them.

    `evidence` are the ids of the codings it rests on, `codes` and `coders` theirs, each once.
    """

    source: str
    start: int
    end: int
    quote: str
    before: str
    after: str
    codes: tuple[str, ...]
    coders: tuple[str, ...]
    speaker: str | None
    evidence: tuple[str, ...]
