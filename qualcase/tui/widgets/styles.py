"""The names of what can be drawn, and the Rich styles that the style sheet gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.style import Style
    from textual.widget import Widget

COLOUR_NAMES = tuple(f"draw--colour-{number}" for number in range(8))
NAMES = {
    "draw--plain", "draw--dim", "draw--strong", "draw--key", "draw--warn", "draw--title", "draw--chosen",
    "draw--speaker", "draw--number", "draw--selected", "draw--coded", "draw--overlap", "draw--pending",
    "draw--hit", *COLOUR_NAMES,
}  # fmt: skip


class StyleSheet:
    """A widget's styles by name, singly or several laid over each other, worked out once."""

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._known: dict[tuple[str, ...], Style] = {}

    def __getitem__(self, names: tuple[str, ...]) -> Style:
        style = self._known.get(names)
        if style is None:
            style = self._widget.rich_style
            for name in names:
                style += self._widget.get_component_rich_style(name, partial=True)
            self._known[names] = style
        return style

    def forget(self) -> None:
        """Forget what was worked out: the theme or the style sheet has changed."""
        self._known.clear()
