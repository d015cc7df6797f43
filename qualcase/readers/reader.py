"""What a module of this room offers: the formats it reads, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcase.model.source import DocumentText


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file before it is read: its name for messages, its bytes, and what the user says of it.

    `encoding` None means to find it out. `speakers` is a pattern for labels, "none" for no turns at all, and
    None to find them out.
    """

    name: str
    data: bytes
    encoding: str | None = None
    speakers: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of one kind of file; `formats` are the suffixes it answers to, with their dot."""

    formats: tuple[str, ...]
    read: Callable[[RawFile], DocumentText]
