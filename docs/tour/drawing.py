"""A terminal's screen as a picture: a capture becomes a small SVG that asks no network for anything."""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from rich.ansi import AnsiDecoder
from rich.cells import cell_len
from rich.color import ColorType
from rich.console import Console
from rich.terminal_theme import MONOKAI

if TYPE_CHECKING:
    from rich.color import Color
    from rich.style import Style

CELL, LINE, EDGE = 8.0, 17, 10
FONT = "DejaVu Sans Mono,Menlo,Consolas,monospace"
INK, PAPER = "#d0d0d0", "#16161e"

# A stretch of one row in one style: its column, its text, its colour, its background, its weight and lines.
Run = tuple[int, str, str, str, str]


def draw_screen(captured: str, columns: int, title: str) -> str:
    """Return an SVG of what `tmux capture-pane -e -p` gave; `title` is what a screen reader says of it."""
    rows = [runs_of(line) for line in captured.rstrip("\n").split("\n")]
    width, height = columns * CELL + 2 * EDGE, len(rows) * LINE + 2 * EDGE
    paper = _commonest(rows, columns)
    classes: dict[tuple[str, str], str] = {}
    drawn = [part for place, runs in enumerate(rows) for part in _row(place, runs, paper, classes)]
    rules = "".join(f".{name}{{fill:{ink};{look}}}" for (ink, look), name in classes.items())
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">',
            f"<title>{escape(title)}</title>",
            f"<style>text{{font:13.3px {FONT};white-space:pre}}{rules}</style>",
            f'<rect width="100%" height="100%" rx="6" fill="{paper}"/>',
            *drawn,
            "</svg>\n",
        )
    )


def runs_of(line: str) -> list[Run]:
    """Return a captured line as stretches of one style."""
    console = Console(color_system="truecolor")
    runs: list[Run] = []
    column = 0
    for text in AnsiDecoder().decode(line):
        for segment in text.render(console, end=""):
            runs.append((column, segment.text, *_look(segment.style)))
            column += cell_len(segment.text)
    return runs


def _look(style: Style | None) -> tuple[str, str, str]:
    if style is None:
        return INK, "", ""
    ink, paper = _hex(style.color, INK), _hex(style.bgcolor, "")
    if style.reverse:
        ink, paper = paper or PAPER, ink
    words = (
        "font-weight:bold;" if style.bold else "",
        "font-style:italic;" if style.italic else "",
        "text-decoration:underline;" if style.underline else "",
        "opacity:.65;" if style.dim else "",
    )
    return ink, paper, "".join(words)


def _hex(color: Color | None, otherwise: str) -> str:
    if color is None or color.type is ColorType.DEFAULT:
        return otherwise
    return color.get_truecolor(MONOKAI).hex


def _commonest(rows: list[list[Run]], columns: int) -> str:
    counted: Counter[str] = Counter()
    for runs in rows:
        for _, text, _, paper, _ in runs:
            counted[paper] += cell_len(text)
        counted[""] += max(0, columns - sum(cell_len(run[1]) for run in runs))
    return counted.most_common(1)[0][0] or PAPER


def _row(place: int, runs: list[Run], paper: str, classes: dict[tuple[str, str], str]) -> list[str]:
    top = EDGE + place * LINE
    drawn = []
    for behind, stretch in groupby(runs, key=lambda run: run[3]):
        ones = list(stretch)
        if behind not in {"", paper}:
            width = sum(cell_len(run[1]) for run in ones) * CELL
            box = f'x="{EDGE + ones[0][0] * CELL:g}" y="{top}" width="{width:g}" height="{LINE}"'
            drawn.append(f'<rect {box} fill="{behind}"/>')
    for column, text, ink, _, look in runs:
        drawn += _words(column, text, top, classes, (ink, look))
    return drawn


def _words(
    column: int, text: str, top: int, classes: dict[tuple[str, str], str], look: tuple[str, str]
) -> list[str]:
    # Spaces at either end are left out; within, the length is given, so that any typeface keeps the columns.
    bare = text.strip(" ")
    if not bare:
        return []
    name = classes.setdefault(look, f"c{len(classes)}")
    left = EDGE + (column + len(text) - len(text.lstrip(" "))) * CELL
    place = f'x="{left:g}" y="{top + LINE - 4}" textLength="{cell_len(bare) * CELL:g}"'
    return [f'<text class="{name}" {place}>{escape(bare, quote=False)}</text>']
