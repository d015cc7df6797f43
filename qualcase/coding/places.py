"""Places in a source, as a person names them, and the spans they come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcase.coding.errors import BadPlaceError
from qualcase.text.matching import find_quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.source import Turn

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SpanPlace:
    """Code points `[start, end)`."""

    start: int
    end: int

    def spans(self, text: str, turns: Sequence[Turn]) -> Spans:
        """Return the span itself, once it lies inside the text."""
        del turns
        place = f"The span {self.start}:{self.end}"
        if self.start >= self.end:
            raise BadPlaceError(f"{place} holds no character: its end comes after its beginning.")
        if not 0 <= self.start < self.end <= len(text):
            message = f"{place} does not lie inside the text, which has {len(text)} characters."
            raise BadPlaceError(message)
        return ((self.start, self.end),)


@dataclass(frozen=True, slots=True)
class QuotePlace:
    """The one place where these words stand, white space collapsed."""

    quote: str

    def spans(self, text: str, turns: Sequence[Turn]) -> Spans:
        """Return the span of the words; they must stand there exactly once."""
        del turns
        found = find_quote(text, self.quote)
        if not found:
            message = f"The words “{self.quote}” do not stand in this source."
            raise BadPlaceError(
                message, hint="Quote them exactly as the source has them; white space does not matter."
            )
        if len(found) > 1:
            places = ", ".join(f"{start}:{end}" for start, end in found[:6])
            message = f"The words “{self.quote}” stand in this source {len(found)} times."
            raise BadPlaceError(
                message, hint=f"Quote more of them, or give one of these with --span: {places}."
            )
        return (found[0],)


@dataclass(frozen=True, slots=True)
class TurnPlace:
    """The speech of one turn, counted from 1."""

    number: int

    def spans(self, text: str, turns: Sequence[Turn]) -> Spans:
        """Return the span of that turn's speech."""
        del text
        if not 1 <= self.number <= len(turns):
            many = "1 turn" if len(turns) == 1 else f"{len(turns) or 'no'} turns"
            raise BadPlaceError(f"There is no turn {self.number}; this source has {many}.")
        turn = turns[self.number - 1]
        return ((turn.start, turn.end),)


@dataclass(frozen=True, slots=True)
class SpeakerPlace:
    """Every turn of one speaker."""

    name: str

    def spans(self, text: str, turns: Sequence[Turn]) -> Spans:
        """Return the spans of that speaker's turns; the speaker must have at least one."""
        del text
        wanted = self.name.casefold()
        found = tuple(
            (turn.start, turn.end) for turn in turns if turn.speaker and turn.speaker.casefold() == wanted
        )
        if not found:
            names = ", ".join(sorted({turn.speaker for turn in turns if turn.speaker})) or "none"
            message = f"Nobody called “{self.name}” speaks in this source; its speakers: {names}."
            raise BadPlaceError(message)
        return tuple(span for span in found if span[0] < span[1])


@dataclass(frozen=True, slots=True)
class WholePlace:
    """The whole source."""

    def spans(self, text: str, turns: Sequence[Turn]) -> Spans:
        """Return one span over all of the text."""
        del turns
        if not text:
            message = "This source has no text to code."
            raise BadPlaceError(message)
        return ((0, len(text)),)


Place = SpanPlace | QuotePlace | TurnPlace | SpeakerPlace | WholePlace
