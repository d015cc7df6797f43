"""A display for a terminal: a timeline if it has one, the table, its evidence, notes and manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.plain import indented, one_line, to_ascii, wrap
from qualcase.reports.renderer import Renderer
from qualcase.reports.text_table import table_lines
from qualcase.reports.timeline_text import timeline_lines
from qualcase.reports.wording import evidence_lines, manifest_line

if TYPE_CHECKING:
    from qualcase.model.display import Display
    from qualcase.reports.renderer import Options

LEAST_WIDTH = 32
MOST_EVIDENCE = 240
BOLD, DIM, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def _render(display: Display, options: Options) -> str:
    width = max(LEAST_WIDTH, options.width)
    head = wrap(one_line(display.title), width)
    body = [""]
    if display.figure:
        body += [*timeline_lines(display.figure, width), ""]
    body += table_lines(display, width)
    foot = [*_evidence(display, width), *_notes(display, width)]
    if options.ascii_only:
        # Signs may grow when they are spelt out, so lines are broken once more.
        head, body, foot = (_ascii_lines(lines, width) for lines in (head, body, foot))
    if options.colour:
        head = [f"{BOLD}{line}{PLAIN}" for line in head]
        foot = [f"{DIM}{line}{PLAIN}" if line else line for line in foot]
    return "\n".join(line.rstrip() for line in (*head, *body, *foot)) + "\n"


def _evidence(display: Display, width: int) -> list[str]:
    cells = evidence_lines(display)
    if not cells:
        return []
    if sum(text.count(" ") + 1 for _, text in cells) > MOST_EVIDENCE * 4 or len(cells) > MOST_EVIDENCE:
        pieces = sum(len(cell.evidence) for row in display.rows for cell in row.cells)
        return [
            "",
            *wrap(f"Evidence: {pieces:,} ids; --json, --format html and csv list them cell by cell.", width),
        ]
    lines = ["", "Evidence"]
    for where, text in cells:
        label = f"  {one_line(where)}: "
        if len(label) > width // 2:
            lines += wrap(label.strip(), width)
            label = "    "
        lines += indented(label, one_line(text), width)
    return lines


def _notes(display: Display, width: int) -> list[str]:
    lines = [""]
    for note in display.notes:
        lines += indented("Note: ", one_line(note), width)
    return lines + wrap(one_line(manifest_line(display.manifest)), width)


def _ascii_lines(lines: list[str], width: int) -> list[str]:
    plain = map(to_ascii, lines)
    return [piece for line in plain for piece in ([line] if len(line) <= width else wrap(line, width))]


RENDERER = Renderer("terminal", ".txt", _render)
