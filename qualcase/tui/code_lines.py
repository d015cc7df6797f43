"""Codes as lines: the whole tree, what one means, and passages coded so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.wording import plural
from qualcase.tui.glyphs import draw_line, fit
from qualcase.tui.widgets.lines import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcase.model.code import Code
    from qualcase.model.coding import Coding
    from qualcase.tui.codes import CodeEntry
    from qualcase.tui.widgets.lines import Line


def tree_lines(entries: Sequence[CodeEntry], usage: dict[str, int], width: int) -> list[Line]:
    """Return all codes, retired ones named as such, with how many codings each has."""
    return [_tree_line(entry, usage.get(entry.code.id, 0), width) for entry in entries]


def meaning_lines(code: Code, width: int) -> list[Line]:
    """Return what a code means and how it is used; what nobody has written yet is said to be missing."""
    status = "" if code.status == "active" else f" · {code.status}"
    lines: list[Line] = [
        ((f"{code.id}  ", "key"), (draw_line(code.name), "strong"), (f"  {code.kind}{status}", "dim"))
    ]
    missing = "No definition yet: e writes one."
    lines += fold(code.definition or missing, width, "plain" if code.definition else "warn")
    for title, items in (
        ("Use it for", code.include),
        ("Not for", code.exclude),
        ("Examples", code.examples),
        ("Key phrases", code.key_phrases),
    ):
        if items:
            lines += [(), ((title, "strong"),)]
            lines += [line for item in items for line in fold(f"· {item}", width, "plain")]
    if code.note:
        lines += [(), *fold(code.note, width, "dim")]
    return lines


def passage_lines(total: int, codings: Sequence[Coding], width: int, below: int = 0) -> list[Line]:
    """Return passages, a line each; the last one says how many more there are.

    `below` counts the codings of codes below, said where the code itself has none.
    """
    lines: list[Line] = [_passage_line(one, width) for one in codings]
    if total > len(codings):
        lines.append(((f"… {total - len(codings):,} more: p shows all", "dim"),))
    if below and not lines:
        return fold(
            f"Nothing is coded so itself; the codes below it have {plural(below, 'coding')}.", width, "dim"
        )
    return lines or [(("Nothing is coded so yet.", "dim"),)]


def _tree_line(entry: CodeEntry, used: int, width: int) -> Line:
    counted = f" {used or '·':>5} "
    retired = entry.code.status != "active"
    name = "  " * entry.depth + entry.code.name + (f" ({entry.code.status})" if retired else "")
    room = max(1, width - len(counted) - 2)
    style = "dim" if retired else "plain"
    return (
        ("▌ ", f"colour-{entry.colour}"),
        (fit(draw_line(name), room), style),
        (counted, "strong" if used else "dim"),
    )


def _passage_line(coding: Coding, width: int) -> Line:
    head = f"{coding.source} {coding.coder} "
    quote = draw_line(coding.quote)
    return ((head, "dim"), (fit(quote, max(1, width - len(head))), "plain"))
