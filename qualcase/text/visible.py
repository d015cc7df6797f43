"""Stored text made safe to show: every character that could steer a terminal becomes a visible symbol."""

from __future__ import annotations

_ESCAPES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: ord("␡")}
_SECOND_ESCAPES = dict.fromkeys(range(0x80, 0xA0), ord("␦"))
_LEFT_TO_RIGHT = dict.fromkeys((0x200E, 0x202A, 0x202D, 0x2066), ord("⇨"))
_RIGHT_TO_LEFT = dict.fromkeys((0x061C, 0x200F, 0x202B, 0x202E, 0x2067), ord("⇦"))
_DIRECTION_ENDS = dict.fromkeys((0x202C, 0x2068, 0x2069), ord("⇧"))
_LINE_ENDS = dict.fromkeys((0x2028, 0x2029), ord("␤"))
_UNPRINTABLE = dict.fromkeys(range(0xD800, 0xE000), 0xFFFD) | dict.fromkeys(range(0xE0000, 0xE0080), ord("␦"))

_VISIBLE = (
    _ESCAPES | _SECOND_ESCAPES | _LEFT_TO_RIGHT | _RIGHT_TO_LEFT | _DIRECTION_ENDS | _LINE_ENDS | _UNPRINTABLE
)
del _VISIBLE[ord("\n")], _VISIBLE[ord("\t")]


def make_visible(text: str) -> str:
    r"""Return `text` with control and bidirectional characters as symbols; `\n` and `\t` are kept.

    One character becomes one character, so offsets into the result are offsets into `text`.
    """
    return text.translate(_VISIBLE)


def make_visible_line(text: str) -> str:
    r"""Return `text` as `make_visible` does, with `\n` and `\t` as symbols, for names and single lines."""
    return make_visible(text).replace("\n", "␊").replace("\t", "␉")
