"""A suggestion as lines: the words, the reasons in sentences, and how its like were answered before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from qualcase.project.search import one_line
from qualcase.reports.quotations import LEAST_FOR_PERCENT
from qualcase.tui.glyphs import draw_line, fit
from qualcase.tui.passage_lines import fold_pieces, word_pieces
from qualcase.tui.widgets.lines import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qualcase.model.coding import Reason, Suggestion
    from qualcase.project.segments import Segment
    from qualcase.project.suggestions import Answered
    from qualcase.tui.codes import CodeList
    from qualcase.tui.suggestion_queue import SuggestionQueue
    from qualcase.tui.widgets.lines import Line, Piece

_KEY_PHRASE = re.compile(r"^(?P<code>.*), key phrase “(?P<phrase>.*)”$", re.DOTALL)
_HANDLE = 5


def row_line(suggestion: Suggestion, codes: CodeList, width: int, *, later: bool) -> Line:
    """Return a suggestion as one line of the list."""
    mark = ("◦" if later else "▌", f"colour-{codes.colour(suggestion.code)}")
    head = f" {fit(draw_line(suggestion.source), _HANDLE)} {fit(suggestion.code, 14)} "
    words = draw_line(one_line(suggestion.quote).strip())
    return mark, (head, "plain"), (fit(words, max(1, width - len(head) - 1)), "dim")


class QueueLines(Sequence["Line"]):
    """Suggestions as the lines of a list, each drawn when it comes into sight."""

    def __init__(
        self, shown: Sequence[Suggestion], queue: SuggestionQueue, codes: CodeList, width: int
    ) -> None:
        self._shown = shown
        self._later = {one.uid for one in shown if queue.is_later(one.uid)}
        self._codes = codes
        self._width = width

    def __len__(self) -> int:
        return len(self._shown)

    @overload
    def __getitem__(self, place: int) -> Line: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Line]: ...
    def __getitem__(self, place: int | slice) -> Line | Sequence[Line]:
        if isinstance(place, slice):
            return [self._draw(one) for one in self._shown[place]]
        return self._draw(self._shown[place])

    def _draw(self, one: Suggestion) -> Line:
        return row_line(one, self._codes, self._width, later=one.uid in self._later)


def suggestion_lines(
    suggestion: Suggestion, segment: Segment | None, answered: Answered | None, codes: CodeList, width: int
) -> list[Line]:
    """Return a suggestion with all that helps to answer it; without `segment` its words alone."""
    code = codes.find(suggestion.code)
    colour = f"colour-{codes.colour(suggestion.code)}"
    name = f"{suggestion.code} {codes.name(suggestion.code)}?"
    lines = fold_pieces((("▌ ", colour), (name, "title")), width)
    lines += [*fold(_place(suggestion, segment), width, "dim"), ()]
    lines += [*fold_pieces(list(_marked(suggestion, segment)), width), ()]
    for sentence in reason_sentences(suggestion.reasons):
        lines += fold(sentence, width, "plain")
    if suggestion.score is not None:
        lines += fold(f"Score {suggestion.score:.2f}.", width, "plain")
    lines += fold(record_sentence(suggestion, answered), width, "plain")
    if code is not None:
        lines += [(), *fold(one_line(code.definition or "The code has no definition yet."), width, "dim")]
    return lines


def reason_sentences(reasons: Iterable[Reason]) -> Iterator[str]:
    """Yield the reasons as plain sentences: words and the line of the codebook that they answer to in one."""
    words = ""
    for reason in reasons:
        text = one_line(reason.text)
        found = _KEY_PHRASE.match(text) if reason.kind == "codebook" else None
        if words and not found:
            yield f"“{words}” stands here."
        if reason.kind == "phrase":
            words = text
            continue
        if found and words:
            yield f"“{words}” stands here, and “{found['phrase']}” is a key phrase of {found['code']}."
        elif found:
            yield f"“{found['phrase']}” is a key phrase of {found['code']}."
        else:
            where = ", ".join(part for part in (reason.source, reason.coder) if part)
            yield f"{reason.kind.capitalize()}: {text}{f' ({where})' if where else ''}."
        words = ""
    if words:
        yield f"“{words}” stands here."


def record_sentence(suggestion: Suggestion, answered: Answered | None) -> str:
    """Return how suggestions of this code and stage were answered before: counts, a share from 20 on."""
    one = answered is not None and answered.answered == 1
    what = f"suggestion{'' if one else 's'} of {suggestion.code} by {suggestion.stage}"
    if answered is None or not answered.answered:
        return f"You have answered no {what} here yet."
    share = ""
    if answered.answered >= LEAST_FOR_PERCENT:
        share = f" ({answered.accepted / answered.answered:.0%})"
    return (
        f"Of {answered.answered} {what} that you have answered here you accepted {answered.accepted}{share}."
    )


def _place(suggestion: Suggestion, segment: Segment | None) -> str:
    if segment is None:
        return suggestion.source
    parts = (segment.source, segment.title, f"line {segment.line}", segment.speaker or "speaker not reported")
    return " · ".join((*parts, segment.date or "undated"))


def _marked(suggestion: Suggestion, segment: Segment | None) -> Iterator[Piece]:
    """Yield the words, those that gave a reason underlined."""
    phrases = [re.escape(one_line(reason.text)) for reason in suggestion.reasons if reason.kind == "phrase"]
    pieces = word_pieces(segment) if segment else [(one_line(suggestion.quote).strip(), "plain")]
    for text, style in pieces:
        if style != "plain" or not phrases:
            yield text, style
            continue
        for place, part in enumerate(re.split(f"({'|'.join(phrases)})", text)):
            yield part, "coded" if place % 2 else style
