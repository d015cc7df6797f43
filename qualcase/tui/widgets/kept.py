"""Widgets that hand out the lines they handed out last, but for those that have changed since.

Textual asks every widget on the screen for all its lines at each paint, however little is to be painted, and
walks through them; with ten widgets that took more time than painting.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.scroll_view import ScrollView

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.strip import Strip
    from textual.widget import Widget
else:
    # Were this a widget, Textual would look no further for the style sheet of what it is mixed with.
    Widget = object


class Kept(Widget):
    """Keeps its lines as they were last drawn, colours and border and all."""

    _handed_out: tuple[Region, Size] | None = None
    _strips_kept: list[Strip] = []  # noqa: RUF012 -- never changed, only replaced

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a part of the widget; only those that have changed are drawn."""
        # Textual says nowhere else what has changed; where all has, it forgets every line.
        changed, drawn = self._styles_cache._dirty_lines, self._styles_cache._cache  # noqa: SLF001
        if self._handed_out != (crop, self.size) or len(drawn) < crop.height:
            self._strips_kept = super().render_lines(crop)
            self._handed_out = crop, self.size
        elif changed:
            first, last = max(crop.y, min(changed)), min(crop.bottom, max(changed) + 1)
            part = Region(crop.x, first, crop.width, max(0, last - first))
            strips = self._strips_kept.copy()
            strips[first - crop.y : first - crop.y + part.height] = super().render_lines(part)
            self._strips_kept = strips
        return self._strips_kept


class KeptView(Kept, ScrollView):
    """A pane that scrolls."""


class KeptRow(Kept, Horizontal):
    """A box whose widgets stand beside each other."""


class KeptColumn(Kept, Vertical):
    """A box whose widgets stand below each other."""
