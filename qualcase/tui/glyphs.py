"""Characters as they are drawn: one for one, so that offsets hold, and none that a terminal would obey."""

from __future__ import annotations

import re

from rich.cells import cell_len, set_cell_size

from qualcase.text.visible import make_visible

_UNSEEN = "\u2426"
_INVISIBLE = (0x00AD, 0x200B, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF)
_TABLE = {ord("\t"): "→", **dict.fromkeys(_INVISIBLE, _UNSEEN)}
# A joiner joins pictures; between letters terminals and Textual disagree on what it does to the width.
_LOOSE_JOINER = re.compile("(?<![\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d")


def draw_characters(text: str) -> str:
    """Return the text as drawn, character for character: controls as symbols, line ends kept."""
    return _LOOSE_JOINER.sub("\u200c", make_visible(text).translate(_TABLE))


def draw_line(text: str) -> str:
    """Return a text for a place with one line only: line ends become spaces too."""
    return draw_characters(text).replace("\n", " ")


def fit(text: str, width: int) -> str:
    """Return a drawn text as wide as a place is: filled up, or cut with a mark that says so."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(f"{set_cell_size(text, max(0, width - 1)).rstrip()}…", width)
