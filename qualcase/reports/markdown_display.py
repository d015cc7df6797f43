"""A display as lines of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.markdown_text import escape, pipe_table
from qualcase.reports.timeline_text import timeline_lines
from qualcase.reports.wording import cell_text, evidence_lines, manifest_line, row_heading

if TYPE_CHECKING:
    from qualcase.model.display import Display

WIDTH = 96
# Nothing is escaped inside such a block, and not every reader leaves it alone.
_BRACKETS = str.maketrans("<>", "‹›")


def display_lines(display: Display) -> list[str]:
    """Return figure, table, evidence, notes and manifest of a display, without a heading."""
    lines: list[str] = []
    if display.figure:
        # Four spaces make a block that no backtick in a label can close.
        lines += [
            f"    {line.translate(_BRACKETS)}".rstrip() for line in timeline_lines(display.figure, WIDTH)
        ] + [""]
    lines += [*_table(display), ""]
    evidence = evidence_lines(display)
    lines += [f"- {escape(where)}: {escape(text)}" for where, text in evidence] + ([""] if evidence else [])
    for note in display.notes:
        lines += [f"Note: {escape(note)}", ""]
    return [*lines, f"*{escape(manifest_line(display.manifest))}*"]


def _table(display: Display) -> list[str]:
    header = [escape(display.row_label) or " ", *(escape(column.label) for column in display.columns)]
    rows = [
        [_indented(row.depth, escape(row_heading(row))), *(escape(cell_text(cell)) for cell in row.cells)]
        for row in display.rows
    ]
    return pipe_table(header, rows, right=[False, *(column.numeric for column in display.columns)])


def _indented(depth: int, text: str) -> str:
    return "&nbsp;&nbsp;" * depth + text
