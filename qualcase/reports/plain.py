"""Lines of text for a terminal: wrapped by the cells they take, and in ASCII where that is asked for."""

from __future__ import annotations

import unicodedata

from qualcase.text.visible import make_visible
from qualcase.text.wrapping import cell_width, wrap_rows

_ASCII = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-",
    "−": "-", "‑": "-", "…": "...", "·": ".", "•": "*", "░": "~", "×": "x", "→": ">", "←": "<", "≤": "<=",
    "≥": ">=", "─": "-", "━": "=", "│": "|", "◆": "*", "○": "o", "●": "*", "α": "alpha", "κ": "kappa",
    "χ": "chi", "±": "+/-", "§": "section ", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "ß": "ss", "ł": "l",
    "Ł": "L", "đ": "d", "Đ": "D", "œ": "oe", "Œ": "OE", "€": "EUR", "£": "GBP", "‹": "<", "›": ">",
    "⇨": "<LTR>", "⇦": "<RTL>", "⇧": "<POP>", "␡": "^?", "␦": "?", "�": "?", "\u00a0": " ",
}  # fmt: skip
_CONTROL_PICTURES = {0x2400 + code: f"^{chr(code + 64)}" for code in range(0x20)}
_TABLE = str.maketrans(_ASCII) | _CONTROL_PICTURES


def one_line(text: str) -> str:
    """Return text fit for one line of a terminal: white space collapsed, nothing in it acts."""
    return make_visible(" ".join(text.split()))


def to_ascii(text: str) -> str:
    """Return text in ASCII: known signs by their likeness, letters without their marks, the rest as `?`."""
    known = unicodedata.normalize("NFKD", text.translate(_TABLE)).translate(_TABLE)
    return "".join(
        sign if sign.isascii() else "?" for sign in known if sign.isascii() or not unicodedata.combining(sign)
    )


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than `width` cells; an empty text is one empty line."""
    rows = wrap_rows(text, width)
    return [text[slice(*rows.span(row))].strip() for row in range(len(rows))]


def pad(text: str, width: int, *, right: bool = False) -> str:
    """Return text filled with spaces to a width in cells; `right` aligns it to the right."""
    space = " " * max(0, width - cell_width(text))
    return space + text if right else text + space


def indented(label: str, text: str, width: int) -> list[str]:
    """Return `label` and a wrapped text that hangs beside it."""
    room = width - cell_width(label)
    first, *rest = wrap(text, room)
    return [label + first, *(" " * cell_width(label) + line for line in rest)]
