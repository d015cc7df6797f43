"""What a dialect of transcript JSON offers: whether a value is in it, and what was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualcase.readers.utterances import Utterance


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, in order, what the file says of itself, and what the user should be told."""

    utterances: Sequence[Utterance]
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """A way to write a transcript as JSON; `read` returns None for a value that is not in it."""

    name: str
    read: Callable[[Any], Transcript | None]
