"""A retrieved passage as lines: where it stands and who says so, its words with those around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from qualcase.project.search import one_line
from qualcase.reports.wording import plural
from qualcase.text.wrapping import wrap_rows
from qualcase.tui.glyphs import draw_line
from qualcase.tui.widgets.lines import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.code import Code
    from qualcase.project.arranging import Group
    from qualcase.project.segments import Segment
    from qualcase.tui.codes import CodeList
    from qualcase.tui.widgets.lines import Line, Piece

GUTTER = 2
_ROOM_FOR_NAMES = 100
_MOST = 1_500  # characters of one passage; the rest is read where it stands


def segment_lines(
    segment: Segment,
    codes: CodeList,
    width: int,
    by: str | None,
    *,
    chosen: bool = False,
    marked: bool = False,
) -> list[Line]:
    """Return a passage as lines: what is known of it, its words, its memos, and an empty line.

    What the heading of its group says already, as it is grouped `by`, is not said again.
    """
    room = max(10, width - GUTTER)
    named = codes if width >= _ROOM_FOR_NAMES else None
    lines = fold_pieces(_head(segment, codes, by, named), room) + fold_pieces(word_pieces(segment), room)
    for coding in segment.codings:
        if coding.memo:
            lines += fold(f"memo: {one_line(coding.memo)}", room, "dim", "  ")[:3]
    bar = ("▌", "key") if chosen else (" ", "plain")
    drawn: list[Line] = []
    for place, line in enumerate(lines):
        drawn.append((bar, ("●", "warn") if marked and place == 0 else (" ", "plain"), *line))
    return [*drawn, ()]


def heading_lines(group: Group, what: str, width: int) -> list[Line]:
    """Return the heading of a group: what it is grouped by, its name, how many passages it has."""
    many = "1 passage" if group.count == 1 else f"{group.count:,} passages"
    return fold_pieces(((f"{what}: ", "dim"), (group.label, "title"), (f"  {many}", "number")), width)


def definition_lines(code: Code, used: int, width: int) -> list[Line]:
    """Return what a code means, for reading beside its passages."""
    lines: list[Line] = [
        *fold(f"{code.id} {code.name}", width, "strong"),
        *fold(plural(used, "coding"), width, "dim"),
    ]
    lines += [(), *fold(one_line(code.definition or "It has no definition yet."), width, "plain")]
    for title, texts in (
        ("Include", code.include),
        ("Exclude", code.exclude),
        ("Key phrases", (" · ".join(code.key_phrases),) if code.key_phrases else ()),
        ("Examples", code.examples),
    ):
        if texts:
            lines += [(), ((title, "strong"),)]
            lines += [line for text in texts for line in fold(one_line(text), width, "plain")]
    return lines


def fold_pieces(pieces: Sequence[Piece], width: int) -> list[Line]:
    """Return pieces as lines of a width in cells, each character in its own style."""
    drawn = [(draw_line(text), style) for text, style in pieces]
    whole = "".join(text for text, _ in drawn)
    rows = wrap_rows(whole, max(1, width), cell_len)
    return [_cut(drawn, *rows.span(row)) for row in range(len(rows))]


def _cut(pieces: Sequence[Piece], start: int, end: int) -> Line:
    found: list[Piece] = []
    place = 0
    for text, style in pieces:
        part = text[max(0, start - place) : max(0, end - place)]
        if part:
            found.append((part, style))
        place += len(text)
    return tuple(found)


def _head(segment: Segment, codes: CodeList, by: str | None, named: CodeList | None) -> list[Piece]:
    place = segment.source if segment.line is None else f"{segment.source} line {segment.line}"
    pieces: list[Piece] = [(place, "strong"), (f" · {segment.speaker or 'speaker not reported'}", "speaker")]
    pieces += [(f" · {segment.date or 'undated'}", "dim")]
    for code in segment.codes if by != "code" else ():
        label = f"{code} {named.name(code)}" if named else code
        pieces += [("  ▌", f"colour-{codes.colour(code)}"), (label, "plain")]
    if segment.coders and by != "coder":
        pieces += [(f" · {', '.join(segment.coders)}", "dim")]
    pieces += [(f" · {known}", "dim") for known in _attributes(segment)]
    if segment.note:
        pieces += [(f"  {segment.note}", "plain")]
    if segment.uncoded:
        many = "a coding" if segment.uncoded == 1 else f"{segment.uncoded} codings"
        pieces += [(f"  {many} taken away", "warn")]
    if segment.in_review:
        pieces += [("  waits for review: its place is in doubt", "warn")]
    return pieces


def _attributes(segment: Segment) -> list[str]:
    found: dict[str, None] = {}
    for coding in segment.codings:
        given = {
            "valence": coding.valence, "stance": coding.stance, "voice": coding.voice,
            "weight": coding.weight, "origin": coding.origin if coding.origin != "person" else None,
            "layer": coding.layer if coding.layer != coding.coder else None,
        }  # fmt: skip
        found |= dict.fromkeys(f"{name} {value}" for name, value in given.items() if value is not None)
        found |= {"key quotation": None} if coding.key else {}
    return list(found)


def word_pieces(segment: Segment) -> list[Piece]:
    """Return the words with those around them, as pieces."""
    quote = one_line(segment.quote).strip()
    more = len(quote) - _MOST
    left = [(quote[:_MOST], "plain"), (f" … {more:,} characters more: Enter", "dim")] if more > 0 else []
    before, after = one_line(segment.before).lstrip(), one_line(segment.after).rstrip()
    return [
        (f"… {before}" if before else "", "dim"), ("“", "key"), *(left or [(quote, "plain")]),
        ("”", "key"), (f"{after} …" if after else "", "dim"),
    ]  # fmt: skip
