"""Colours: dark, light, high contrast and monochrome; nothing is ever told by colour alone."""

from __future__ import annotations

from textual.theme import Theme

# What widgets/styles.py draws with beside Textual's own variables; then the eight colours of codes.
_MORE = ("dim", "hit", "on-primary", *(f"code-{number}" for number in range(8)))


def _more(colours: str) -> dict[str, str]:
    return dict(zip(_MORE, colours.split(), strict=True))


DARK = Theme(
    name="dark", primary="#3d59a1", secondary="#7dcfff", accent="#7aa2f7", warning="#e0af68", error="#f7768e",
    success="#9ece6a", foreground="#c8d0e8", background="#16161e", surface="#1a1b26", panel="#24283b",
    variables=_more(
        "#929abf #5c4a1e #ffffff"
        " #7aa2f7 #9ece6a #e0af68 #bb9af7 #7dcfff #f7768e #73daca #ff9e64"
    ),
)  # fmt: skip
LIGHT = Theme(
    name="light", primary="#b6cdf3", secondary="#0b5c86", accent="#1d4ed8", warning="#8a4b00",
    error="#b3142e", success="#2b6a1b", foreground="#1b1f2a", background="#fcfcfa", surface="#f3f2ee",
    panel="#e4e2dc", dark=False,
    variables=_more(
        "#565a69 #f6d58a #1b1f2a"
        " #1d4ed8 #2b6a1b #8a4b00 #6b2fb3 #0b6b86 #b3142e #0f6b5c #a33c00"
    ),
)  # fmt: skip
CONTRAST = Theme(
    name="high contrast", primary="#0000c8", secondary="#00ffff", accent="#ffff00", warning="#ffff00",
    error="#ff6060", success="#00ff00", foreground="#ffffff", background="#000000", surface="#000000",
    panel="#202020",
    variables=_more(
        "#d0d0d0 #5c4400 #ffffff"
        " #8fc7ff #00ff00 #ffff00 #ff9cff #00ffff #ff9090 #80ffd0 #ffb870"
    ),
)  # fmt: skip
MONOCHROME = Theme(
    name="monochrome", primary="#5a5a5a", secondary="#d0d0d0", accent="#ffffff", warning="#ffffff",
    error="#ffffff", success="#ffffff", foreground="#d0d0d0", background="#000000", surface="#000000",
    panel="#2a2a2a", variables=_more("#a8a8a8 #404040 #ffffff" + " #d0d0d0" * 8),
)  # fmt: skip
THEMES = (DARK, LIGHT, CONTRAST, MONOCHROME)
