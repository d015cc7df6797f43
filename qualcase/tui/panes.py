"""What the panes and lines around the transcript say, as lines of pieces (text, style)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from qualcase.tui.dates import draw_date
from qualcase.tui.glyphs import draw_line, fit
from qualcase.tui.widgets.lines import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qualcase.model.coding import Coding, Memo, Suggestion
    from qualcase.tui.codes import CodeEntry, CodeList
    from qualcase.tui.document import OpenDocument
    from qualcase.tui.session import Session
    from qualcase.tui.widgets.lines import Line

# A mark, a lane of one digit and a space; how much of a memo, and of its passage, stands in the side pane.
_MARK = 3
_DIGITS = 10
_MEMO_LINES = 4
_MEMO_QUOTE = 30
_NAME_AT_LEAST = 24


def source_text(session: Session, room: int) -> str:
    """Return which source is open: what is switched on, handle, name, kind, date, place among all.

    Where that has no room, the name gives way first, then kind and date.
    """
    if session.document is None:
        return ""
    source = session.source or session.document.source
    coder = session.bench.coder.casefold()
    marks = {
        "READ ONLY": session.read_only,
        "with others": session.others_shown,
        "done": any(name.casefold() == coder for name in source.done),
    }
    on = [mark for mark, holds in marks.items() if holds]
    place = f"source {session.position + 1} of {len(session.bench.sources)}"
    name = draw_line(f"{source.handle} {source.title or source.name}")
    about = [source.kind.replace("_", " "), draw_date(source.date)]
    least = min(_NAME_AT_LEAST, cell_len(name))
    while about and cell_len(" · ".join([*on, "", *about, place])) + least > room:
        about.pop(0)
    left = max(least, room - cell_len(" · ".join([*on, "", *about, place])))
    if cell_len(name) > left:
        name = set_cell_size(name, left - 1).rstrip() + "…"
    return " · ".join([*on, name, *about, place])


def status_line(message: str, place: str, width: int, *, warn: bool) -> Line:
    """Return the status line: a sentence on the left, the place on the right.

    Where both do not fit, the place gives way part by part (its parts stand between “ · ”).
    """
    text = draw_line(message)
    parts = place.split(" · ")
    while parts and cell_len(text) > width - cell_len(" · ".join(parts)) - 3:
        parts.pop()
    shown = " · ".join(parts)
    room = max(0, width - cell_len(shown) - 3)
    if cell_len(text) > room:
        text = set_cell_size(text, max(0, room - 1)) + "…"
    return ((f" {set_cell_size(text, room)} ", "warn" if warn else "strong"), (f"{shown} ", "dim"))


def status_lines(message: str, place: str, width: int, most: int, *, warn: bool) -> list[Line]:
    """Return the status line or, where a sentence needs several and there is room for them, those."""
    folded = fold(message, width - 1, "warn" if warn else "strong", " ")
    if 1 < len(folded) <= most:
        return folded
    return [status_line(message, place, width, warn=warn)]


def place_text(document: OpenDocument | None) -> str:
    """Return where the selection is and how long, in short."""
    if document is None or not document.text:
        return ""
    start, end = document.selection.span
    words = document.words.position(end - 1) - document.words.position(start) + 1
    turn = document.turn_at(start)
    where = f"line {document.line_at(start)}"
    if turn:
        where = f"turn {turn[0]}" + (f" {draw_line(turn[1])}" if turn[1] else "")
    return f"{where} · {words} word{'s' if words > 1 else ''} · {start}–{end}"


def no_codes_lines(width: int) -> list[Line]:
    """Return what the codebook says where it has no codes: how the first comes."""
    ways = "i makes one of the words selected", "g, b, then n makes one by a name of its own"
    return [(("No codes yet", "strong"),), *(line for way in ways for line in fold(way, width, "dim"))]


def here_lines(session: Session, width: int) -> list[Line]:
    """Return the codings that touch the selection, the memos on them, and those on the source."""
    document = session.document
    if document is None:
        return []
    codings = document.codings_at(*document.selection.span)
    lines: list[Line] = [(("Codes here", "strong"),)]
    if not codings:
        way = ("c", " codes it") if session.bench.codes.active else ("i", " makes a code of it")
        lines.append((("none yet: ", "dim"), (way[0], "key"), (way[1], "dim")))
    for coding in codings:
        lines += _coding_lines(document, coding, session.bench.codes, width)
    memos_here = session.memos_on(codings, document.selection.span)
    others = [memo for memo in session.memos_on_source() if memo not in memos_here]
    for title, memos in (("Memos here", memos_here), ("Memos on this source", others)):
        if memos:
            lines += [(), ((title, "strong"),), *_memo_lines(memos, width)]
    return lines


def suggestion_here(session: Session, width: int) -> list[Line]:
    """Return the suggestion for the selection with its reasons, and the keys to answer it with."""
    document = session.document
    heading: Line = (("Suggestion", "strong"),)
    if document is None:
        return [heading]
    here = document.suggestions_at(*document.selection.span)
    if here:
        more = [] if len(here) == 1 else fold(f"and {len(here) - 1} more here", width, "dim")
        return [heading, *_suggestion_lines(here[0], session.bench.codes, width), *more]
    if not document.suggestions:
        return [heading, *fold(session.suggesting or "none left in this source", width, "dim")]
    left = len(document.suggestions)
    found = fold(
        f"{left} so far, {session.suggesting}" if session.suggesting else f"{left} in this source",
        width,
        "dim",
    )
    return [heading, *found, (("f", "key"), (" next suggestion", "dim"))]


def codebook_lines(
    entries: tuple[CodeEntry, ...], usage: dict[str, int], shortcuts: Mapping[str, str], width: int
) -> list[Line]:
    """Return the codebook as a tree, with how many codings each code has, and the digits given to codes."""
    digits = {code_id: digit for digit, code_id in shortcuts.items()}
    return [
        _code_line(entry, usage.get(entry.code.id, 0), digits.get(entry.code.id, ""), width)
        for entry in entries
    ]


def _code_line(entry: CodeEntry, used: int, digit: str, width: int) -> Line:
    counted = f" {used or '·'} "
    name = fit(draw_line("  " * entry.depth + entry.code.name), max(1, width - len(counted) - 4))
    colour = f"colour-{entry.colour}"
    style = "strong" if used else "dim"
    return (("▌", colour), (f"{digit or ' '} ", "key"), (f"{name} ", "plain"), (counted, style))


def _coding_lines(document: OpenDocument, coding: Coding, codes: CodeList, width: int) -> list[Line]:
    own, pending = document.is_own(coding), document.is_pending(coding)
    lane = document.lanes.get(coding.uid, 0) + 1
    glyph = "▶" if coding is document.chosen_coding() else "┆" if pending else "▌" if own else "┊"
    mark = (f"{glyph}{lane if lane < _DIGITS else '+'} ", f"colour-{codes.colour(coding.code)}")
    place = "saving …" if pending else f"{coding.start}–{coding.end}"
    name = draw_line(codes.name(coding.code) if own else f"{coding.coder}: {codes.name(coding.code)}")
    room = width - _MARK - cell_len(place) - 1
    said = [((" " * _MARK, "plain"), *line) for line in fold(attributes_of(coding), width - _MARK, "dim")]
    said = said if attributes_of(coding) else []
    if cell_len(name) <= room:
        return [(mark, (set_cell_size(name, room), "plain"), (f" {place}", "dim")), *said]
    first, *rest = fold(name, width - _MARK, "plain")
    more = [((" " * _MARK, "plain"), *line) for line in rest]
    return [(mark, *first), *more, ((f"{' ' * _MARK}{place}", "dim"),), *said]


def attributes_of(coding: Coding) -> str:
    """Return what is recorded with a coding, in short; empty where that is nothing."""
    said = [
        "★ key quotation" if coding.key else "",
        f"valence {coding.valence}" if coding.valence else "",
        coding.stance or "",
        f"voice {coding.voice}" if coding.voice else "",
        f"weight {coding.weight:g}" if coding.weight is not None else "",
        f"memo: {coding.memo}" if coding.memo else "",
    ]
    return " · ".join(part for part in said if part)


def _memo_lines(memos: Sequence[Memo], width: int) -> list[Line]:
    lines: list[Line] = []
    for memo in memos:
        first, *rest = fold(f"{memo.kind}, {memo.by}{_on(memo)}: {memo.text}", width - 2, "plain")
        lines.append((("· ", "key"), *first))
        lines += [(("  ", "plain"), *line) for line in rest[: _MEMO_LINES - 1]]
        if len(rest) >= _MEMO_LINES:
            lines.append((("  …", "dim"),))
    return lines


def _on(memo: Memo) -> str:
    if memo.quote is None:
        return ""
    words = " ".join(memo.quote.split())
    words = words if len(words) <= _MEMO_QUOTE else f"{words[:_MEMO_QUOTE].rstrip()}…"
    return f" on “{words}”{', in review' if memo.state == 'review' else ''}"


def _suggestion_lines(suggestion: Suggestion, codes: CodeList, width: int) -> list[Line]:
    lines = fold(f"{codes.name(suggestion.code)}?", width, "plain")
    lines.append((("a", "key"), (" accept  ", "plain"), ("d", "key"), (" reject", "plain")))
    for reason in suggestion.reasons:
        lines += fold(f"{reason.kind}: {reason.text}", width, "dim")
    return [*lines, (("f", "key"), (" next suggestion", "plain"))]
