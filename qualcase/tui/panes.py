"""What the panes and lines around the transcript say, as lines of pieces (text, style)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from qualcase.tui.document import PENDING
from qualcase.tui.glyphs import draw_line
from qualcase.tui.widgets.lines import fold

if TYPE_CHECKING:
    from qualcase.model.coding import Coding, Suggestion
    from qualcase.tui.codes import CodeEntry, CodeList
    from qualcase.tui.document import OpenDocument
    from qualcase.tui.session import Session
    from qualcase.tui.widgets.lines import Line


def source_text(session: Session) -> str:
    """Return which source is open: its handle, name, kind, date and place among all."""
    if session.document is None:
        return ""
    source = session.document.source
    shown = [f"{source.handle} {source.title or source.name}", source.kind.replace("_", " ")]
    shown += [source.date or "undated", f"source {session.position + 1} of {len(session.bench.sources)}"]
    return " · ".join(shown)


def status_line(message: str, place: str, width: int, *, warn: bool) -> Line:
    """Return the status line: a sentence on the left, the place on the right."""
    room = max(0, width - cell_len(place) - 3)
    text = draw_line(message)
    if cell_len(text) > room:
        text = set_cell_size(text, max(0, room - 1)) + "…"
    return ((f" {set_cell_size(text, room)} ", "warn" if warn else "strong"), (f"{place} ", "dim"))


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


def codes_here(document: OpenDocument, codes: CodeList, width: int) -> list[Line]:
    """Return the codings that touch the selection."""
    codings = document.codings_at(*document.selection.span)
    lines: list[Line] = [(("Codes here", "strong"),)]
    for coding in codings:
        lines += _coding_lines(coding, codes, width)
    return lines if codings else [*lines, (("none yet: ", "dim"), ("c", "key"), (" codes it", "dim"))]


def suggestion_here(session: Session, width: int) -> list[Line]:
    """Return the suggestion for the selection with its reasons, and the keys to answer it with."""
    document = session.document
    heading: Line = (("Suggestion", "strong"),)
    if document is None or session.suggesting:
        return [heading, *fold(session.suggesting, width, "dim")]
    here = document.suggestions_at(*document.selection.span)
    if here:
        more = [] if len(here) == 1 else fold(f"and {len(here) - 1} more here", width, "dim")
        return [heading, *_suggestion_lines(here[0], session.bench.codes, width), *more]
    if not document.suggestions:
        return [heading, *fold("none left in this source", width, "dim")]
    left = len(document.suggestions)
    return [heading, ((f"{left} in this source", "dim"),), (("f", "key"), (" next suggestion", "dim"))]


def codebook_lines(entries: tuple[CodeEntry, ...], usage: dict[str, int], width: int) -> list[Line]:
    """Return the codebook as a tree, with how many codings each code has."""
    return [_code_line(entry, usage.get(entry.code.id, 0), width) for entry in entries]


def _code_line(entry: CodeEntry, used: int, width: int) -> Line:
    counted = f" {used or '·'} "
    name = set_cell_size(draw_line("  " * entry.depth + entry.code.name), max(1, width - len(counted) - 2))
    return (("▌ ", f"colour-{entry.colour}"), (name, "plain"), (counted, "strong" if used else "dim"))


def _coding_lines(coding: Coding, codes: CodeList, width: int) -> list[Line]:
    pending = coding.uid.startswith(PENDING)
    mark = ("┆ " if pending else "▌ ", f"colour-{codes.colour(coding.code)}")
    place = "saving …" if pending else f"{coding.start}–{coding.end}"
    name = draw_line(codes.name(coding.code))
    room = width - 2 - cell_len(place) - 1
    if cell_len(name) <= room:
        return [(mark, (set_cell_size(name, room), "plain"), (f" {place}", "dim"))]
    first, *rest = fold(name, width - 2, "plain")
    return [(mark, *first), *((("  ", "plain"), *line) for line in rest), ((f"  {place}", "dim"),)]


def _suggestion_lines(suggestion: Suggestion, codes: CodeList, width: int) -> list[Line]:
    lines = fold(f"{codes.name(suggestion.code)}?", width, "plain")
    lines.append((("a", "key"), (" accept  ", "plain"), ("d", "key"), (" reject", "plain")))
    for reason in suggestion.reasons:
        lines += fold(f"{reason.kind}: {reason.text}", width, "dim")
    return [*lines, (("f", "key"), (" next suggestion", "plain"))]
