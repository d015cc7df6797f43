"""What can be drawn, by name: each name is a colour of the theme, a ground, and how the letters look.

They are no classes of Textual's style sheet: it would work all of them out for every pane at every change of
focus, which took more time than drawing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.style import Style

if TYPE_CHECKING:
    from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Look:
    """Variables of the theme for letters and ground (empty: as they are), and whether bold and the like."""

    colour: str = ""
    ground: str = ""
    bold: bool | None = None
    underline: bool | None = None
    italic: bool | None = None


COLOUR_NAMES = tuple(f"colour-{number}" for number in range(8))
LOOKS = {
    "plain": Look("foreground"),
    "dim": Look("dim"),
    "strong": Look(bold=True),
    "key": Look("accent", bold=True),
    "warn": Look("warning", bold=True),
    "title": Look("foreground", bold=True),
    "chosen": Look("on-primary", "primary", bold=True),
    "selected": Look("on-primary", "primary"),
    "speaker": Look("secondary", bold=True),
    "number": Look("dim"),
    "coded": Look(underline=True),
    "overlap": Look(bold=True, underline=True),
    "pending": Look(italic=True),
    "hit": Look(ground="hit"),
    **{name: Look(f"code-{number}") for number, name in enumerate(COLOUR_NAMES)},
}


class StyleSheet:
    """A widget's styles by name, singly or several laid over each other, worked out once a theme."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._known: dict[tuple[str, ...], Style] = {}

    def __getitem__(self, names: tuple[str, ...]) -> Style:
        style = self._known.get(names)
        if style is None:
            colours = self._widget.app.theme_variables
            style = self._widget.rich_style
            for name in names:
                style += _style(LOOKS[name], colours)
            self._known[names] = style
        return style

    def forget(self) -> None:
        """Forget what was worked out: the theme or the style sheet has changed."""
        self._known.clear()


def _style(look: Look, colours: dict[str, str]) -> Style:
    return Style(
        color=colours[look.colour] if look.colour else None,
        bgcolor=colours[look.ground] if look.ground else None,
        bold=look.bold,
        underline=look.underline,
        italic=look.italic,
    )
