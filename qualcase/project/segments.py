"""Retrieved passages as a person reads them: the words, those around them, the place, the codings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.text.bounds import display_date
from qualcase.text.matching import line_of
from qualcase.text.surroundings import words_around

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.coding import Coding
    from qualcase.model.source import Source
    from qualcase.project.project import Project


@dataclass(frozen=True, slots=True)
class Segment:
    """A passage `[start, end)` of a source, by its handle, with the codings that it was found by.

    `line` is 1-based, `date` as a reader is shown it; both None where they are not known. `uncoded` is how
    many of its codings are there no longer; `note` is what else it bears witness to, as an event.
    `from_start` and `to_end` say whether the words around reach the text's own ends.
    """

    source: str
    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""
    title: str = ""
    kind: str = ""
    date: str | None = None
    line: int | None = None
    speaker: str | None = None
    codings: tuple[Coding, ...] = ()
    uncoded: int = 0
    note: str = ""
    from_start: bool = False
    to_end: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The ids of its codes, each once."""
        return tuple(dict.fromkeys(coding.code for coding in self.codings))

    @property
    def coders(self) -> tuple[str, ...]:
        """The names of its coders, each once."""
        return tuple(dict.fromkeys(coding.coder for coding in self.codings))

    @property
    def in_review(self) -> bool:
        """Whether its place is one of an older text, and waits to be settled."""
        return any(coding.state != "placed" for coding in self.codings)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a segment is to be read, and what is known of it already."""

    source: Source
    start: int
    end: int
    speaker: str | None = None
    codings: tuple[Coding, ...] = ()
    uncoded: int = 0
    note: str = ""


def read_segments(project: Project, spots: Sequence[Spot], context: int) -> tuple[Segment, ...]:
    """Return the passages at some places, with the words around: up to `context` characters."""
    return tuple(_read(project, spot, context) for spot in spots)


def _read(project: Project, spot: Spot, context: int) -> Segment:
    source, start, end = spot.source, spot.start, spot.end
    text = project.sources.text(source)
    # A coding in review has its place in an older text: its words are its own, today's are not around it.
    older = next((one.quote for one in spot.codings if one.state != "placed"), None)
    before, after = words_around(text, start, end, context) if older is None else ("", "")
    return Segment(
        source=source.handle,
        start=start,
        end=end,
        quote=text[start:end] if older is None else older,
        before=before,
        after=after,
        title=source.title or source.name,
        kind=source.kind,
        date=display_date(source.date) if source.date else None,
        line=line_of(text, start) if older is None else None,
        speaker=spot.speaker,
        codings=spot.codings,
        uncoded=spot.uncoded,
        note=spot.note,
        from_start=bool(before) and not text[: start - len(before)].strip(),
        to_end=bool(after) and not text[end + len(after) :].strip(),
    )
