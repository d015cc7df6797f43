"""A figure as SVG: measured here, drawn by a template that escapes every datum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcase.reports.evidence import EvidenceIndex, Reference, anchor
from qualcase.reports.templating import environment
from qualcase.reports.timeline_geometry import lay_out

if TYPE_CHECKING:
    from qualcase.model.display import Figure


def draw_timeline(figure: Figure, title: str, index: EvidenceIndex | None = None) -> str:
    """Return the SVG of a figure, or a sentence in a paragraph where nothing has a date.

    Marks link to what `index` holds; without one, each to `#event-…` on the page it is put into.
    """
    template = environment().get_template("timeline_alone.html.j2")
    return template.render(drawing=lay_out(figure), title=title, index=index or _every_mark(figure))


def _every_mark(figure: Figure) -> EvidenceIndex:
    references = {
        mark.id: Reference(mark.id, anchor("event", mark.id), mark.adverse) for mark in figure.marks
    }
    return EvidenceIndex(references)
