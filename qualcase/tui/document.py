"""The source on the screen: its text, its units, its rows, and where the codings lie."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from rich.cells import cell_len

from qualcase.coding.index import SpanIndex
from qualcase.coding.lanes import assign_lanes, free_lane
from qualcase.text.selection import as_units, characters_beside, select, select_at
from qualcase.text.words import word_spans
from qualcase.text.wrapping import Rows, clusters, wrap_rows
from qualcase.tui.glyphs import draw_characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcase.model.coding import Coding, Suggestion
    from qualcase.model.source import Block, Sentence, Source, Turn
    from qualcase.text.selection import Span

PENDING = "pending-"
_NO_ROWS = Rows((0,), 0)
_WIDE = 2


class OpenDocument:
    """One source as it is being coded; knows nothing of widgets or of the project."""

    def __init__(
        self,
        source: Source,
        text: str,
        *,
        turns: Sequence[Turn] = (),
        blocks: Sequence[Block] = (),
        sentences: Sequence[Sentence] = (),
        codings: Iterable[Coding] = (),
    ) -> None:
        self.source = source
        self.text = text
        self.drawn = draw_characters(text)
        numbered = [(number, turn) for number, turn in enumerate(turns, start=1) if turn.start < turn.end]
        self.turns = tuple(turn for _, turn in numbered)
        self.labels = _label_spans(text, self.turns)
        self._lines = _line_starts(text)
        self._marks = [start for start, _ in self.labels] or self._lines
        self._numbers: Sequence[int] = [number for number, _ in numbered] or range(1, len(self._marks) + 1)
        contributions = self.turns or blocks
        self.words = as_units(tuple(word_spans(text)), len(text))
        self.sentences = as_units(tuple((one.start, one.end) for one in sentences), len(text))
        self.contributions = as_units(tuple((one.start, one.end) for one in contributions), len(text))
        self.codings = {coding.uid: coding for coding in codings}
        self.index = SpanIndex((coding.uid, coding.start, coding.end) for coding in self.codings.values())
        # Which are another coder's, which are on their way to the file, which one the keys are meant for.
        self.others: set[str] = set()
        self.saving: set[str] = set()
        self.chosen: str | None = None
        self.lanes: dict[str, int] = {}
        self.rows = _NO_ROWS
        self.width = 0
        self.selection = select_at(self.words, 0)
        self.top = 0
        self.hits: tuple[tuple[int, int], ...] = ()
        self.suggestions: dict[str, Suggestion] = {}
        self.proposed = SpanIndex()

    def wrap(self, width: int) -> None:
        """Break the text into rows of a width in cells, and lay out the lanes."""
        if width != self.width:
            self.width = width
            self.rows = wrap_rows(self.drawn, width, cell_len)
            self._lay_out_lanes()

    def go_to(self, span: Span) -> None:
        """Select a passage, as far as the text reaches."""
        start, end = (max(0, min(place, len(self.text))) for place in span)
        if start < end:
            self.selection, self.top = select((start, end)), start

    def rows_of(self, start: int, end: int) -> range:
        """Return the rows that `[start, end)` touches."""
        return range(self.rows.row_of(start), self.rows.row_of(max(start, end - 1)) + 1)

    def codings_at(self, start: int, end: int) -> tuple[Coding, ...]:
        """Return the codings that touch `[start, end)`, earlier and longer ones first."""
        return tuple(self.codings[uid] for uid in self.index.overlapping(start, end))

    def own_at(self, start: int, end: int) -> tuple[Coding, ...]:
        """Return the acting coder's codings that touch `[start, end)`."""
        return tuple(one for one in self.codings_at(start, end) if self.is_own(one))

    def is_own(self, coding: Coding) -> bool:
        """Whether a coding is the acting coder's."""
        return coding.uid not in self.others

    def is_pending(self, coding: Coding) -> bool:
        """Whether a coding, or what was done to it, is still on its way to the file."""
        return coding.uid.startswith(PENDING) or coding.uid in self.saving

    def chosen_coding(self) -> Coding | None:
        """Return the coding that was chosen, as long as the selection touches it."""
        coding = self.codings.get(self.chosen or "")
        start, end = self.selection.span
        return coding if coding and coding.start < end and start < coding.end else None

    def show_others(self, codings: Iterable[Coding]) -> None:
        """Show these codings of others beside one's own, in place of any before; none hides them."""
        own, others = [one for one in self.codings.values() if self.is_own(one)], tuple(codings)
        self.others = {coding.uid for coding in others}
        self.read_again((*own, *others))

    def read_again(self, codings: Iterable[Coding]) -> None:
        """Hold these codings in place of all, but for those still on their way to the file."""
        waiting = [one for one in self.codings.values() if one.uid.startswith(PENDING)]
        self.codings = {coding.uid: coding for coding in (*codings, *waiting)}
        self.index = SpanIndex((one.uid, one.start, one.end) for one in self.codings.values())
        self._lay_out_lanes()

    def place(self, coding: Coding) -> None:
        """Take a coding in, on the lowest lane that is free along its rows."""
        self.drop(coding.uid)
        rows = self.rows_of(coding.start, coding.end)
        beside = self.index.overlapping(self.rows.span(rows[0])[0], self.rows.span(rows[-1])[1])
        self.lanes[coding.uid] = free_lane(self.lanes[uid] for uid in beside)
        self.codings[coding.uid] = coding
        self.index.add(coding.uid, coding.start, coding.end)

    def drop(self, uid: str) -> None:
        """Let a coding go; one that is not there is no fault."""
        if self.codings.pop(uid, None):
            self.index.remove(uid)
            self.lanes.pop(uid, None)

    def number_at(self, start: int, end: int) -> int | None:
        """Return the number of the turn (or line, where there are none) that begins in `[start, end)`."""
        place = bisect_left(self._marks, start)
        return self._numbers[place] if place < len(self._marks) and self._marks[place] < end else None

    def begins_in(self, start: int, end: int) -> Turn | None:
        """Return the turn whose label, or first word, begins in `[start, end)`."""
        place = bisect_left(self.labels, (start, 0))
        return self.turns[place] if place < len(self.labels) and self.labels[place][0] < end else None

    def line_begins_in(self, start: int, end: int) -> int | None:
        """Return the number, from 1, of the line of the text that begins in `[start, end)`."""
        place = bisect_left(self._lines, start)
        return place + 1 if place < len(self._lines) and self._lines[place] < end else None

    def find_number(self, number: int) -> Span | None:
        """Return the turn of a number, or the line where there are no turns."""
        place = bisect_left(self._numbers, number)
        if place >= len(self._numbers) or self._numbers[place] != number:
            return None
        return (self.turns[place].start, self.turns[place].end) if self.turns else self.find_line(number)

    def find_line(self, number: int) -> Span | None:
        """Return the line of a number, from 1."""
        if not 0 < number <= len(self._lines):
            return None
        start = self._lines[number - 1]
        end = self.text.find("\n", start)
        return start, max(start + 1, end if end >= 0 else len(self.text))

    def find_seconds(self, seconds: float) -> Span | None:
        """Return the last turn that has begun by a time; times that are not known are passed over."""
        timed = [turn for turn in self.turns if turn.seconds is not None and turn.seconds <= seconds]
        return (timed[-1].start, timed[-1].end) if timed else None

    def passages_of(self, code_id: str) -> list[Span]:
        """Return where a code has been put, in order."""
        return sorted({(one.start, one.end) for one in self.codings.values() if one.code == code_id})

    def turn_at(self, offset: int) -> tuple[int, str | None] | None:
        """Return the number, from 1, and the speaker of the turn at an offset, or None outside of any."""
        place = self.contributions.position(offset) if self.turns else 0
        if not self.turns or not self.labels[place][0] <= offset < self.turns[place].end:
            return None
        return self._numbers[place], self.turns[place].speaker

    def line_at(self, offset: int) -> int:
        """Return the number, from 1, of the line of the text that holds an offset."""
        return max(1, bisect_right(self._lines, offset))

    def column_of(self, offset: int) -> int:
        """Return in which cell of its row a character is drawn."""
        return cell_len(self.drawn[self.rows.span(self.rows.row_of(offset))[0] : offset])

    def offset_at(self, row: int, column: int) -> int:
        """Return where the character drawn at a cell of a row begins; the row's last one beyond its end."""
        start, end = self.rows.span(row)
        if column <= 0 or end <= start:
            return start
        if self.drawn[start:end].isascii():
            return min(start + column, end - 1)
        edge = 0
        for left, right in clusters(self.drawn, start, end, cell_len):
            edge += cell_len(self.drawn[left:right])
            if column < edge:
                return left
        return max(start, end - 1)

    def character_at(self, row: int, column: int) -> Span:
        """Return the character drawn at a cell, with what combines with it."""
        place = self.offset_at(row, column)
        beside = characters_beside(self.drawn, place, cell_len)
        return beside.spans[beside.position(place)]

    def unit_at(self, row: int, column: int) -> Span:
        """Return the word drawn at a cell; in a script without spaces, the one character there."""
        place = self.offset_at(row, column)
        start, end = self.words.spans[self.words.position(place)]
        if start <= place < end and cell_len(self.drawn[place]) == _WIDE:
            return self.character_at(row, column)
        return start, end

    def word_beside(self, row: int, column: int, by: int) -> Span:
        """Return the word nearest a column on the row so many down or up, or the first with any beyond."""
        spans, direction = self.words.spans, 1 if by > 0 else -1
        row = max(0, min(row + by, len(self.rows) - 1))
        while 0 <= row < len(self.rows):
            start, end = self.rows.span(row)
            place = self.words.position(self.offset_at(row, column))
            for near in (place, place - 1):
                if near >= 0 and start <= spans[near][0] < end:
                    return spans[near]
            row += direction
        return spans[-1 if by > 0 else 0]

    def find_all(self, wanted: str) -> tuple[tuple[int, int], ...]:
        """Return every place where some words stand, capitals or not, white space of any length."""
        pattern = r"\s+".join(re.escape(word) for word in wanted.split())
        found = re.finditer(pattern, self.text, re.IGNORECASE) if pattern else ()
        return tuple(match.span() for match in found)

    def hits_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the found places that touch `[start, end)`."""
        first = bisect_left(self.hits, start, key=lambda hit: hit[1] - 1)
        last = bisect_left(self.hits, end, key=lambda hit: hit[0])
        return list(self.hits[first:last])

    def offer(self, suggestions: Iterable[Suggestion]) -> None:
        """Show some more proposals."""
        for one in suggestions:
            self.suggestions[one.uid] = one
            self.proposed.add(one.uid, one.start, one.end)
        ordered = sorted(self.suggestions.values(), key=lambda one: (one.start, one.end))
        self.suggestions = {one.uid: one for one in ordered}

    def propose(self, suggestions: Iterable[Suggestion]) -> None:
        """Show these proposals in place of any before."""
        self.suggestions = {one.uid: one for one in sorted(suggestions, key=lambda one: (one.start, one.end))}
        self.proposed = SpanIndex((one.uid, one.start, one.end) for one in self.suggestions.values())

    def withdraw(self, uid: str) -> None:
        """Show a proposal no longer."""
        self.suggestions.pop(uid, None)
        self.proposed.remove(uid)

    def suggestions_at(self, start: int, end: int) -> tuple[Suggestion, ...]:
        """Return the proposals that touch `[start, end)`."""
        return tuple(self.suggestions[uid] for uid in self.proposed.overlapping(start, end))

    def _lay_out_lanes(self) -> None:
        self.lanes = assign_lanes({uid: self._row_span(one) for uid, one in self.codings.items()})

    def _row_span(self, coding: Coding) -> tuple[int, int]:
        rows = self.rows_of(coding.start, coding.end)
        return rows.start, rows.stop


def _label_spans(text: str, turns: Sequence[Turn]) -> tuple[tuple[int, int], ...]:
    ends = [0, *(turn.end for turn in turns)]
    return tuple(
        (max(before, text.rfind("\n", 0, turn.start) + 1), turn.start)
        for before, turn in zip(ends, turns, strict=False)
    )


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\n(?=.)", text, re.DOTALL))]
