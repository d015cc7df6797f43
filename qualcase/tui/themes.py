"""Colours: dark, light, high contrast and monochrome; nothing is ever told by colour alone."""

from __future__ import annotations

from textual.theme import Theme


def _codes(*colours: str) -> dict[str, str]:
    return {f"code-{number}": colour for number, colour in enumerate(colours)}


DARK = Theme(
    name="dark", primary="#3d59a1", secondary="#7dcfff", accent="#7aa2f7", warning="#e0af68", error="#f7768e",
    success="#9ece6a", foreground="#c8d0e8", background="#16161e", surface="#1a1b26", panel="#24283b",
    variables=_codes("#7aa2f7", "#9ece6a", "#e0af68", "#bb9af7", "#7dcfff", "#f7768e", "#73daca", "#ff9e64"),
)  # fmt: skip
LIGHT = Theme(
    name="light", primary="#b6cdf3", secondary="#0b5c86", accent="#1d4ed8", warning="#8a4b00",
    error="#b3142e",
    success="#2b6a1b", foreground="#1b1f2a", background="#fcfcfa", surface="#f3f2ee", panel="#e4e2dc",
    dark=False,
    variables=_codes("#1d4ed8", "#2b6a1b", "#8a4b00", "#6b2fb3", "#0b6b86", "#b3142e", "#0f6b5c", "#a33c00"),
)  # fmt: skip
CONTRAST = Theme(
    name="high contrast", primary="#0000c8", secondary="#00ffff", accent="#ffff00", warning="#ffff00",
    error="#ff6060", success="#00ff00", foreground="#ffffff", background="#000000", surface="#000000",
    panel="#303030",
    variables=_codes("#6fb7ff", "#00ff00", "#ffff00", "#ff80ff", "#00ffff", "#ff7070", "#80ffd0", "#ffb060"),
)  # fmt: skip
MONOCHROME = Theme(
    name="monochrome", primary="#5a5a5a", secondary="#d0d0d0", accent="#ffffff", warning="#ffffff",
    error="#ffffff", success="#ffffff", foreground="#d0d0d0", background="#000000", surface="#000000",
    panel="#2a2a2a", variables=_codes(*("#d0d0d0",) * 8),
)  # fmt: skip
THEMES = (DARK, LIGHT, CONTRAST, MONOCHROME)
